"""Reads all sources of one ingest: accepted rows into staged parts, the others to the rejects."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from analytics.etl.engine import engine
from analytics.etl.landing.tally import Tally
from analytics.etl.locate import Place
from analytics.etl.mappings.mapping import Mapping
from analytics.etl.mappings.mapping_source import Source
from analytics.etl.merging.parts import Part, placed
from analytics.etl.open_sources import OpenSource, check_columns, open_places, unused_columns
from analytics.etl.queries import InputTables, QueryReader
from analytics.etl.rows.map_rows import LINE, RowMapper
from analytics.etl.rows.rejects import RejectWriter
from analytics.etl.sources.chunk import Refused

#: Told the name of a source and how many of its rows have been read.
Progress = Callable[[str, int], None]


class SourceReading:
    """Reads all sources of one ingest into staged parts.

    Parameters
    ----------
    places
        Files or database address of each source, by its name.
    folder
        Staging folder that takes the parts.
    tally, rejects
        Told of every row.
    """

    def __init__(
        self,
        mapping: Mapping,
        places: dict[str, tuple[Place, ...]],
        folder: Path,
        tally: Tally,
        rejects: RejectWriter,
        *,
        now: datetime,
        memory_limit_mb: int,
        progress: Progress,
        currency: str = "",
    ) -> None:
        self._mapping = mapping
        self._now = now
        self._memory_limit_mb = memory_limit_mb
        self._places = places
        self._folder = folder
        self._tally = tally
        self._rejects = rejects
        self._progress = progress
        self._currency = currency
        self._places_read = 0

    def read_all(self) -> tuple[list[Part], list[str]]:
        """Return the staged parts in the order of the mapping, and warnings."""
        mapping = self._mapping
        opened = {
            entry.name: open_places(mapping, entry, self._places)
            for entry in mapping.source
            if entry.query is None
        }
        direct = [place for source in mapping.landing for place in opened.get(source.name, [])]
        with ExitStack() as stack:
            limit = self._memory_limit_mb
            memory = stack.enter_context(engine(self._folder, limit))
            if any(entry.query for entry in mapping.source):
                inputs = stack.enter_context(self._inputs(opened))
                for source in mapping.landing:
                    if source.query is not None:
                        reader = QueryReader(inputs, source)
                        check_columns(f"Query {source.name}", reader.columns, source)
                        opened[source.name] = [OpenSource(source, source.name, reader)]
            parts = [self._stage(entry, opened[entry.name], memory) for entry in mapping.landing]
        return parts, unused_columns(direct)

    @contextmanager
    def _inputs(self, opened: dict[str, list[OpenSource]]) -> Iterator[duckdb.DuckDBPyConnection]:
        """Yield a database of the sources that queries may use, with no way out of it."""
        database = self._folder / "inputs.duckdb"
        limit = self._memory_limit_mb
        with engine(self._folder, limit, database=database) as connection:
            tables = InputTables(connection)
            for source in self._mapping.used_by_queries:
                for place in opened[source.name]:
                    self._load(place, tables, connection)
            tables.close_doors()
            yield connection

    def _load(
        self, one: OpenSource, tables: InputTables, connection: duckdb.DuckDBPyConnection
    ) -> None:
        """Load a source for queries; what they cannot use counts as read, and as refused.

        A source that lands itself is counted there, and queries see all of it.
        """
        lands_itself = one.source.to is not None
        update = {"to": None, "filter": (), "refuse": ()} if lands_itself else {}
        whole = OpenSource(one.source.model_copy(update=update), one.place, one.reader)
        mapper = RowMapper(self._mapping, whole.source, self._now, connection)
        for chunk in whole.reader.chunks(whole.wanted):
            mapped = mapper.map(chunk)
            arrived = mapped.accepted.drop_columns([LINE])
            tables.add(one.source.name, arrived, decimal=one.source.decimal)
            if not lands_itself and (mapped.refused or mapped.filtered):
                self._count(one.place, 0, mapped.refused, mapped.filtered)

    def _stage(
        self, source: Source, opened: list[OpenSource], connection: duckdb.DuckDBPyConnection
    ) -> Part:
        """Map the rows of a source; write the accepted ones to a part, set the others aside."""
        path = self._folder / f"{source.name}.part.parquet"
        mapper = RowMapper(self._mapping, source, self._now, connection, self._currency)
        told = self._folder / f"{source.name}.customers.parquet"
        names: dict[int, str] = {}
        with _PartWriter(path) as part, _PartWriter(told) as customers:
            for number, place in enumerate(opened, start=self._places_read + 1):
                names[number] = place.place
                for chunk in place.reader.chunks(place.wanted):
                    mapped = mapper.map(chunk)
                    part.write(placed(mapped.accepted, number))
                    if mapped.customers is not None:
                        customers.write(placed(mapped.customers, number))
                    self._count(place.place, len(mapped.accepted), mapped.refused, mapped.filtered)
            if not part.begun:
                part.write(placed(mapper.nothing(), 0))
            self._places_read += len(opened)
            return Part(source, path, told if customers.begun else None, names)

    def _count(
        self, place: str, accepted: int, refused: tuple[Refused, ...], filtered: int
    ) -> None:
        self._tally.add(place, accepted=accepted, refused=refused, filtered=filtered)
        self._rejects.write(place, refused)
        self._progress(place, self._tally.sources[place].read)


class _PartWriter:
    """Writes the accepted rows of a source, chunk by chunk, to one Parquet file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer: pq.ParquetWriter | None = None

    @property
    def begun(self) -> bool:
        """True when something has been written."""
        return self._writer is not None

    def __enter__(self) -> _PartWriter:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if self._writer is not None:
            self._writer.close()

    def write(self, rows: pa.Table) -> None:
        """Add rows; the first ones settle the columns."""
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._path, rows.schema, compression="zstd")
        self._writer.write_table(rows)
