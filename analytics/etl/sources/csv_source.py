"""Reads CSV files by their declared dialect; nothing about accepted data is ever guessed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from analytics.errors import BadInput
from analytics.etl.mapping_source import Source
from analytics.etl.sources.chunk import Chunk, Refused, shortened
from analytics.etl.sources.column_names import distinct_names
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
        self.columns = distinct_names(source.names or self._header())

    def chunks(self, wanted: Sequence[str]) -> Iterator[Chunk]:
        """Yield the wanted columns as text."""
        cutter = RecordCutter(self._dialect, len(self.columns))
        for block in self._blocks():
            yield self._chunk(cutter.cut(block, last=False), wanted)
        nothing = LineBlock([], np.array([], dtype=np.int64), ())
        yield self._chunk(cutter.cut(nothing, last=True), wanted)

    def _header(self) -> Sequence[str]:
        for block in blocks_of_lines(self._path, self._source.encoding):
            lines = _after(block, self._source.skip_lines).without_blank().lines
            if lines:
                return self._dialect.fields(lines[0])
        raise BadInput(f"{self._path.name} must have a header. Got no line.", rule="header_present")

    def _blocks(self) -> Iterator[LineBlock]:
        """Yield the lines behind the header."""
        blocks = blocks_of_lines(self._path, self._source.encoding)
        to_skip = self._source.skip_lines
        if not self._source.header:
            yield from (_after(block, to_skip) for block in blocks)
            return
        for block in blocks:
            body = _after(block, to_skip)
            at = next((at for at, line in enumerate(body.lines) if line), None)
            if at is not None:
                header_off = LineBlock(body.lines[at + 1 :], body.numbers[at + 1 :], body.refused)
                yield from chain([header_off], blocks)
                return

    def _chunk(self, records: Records, wanted: Sequence[str]) -> Chunk:
        ragged: list[int] = []
        table = self._cut_fields(records, wanted, ragged)
        if not ragged:
            return Chunk(table, records.lines, records.texts, records.refused)
        kept = np.setdiff1d(np.arange(len(records.lines)), ragged)
        counted = tuple(self._ragged(records, one) for one in ragged)
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
        return Refused(
            int(records.lines[position]),
            shortened(text),
            "",
            "columns_counted",
            f"A row must have {len(self.columns)} fields, as the header has. "
            f"Got {len(self._dialect.fields(text))}.",
        )


def _after(block: LineBlock, skip_lines: int) -> LineBlock:
    """Leave out the lines before the header."""
    if not skip_lines or not block.lines or block.numbers[0] > skip_lines:
        return block
    kept = np.flatnonzero(block.numbers > skip_lines)
    refused = tuple(one for one in block.refused if one.line > skip_lines)
    return LineBlock([block.lines[one] for one in kept], block.numbers[kept], refused)
