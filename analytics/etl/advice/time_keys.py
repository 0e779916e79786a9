"""Which time keys of a mapping would read the times that it refuses. Nothing lands by it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

import numpy as np
import pandas as pd
import pyarrow as pa

from analytics.etl.mappings.mapping_columns import ColumnSpec
from analytics.etl.rows.contract_schema import CLOCK_TOLERANCE, EARLIEST
from analytics.etl.values.texts import SourceColumns
from analytics.etl.values.times import parse_times

#: Share of the refused values that a key must read to be named before all others.
_NEARLY_ALL = 0.9

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_LONG_MONTH = (
    r"(?:january|february|march|april|june|july|august|september|october|november|december)"
)
_DAY_NAME = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)"

#: Date at the start of a value, and the formats that it may have; ``{s}`` is its separator.
_DATES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"\d{4}-W\d{2}-\d", ("%G-W%V-%u",)),
    (r"\d{4}W\d{3}", ("%GW%V%u",)),
    (r"\d{4}-W\d{2}", ("%G-W%V",)),
    (r"\d{4}W\d{2}", ("%GW%V",)),
    (r"\d{4}(?P<s>[-/. ])\d{1,2}(?P=s)\d{1,2}", ("%Y{s}%m{s}%d",)),
    (r"\d{1,2}(?P<s>[-/. ])\d{1,2}(?P=s)\d{4}", ("%d{s}%m{s}%Y", "%m{s}%d{s}%Y")),
    (r"\d{1,2}(?P<s>[-/. ])\d{1,2}(?P=s)\d{2}(?!\d)",
     ("%d{s}%m{s}%y", "%m{s}%d{s}%y", "%y{s}%m{s}%d")),
    (r"\d{4}-\d{3}(?!\d)", ("%Y-%j",)),
    (r"\d{4}(?P<s>[-/.])\d{2}(?!\d)", ("%Y{s}%m",)),
    (r"\d{2}(?P<s>[-/.])\d{4}(?!\d)", ("%m{s}%Y",)),
    (r"\d{8}(?!\d)", ("%Y%m%d", "%d%m%Y", "%m%d%Y")),
    (r"\d{14}(?!\d)", ("%Y%m%d%H%M%S",)),
    (r"\d{12}(?!\d)", ("%Y%m%d%H%M",)),
    (r"\d{6}(?!\d)", ("%Y%m", "%y%m%d", "%d%m%y")),
    (rf"\d{{1,2}}(?P<s>[-/ .]){_LONG_MONTH}(?P=s)\d{{4}}", ("%d{s}%B{s}%Y",)),
    (rf"\d{{1,2}}(?P<s>[-/ .]){_MONTH}(?P=s)\d{{4}}", ("%d{s}%b{s}%Y",)),
    (rf"\d{{1,2}}(?P<s>[-/ .]){_MONTH}(?P=s)\d{{2}}(?!\d)", ("%d{s}%b{s}%y",)),
    (rf"\d{{1,2}}\. {_LONG_MONTH} \d{{4}}", ("%d. %B %Y",)),
    (rf"\d{{1,2}}\. {_MONTH} \d{{4}}", ("%d. %b %Y",)),
    (rf"\d{{1,2}}{_MONTH}\d{{4}}", ("%d%b%Y",)),
    (rf"{_LONG_MONTH} \d{{1,2}}, \d{{4}}", ("%B %d, %Y",)),
    (rf"{_MONTH} \d{{1,2}}, \d{{4}}", ("%b %d, %Y",)),
    (rf"{_LONG_MONTH} \d{{1,2}} \d{{4}}", ("%B %d %Y",)),
    (rf"{_MONTH} \d{{1,2}} \d{{4}}", ("%b %d %Y",)),
    (rf"{_LONG_MONTH} \d{{4}}", ("%B %Y",)),
    (rf"{_MONTH}(?P<s>[- ])\d{{4}}", ("%b{s}%Y",)),
)  # fmt: skip
_CLOCK = re.compile(
    r"^(?P<gap>T|,? +| - |:|_)(?P<hour>\d{1,2})(?P<c>[:.h])(?P<minute>\d{2})"
    r"(?P<second>(?P=c)\d{2}(?P<part>\.\d{1,9})?)?(?P<half> ?[ap]\.?m\.?)?"
    r"(?P<blank> ?)(?P<zone>Z|[+-]\d{2}(?::?\d{2})?|[A-Z]{2,5}|[A-Z][A-Za-z]+/[A-Za-z_/]+)?$",
    re.IGNORECASE,
)
_WORDS = {"now", "today", "tomorrow", "yesterday", "nat", "infinity", "epoch", "never"}
#: A year with a further number, or a clock: a time, if in no form that is known here.
_OTHER_TIME = re.compile(r"(?:19|20)\d{2}\D+\d|\d\D+(?:19|20)\d{2}(?!\d)|\d:\d{2}")
_DESCRIBED = (
    (r"^\d{4}-?W\d{2}(?:-?\d)?$", "an ISO week date"),
    (r"^\d{4}-\d{3}$", "an ordinal date (year and day of the year)"),
    (r"^\d{4}-?Q[1-4]$|^Q[1-4][ /-]\d{4}$", "a quarter, which is no day"),
    (r"^\d{9,10}(?:\.\d+)?$", "perhaps seconds since 1970"),
    (r"^\d{12,13}(?:\.\d+)?$", "perhaps milliseconds since 1970"),
    (r"^\d{15,16}(?:\.\d+)?$", "perhaps microseconds since 1970"),
    (r"^[34]\d{4}(?:[.,]\d+)?$", "perhaps a day count of a spreadsheet"),
    (r"^\d(?:\.\d+)?[eE]\+?\d+$", "a count that a spreadsheet rounded"),
)


def time_keys(values: Sequence[str], spec: ColumnSpec, zone: str, now: datetime) -> list[str]:
    """Return the keys that would read refused times, best first.

    Parameters
    ----------
    values
        Refused values, as text.
    spec
        How the mapping reads the column now.
    """
    if not values:
        return []
    others = [key for key in _candidates(values) if key != (("format", spec.format),)]
    tried = {key: _share_read(values, key, spec, zone, now) for key in others}
    fitting = sorted((key for key in tried if tried[key] > 0), key=lambda key: -tried[key])
    good = [key for key in fitting if tried[key] >= _NEARLY_ALL]
    if _ISO in good:
        return [_as_toml(_ISO)]
    return [_as_toml(key) for key in good or fitting[:1]]


def described_time(value: str) -> str:
    """Return what a value that is no time of the declared form may be; empty if nothing known."""
    if value.lower() in _WORDS:
        return "which is a word and no time"
    found = next((said for shape, said in _DESCRIBED if re.match(shape, value)), "")
    other = bool(_date_formats(value)) or _OTHER_TIME.search(value) is not None
    return found or ("a time of another form" if other else "")


def tells_time(value: str) -> bool:
    """Return whether a value tells a time in any form that is known here."""
    return value.lower() not in _WORDS and described_time(value) != ""


#: Keys of one column, as pairs that TOML and `ColumnSpec` both know.
_Key = tuple[tuple[str, str], ...]
_ISO: _Key = (("format", "iso"),)


def _candidates(values: Sequence[str]) -> list[_Key]:
    """Return what the shapes of the first few values suggest."""
    keys: dict[_Key, None] = {}
    for value in values[:20]:
        if re.match(r"^\d{4}-\d{2}-\d{2}", value):
            keys[_ISO] = None
        for form in _date_formats(value):
            keys[(("format", form),)] = None
        for digits, unit in ((r"\d{9,10}", "s"), (r"\d{12,13}", "ms"), (r"\d{15,16}", "us")):
            if re.match(rf"^{digits}(?:\.\d+)?$", value):
                keys[(("epoch", unit),)] = None
        if re.match(r"^\d{5}(?:\.\d+)?$", value):
            keys[(("offset", "days"), ("anchor", "1899-12-30"))] = None
    return list(keys)


def _date_formats(value: str) -> list[str]:
    weekday = re.match(rf"^{_DAY_NAME}(?P<long>day)?,? ", value, re.IGNORECASE)
    before, rest = "", value
    if weekday is not None:
        comma = "," if "," in weekday.group() else ""
        before = f"{'%A' if weekday.group('long') else '%a'}{comma} "
        rest = value[weekday.end() :]
    formats = []
    for shape, known in _DATES:
        found = re.match(shape, rest, re.IGNORECASE)
        if found is None:
            continue
        clock = _clock_format(rest[found.end() :])
        if clock is not None:
            separator = found.groupdict().get("s") or ""
            formats += [
                before + date_format.replace("{s}", separator) + clock for date_format in known
            ]
    return formats


def _clock_format(rest: str) -> str | None:
    """Return the format of what follows a date; None where it is no clock."""
    if not rest:
        return ""
    found = _CLOCK.match(rest)
    if found is None:
        return None
    part = found.groupdict()
    colon = part["c"]
    form = f"{part['gap']}{'%I' if part['half'] else '%H'}{colon}%M"
    if part["second"]:
        form += f"{colon}%S" + (".%f" if part["part"] else "")
    if part["half"]:
        form += " %p" if part["half"].startswith(" ") else "%p"
    zone = part["zone"] or ""
    if zone:
        form += part["blank"] + ("%z" if zone[0] in "+-Zz" and len(zone) != 2 else "%Z")
    return form


def _share_read(
    values: Sequence[str], key: _Key, spec: ColumnSpec, zone: str, now: datetime
) -> float:
    """Return the share of values that a key reads; none if not the first, which is shown."""
    tried = ColumnSpec.model_validate({"column": "value", "zone": spec.zone, **dict(key)})
    columns = SourceColumns(pa.table({"value": pa.array(values, pa.string())}), ())
    read = parse_times(columns, tried, zone).to_pandas()
    times = pd.to_datetime(read, utc=True)
    possible = (times >= EARLIEST) & (times <= pd.Timestamp(now) + CLOCK_TOLERANCE)
    return float(np.mean(possible)) if possible.iloc[0] else 0.0


def _as_toml(key: _Key) -> str:
    return ", ".join(f'{name} = "{value}"' for name, value in key)
