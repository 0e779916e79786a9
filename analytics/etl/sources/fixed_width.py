"""Reads text files whose columns stand at fixed positions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analytics.etl.mappings.mapping_source import Source
from analytics.etl.sources.chunk import Chunk, Refused, shortened
from analytics.etl.sources.lines import LineBlock, blocks_of_lines, check_not_empty


class FixedWidthReader:
    """A fixed-width file, read in blocks; every value is text without surrounding blanks.

    A line shorter than its last column is refused (rule ``line_length``): part of a number is
    not that number.

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
        self._length = max(last for _, last in source.positions.values())
        self.columns = tuple(source.positions)

    def chunks(self, wanted: Sequence[str]) -> Iterator[Chunk]:
        """Yield the wanted columns as text."""
        before = self._source.skip_lines + (1 if self._source.header else 0)
        for block in blocks_of_lines(self._path, self._source.encoding):
            yield self._chunk(block.without_blank(), wanted, before)

    def _chunk(self, block: LineBlock, wanted: Sequence[str], before: int) -> Chunk:
        texts = pa.array(block.lines, type=pa.string())
        body = block.numbers > before
        whole = pc.greater_equal(pc.utf8_length(texts), self._length).to_numpy(zero_copy_only=False)
        short = np.flatnonzero(body & ~whole)
        kept = np.flatnonzero(body & whole)
        texts_kept = texts.take(kept)
        columns = {name: self._slice(texts_kept, name) for name in dict.fromkeys(wanted)}
        refused = (unreadable for unreadable in block.refused if unreadable.line > before)
        too_short = (self._too_short(block, int(position)) for position in short)
        return Chunk(pa.table(columns), block.numbers[kept], texts_kept, (*refused, *too_short))

    def _slice(self, texts: pa.Array, name: str) -> pa.Array:
        first, last = self._source.positions[name]
        return pc.utf8_trim_whitespace(pc.utf8_slice_codeunits(texts, first - 1, last))

    def _too_short(self, block: LineBlock, position: int) -> Refused:
        line = block.lines[position]
        return Refused(
            int(block.numbers[position]),
            shortened(line),
            "",
            "line_length",
            f"A line must have at least {self._length} characters. Got {len(line)}.",
        )
