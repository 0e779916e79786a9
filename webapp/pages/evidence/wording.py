"""How the evidence page writes gains, slices and findings."""

from __future__ import annotations

import re
from typing import Any

from dash import html
from dash.development.base_component import Component

from analytics.domain.numbers import formatting
from analytics.domain.numbers.measures import Interval

#: Kinds of slice, in the order in which they are shown.
SLICE_KINDS = (
    "all",
    "recently_active",
    "cadence",
    "value",
    "tenure",
    "segment",
    "region",
    "unseen",
)
_MOST_DIGITS = 6
_WHOLE_SLICES = {
    "all": "All scored customers",
    "recently_active": "Early warning: recently active customers",
    "unseen": "Customers that training had not seen",
}


def finding(*words: Any) -> Component:
    """Return what a part of the page found, in plain words, for the top of the part."""
    return html.P(list(words), className="finding")


def slice_words(name: str) -> str:
    """Return a slice in words: ``cadence: often`` is ``Cadence: often``."""
    words = _WHOLE_SLICES.get(name, name.replace("_", " "))
    return words[:1].upper() + words[1:]


def slice_order(name: str) -> tuple[int, str]:
    """Return where a slice stands in a list."""
    kind = name.partition(":")[0]
    place = SLICE_KINDS.index(kind) if kind in SLICE_KINDS else len(SLICE_KINDS)
    return place, name


def plain(value: float | None, digits: int) -> str:
    """Write a number with a true minus."""
    return formatting.number(value, digits).replace("-", "−")


def minus(text: str) -> str:
    """Give the negative numbers in a text a true minus; dates keep their dashes."""
    return re.sub(r"(?<![\w-])-(?=\d)", "−", text)


def gain(value: float | None, digits: int = 3) -> str:
    """Write a difference with its sign."""
    if value is None or formatting.is_missing(value):
        return formatting.MISSING
    while value and not round(value, digits) and digits < _MOST_DIGITS:
        digits += 1  # so that its side of zero is seen
    return formatting.signed(round(value, digits), f"{abs(value):.{digits}f}")


def with_interval(value: str, low: str, high: str) -> Component | str:
    """Return a number with the ends of its interval below it."""
    if formatting.MISSING in (low, high):
        return value
    return html.Span([value, html.Span(f"{low} to {high}", className="quiet sub")])


def ratio(value: Interval | None, digits: int = 2) -> Component | str:
    """Return a ratio with its interval."""
    if value is None:
        return formatting.MISSING
    return with_interval(
        *(plain(number, digits) for number in (value.value, value.low, value.high))
    )


def unbroken(money: str) -> str:
    """Keep a minus and its amount on one line."""
    return money.replace("−", "−\u2060")


def times(value: float | None) -> str:
    """Write a lift: ``3.5×``."""
    return formatting.MISSING if value is None else f"{value:.1f}×"
