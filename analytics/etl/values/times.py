"""Times by their declared format and zone, as UTC; what does not fit is null, not guessed."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analytics.etl.mapping_columns import ColumnSpec
from analytics.etl.values.numbers import NumberStyle, parse_numbers
from analytics.etl.values.texts import SourceColumns, looked_up

UTC_TIME = pa.timestamp("us", tz="UTC")
_LOCAL_TIME = pa.timestamp("us")
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


def parse_times(columns: SourceColumns, spec: ColumnSpec, zone: str) -> pa.Array:
    """Return a landed time column in UTC, microseconds; null where there is no readable time.

    A local time that a clock change repeats is the first of the two; one that it skips becomes
    the first time that exists after it.

    Parameters
    ----------
    zone
        Zone of times that name none, unless the column has its own.
    """
    zone = spec.zone or zone
    if spec.constant is not None:
        return _from_text(pa.array([str(spec.constant)] * len(columns)), "iso", zone)
    name = str(spec.column)
    if spec.offset is not None:
        return _localised(_moved(_anchor(columns, spec), columns.text(name), spec.offset), zone)
    if spec.epoch is not None:
        return _microseconds(columns.text(name), spec.epoch).cast(UTC_TIME)
    typed = columns.typed(name)
    if pa.types.is_timestamp(typed.type):
        return typed.cast(UTC_TIME, safe=False) if typed.type.tz else _localised(typed, zone)
    if pa.types.is_date(typed.type):
        return _localised(typed.cast(_LOCAL_TIME), zone)
    return _from_text(columns.text(name), spec.format, zone)


def _from_text(texts: pa.Array, written_as: str, zone: str) -> pa.Array:
    if written_as != "iso":
        return _by_format(texts, written_as, zone)
    local = _only(texts, pc.match_substring_regex(texts, _ISO_LOCAL))
    zoned = _only(texts, pc.match_substring_regex(texts, _ISO_ZONED))
    result = _localised(_cast(local, _LOCAL_TIME), zone)
    if zoned.null_count == len(zoned):
        return result
    return pc.coalesce(
        result, _cast(pc.replace_substring_regex(zoned, r" ([Z+-])", r"\1"), UTC_TIME)
    )


def _by_format(texts: pa.Array, written_as: str, zone: str) -> pa.Array:
    zoned = "%z" in written_as
    try:
        parsed = pd.to_datetime(
            pd.Series(texts.to_pandas(), dtype="object"),
            format=written_as, errors="coerce", exact=True, utc=zoned,
        )  # fmt: skip
    except ValueError:
        return pa.nulls(len(texts), UTC_TIME)
    if zoned:
        return pa.array(parsed, type=UTC_TIME, from_pandas=True, safe=False)
    return _localised(pa.array(parsed, type=_LOCAL_TIME, from_pandas=True, safe=False), zone)


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


def _localised(local: pa.Array, zone: str) -> pa.Array:
    whole = local.cast(_LOCAL_TIME, safe=False)
    if zone == "UTC":
        return whole.cast(pa.int64()).cast(UTC_TIME)
    zoned = pc.assume_timezone(whole, zone, ambiguous="earliest", nonexistent="latest")
    return zoned.cast(UTC_TIME)


def _microseconds(texts: pa.Array, unit: str) -> pa.Array:
    counts = pc.multiply(parse_numbers(texts, NumberStyle()), float(_MICROSECONDS[unit]))
    possible = pc.less_equal(pc.abs(counts), float(_MAX_MICROSECONDS))
    return pc.round(pc.if_else(possible, counts, pa.scalar(None, pa.float64()))).cast(pa.int64())


def _anchor(columns: SourceColumns, spec: ColumnSpec) -> pa.Array:
    if spec.anchor is not None:
        return pa.array([spec.anchor] * len(columns), pa.string())
    texts = columns.text(str(spec.anchor_column))
    return looked_up(texts, spec.anchor_values) if spec.anchor_values else texts


def _moved(anchors: pa.Array, counts: pa.Array, unit: str) -> pa.Array:
    start = _cast(_only(anchors, pc.match_substring_regex(anchors, _ISO_LOCAL)), _LOCAL_TIME)
    moved = pc.add(start.cast(pa.int64()), _microseconds(counts, unit))
    return moved.cast(_LOCAL_TIME)


def _only(texts: pa.Array, chosen: pa.Array) -> pa.Array:
    return pc.if_else(chosen, texts, pa.scalar(None, pa.string()))
