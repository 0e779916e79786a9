"""The many types that Arrow has for one thing, brought down to few."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from analytics.etl.sources.cells import are_cells

#: The end of the year 9999, in microseconds since 1970.
_FURTHEST_US = 253_402_300_799_999_999


def plain(column: pa.Array) -> pa.Array:
    """Return a column with one type for each kind of value.

    Text in any of its types (large, view, dictionary, plain bytes) becomes text; a dictionary or
    a run-length encoding becomes what it holds.
    """
    kind = column.type
    if isinstance(kind, pa.UuidType):
        return _each_as_text(column)
    if isinstance(kind, pa.BaseExtensionType):
        return plain(column.storage)
    if pa.types.is_dictionary(kind):
        return plain(column.dictionary_decode())
    if pa.types.is_run_end_encoded(kind):
        return plain(pc.run_end_decode(column))
    if pa.types.is_large_string(kind) or _is(kind, "string_view"):
        return column.cast(pa.string())
    if _is_bytes(kind):
        return _decoded(column)
    if pa.types.is_float16(kind):
        return column.cast(pa.float32())
    return column


def plain_rows(rows: pa.Table) -> pa.Table:
    """Return rows with every column as `plain` makes it."""
    columns = zip(rows.column_names, rows.columns, strict=True)
    return pa.table({name: plain(_whole(column)) for name, column in columns})


def _whole(column: pa.ChunkedArray) -> pa.Array:
    if column.num_chunks == 1:
        return column.chunk(0)
    return (
        pa.concat_arrays([plain(chunk) for chunk in column.chunks])
        if column.num_chunks
        else (plain(pa.nulls(0, column.type)))
    )


def as_text(column: pa.Array) -> pa.Array:
    """Write any column as text: whole numbers without decimals, times as ISO text."""
    column = plain(column)
    kind = column.type
    if pa.types.is_string(kind):
        return column
    if are_cells(kind):
        return pc.struct_field(column, "text")
    if pa.types.is_null(kind):
        return column.cast(pa.string())
    if pa.types.is_floating(kind):
        return _float_text(column.cast(pa.float64()))
    if pa.types.is_nested(kind):
        return _each_as_text(column)
    if pa.types.is_duration(kind):  # Arrow would write the bare count, which looks like a number
        return _each_as_text(column.cast(pa.duration("us"), safe=False))
    try:
        return column.cast(pa.string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return _each_as_text(column)


def microseconds(column: pa.Array) -> pa.Array:
    """Return dates or timestamps of any unit as microseconds; null where that is too far off."""
    kind = column.type
    factor, divisor = 1, 1
    if pa.types.is_date32(kind):
        column, factor = column.cast(pa.int32()), 86_400_000_000
    elif pa.types.is_date64(kind):
        factor = 1_000
    else:
        factor, divisor = {"s": (1_000_000, 1), "ms": (1_000, 1), "us": (1, 1), "ns": (1, 1_000)}[
            kind.unit
        ]
    counts = column.cast(pa.int64())
    inside = pc.less_equal(pc.abs(counts), min(_FURTHEST_US // factor * divisor, 2**63 - 1))
    counts = pc.if_else(inside, counts, pa.scalar(None, pa.int64()))
    return pc.multiply(_floor_divided(counts, divisor), factor)


def _floor_divided(counts: pa.Array, divisor: int) -> pa.Array:
    if divisor == 1:
        return counts
    down = pc.if_else(pc.less(counts, 0), pc.subtract(counts, divisor - 1), counts)
    return pc.divide(down, divisor)


def is_whole_number_text(texts: pa.Array) -> pa.Array:
    """Return where a number was written with decimals, but none that count: 17850.00."""
    return pc.fill_null(pc.match_substring_regex(texts, r"^-?\d+\.0*$"), False)


def _each_as_text(column: pa.Array) -> pa.Array:
    values = (None if value is None else str(value) for value in column.to_pylist())
    return pa.array(list(values), pa.string())


def _decoded(column: pa.Array) -> pa.Array:
    """Many writers store text as bytes without saying so."""
    values = column.to_pylist()
    return pa.array(
        [None if value is None else value.decode("utf-8", "backslashreplace") for value in values],
        pa.string(),
    )


def _is_bytes(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_binary(kind)
        or pa.types.is_large_binary(kind)
        or pa.types.is_fixed_size_binary(kind)
        or _is(kind, "binary_view")
    )


def _is(kind: pa.DataType, name: str) -> bool:
    return str(kind) == name


def _float_text(column: pa.Array) -> pa.Array:
    """Identifiers that a tool stored as 17850.0 are written 17850."""
    nan_free = pc.if_else(pc.is_nan(column), pa.scalar(None, pa.float64()), column)
    whole = pc.and_(pc.equal(nan_free, pc.floor(nan_free)), pc.less(pc.abs(nan_free), 2.0**53))
    integers = pc.if_else(whole, nan_free, pa.scalar(None, pa.float64())).cast(pa.int64())
    return pc.coalesce(integers.cast(pa.string()), nan_free.cast(pa.string()))
