"""A Spark Connect server of the tests' own, on a free port of this machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.patience import PATIENCE_S


@contextmanager
def spark_connect_server(log: Path, *, memory: str = "2g") -> Iterator[str]:
    """Yield the address for `--engine`. Skips where Spark or Java is missing, but not in CI."""
    spec = find_spec("pyspark")
    missing = [
        name for name, there in (("pyspark", spec), ("java", shutil.which("java"))) if not there
    ]
    if missing or spec is None or spec.origin is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{', '.join(missing)} must be installed. Got none.")
        pytest.skip(f"{', '.join(missing)} is not installed")
    home = Path(spec.origin).parent
    port = _free_port()
    options = {
        "spark.connect.grpc.binding.port": port,
        "spark.connect.grpc.binding.address": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": 4,
    }
    command = [
        str(home / "bin" / "spark-class"),
        "org.apache.spark.deploy.SparkSubmit",
        *("--class", "org.apache.spark.sql.connect.service.SparkConnectServer"),
        *("--master", "local[2]", "--driver-memory", memory),
        *(part for name, value in options.items() for part in ("--conf", f"{name}={value}")),
        "spark-internal",
    ]
    with log.open("wb") as output:
        server = subprocess.Popen(
            command,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, "SPARK_HOME": str(home)},
        )
    try:
        _wait(server, port, log)
        yield f"spark+connect://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE_S)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.3)
    pytest.fail(f"Spark Connect must start within {PATIENCE_S} s. Got {log.read_text()[-2000:]}")
