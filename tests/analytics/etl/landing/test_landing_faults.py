"""Whatever write fails, a reader sees a whole landing: the former one or the new one."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analytics.errors import PublishedNotDurable
from analytics.etl.landing.landed import Landed, current_landing
from analytics.etl.landing.synced_files import sha256_of
from tests.analytics.etl.etl_world import HEADER, NOW, SHOP, land_text, write

OLD = HEADER + "1,a,2024-01-05,5\n"
NEW = HEADER + "2,b,2024-01-05,7\n"


def whole(data: Path) -> Landed:
    landed = current_landing(data)
    for table, checksum in landed.report.tables.items():
        assert sha256_of(landed.folder / f"{table}.parquet") == checksum
    return landed


def failing(monkeypatch: pytest.MonkeyPatch, at: int) -> Callable[[], int]:
    """Let the at-th sync, rename or replacement fail; return how many there were so far."""
    count = 0

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **options: Any) -> Any:
            nonlocal count
            count += 1
            if count == at:
                raise OSError(errno.EIO, "Input/output error")
            return real(*given, **options)

        return call

    monkeypatch.setattr(os, "fsync", counted(os.fsync))
    monkeypatch.setattr(Path, "rename", counted(Path.rename))
    monkeypatch.setattr(Path, "replace", counted(Path.replace))
    return lambda: count


def test_the_n_th_write_may_fail_for_every_n(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes = []
    for at in range(1, 60):
        workspace = tmp_path / str(at)
        former = land_text(workspace, OLD, now=NOW).landed
        with monkeypatch.context() as patch:
            operations = failing(patch, at)
            try:
                land_text(workspace, NEW, now=NOW)
                outcomes.append("landed")
            except PublishedNotDurable:
                outcomes.append("not durable")
            except OSError:
                outcomes.append("failed")
        seen = whole(workspace / "data")
        assert (seen == former) is (outcomes[-1] == "failed")
        assert not list((workspace / "data" / "landed").glob(".staging-*"))
        if operations() < at:
            break
    assert outcomes.count("failed") >= 8
    assert outcomes[-2:] == ["not durable", "landed"]


#: Runs the command and kills itself, as kill -9 does, at the n-th sync.
KILLED = """
import os, signal, sys
from analytics.cli.main import main
real, count = os.fsync, 0
def fsync(handle):
    global count
    count += 1
    if count == int(sys.argv[1]):
        os.kill(os.getpid(), signal.SIGKILL)
    real(handle)
os.fsync = fsync
main(sys.argv[2:])
"""


@pytest.mark.slow
@pytest.mark.parametrize("at", [1, 4, 6, 8, 10, 11])
def test_a_killed_ingest_leaves_a_whole_landing_and_the_next_one_succeeds(
    tmp_path: Path, at: int
) -> None:
    former = land_text(tmp_path, OLD, now=NOW).landed
    mapping = write(tmp_path / "shop.toml", SHOP)
    source = write(tmp_path / "new" / "orders.csv", NEW)
    command = ["ingest", "--mapping", mapping, source, "--workspace", tmp_path]
    arguments = [sys.executable, "-c", KILLED, str(at), *map(str, command)]
    done = subprocess.run(
        arguments, capture_output=True, cwd=Path(__file__).parents[4], check=False
    )
    assert done.returncode == -signal.SIGKILL
    seen = whole(tmp_path / "data")
    assert seen == former or seen.report.source == "orders.csv"
    after = land_text(tmp_path, NEW).landed
    assert after == whole(tmp_path / "data")
    assert not list((tmp_path / "data" / "landed").glob(".staging-*"))
