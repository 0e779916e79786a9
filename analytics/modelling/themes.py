"""The eight themes of reasons, and which column belongs to which.

They are the themes of the features, but for two: how long and how much somebody has been a customer
at all explains trouble in arriving, so it is a theme of its own; and the rhythm joins the silence,
which is measured against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analytics.features.record import Feature, Theme

RECENCY, ACTIVITY, TREND, VALUE = "recency", "activity", "trend", "value"
FRICTION, VOICE, COMMERCIAL, TENURE = "friction", "voice", "commercial", "tenure"

#: Order of the players in the game of the reasons.
REASON_THEMES = (RECENCY, ACTIVITY, TREND, VALUE, FRICTION, VOICE, COMMERCIAL, TENURE)
#: How fading shows. What lies behind it shows in the others.
SIGN_THEMES = frozenset({RECENCY, ACTIVITY, TREND, VALUE})

_OF_FEATURE = {"tenure_days": TENURE, "active_days_ever": TENURE}
_JOINED = {Theme.REGULARITY: RECENCY}


def theme_of(column: str, registry: Sequence[Feature]) -> str:
    """Return the theme of a column that a model sees.

    A column that is no feature, such as a chance that another model found, tells of rhythm and
    silence.
    """
    if column in _OF_FEATURE:
        return _OF_FEATURE[column]
    theme = next((one.theme for one in registry if one.name == column), Theme.RECENCY)
    return _JOINED.get(theme, theme.value)


def theme_columns(columns: Iterable[str], registry: Sequence[Feature]) -> dict[str, list[str]]:
    """Return the columns of each theme that has any, in the order of the themes."""
    of_column = {name: theme_of(name, registry) for name in columns}
    found = {
        theme: [name for name, its_theme in of_column.items() if its_theme == theme]
        for theme in REASON_THEMES
    }
    return {theme: names for theme, names in found.items() if names}
