"""PostgreSQL as the engine: the prepared tables go there in a schema of their own for the run."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb

from analytics.errors import EnvironmentFault, UsageError
from analytics.features.engines.dialects import transpiled
from analytics.features.engines.engine import (
    ENGINE_TABLES,
    EVERYBODY,
    engine_faults,
    first_line,
    without_password,
)

SCHEMA_PREFIX = "silent_churn_features_"
_TYPES = {"TINYINT": "smallint", "INTEGER": "integer", "BIGINT": "bigint"}
_COPY_BYTES = 1 << 20


class PostgreSQLEngine:
    """Counts in a PostgreSQL server.

    Its tables are unlogged (they can be made anew) and lie in a schema with a name nobody else
    has, which goes when the engine closes.
    """

    def __init__(self, url: str, *, scratch: Path) -> None:
        try:
            import psycopg
        except ImportError:
            raise UsageError(
                "--engine postgresql://… needs the extra `postgresql`: "
                "pip install 'silent-churn[postgresql]'. Got an environment without it.",
                rule="engine_installed",
            ) from None
        self._scratch = scratch
        self._faults = psycopg.Error
        self._schema = SCHEMA_PREFIX + uuid4().hex[:12]
        try:
            self._server: psycopg.Connection[Any] = psycopg.connect(
                url, autocommit=True, connect_timeout=10
            )
            self._server.execute(f"CREATE SCHEMA {self._schema}")
            self._server.execute(f"SET search_path = {self._schema}")
        except psycopg.Error as error:
            raise EnvironmentFault(
                "The engine must be a PostgreSQL server that can be reached and lets us make a "
                f"schema. Got {without_password(url)}: {first_line(error)}",
                rule="engine_reachable",
                got=without_password(url),
            ) from None
        for setting in ("work_mem = '256MB'", "jit = off", "max_parallel_workers_per_gather = 2"):
            self._server.execute(f"SET {setting}")

    @property
    def title(self) -> str:
        """Name and version."""
        version = self._server.info.server_version
        return f"PostgreSQL {version // 10000}.{version % 10000}"

    @property
    def at_once(self) -> bool:
        """Its planner does better with one grain at a time."""
        return False

    def load(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Copy the prepared tables to the server."""
        with engine_faults(self.title, self._faults):
            for table in ENGINE_TABLES:
                self._copy(connection, table)

    def _copy(self, connection: duckdb.DuckDBPyConnection, table: str) -> None:
        described = connection.execute(f"DESCRIBE {table}").fetchall()
        columns = ", ".join(f"{name} {_TYPES[kind]}" for name, kind, *_ in described)
        self._server.execute(f"CREATE UNLOGGED TABLE {table} ({columns})")
        path = self._scratch / f"{table}.csv"
        connection.execute(f"COPY {table} TO '{_quoted(path)}' (FORMAT csv, HEADER false)")
        with (
            path.open("rb") as file,
            self._server.cursor() as cursor,
            cursor.copy(f"COPY {table} FROM STDIN (FORMAT csv)") as copy,
        ):
            while block := file.read(_COPY_BYTES):
                copy.write(block)
        path.unlink()
        self._server.execute(f"ANALYZE {table}")

    def answer_into(
        self,
        connection: duckdb.DuckDBPyConnection,
        table: str,
        query: str,
        bound: Mapping[str, int],
    ) -> None:
        """Count on the server and bring the answer home."""
        text = transpiled(query, "postgres", {**bound, **EVERYBODY})
        path = self._scratch / "answer.csv"
        with engine_faults(self.title, self._faults), self._server.cursor() as cursor:
            cursor.execute(f"SELECT * FROM ({text}) AS answer LIMIT 0")
            columns = ", ".join(
                f"'{described.name}': 'BIGINT'" for described in cursor.description or ()
            )
            with (
                path.open("wb") as file,
                cursor.copy(f"COPY ({text}) TO STDOUT (FORMAT csv)") as copy,
            ):
                for block in copy:
                    file.write(block)
        connection.execute(
            f"CREATE OR REPLACE TABLE {table} AS "
            f"SELECT * FROM read_csv('{_quoted(path)}', auto_detect = false, delim = ',', "
            f"header = false, columns = {{{columns}}})"
        )
        path.unlink()

    def close(self) -> None:
        """Drop the schema and leave."""
        with suppress(self._faults):  # the server may be gone
            self._server.execute(f"DROP SCHEMA IF EXISTS {self._schema} CASCADE")
        self._server.close()


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
