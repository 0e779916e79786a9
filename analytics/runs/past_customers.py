"""The customers of a run that is no longer current, read straight from its Parquet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb
import pyarrow as pa
import pyarrow.parquet as parquet

from analytics.domain.run_tables import CUSTOMERS
from analytics.runs.run_store import PublishedRun
from analytics.runs.serving_file import customers_view
from analytics.runs.serving_store import RunReader


@dataclass(frozen=True)
class PastCustomers:
    """Reads the customers table of a run; no other table is there.

    Parameters
    ----------
    columns
        Columns that the run kept; the others are empty.
    """

    reader: RunReader
    columns: frozenset[str]


@contextmanager
def past_customers(run: PublishedRun) -> Iterator[PastCustomers | None]:
    """Open the customers of a run; None where they cannot be read."""
    path = run.folder / CUSTOMERS.file
    try:
        known = frozenset(parquet.read_schema(path).names)
    except (OSError, pa.ArrowException):
        yield None
        return
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(customers_view(path, set(known)))
        yield PastCustomers(RunReader(connection), known)
