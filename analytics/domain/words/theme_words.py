"""The themes of reasons: their names, what they are to a customer, and their words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

RECENCY, ACTIVITY, TREND, VALUE = "recency", "activity", "trend", "value"
FRICTION, VOICE, COMMERCIAL, TENURE = "friction", "voice", "commercial", "tenure"

#: Every theme that a reason can have, and that an action can answer.
REASON_THEMES = (RECENCY, ACTIVITY, TREND, VALUE, FRICTION, VOICE, COMMERCIAL, TENURE)
#: How fading shows. What lies behind it shows in the others.
SIGN_THEMES = frozenset({RECENCY, ACTIVITY, TREND, VALUE})

THEME_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "activity": "Less active",
        "recency": "Gone quiet",
        "trend": "Falling away from own usual",
        "regularity": "Out of rhythm",
        "value": "Spending less",
        "friction": "Problems met",
        "voice": "Support contacts",
        "commercial": "Plan and price",
        "tenure": "Customer age",
    }
)


def theme_word(theme: str) -> str:
    """Return the words of a theme; an unknown one as it is called."""
    return THEME_WORDS.get(theme, theme.replace("_", " ").capitalize() or "No single reason")
