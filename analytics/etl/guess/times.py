"""Which keys read a column as times: tried on every value, not on the first."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
import pyarrow as pa

from analytics.etl.guess.looked_at import FileColumn
from analytics.etl.mappings.mapping_columns import ColumnSpec
from analytics.etl.rows.contract_schema import EARLIEST
from analytics.etl.values.texts import SourceColumns
from analytics.etl.values.times import parse_times

#: Share of the values that must be times.
ENOUGH = 0.9
_TRIED_FIRST = 300
#: A column of due dates is one of times too.
_YEARS_AHEAD = np.timedelta64(366 * 5, "D")

_DATES = (
    *("%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y/%m/%d", "%Y.%m.%d"),
    *("%Y-%m-%d", "%Y%m%d", "%d.%m.%y", "%d/%m/%y", "%m/%d/%y", "%d %b %Y", "%d %B %Y"),
    *("%b %d, %Y", "%B %d, %Y", "%d-%b-%Y", "%d-%b-%y", "%a, %d %b %Y", "%Y%m"),
)
_CLOCKS = (
    *("", " %H:%M:%S", " %H:%M", "T%H:%M:%S", " %I:%M:%S %p", " %I:%M %p", ", %H:%M", ", %H:%M:%S"),
    *(" %H:%M:%S.%f", " %I:%M%p", ", %I:%M %p", " %H:%M:%S %z", " %H:%M:%S UTC", " %H.%M"),
)
#: Tried in this order: a simple one that reads all is taken.
FORMATS = (*(f"{day}{clock}" for clock in _CLOCKS for day in _DATES), "%Y%m%d%H%M%S")
_EPOCHS = ("s", "ms", "us")


@dataclass(frozen=True)
class TimeGuess:
    """How a column may be read as times.

    Parameters
    ----------
    keys
        Keys of the landed column; empty for ISO times and for typed ones.
    share
        Share of the filled rows that it reads.
    others
        Other formats that read as much: the mapping cannot know which is meant.
    """

    keys: dict[str, object] = field(default_factory=dict)
    share: float = 0.0
    others: tuple[str, ...] = ()
    zoned: bool = False


def guess_times(column: FileColumn, now: datetime) -> TimeGuess | None:
    """Return how a column is read as times; None where most of its values are none."""
    if not column.filled:
        return None
    if column.kind == "time":
        return TimeGuess(share=1.0)
    texts = list(column.values)
    first = texts[:_TRIED_FIRST]
    iso = _share(column, texts, {}, now)
    if iso >= ENOUGH:
        return TimeGuess(share=iso, zoned=texts[0][-1:] == "Z" or "+" in texts[0])
    if column.kind == "number" or all(text.replace(".", "", 1).isdigit() for text in first):
        return _of_numbers(column, texts, now)
    likely = [
        time_format
        for time_format in FORMATS
        if _share(column, first, {"format": time_format}, now) > 0
    ]
    tried = {
        time_format: _share(column, texts, {"format": time_format}, now) for time_format in likely
    }
    best = max(tried.values(), default=0.0)
    if best < ENOUGH:
        return None
    equal = [time_format for time_format in likely if tried[time_format] == best]
    return TimeGuess({"format": equal[0]}, best, tuple(equal[1:3]), "%z" in equal[0])


def _of_numbers(column: FileColumn, texts: list[str], now: datetime) -> TimeGuess | None:
    """Whole numbers may be days written together, or counts since 1970."""
    tried = [
        {"format": "%Y%m%d"},
        {"format": "%Y%m%d%H%M%S"},
        *({"epoch": epoch} for epoch in _EPOCHS),
    ]
    for keys in tried:
        share = _share(column, texts, keys, now)
        if share >= ENOUGH:
            return TimeGuess(dict(keys), share)
    return None


def _share(column: FileColumn, texts: list[str], keys: dict[str, str], now: datetime) -> float:
    """Return the share of rows that are times of this form, between 1990 and now."""
    table = SourceColumns(pa.table({"value": pa.array(texts, pa.string())}), ())
    spec = ColumnSpec.model_validate({"column": "value", **keys})
    read = parse_times(table, spec, "UTC").to_numpy(zero_copy_only=False)
    earliest = EARLIEST.tz_localize(None).to_numpy()
    latest = np.datetime64(now.replace(tzinfo=None)) + _YEARS_AHEAD
    plausible = (read >= earliest) & (read <= latest)
    weights = np.array([column.values[text] for text in texts], dtype=np.float64)
    return float(weights[plausible].sum() / weights.sum())
