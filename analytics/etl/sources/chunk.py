"""A piece of a source small enough to hold, with what is needed to say where each row lay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import orjson
import pyarrow as pa
from numpy.typing import NDArray

from analytics.etl.sources.cells import as_written

Lines = NDArray[np.int64]

#: Longest raw text kept with a reject, in characters.
MAX_RAW_TEXT = 4_000


@dataclass(frozen=True)
class Refused:
    """One row of a source that does not land.

    Parameters
    ----------
    line
        Number of the record's first line, from 1 and with the header; of the row where the
        source has no lines.
    raw
        The row as it came.
    column
        Landed or source column at fault; empty when the row as a whole is.
    got
        The value at fault, if one is.
    """

    line: int
    raw: str
    column: str
    rule: str
    reason: str
    got: str = ""


@dataclass(frozen=True)
class Chunk:
    """Some rows of a source.

    Parameters
    ----------
    rows
        The columns asked for; text from text formats, else typed as the source has them, and as
        `cells` where each value has a type of its own.
    lines
        Line of each row, as `Refused.line`.
    texts
        Raw text of each row; None where the source has none and the values stand for it.
    refused
        Rows that could not even be cut into columns; not among `rows`.
    """

    rows: pa.Table
    lines: Lines
    texts: pa.Array | None = None
    refused: tuple[Refused, ...] = ()

    def raw_texts(self, positions: Sequence[int] | Lines) -> list[str]:
        """Return the raw text of some rows, shortened to `MAX_RAW_TEXT` characters."""
        chosen = pa.array(positions, type=pa.int64())
        if self.texts is not None:
            return [shortened(text) for text in self.texts.take(chosen).to_pylist()]
        rows = as_written(self.rows.take(chosen))
        try:
            values = rows.to_pylist()
        except (OverflowError, ValueError):  # a time beyond the year 9999
            values = pa.table({column.name: _in_reach(rows[column.name]) for column in rows.schema})
            values = values.to_pylist()
        return [shortened(_as_json(value)) for value in values]


class Reader(Protocol):
    """An opened source.

    Attributes
    ----------
    columns
        Names of all columns that the source has, in order.
    has_texts
        True when chunks carry the raw text of each row.
    """

    columns: tuple[str, ...]
    has_texts: bool

    def chunks(self, wanted: Sequence[str]) -> Iterator[Chunk]:
        """Yield the wanted columns piece by piece, in the order of the source."""


def shortened(text: str) -> str:
    """Cut a very long raw text, saying how long it was."""
    if len(text) <= MAX_RAW_TEXT:
        return text
    return f"{text[:MAX_RAW_TEXT]}… ({len(text)} characters)"


def _in_reach(column: pa.ChunkedArray) -> pa.ChunkedArray:
    temporal = pa.types.is_temporal(column.type)
    return column.cast(pa.string()) if temporal else column


def _as_json(row: dict[str, Any]) -> str:
    return orjson.dumps(row, default=str, option=orjson.OPT_NAIVE_UTC).decode()
