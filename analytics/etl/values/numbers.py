"""Numbers by their declared decimal and thousands marks; what does not fit is null, not guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from analytics.etl.mapping_columns import ColumnSpec
from analytics.etl.mapping_source import Source


@dataclass(frozen=True)
class NumberStyle:
    """How numbers are written in text."""

    decimal: str = "."
    thousands: str = ""
    remove: tuple[str, ...] = ()

    @classmethod
    def of(cls, source: Source, spec: ColumnSpec | None = None) -> NumberStyle:
        """Return the style of a column, or of its source where the column does not say."""
        decimal = (spec.decimal if spec else None) or source.decimal
        thousands = (spec.thousands if spec else None) or source.thousands
        return cls(decimal, thousands, spec.remove if spec else ())

    @property
    def pattern(self) -> str:
        """Regular expression of a number in this style."""
        mark = re.escape(self.decimal)
        whole = r"\d+"
        if self.thousands:
            gap = self.thousands if self.thousands.isspace() else re.escape(self.thousands)
            whole = rf"(?:\d{{1,3}}(?:{gap}\d{{3}})+|\d+)"
        return rf"^[+-]?(?:{whole}(?:{mark}\d*)?|{mark}\d+)(?:[eE][+-]?\d{{1,3}})?$"


def parse_numbers(column: pa.Array, style: NumberStyle) -> pa.Array:
    """Return a column as doubles; null where there is no number of this style.

    Parameters
    ----------
    column
        Text without surrounding blanks, or any numeric type, which is taken as it is.
    """
    if not pa.types.is_string(column.type):
        if pa.types.is_boolean(column.type):
            return column.cast(pa.int8()).cast(pa.float64())
        return column.cast(pa.float64())
    for text in style.remove:
        column = pc.utf8_trim_whitespace(pc.replace_substring(column, text, ""))
    fits = pc.match_substring_regex(column, style.pattern)
    plain = pc.if_else(fits, column, pa.scalar(None, pa.string()))
    if style.thousands:
        plain = pc.replace_substring(plain, style.thousands, "")
    if style.decimal != ".":
        plain = pc.replace_substring(plain, style.decimal, ".")
    plain = pc.utf8_ltrim(plain, "+")
    return plain.cast(pa.float64())
