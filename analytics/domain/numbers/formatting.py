"""How numbers, times and shares are written; missing is a dash, never a zero."""

from __future__ import annotations

import math
from datetime import date, datetime

from analytics.domain.numbers.measures import Interval, Unit

MISSING = "–"
_SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥"}
_MOST_DIGITS = 6
_STEPS = ((1e9, "bn"), (1e6, "M"), (1e3, "k"))


def is_missing(value: object) -> bool:
    """Return True for None and for a number that is none."""
    return value is None or (isinstance(value, float) and not math.isfinite(value))


def count(value: float | None) -> str:
    """Write a whole number with thousands apart: ``12,345``."""
    return MISSING if value is None or is_missing(value) else f"{round(value):,}"


def money(value: float | None, currency: str) -> str:
    """Write an amount with three figures: ``€12.3k``."""
    if value is None or is_missing(value):
        return MISSING
    sign = "−" if value < 0 and round(abs(value)) else ""
    return f"{sign}{_symbol(currency)}{_short(abs(value))}"


def money_exact(value: float | None, currency: str) -> str:
    """Write an amount in full: ``€12,345``, and with cents below 100."""
    if value is None or is_missing(value):
        return MISSING
    digits = 2 if abs(value) < 100 else 0
    sign = "−" if value < 0 and round(abs(value), digits) else ""
    return f"{sign}{_symbol(currency)}{abs(value):,.{digits}f}"


def share(value: float | None) -> str:
    """Write a share as a percentage: ``3.4%`` below ten, ``34%`` above."""
    if value is None or is_missing(value):
        return MISSING
    percent = 100 * value
    return f"{percent:.1f}%" if abs(percent) < 9.95 and percent else f"{percent:.0f}%"


def number(value: float | None, digits: int = 1) -> str:
    """Write a plain number with fixed digits."""
    return MISSING if value is None or is_missing(value) else f"{value:,.{digits}f}"


def three_figures(value: float | None, *, like: float | None = None) -> str:
    """Write a number of any size with three figures, or with the digits of another number."""
    if value is None or is_missing(value):
        return MISSING
    size = abs(value if like is None else like)
    digits = 2 - math.floor(math.log10(size)) if size else 0
    sign = "−" if value < 0 else ""
    return f"{sign}{abs(value):,.{min(max(digits, 0), _MOST_DIGITS)}f}"


def days(value: float | None) -> str:
    """Write a length in days: ``12 days``, ``2.5 days``."""
    if value is None or is_missing(value):
        return MISSING
    text = f"{value:.1f}" if value < 9.95 and value != round(value) else f"{value:,.0f}"
    return f"{text} day" if text == "1" else f"{text} days"


def day(value: date | datetime | None) -> str:
    """Write a date: ``3 Nov 2026``."""
    return MISSING if value is None else f"{value.day} {value:%b %Y}"


def moment(value: datetime | None) -> str:
    """Write a time with its zone: ``3 Nov 2026, 14:05 UTC``."""
    if value is None:
        return MISSING
    zone = value.tzname() or "UTC"
    # A zone without letters of its own is known by its offset, such as -03.
    return f"{day(value)}, {value:%H:%M} {'UTC' if zone[0] in '+-' else ''}{zone}"


def age(hours: float) -> str:
    """Write how old something is, in the unit a person would use."""
    if hours < 1:
        return "less than an hour"
    if hours < 48:
        return f"{hours:.0f} hours" if round(hours) > 1 else "1 hour"
    days_old = hours / 24
    return f"{days_old:,.0f} days" if days_old < 730 else f"{days_old / 365.25:.0f} years"


def interval(value: Interval, currency: str) -> str:
    """Write the two ends of an interval of money."""
    return f"{money(value.low, currency)} to {money(value.high, currency)}"


def share_interval(value: Interval) -> str:
    """Write the two ends of an interval of a share."""
    return f"{share(value.low)} to {share(value.high)}"


def signed(value: float, text: str) -> str:
    """Put a sign before the text of an absolute number."""
    return f"{'+' if value > 0 else '−' if value < 0 else '±'}{text}"


def by_unit(value: object, unit: Unit, currency: str) -> str:
    """Write a value of the data by its unit."""
    if is_missing(value) or value == "":
        return MISSING
    if isinstance(value, datetime | date):
        return day(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, int | float):
        return str(value)
    if unit is Unit.MONEY:
        return money_exact(value, currency)
    if unit is Unit.FLAG:
        return "yes" if value else "no"
    plain = {Unit.SHARE: share, Unit.COUNT: count, Unit.DAYS: days}.get(unit)
    return plain(value) if plain else number(value, 0 if unit is Unit.INDEX else 2)


def _symbol(currency: str) -> str:
    return _SYMBOLS.get(currency, f"{currency} ")


def _short(value: float) -> str:
    for size, name in _STEPS:
        if value >= size * 0.9995:
            scaled = value / size
            return f"{scaled:.{2 if scaled < 9.995 else 1 if scaled < 99.95 else 0}f}{name}"
    return f"{value:.0f}" if value >= 9.995 or value == round(value) else f"{value:.2f}"
