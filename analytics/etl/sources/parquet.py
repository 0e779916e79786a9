"""Reads Parquet files batch by batch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from analytics.errors import BadInput
from analytics.etl.sources.arrow_types import plain_rows
from analytics.etl.sources.chunk import Chunk
from analytics.etl.sources.lines import check_not_empty

BATCH_ROWS = 128 * 1024


class ParquetReader:
    """A Parquet file, read in batches; values keep their types.

    Raises
    ------
    BadInput
        The file is missing, empty or not Parquet.
    """

    has_texts = False

    def __init__(self, path: Path) -> None:
        check_not_empty(path)
        self._path = path
        try:
            with pq.ParquetFile(path) as file:
                self.columns = tuple(file.schema_arrow.names)
        except (pa.ArrowException, OSError) as error:
            raise self._damaged(error) from None

    def chunks(self, wanted: Sequence[str]) -> Iterator[Chunk]:
        """Yield the wanted columns with their own types; a row's line is its number."""
        first = 1
        try:
            with pq.ParquetFile(self._path) as file:
                for batch in file.iter_batches(BATCH_ROWS, columns=list(dict.fromkeys(wanted))):
                    rows = plain_rows(pa.Table.from_batches([batch]))
                    yield Chunk(rows, np.arange(first, first + len(rows), dtype=np.int64))
                    first += len(rows)
        except (pa.ArrowException, OSError) as error:
            raise self._damaged(error) from None

    def _damaged(self, error: Exception) -> BadInput:
        return BadInput(
            f"{self._path.name} must be a Parquet file. Got: {str(error).splitlines()[0]:.160}",
            rule="format_as_declared",
            got=self._path.name,
        )
