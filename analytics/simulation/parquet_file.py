"""How the simulator's Parquet files are written."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq


def parquet_writer(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    """Open a Parquet file for rows that come in chunks.

    Only texts get a dictionary: for ids and times it would cost time and save nothing. The Arrow
    schema stays out, so that readers see plain text.
    """
    texts = [column.name for column in schema if pa.types.is_dictionary(column.type)]
    return pq.ParquetWriter(
        path, schema, compression="zstd", use_dictionary=texts, store_schema=False
    )
