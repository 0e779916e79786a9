"""The columns of a file, looked at as a whole: every distinct value with how often it stands."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from analytics.errors import BadInput
from analytics.etl.guess.file_form import FileForm
from analytics.etl.sources.open_source import open_source
from analytics.etl.values.texts import SourceColumns

#: Rows of a file that are looked at; what follows is not.
MOST_ROWS = 1_000_000
_MOST_DISTINCT = 200_000


@dataclass(frozen=True)
class FileColumn:
    """One column.

    Parameters
    ----------
    values
        Each distinct text with its count; of very many, the first.
    filled
        Rows that hold something.
    kind
        ``text``, or ``time`` or ``number`` where the source gives it a type.
    """

    name: str
    rows: int
    filled: int
    distinct: int
    values: Counter[str]
    kind: str = "text"

    @property
    def share_filled(self) -> float:
        """Share of the rows that hold something."""
        return self.filled / self.rows if self.rows else 0.0


@dataclass(frozen=True)
class LookedAt:
    """All columns of a file, in its order."""

    columns: tuple[FileColumn, ...]
    rows: int
    whole: bool

    def column(self, name: str) -> FileColumn:
        """Return the column of that name."""
        return next(file_column for file_column in self.columns if file_column.name == name)


def look_at(path: Path, form: FileForm) -> LookedAt:
    """Read a file and count the values of each column.

    Raises
    ------
    BadInput
        It holds no row, or cannot be read.
    """
    reader = open_source(form.source(path), path)
    counts: dict[str, Counter[str]] = {name: Counter() for name in reader.columns}
    kinds: dict[str, set[str]] = {name: set() for name in reader.columns}
    rows = 0
    whole = True
    for chunk in reader.chunks(reader.columns):
        columns = SourceColumns(chunk.rows, ())
        rows += len(columns)
        for name in reader.columns:
            _add(counts[name], columns.text(name))
            kinds[name] |= _kinds(columns, name)
        if rows >= MOST_ROWS:
            whole = False
            break
    if not rows:
        raise BadInput(
            f"{path.name} must have at least one row behind its header. Got none.",
            rule="rows_present",
            got=path.name,
        )
    looked = (_column(name, rows, counts[name], kinds[name]) for name in reader.columns)
    return LookedAt(tuple(looked), rows, whole)


def _add(counts: Counter[str], texts: pa.Array) -> None:
    for entry in pc.value_counts(texts.drop_null()).to_pylist():
        if len(counts) < _MOST_DISTINCT or entry["values"] in counts:
            counts[entry["values"]] += entry["counts"]
        else:
            counts[""] += entry["counts"]


def _column(name: str, rows: int, counts: Counter[str], kinds: set[str]) -> FileColumn:
    beyond = counts.pop("", 0)
    filled = counts.total() + beyond
    kind = next(iter(kinds)) if len(kinds) == 1 else "text"
    return FileColumn(name, rows, filled, len(counts) + beyond, counts, kind)


def _kinds(columns: SourceColumns, name: str) -> set[str]:
    """Return what the values of a column came as: text, numbers, times."""
    typed, filled = columns.typed(name), _there(columns.text(name))
    numbers, times = _there(typed.number), _there(typed.local) + _there(typed.moment)
    found = {"number": numbers, "time": times, "text": filled - numbers - times}
    return {kind for kind, count in found.items() if count > 0}


def _there(values: pa.Array) -> int:
    return len(values) - int(values.null_count)
