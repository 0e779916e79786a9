"""Spark as the engine: the way past one machine.

`spark+connect://host:port` speaks to a Spark Connect server; `spark:local[2]` starts Spark in this
process, for trying. The prepared tables go as Parquet files under the workspace, so the server and
its workers must see that folder: on a cluster, put the workspace on storage that all of them share.
"""

from __future__ import annotations

import logging
import shutil
import socket
import warnings
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

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

_ROWS_A_FILE = 5_000_000
CONNECT_PORT = 15002


class SparkEngine:
    """Counts in Spark, through Spark Connect or in this process."""

    def __init__(self, url: str, *, scratch: Path, memory_limit_mb: int) -> None:
        try:
            with warnings.catch_warnings():
                # Of pandas 3, which we never let it touch: answers come as Arrow.
                warnings.simplefilter("ignore", FutureWarning)
                from pyspark.sql import SparkSession
        except ImportError:
            raise UsageError(
                f"--engine {url.partition(':')[0]} needs the extra `spark`: "
                "pip install 'silent-churn[spark]'. Got an environment without it.",
                rule="engine_installed",
            ) from None
        self._folder = scratch / "spark"
        self._shown = without_password(url)
        logging.getLogger("pyspark").setLevel(logging.CRITICAL)
        builder = SparkSession.builder
        try:
            if url.startswith("spark+connect:"):
                _knock(url)
                self._spark: Any = builder.remote("sc://" + url.partition("://")[2]).create()
            else:
                self._spark = _local(builder, url, memory_limit_mb)
            self._spark.conf.set("spark.sql.session.timeZone", "UTC")
            self._version = self._spark.version
        except Exception as error:
            raise EnvironmentFault(
                "The engine must be a Spark that can be reached. "
                f"Got {self._shown}: {first_line(error)}",
                rule="engine_reachable",
                got=self._shown,
            ) from None

    @property
    def title(self) -> str:
        """Name and version."""
        return f"Spark {self._version}"

    @property
    def at_once(self) -> bool:
        """Its planner does better with one grain at a time."""
        return False

    def load(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Write the prepared tables as Parquet and name them in the session."""
        for table in ENGINE_TABLES:
            folder = self._folder / table
            folder.mkdir(parents=True)
            rows = connection.execute(f"SELECT COUNT(*) FROM {table}").fetchall()[0][0]
            for number, first in enumerate(range(0, max(rows, 1), _ROWS_A_FILE)):
                path = str(folder / f"part-{number:05d}.parquet").replace("'", "''")
                connection.execute(
                    f"COPY (SELECT * FROM {table} LIMIT {_ROWS_A_FILE} OFFSET {first}) "
                    f"TO '{path}' (FORMAT parquet)"
                )
            try:
                frame = self._spark.read.parquet(folder.resolve().as_uri())
                frame.createOrReplaceTempView(table)
            except Exception as error:
                raise EnvironmentFault(
                    f"Spark at {self._shown} must see the workspace's data folder: put the "
                    f"workspace on storage that it shares. Got {first_line(error)}",
                    rule="engine_sees_workspace",
                    got=self._shown,
                ) from None

    def answer_into(
        self,
        connection: duckdb.DuckDBPyConnection,
        table: str,
        query: str,
        bound: Mapping[str, int],
    ) -> None:
        """Count in Spark and bring the answer home as Arrow."""
        text = transpiled(query, "spark", {**bound, **EVERYBODY})
        with engine_faults(self.title, Exception):  # py4j and grpc have no error in common
            answer = self._spark.sql(text).toArrow()
        connection.register("answer", answer)
        connection.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT * FROM answer")
        connection.unregister("answer")

    def close(self) -> None:
        """Remove the files and end the session."""
        shutil.rmtree(self._folder, ignore_errors=True)
        with suppress(Exception):  # the server may be gone
            self._spark.stop()


def _knock(url: str) -> None:
    """Fail at once where nothing listens: Spark's own client would try again for minutes.

    Raises
    ------
    OSError
        Nobody listens there.
    """
    parts = urlsplit(url.partition(";")[0])
    address = (parts.hostname or "127.0.0.1", parts.port or CONNECT_PORT)
    with socket.create_connection(address, timeout=10):
        pass


def _local(builder: Any, url: str, memory_limit_mb: int) -> Any:
    return (
        builder.master(url.partition(":")[2])
        .appName("silent-churn")
        .config("spark.driver.memory", f"{memory_limit_mb}m")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.log.level", "ERROR")
        .getOrCreate()
    )
