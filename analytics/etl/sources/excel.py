"""Reads one sheet of an Excel workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from analytics.errors import BadInput, ContractFailed
from analytics.etl.mappings.mapping_source import Source
from analytics.etl.sources.cells import cells
from analytics.etl.sources.chunk import Chunk
from analytics.etl.sources.column_names import distinct_names
from analytics.etl.sources.lines import check_not_empty

BATCH_ROWS = 50_000
_FIRST_ROUNDED = 1e15


class ExcelReader:
    """A sheet (the first one unless declared); numbers and dates keep their types.

    Rows without any value are no rows, but count for the numbers of lines.

    Raises
    ------
    BadInput
        The file is missing, empty or no workbook.
    ContractFailed
        There is no such sheet.
    """

    has_texts = False

    def __init__(self, path: Path, source: Source) -> None:
        check_not_empty(path)
        self._source = source
        self._sheet = _open_sheet(path, source.sheet)
        self._before = source.skip_lines + (1 if source.header else 0)
        header = next(islice(self._sheet.iter_rows(), source.skip_lines, None), None)
        if header is None:
            raise BadInput(
                f"{path.name} must have a header. Got an empty sheet.", rule="header_present"
            )
        self.columns = distinct_names(source.names or _texts(header))

    def chunks(self, wanted: Sequence[str]) -> Iterator[Chunk]:
        """Yield the wanted columns; a row's line is its number in the sheet."""
        where = {name: self.columns.index(name) for name in dict.fromkeys(wanted)}
        numbered = enumerate(self._sheet.iter_rows(), start=1)
        body = islice(numbered, self._before, None)
        while batch := list(islice(body, BATCH_ROWS)):
            filled = [(number, row) for number, row in batch if any(cell != "" for cell in row)]
            columns = {
                name: cells(_value(row[at]) for _, row in filled) for name, at in where.items()
            }
            lines = np.array([number for number, _ in filled], dtype=np.int64)
            yield Chunk(pa.table(columns), lines)


def _open_sheet(path: Path, wanted: str | None) -> CalamineSheet:
    try:
        book = CalamineWorkbook.from_path(str(path))
        if wanted is not None and wanted not in book.sheet_names:
            raise ContractFailed(
                f"{path.name} must have the sheet {wanted!r}. Got {', '.join(book.sheet_names)}.",
                rule="sheet_present",
                got=wanted,
            )
        return book.get_sheet_by_name(wanted or book.sheet_names[0])
    except (CalamineError, OSError, IndexError) as error:
        raise BadInput(
            f"{path.name} must be an Excel workbook. Got: {error}.",
            rule="format_as_declared",
            got=path.name,
        ) from None


def _value(cell: Any) -> Any:
    """Return what a cell holds; an empty one holds nothing."""
    return None if cell == "" else cell


def _texts(header: Sequence[Any]) -> list[str]:
    written = cells(_value(cell) for cell in header).field("text")
    return [text or "" for text in written.to_pylist()]
