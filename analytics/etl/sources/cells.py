"""Columns whose values bring their own types, such as those of a workbook, JSON or a database.

One column may hold numbers in some rows and texts in others. Each value is kept as its text and,
where it was typed, as the number or the time that it is: what is typed never has to be read from
its text again.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import orjson
import pyarrow as pa

LOCAL_TIME = pa.timestamp("us")
UTC_TIME = pa.timestamp("us", tz="UTC")

#: One value: how it is written; the number it is, if it was typed as one; the time it is, without
#: (`local`) or with (`moment`) a zone. A value that is text has nothing but `text`.
CELL = pa.struct(
    [("text", pa.string()), ("number", pa.float64()), ("local", LOCAL_TIME), ("moment", UTC_TIME)]
)


class WrittenNumber(float):
    """A number that remembers how it was written, digit by digit: an id loses none."""

    def __new__(cls, text: str) -> WrittenNumber:
        """Keep the text beside the number."""
        made = super().__new__(cls, text)
        made.text = text
        return made

    text: str


def cells(values: Iterable[Any]) -> pa.Array:
    """Return a column of values of any Python types."""
    given = list(values)
    texts = pa.array([_text(value) for value in given], pa.string())
    if all(value is None or isinstance(value, str) for value in given):
        others = [pa.nulls(len(given), CELL.field(at).type) for at in range(1, CELL.num_fields)]
        return pa.StructArray.from_arrays([texts, *others], fields=list(CELL))
    numbers = pa.array([_number(value) for value in given], pa.float64())
    local = pa.array([_local(value) for value in given], LOCAL_TIME)
    moments = pa.array([_moment(value) for value in given], UTC_TIME)
    return pa.StructArray.from_arrays([texts, numbers, local, moments], fields=list(CELL))


def are_cells(kind: pa.DataType) -> bool:
    """Return whether a column came from `cells`."""
    return bool(kind.equals(CELL))


def as_written(rows: pa.Table) -> pa.Table:
    """Return rows with every value of such columns as its text."""
    columns = {
        name: column.combine_chunks().field("text") if are_cells(column.type) else column
        for name, column in zip(rows.column_names, rows.columns, strict=True)
    }
    return pa.table(columns)


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return None if value is None else str(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, WrittenNumber):
        return value.text
    if isinstance(value, float):
        if math.isnan(value):
            return None
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).decode("utf-8", "backslashreplace")
    if isinstance(value, dict | list):
        return _json(value)
    return str(value)


def _json(value: Any) -> str:
    try:
        return orjson.dumps(value, default=str).decode()
    except TypeError:  # a whole number longer than 64 bits
        return json.dumps(value, default=str, ensure_ascii=False, separators=(",", ":"))


def _number(value: Any) -> float | None:
    if isinstance(value, int | float | Decimal):
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        return None if math.isnan(number) else number
    return None


def _local(value: Any) -> datetime | None:
    if isinstance(value, datetime):
        return value if value.tzinfo is None else None
    return datetime(value.year, value.month, value.day) if isinstance(value, date) else None


def _moment(value: Any) -> datetime | None:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC)
    return None
