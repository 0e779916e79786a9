"""How the report writes numbers: short for reading, in full where they are looked up."""

from __future__ import annotations

import math
from datetime import date, datetime

from analytics.domain.measures import Measure, Unit
from analytics.report.markup import Markup, tag

MISSING = "–"
_SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥"}
_STEPS = ((1e9, "bn"), (1e6, "M"), (1e3, "k"))


def count(value: float | None) -> str:
    """Write a whole number: ``12,345``."""
    return MISSING if _missing(value) else f"{round(value or 0):,}"


def money(value: float | None, currency: str) -> str:
    """Write an amount with three figures: ``€12.3k``."""
    if value is None or _missing(value):
        return MISSING
    sign, size = ("−" if value <= -0.5 else ""), abs(value)
    for step, name in _STEPS:
        if size >= step * 0.9995:
            scaled = size / step
            digits = 2 if scaled < 9.995 else 1 if scaled < 99.95 else 0
            return f"{sign}{_symbol(currency)}{scaled:.{digits}f}{name}"
    return f"{sign}{_symbol(currency)}{size:.0f}"


def share(value: float | None) -> str:
    """Write a share: ``3.4%`` below ten percent, ``34%`` above."""
    if value is None or _missing(value):
        return MISSING
    percent = 100 * value
    return f"{percent:.1f}%" if 0 < abs(percent) < 9.95 else f"{percent:.0f}%"


def number(value: float | None, digits: int = 2) -> str:
    """Write a number with fixed digits."""
    return MISSING if value is None or _missing(value) else f"{value:,.{digits}f}"


def day(value: date | datetime) -> str:
    """Write a date: ``3 Nov 2026``."""
    return f"{value.day} {value:%b %Y}"


def measured(measure: Measure, value: float, currency: str) -> Markup:
    """Return a measure in full, with the exact number for machines."""
    if measure.unit is Unit.MONEY:
        text = f"{'−' if value <= -0.5 else ''}{_symbol(currency)}{abs(value):,.0f}"
    elif measure.unit is Unit.COUNT:
        text = count(value)
    else:
        text = number(value, 1)
    return tag("data", text, value=repr(float(value)), id=f"total-{measure.name}")


def _symbol(currency: str) -> str:
    return _SYMBOLS.get(currency, f"{currency} ")


def _missing(value: float | None) -> bool:
    return value is None or not math.isfinite(value)
