"""Themes of reasons in words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

THEME_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "activity": "Less active",
        "recency": "Gone quiet",
        "trend": "Falling away from own usual",
        "regularity": "Out of rhythm",
        "value": "Spending less",
        "friction": "Friction met",
        "voice": "Support contacts",
        "commercial": "Plan and price",
        "tenure": "Customer age",
    }
)


def theme_word(theme: str) -> str:
    """Return the words of a theme; an unknown one as it is called."""
    return THEME_WORDS.get(theme, theme.replace("_", " ").capitalize() or "No single reason")
