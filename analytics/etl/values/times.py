"""Times by their declared format and zone, as UTC; what does not fit is null, not guessed."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analytics.etl.mappings.mapping_columns import ColumnSpec
from analytics.etl.sources.cells import LOCAL_TIME, UTC_TIME
from analytics.etl.values.numbers import NumberStyle, parse_numbers
from analytics.etl.values.texts import SourceColumns, looked_up
from analytics.etl.values.time_formats import read_times
from analytics.etl.values.zones import localised, localised_by_name

_MICROSECONDS = {
    "us": 1, "ms": 1_000, "s": 1_000_000,
    "seconds": 1_000_000, "hours": 3_600_000_000, "days": 86_400_000_000,
}  # fmt: skip
#: Counts beyond this many microseconds from 1970 (the year 9999) are no times.
_MAX_MICROSECONDS = 253_402_300_799_000_000

_DATE = r"\d{4}-\d{2}-\d{2}"
_CLOCK = r"[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?"
_ISO_LOCAL = rf"^{_DATE}(?:{_CLOCK})?$"
_ISO_ZONED = rf"^{_DATE}{_CLOCK} ?(?:Z|[+-]\d{{2}}(?::?\d{{2}})?)$"


def parse_times(
    columns: SourceColumns, spec: ColumnSpec, zone: str, style: NumberStyle | None = None
) -> pa.Array:
    """Return a landed time column in UTC, microseconds; null where there is no readable time.

    A value that came as a date or a time is that time, whatever form the texts beside it have.

    Parameters
    ----------
    zone
        Zone of times that name none, unless the column has its own.
    style
        How counts (``epoch``, ``offset``) are written in text.
    """
    zone = spec.zone or zone
    if spec.constant is not None:
        return _from_text(pa.array([str(spec.constant)] * len(columns), pa.string()), "iso", zone)
    name = str(spec.column)
    typed = columns.typed(name)
    came = typed.moment
    if typed.local.null_count < len(columns):
        came = pc.coalesce(came, localised(typed.local, zone))
    if came.null_count == 0:
        return came
    return pc.coalesce(came, _not_typed(columns, spec, zone, style or NumberStyle()))


def _not_typed(columns: SourceColumns, spec: ColumnSpec, zone: str, style: NumberStyle) -> pa.Array:
    name = str(spec.column)
    if spec.offset is not None:
        counts = _microseconds(columns, name, spec.offset, style)
        return localised(_moved(_anchor(columns, spec, zone), counts), zone)
    if spec.epoch is not None:
        return _microseconds(columns, name, spec.epoch, style).cast(UTC_TIME)
    texts = columns.written(name) if spec.format == "iso" else columns.digits(name)
    return _from_text(texts, spec.format, zone)


def _from_text(texts: pa.Array, written_as: str, zone: str) -> pa.Array:
    if texts.null_count == len(texts):
        return pa.nulls(len(texts), UTC_TIME)
    if written_as != "iso":
        return _by_format(texts, written_as, zone)
    local = _only(texts, pc.match_substring_regex(texts, _ISO_LOCAL))
    zoned = _only(texts, pc.match_substring_regex(texts, _ISO_ZONED))
    result = localised(_cast(local, LOCAL_TIME), zone)
    if zoned.null_count == len(zoned):
        return result
    return pc.coalesce(
        result, _cast(pc.replace_substring_regex(zoned, r" ([Z+-])", r"\1"), UTC_TIME)
    )


def _by_format(texts: pa.Array, written_as: str, zone: str) -> pa.Array:
    found = read_times(texts, written_as)
    if found.zones is None:
        return localised(found.local, zone)
    return localised_by_name(found.local, found.zones, zone)


def _cast(texts: pa.Array, kind: pa.DataType) -> pa.Array:
    """Cast texts of the right shape; where one is no date (month 13), each is tried by itself."""
    short = pc.replace_substring_regex(texts, r"(\.\d{6})\d+", r"\1")
    try:
        return short.cast(kind)
    except pa.ArrowInvalid:
        with_zone = kind.tz is not None
        parsed = pd.to_datetime(
            pd.Series(short.to_pandas(), dtype="object"),
            format="ISO8601", errors="coerce", utc=with_zone,
        )  # fmt: skip
        return pa.array(parsed, type=kind, from_pandas=True, safe=False)


def _microseconds(columns: SourceColumns, name: str, unit: str, style: NumberStyle) -> pa.Array:
    """Return counts as microseconds; a text with an exponent is a rounded count, so none."""
    texts = columns.written(name)
    whole = _only(texts, pc.invert(pc.match_substring_regex(texts, "[eE]")))
    numbers = pc.coalesce(columns.typed(name).number, parse_numbers(whole, style))
    counts = pc.multiply(numbers, float(_MICROSECONDS[unit]))
    possible = pc.less_equal(pc.abs(counts), float(_MAX_MICROSECONDS))
    return pc.round(pc.if_else(possible, counts, pa.scalar(None, pa.float64()))).cast(pa.int64())


def _anchor(columns: SourceColumns, spec: ColumnSpec, zone: str) -> pa.Array:
    """Return the local date that each count starts from."""
    if spec.anchor is not None:
        return _local_dates(pa.array([spec.anchor] * len(columns), pa.string()))
    name = str(spec.anchor_column)
    if spec.anchor_values:
        return _local_dates(looked_up(columns.text(name), spec.anchor_values))
    typed = columns.typed(name)
    there = pc.local_timestamp(typed.moment.cast(pa.timestamp("us", tz=zone)))
    return pc.coalesce(typed.local, there, _local_dates(columns.written(name)))


def _local_dates(texts: pa.Array) -> pa.Array:
    return _cast(_only(texts, pc.match_substring_regex(texts, _ISO_LOCAL)), LOCAL_TIME)


def _moved(start: pa.Array, counts: pa.Array) -> pa.Array:
    return pc.add(start.cast(pa.int64()), counts).cast(LOCAL_TIME)


def _only(texts: pa.Array, chosen: pa.Array) -> pa.Array:
    return pc.if_else(chosen, texts, pa.scalar(None, pa.string()))
