"""Which of the eight themes of reasons a column belongs to.

They are the themes of the features, but for two: how long and how much somebody has been a customer
at all explains trouble in arriving, so it is a theme of its own; and the rhythm joins the silence,
which is measured against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analytics.domain.words.theme_words import (
    ACTIVITY,
    COMMERCIAL,
    FRICTION,
    REASON_THEMES,
    RECENCY,
    SIGN_THEMES,
    TENURE,
    TREND,
    VALUE,
    VOICE,
)
from analytics.features.record import Feature, Theme
from analytics.features.state_filter.filtered_weeks import NARROWING, NOT_ENGAGED
from analytics.features.state_filter.trouble_memory import TROUBLE_COLUMNS
from analytics.modelling.observing.stacked import ACTIVE_DAYS, TENURE_DAYS

__all__ = [
    "ACTIVITY",
    "COMMERCIAL",
    "FRICTION",
    "REASON_THEMES",
    "RECENCY",
    "SIGN_THEMES",
    "TENURE",
    "TREND",
    "VALUE",
    "VOICE",
    "theme_columns",
    "theme_of",
]

_OF_COLUMN = {
    "tenure_days": TENURE,
    "active_days_ever": TENURE,
    ACTIVE_DAYS: ACTIVITY,
    TENURE_DAYS: TENURE,
    NOT_ENGAGED: TREND,
    NARROWING: ACTIVITY,
    **dict.fromkeys(TROUBLE_COLUMNS, FRICTION),
}
_JOINED = {Theme.REGULARITY: RECENCY}


def theme_of(column: str, registry: Sequence[Feature]) -> str:
    """Return the theme of a column that a model sees.

    A column that is no feature, such as a chance that another model found, tells of rhythm and
    silence.
    """
    if column in _OF_COLUMN:
        return _OF_COLUMN[column]
    theme = next((feature.theme for feature in registry if feature.name == column), Theme.RECENCY)
    return _JOINED.get(theme, theme.value)


def theme_columns(columns: Iterable[str], registry: Sequence[Feature]) -> dict[str, list[str]]:
    """Return the columns of each theme that has any, in the order of the themes."""
    of_column = {name: theme_of(name, registry) for name in columns}
    found = {
        theme: [name for name, its_theme in of_column.items() if its_theme == theme]
        for theme in REASON_THEMES
    }
    return {theme: names for theme, names in found.items() if names}
