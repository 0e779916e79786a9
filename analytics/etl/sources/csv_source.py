"""Reads CSV files by their declared dialect; nothing about accepted data is ever guessed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from analytics.errors import BadInput
from analytics.etl.mappings.mapping_source import Source
from analytics.etl.sources.chunk import Chunk, Refused, shortened
from analytics.etl.sources.column_names import distinct_names
from analytics.etl.sources.csv_header import check_no_separator_line, readable_header
from analytics.etl.sources.csv_records import Dialect, RecordCutter, Records
from analytics.etl.sources.lines import LineBlock, blocks_of_lines, check_not_empty


class CsvReader:
    """A CSV file, read in blocks; every value is text.

    Rows with too few or too many fields are refused (rule ``columns_counted``).

    Raises
    ------
    BadInput
        The file is missing, empty or in another encoding than declared.
    """

    has_texts = True

    def __init__(self, path: Path, source: Source) -> None:
        check_not_empty(path)
        self._path = path
        self._source = source
        self._dialect = Dialect.of(source)
        check_no_separator_line(path, source)
        self._before = source.skip_lines
        names: Sequence[str] = source.names
        if source.header:
            self._before, header = self._first_line()
            names = names or self._dialect.fields(readable_header(path, source, header))
        self.columns = distinct_names(names)

    def chunks(self, wanted: Sequence[str]) -> Iterator[Chunk]:
        """Yield the wanted columns as text."""
        cutter = RecordCutter(self._dialect, len(self.columns))
        for block in self._blocks():
            yield self._chunk(cutter.cut(block, last=False), wanted)
        nothing = LineBlock([], np.array([], dtype=np.int64), ())
        yield self._chunk(cutter.cut(nothing, last=True), wanted)

    def _first_line(self) -> tuple[int, str | Refused]:
        """Return number and text of the header, or why it cannot be read."""
        for block in blocks_of_lines(self._path, self._source.encoding):
            body = _after(block, self._source.skip_lines)
            filled = body.without_blank()
            found: list[tuple[int, str | Refused]] = [
                *((int(filled.numbers[0]), line) for line in filled.lines[:1]),
                *((refused.line, refused) for refused in body.refused[:1]),
            ]
            if found:
                return min(found, key=lambda one: one[0])
        raise BadInput(f"{self._path.name} must have a header. Got no line.", rule="header_present")

    def _blocks(self) -> Iterator[LineBlock]:
        """Yield the lines behind the header."""
        for block in blocks_of_lines(self._path, self._source.encoding):
            yield _after(block, self._before)

    def _chunk(self, records: Records, wanted: Sequence[str]) -> Chunk:
        ragged: list[int] = []
        table = self._cut_fields(records, wanted, ragged)
        if not ragged:
            return Chunk(table, records.lines, records.texts, records.refused)
        kept = np.setdiff1d(np.arange(len(records.lines)), ragged)
        counted = tuple(self._ragged(records, row) for row in ragged)
        return Chunk(
            table, records.lines[kept], records.texts.take(kept), (*records.refused, *counted)
        )

    def _cut_fields(self, records: Records, wanted: Sequence[str], ragged: list[int]) -> pa.Table:
        """Cut well-formed records into columns; positions of others are added to `ragged`."""
        names = list(dict.fromkeys(wanted))
        if not len(records.texts):
            return pa.table({name: pa.array([], pa.string()) for name in names})

        def set_aside(row: pacsv.InvalidRow) -> str:
            ragged.append(row.number - 1)
            return "skip"

        data = "\n".join(records.texts.to_pylist()).encode()
        return pacsv.read_csv(
            pa.BufferReader(data),
            read_options=pacsv.ReadOptions(
                use_threads=False, column_names=list(self.columns), block_size=len(data) + 1
            ),
            parse_options=pacsv.ParseOptions(
                delimiter=self._dialect.delimiter,
                quote_char=self._dialect.quote or False,
                escape_char=self._dialect.escape or False,
                newlines_in_values=records.over_several_lines,
                ignore_empty_lines=False,
                invalid_row_handler=set_aside,
            ),
            convert_options=pacsv.ConvertOptions(
                column_types={name: pa.string() for name in names},
                include_columns=names,
                strings_can_be_null=False,
            ),
        )

    def _ragged(self, records: Records, position: int) -> Refused:
        text = records.texts[position].as_py()
        fields = len(self._dialect.fields(text))
        one_more = fields == len(self.columns) + 1 and text.endswith(self._dialect.delimiter)
        hint = " Nothing follows its last delimiter: names may name one more column."
        return Refused(
            int(records.lines[position]),
            shortened(text),
            "",
            "columns_counted",
            f"A row must have {len(self.columns)} fields, as the header has. "
            f"Got {fields}.{hint if one_more else ''}",
        )


def _after(block: LineBlock, last_line: int) -> LineBlock:
    """Leave out the lines up to the last one before the rows, or before the header."""
    if not last_line:
        return block
    kept = np.flatnonzero(block.numbers > last_line)
    refused = tuple(unreadable for unreadable in block.refused if unreadable.line > last_line)
    if len(kept) == len(block.lines):
        return LineBlock(block.lines, block.numbers, refused)
    return LineBlock([block.lines[place] for place in kept], block.numbers[kept], refused)
