"""Keeps every refused row with where it lay and why it was refused."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.parquet as pq

from analytics.domain.spreadsheet_cells import safe_cell
from analytics.etl.sources.chunk import Refused
from analytics.private_files import make_private_folder

REJECT_COLUMNS = ("source", "line", "raw_text", "column", "rule", "reason")
_SCHEMA = pa.schema(
    [(name, pa.int64() if name == "line" else pa.string()) for name in REJECT_COLUMNS]
)


class RejectWriter:
    """Writes ``rejects.parquet`` and ``rejects.csv`` side by side, one row a refused row.

    The CSV file is for people: in it a text that a spreadsheet would run as a formula begins with
    an apostrophe. The Parquet file has every text as it came.

    Both are there when nothing was refused, too: empty is an answer.
    """

    def __init__(self, folder: Path) -> None:
        make_private_folder(folder)
        self._parquet = pq.ParquetWriter(folder / "rejects.parquet", _SCHEMA)
        self._file = (folder / "rejects.csv").open("w", encoding="utf-8", newline="")
        self._csv = csv.writer(self._file, lineterminator="\n")
        self._csv.writerow(REJECT_COLUMNS)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._parquet.close()
        self._file.close()

    def write(self, source: str, refused: Sequence[Refused]) -> None:
        """Add the refused rows of one source."""
        if not refused:
            return
        rows = [
            (source, rejected.line, rejected.raw, rejected.column, rejected.rule, rejected.reason)
            for rejected in refused
        ]
        columns = [list(column) for column in zip(*rows, strict=True)]
        self._parquet.write_table(pa.table(columns, schema=_SCHEMA))
        self._csv.writerows([_safe(value) for value in row] for row in rows)


def _safe(value: object) -> object:
    return safe_cell(value) if isinstance(value, str) else value
