"""Source columns as clean text, whatever type they came in."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc


class SourceColumns:
    """The columns of one chunk, each read as text at most once.

    Parameters
    ----------
    rows
        Columns as the reader gave them.
    missing
        Texts that mean "nothing"; the empty text always does.
    """

    def __init__(self, rows: pa.Table, missing: tuple[str, ...]) -> None:
        self.rows = rows
        self._missing = pa.array(["", *missing], pa.string())
        self._missing_numbers = bool(missing)
        self._texts: dict[str, pa.Array] = {}

    def __len__(self) -> int:
        return len(self.rows)

    def cleaned(self) -> pa.Table:
        """Return all columns as they came, but text trimmed and null where it means nothing."""
        return pa.table(
            {
                name: self.text(name)
                if pa.types.is_string(self.typed(name).type)
                else self.typed(name)
                for name in self.rows.column_names
            }
        )

    def typed(self, name: str) -> pa.Array:
        """Return a column with the type it came in."""
        column = self.rows.column(name)
        return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)

    def text(self, name: str) -> pa.Array:
        """Return a column as text without surrounding blanks, null where it means nothing."""
        if name not in self._texts:
            trimmed = pc.utf8_trim_whitespace(as_text(self.typed(name)))
            nothing = pc.is_in(trimmed, value_set=self._missing)
            self._texts[name] = pc.if_else(nothing, pa.scalar(None, pa.string()), trimmed)
        return self._texts[name]

    def numeric(self, name: str) -> pa.Array:
        """Return a column of numbers as it came, other columns as text."""
        typed = self.typed(name)
        if not (pa.types.is_integer(typed.type) or pa.types.is_floating(typed.type)):
            return self.text(name)
        if self._missing_numbers:
            return pc.if_else(pc.is_valid(self.text(name)), typed, pa.scalar(None, typed.type))
        return typed

    def present(self, name: str) -> pa.Array:
        """Return for each row whether the column holds anything."""
        typed = self.typed(name)
        return pc.is_valid(self.text(name) if pa.types.is_string(typed.type) else typed)


def as_text(column: pa.Array) -> pa.Array:
    """Write any column as text: whole numbers without decimals, times as ISO text."""
    kind = column.type
    if pa.types.is_string(kind):
        return column
    if pa.types.is_dictionary(kind):
        return as_text(column.dictionary_decode())
    if pa.types.is_null(kind):
        return column.cast(pa.string())
    if pa.types.is_floating(kind):
        return _float_text(column.cast(pa.float64()))
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return pa.array(
            [
                None if one is None else one.decode("utf-8", "backslashreplace")
                for one in column.to_pylist()
            ],
            pa.string(),
        )
    if pa.types.is_nested(kind):
        return pa.array([None if one is None else str(one) for one in column.to_pylist()])
    return column.cast(pa.string())


def looked_up(texts: pa.Array, table: Mapping[str, str]) -> pa.Array:
    """Return the value of each text in a table; null where the table has none."""
    keys = pa.array(list(table), pa.string())
    values = pa.array(list(table.values()), pa.string())
    return values.take(pc.index_in(texts, value_set=keys))


def _float_text(column: pa.Array) -> pa.Array:
    """Identifiers that a tool stored as 17850.0 are written 17850."""
    nan_free = pc.if_else(pc.is_nan(column), pa.scalar(None, pa.float64()), column)
    whole = pc.and_(pc.equal(nan_free, pc.floor(nan_free)), pc.less(pc.abs(nan_free), 2.0**53))
    integers = pc.if_else(whole, nan_free, pa.scalar(None, pa.float64())).cast(pa.int64())
    return pc.coalesce(integers.cast(pa.string()), nan_free.cast(pa.string()))
