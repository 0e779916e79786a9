"""From the parts of a written date and clock to microseconds since 1970."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]
#: Each part of a time (named as in strptime) of every row.
Parts = dict[str, Counts]

_DAY_US = 86_400_000_000
#: Two-digit years below this one are of this century, as in POSIX.
_PIVOT = 69


def local_microseconds(parts: Parts, rows: int) -> tuple[Counts, Flags]:
    """Return microseconds since 1970 on the clock of the text, and whether there is such a day.

    What a format does not say is the first day of the month or year, and midnight.
    """
    days, exists = _days(parts, rows)
    return days * _DAY_US + _clock(parts, rows), exists


def _clock(parts: Parts, rows: int) -> Counts:
    zero = np.zeros(rows, dtype=np.int64)
    hours = parts.get("H", zero)
    if "I" in parts:
        hours = parts["I"] % 12 + 12 * parts.get("p", zero)
    seconds = hours * 3_600 + parts.get("M", zero) * 60 + parts.get("S", zero)
    return seconds * 1_000_000 + parts.get("f", zero)


def _days(parts: Parts, rows: int) -> tuple[Counts, Flags]:
    if "G" in parts:
        return _iso_week_days(parts, rows)
    years = parts["Y"] if "Y" in parts else _full_years(parts["y"])
    first = _first_days(years, np.ones(rows, dtype=np.int64))
    length = _first_days(years + 1, np.ones(rows, dtype=np.int64)) - first
    if "j" in parts:
        return first + parts["j"] - 1, parts["j"] <= length
    if "U" in parts or "W" in parts:
        day = _day_of_week_number(parts, first)
        return first + day, (day >= 0) & (day < length)
    months = parts.get("m", parts.get("b", np.ones(rows, dtype=np.int64)))
    days = parts.get("d", np.ones(rows, dtype=np.int64))
    start = _first_days(years, months)
    return start + days - 1, days <= _first_days(years, months + 1) - start


def _full_years(two_digits: Counts) -> Counts:
    return two_digits + np.where(two_digits < _PIVOT, 2000, 1900)


def _first_days(years: Counts, months: Counts) -> Counts:
    """Return days from 1970 to the first of a month; month 13 is the next January."""
    since_1970 = (years - 1970) * 12 + months - 1
    days: Counts = since_1970.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return days


def _iso_week_days(parts: Parts, rows: int) -> tuple[Counts, Flags]:
    years, weeks = parts["G"], parts["V"]
    first, following = _first_iso_monday(years), _first_iso_monday(years + 1)
    monday = first + 7 * (weeks - 1)
    return monday + _weekday(parts, rows), monday < following


def _first_iso_monday(years: Counts) -> Counts:
    """The week of 4 January is the first of its year."""
    fourth = _first_days(years, np.ones(len(years), dtype=np.int64)) + 3
    return fourth - _weekday_of(fourth)


def _day_of_week_number(parts: Parts, first: Counts) -> Counts:
    """Return days from 1 January for a week counted from the first Sunday (%U) or Monday (%W)."""
    weekday, first_weekday = _weekday(parts, len(first)), _weekday_of(first)
    weeks = parts["W"] if "W" in parts else parts["U"]
    if "U" in parts:
        weekday, first_weekday = (weekday + 1) % 7, (first_weekday + 1) % 7
    week_zero = (7 - first_weekday) % 7
    return np.where(weeks == 0, weekday - first_weekday, week_zero + 7 * (weeks - 1) + weekday)


def _weekday(parts: Parts, rows: int) -> Counts:
    """Return the day of the week, Monday 0; Monday where a format does not say."""
    if "u" in parts:
        return parts["u"] - 1
    if "a" in parts:
        return parts["a"] - 1
    if "w" in parts:
        return (parts["w"] - 1) % 7
    return np.zeros(rows, dtype=np.int64)


def _weekday_of(days: Counts) -> Counts:
    return (days + 3) % 7
