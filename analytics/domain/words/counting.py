"""Counts with their nouns and verbs: one customer is, two customers are."""

from __future__ import annotations

#: Nouns of ours whose plural is not made with an s.
_IRREGULAR = {"person": "people", "index": "indices"}


def counted(number: float, noun: str, many: str = "") -> str:
    """Write a count with its noun: ``1 date``, ``2 dates``, ``1,234 customers``.

    Parameters
    ----------
    many
        The noun's plural, where it is not made with an s: ``counted(2, "match", "matches")``.
    """
    return f"{round(number):,} {noun_of(number, noun, many)}"


def noun_of(number: float, noun: str, many: str = "") -> str:
    """Return a noun as it follows a count."""
    return noun if round(number) == 1 else many or _plural(noun)


def verb_of(number: float, one: str = "is", many: str = "are") -> str:
    """Return a verb as it follows a count: ``1 is``, ``2 are``."""
    return one if round(number) == 1 else many


def _plural(noun: str) -> str:
    before, _, last = noun.rpartition(" ")
    plural = _IRREGULAR.get(last) or (last[:-1] + "ies" if _ends_in_y(last) else last + "s")
    return f"{before} {plural}" if before else plural


def _ends_in_y(noun: str) -> bool:
    return noun[-1:] == "y" and noun[-2:-1] not in "aeiou"
