"""A DuckDB connection that keeps to its memory limit and spills into the staging folder."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from analytics.errors import EnvironmentFault


@contextmanager
def engine(
    staging: Path, memory_limit_mb: int, *, database: Path | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection; its lack of memory or disk becomes one sentence.

    Parameters
    ----------
    memory_limit_mb
        Beyond it, DuckDB works with files in the staging folder.

    Raises
    ------
    EnvironmentFault
        Memory or disk does not suffice.
    """
    spill = tempfile.mkdtemp(prefix="spill-", dir=staging)
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": f"{memory_limit_mb}MB",
        "temp_directory": spill,
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    connection = duckdb.connect(str(database or ":memory:"), config=config)
    try:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET enable_progress_bar = false")  # it would go to standard output
        yield connection
    except duckdb.OutOfMemoryException:
        raise EnvironmentFault(
            f"memory_limit_mb must suffice to sort the events. Got {memory_limit_mb}.",
            rule="memory",
            got=memory_limit_mb,
        ) from None
    except duckdb.IOException as error:
        raise EnvironmentFault(
            f"The disk must take what an ingest writes in {staging.parent}. "
            f"Got: {str(error).splitlines()[0]}",
            rule="disk_space",
            got=staging.parent,
        ) from None
    finally:
        connection.close()
