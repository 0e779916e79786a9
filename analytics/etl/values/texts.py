"""Source columns as clean text, whatever type they came in, and the types they came with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from analytics.etl.sources.arrow_types import as_text, is_whole_number_text, microseconds, plain
from analytics.etl.sources.cells import LOCAL_TIME, UTC_TIME, are_cells


@dataclass(frozen=True)
class Typed:
    """What the values of a column were before anyone wrote them down; null where they were text."""

    number: pa.Array
    local: pa.Array
    moment: pa.Array


class SourceColumns:
    """The columns of one chunk, each read as text at most once.

    A value that came as a number or a time is never read from its text again: the rules for text
    (marks, formats) are for `written` alone.

    Parameters
    ----------
    rows
        Columns as the reader gave them.
    missing
        Texts that mean "nothing"; the empty text always does.
    missing_in
        Texts that mean "nothing" in a column, instead of those.
    """

    def __init__(
        self,
        rows: pa.Table,
        missing: tuple[str, ...],
        missing_in: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self.rows = rows
        self._missing = missing
        self._missing_in = missing_in or {}
        self._plain: dict[str, pa.Array] = {}
        self._texts: dict[str, pa.Array] = {}
        self._typed: dict[str, Typed] = {}

    def __len__(self) -> int:
        return len(self.rows)

    def cleaned(self) -> pa.Table:
        """Return all columns as they came, but text trimmed and null where it means nothing."""
        return pa.table({name: self._cleaned(name) for name in self.rows.column_names})

    def text(self, name: str) -> pa.Array:
        """Return a column as text without surrounding blanks, null where it means nothing."""
        if name not in self._texts:
            column = self._came(name)
            trimmed = pc.utf8_trim_whitespace(as_text(column))
            if _may_have_decimals(column.type):
                trimmed = pc.if_else(
                    pc.and_(_is_number(column), is_whole_number_text(trimmed)),
                    pc.replace_substring_regex(trimmed, r"\.0*$", ""),
                    trimmed,
                )
            nothing = pc.is_in(trimmed, value_set=pa.array(["", *self._words(name)], pa.string()))
            self._texts[name] = pc.if_else(nothing, pa.scalar(None, pa.string()), trimmed)
        return self._texts[name]

    def typed(self, name: str) -> Typed:
        """Return the values of a column that were numbers or times, not text."""
        if name not in self._typed:
            found = _typed(self._came(name))
            if self._words(name):
                there = pc.is_valid(self.text(name))
                found = Typed(
                    *(
                        pc.if_else(there, column, pa.scalar(None, column.type))
                        for column in (found.number, found.local, found.moment)
                    )
                )
            self._typed[name] = found
        return self._typed[name]

    def written(self, name: str) -> pa.Array:
        """Return the values of a column that came as text, cleaned."""
        column = self._came(name)
        if pa.types.is_string(column.type):
            return self.text(name)
        if _is_plain_typed(column.type):
            return pa.nulls(len(column), pa.string())
        found = self.typed(name)
        untyped = pc.and_(pc.is_null(found.number), pc.is_null(found.local))
        untyped = pc.and_(untyped, pc.is_null(found.moment))
        return pc.if_else(untyped, self.text(name), pa.scalar(None, pa.string()))

    def digits(self, name: str) -> pa.Array:
        """Return texts, and whole numbers as text: 20240531 may be a date by its digits."""
        whole = pc.match_substring_regex(self.text(name), r"^\d+$")
        written = self.written(name)
        numbers = pc.if_else(
            pc.and_(whole, pc.is_valid(self.typed(name).number)),
            self.text(name),
            pa.scalar(None, pa.string()),
        )
        return pc.coalesce(written, numbers)

    def present(self, name: str) -> pa.Array:
        """Return for each row whether the column holds anything."""
        column = self._came(name)
        if _is_plain_typed(column.type) and not self._words(name):
            return pc.is_valid(column) if not pa.types.is_floating(column.type) else _filled(column)
        return pc.is_valid(self.text(name))

    def _cleaned(self, name: str) -> pa.Array:
        column = self._came(name)
        if pa.types.is_string(column.type):
            return self.text(name)
        if not are_cells(column.type):
            return column
        found = self.typed(name)
        children = [self.text(name), found.number, found.local, found.moment]
        return pa.StructArray.from_arrays(
            children, fields=list(column.type), mask=pc.is_null(children[0])
        )

    def _came(self, name: str) -> pa.Array:
        if name not in self._plain:
            column = self.rows.column(name)
            whole = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
            self._plain[name] = plain(whole)
        return self._plain[name]

    def _words(self, name: str) -> tuple[str, ...]:
        return self._missing_in.get(name, self._missing)


def looked_up(texts: pa.Array, table: Mapping[str, str]) -> pa.Array:
    """Return the value of each text in a table; null where the table has none."""
    keys = pa.array(list(table), pa.string())
    values = pa.array(list(table.values()), pa.string())
    return values.take(pc.index_in(texts, value_set=keys))


def _typed(column: pa.Array) -> Typed:
    kind, rows = column.type, len(column)
    if are_cells(kind):
        return Typed(*(pc.struct_field(column, name) for name in ("number", "local", "moment")))
    number, local, moment = (
        pa.nulls(rows, arrow_type) for arrow_type in (pa.float64(), LOCAL_TIME, UTC_TIME)
    )
    if pa.types.is_boolean(kind):
        number = column.cast(pa.int8()).cast(pa.float64())
    elif pa.types.is_floating(kind):
        doubles = column.cast(pa.float64())
        number = pc.if_else(_filled(doubles), doubles, pa.scalar(None, pa.float64()))
    elif pa.types.is_integer(kind) or pa.types.is_decimal(kind):
        number = column.cast(pa.float64(), safe=False)
    elif pa.types.is_timestamp(kind) and kind.tz:
        moment = microseconds(column).cast(UTC_TIME)
    elif pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        local = microseconds(column).cast(LOCAL_TIME)
    return Typed(number, local, moment)


def _filled(column: pa.Array) -> pa.Array:
    """Return where a column of floats holds a number: NaN is none."""
    return pc.fill_null(pc.invert(pc.is_nan(column)), False)


def _is_number(column: pa.Array) -> pa.Array:
    if are_cells(column.type):
        return pc.is_valid(pc.struct_field(column, "number"))
    return pc.is_valid(column)


def _may_have_decimals(kind: pa.DataType) -> bool:
    """Whether whole numbers of this type are written with decimals: 17850.00."""
    return bool(are_cells(kind) or pa.types.is_decimal(kind))


def _is_plain_typed(kind: pa.DataType) -> bool:
    """Whether no value of this type is text."""
    tests = (
        pa.types.is_boolean, pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal,
        pa.types.is_timestamp, pa.types.is_date, pa.types.is_null,
    )  # fmt: skip
    return any(test(kind) for test in tests)
