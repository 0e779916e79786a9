"""The engine at an address, opened and closed again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qsl, unquote

from analytics.errors import UsageError
from analytics.features.engines.engine import Engine, without_password
from analytics.redaction import is_secret_name, keep_secret

DUCKDB_URL = "duckdb:"
KINDS = ("duckdb:", "postgresql://…", "spark+connect://host:port", "spark:local[2]")


@contextmanager
def opened_engine(url: str, *, scratch: Path, memory_limit_mb: int) -> Iterator[Engine]:
    """Open the engine at an address and close it after.

    Raises
    ------
    UsageError
        The address is of no known kind, or what it needs is not installed.
    EnvironmentFault
        Nothing answers there.
    """
    keep_secrets_in(url)
    engine = _open(url, scratch, memory_limit_mb)
    try:
        yield engine
    finally:
        engine.close()


def _open(url: str, scratch: Path, memory_limit_mb: int) -> Engine:
    kind = url.partition(":")[0]
    if kind == "duckdb" and url.removeprefix("duckdb:") in ("", "//"):
        from analytics.features.engines.duckdb_engine import DuckDBEngine

        return DuckDBEngine()
    if kind in ("postgresql", "postgres", "postgresql+psycopg"):
        from analytics.features.engines.postgresql_engine import PostgreSQLEngine

        return PostgreSQLEngine("postgresql:" + url.partition(":")[2], scratch=scratch)
    if kind == "spark+connect" or url.startswith("spark:local"):
        from analytics.features.engines.spark_engine import SparkEngine

        return SparkEngine(url, scratch=scratch, memory_limit_mb=memory_limit_mb)
    raise UsageError(
        f"--engine must be one of {', '.join(KINDS)}. Got {without_password(url)!r}.",
        rule="engine_known",
        got=without_password(url),
    )


def keep_secrets_in(url: str) -> None:
    """Let no message repeat an address's password or token, whatever a driver says."""
    user_part = url.partition("://")[2].rpartition("@")[0]
    keep_secret(unquote(user_part.partition(":")[2]))
    for name, value in parse_qsl(re.split(r"[?;]", url, maxsplit=1)[-1].replace(";", "&")):
        if is_secret_name(name):
            keep_secret(value)
