"""One seed gives the same bytes in every process, however many threads it has."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.analytics.simulation.simulation_world import digests
from tests.patience import PATIENCE_S

#: Three presets of two chunks each, made small; the counts of threads come as the argument.
SCRIPT = """
import sys
from datetime import date
from pathlib import Path
import pyarrow
pyarrow.set_cpu_count(int(sys.argv[1])); pyarrow.set_io_thread_count(int(sys.argv[1]))
from analytics.simulation import futures
from analytics.simulation.presets import plan
from analytics.simulation.purchases import purchase_story
from analytics.simulation.presets.preset import PRESETS
from analytics.simulation.presets.purchase_preset import CDNOW
from analytics.simulation.simulate import simulate
plan.CHUNK_CUSTOMERS, purchase_story.CHUNK_CUSTOMERS, futures.MOST_REPEATS = 150, 150, 2
for name, preset in PRESETS.items():
    given = plan.SimulationPlan(preset, 260, 130, 4, date(2026, 3, 1))
    assert len(list(given.chunks())) == 2
    simulate(given, Path(sys.argv[2]) / name)
simulate(plan.PurchasePlan(CDNOW, 260, 200, 4, date(2026, 3, 1)), Path(sys.argv[2]) / "cdnow")
"""


def started(threads: int, out: Path) -> subprocess.Popen[str]:
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "ARROW_NUM_THREADS")
    environment = os.environ | dict.fromkeys(names, str(threads)) | {"PYTHONHASHSEED": str(threads)}
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(threads), str(out)],
        env=environment, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[int, dict[str, str]]:
    """Simulate in two fresh processes at once, with one thread and with four."""
    folder = tmp_path_factory.mktemp("threads")
    running = {threads: started(threads, folder / str(threads)) for threads in (1, 4)}
    for process in running.values():
        _, said = process.communicate(timeout=PATIENCE_S)
        assert process.returncode == 0, said
    return {threads: digests(folder / str(threads)) for threads in running}


def test_the_number_of_threads_changes_no_byte(made: dict[int, dict[str, str]]) -> None:
    assert len(made[1]) == 15 + 13 + 15 + 3
    assert {name for name in made[1] if made[1][name] != made[4].get(name)} == set()


def test_no_two_files_of_different_content_are_alike(made: dict[int, dict[str, str]]) -> None:
    large = [name for name in made[1] if name.endswith((".parquet", ".txt"))
             and "strangers" not in name]  # fmt: skip
    assert len({made[1][name] for name in large}) == len(large) > 20
