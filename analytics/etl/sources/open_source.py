"""Opens a declared source with the reader of its format."""

from __future__ import annotations

from pathlib import Path

from analytics.etl.mappings.mapping_source import Source
from analytics.etl.sources.chunk import Reader
from analytics.etl.sources.csv_source import CsvReader
from analytics.etl.sources.fixed_width import FixedWidthReader
from analytics.etl.sources.json_lines import JsonLinesReader


def open_source(source: Source, place: Path | str) -> Reader:
    """Return a reader of the source at a path, or at a database address for ``sql``.

    Raises
    ------
    BadInput, ContractFailed, EnvironmentFault
        The source cannot be read as declared.
    """
    if isinstance(place, str):
        from analytics.etl.sources.sql import SqlReader

        return SqlReader(place, source)
    if source.format == "fixed_width":
        return FixedWidthReader(place, source)
    if source.format == "json_lines":
        return JsonLinesReader(place, source)
    if source.format == "parquet":
        from analytics.etl.sources.parquet import ParquetReader

        return ParquetReader(place)
    if source.format == "excel":
        from analytics.etl.sources.excel import ExcelReader

        return ExcelReader(place, source)
    return CsvReader(place, source)
