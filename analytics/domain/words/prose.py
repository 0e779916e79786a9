"""How dates and names are written within a sentence."""

from __future__ import annotations

from datetime import date


def day_in_prose(day: date) -> str:
    """Write a date in full: ``10 September 2024``."""
    return f"{day.day} {day:%B %Y}"


def within_sentence(label: str) -> str:
    """Begin a label with a small letter, but for an abbreviation; the rest stays as it is.

    ``Purchase rhythm (BG/NBD)`` is ``purchase rhythm (BG/NBD)``, ``BG/NBD`` stays ``BG/NBD``.
    """
    if label[1:2].isupper():
        return label
    return f"{label[:1].lower()}{label[1:]}"
