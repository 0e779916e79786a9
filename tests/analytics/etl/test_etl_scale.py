"""A file larger than the memory allowed for sorting lands, and memory stays bounded."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.analytics.etl.etl_world import SHOP, write

#: Runs the command and prints its own peak memory, so that the test's own does not count.
MEASURED = """
import sys
from analytics.cli.main import main
try:
    main(sys.argv[1:])
finally:
    # Not `ru_maxrss`: a child takes that over from the process that started it.
    with open("/proc/self/status") as status:
        peak = next(line.split()[1] for line in status if line.startswith("VmHWM"))
    sys.stderr.write(f"peak_kb={peak}")
"""


def write_log(path: Path, millions: int) -> None:
    """Write millions of orders, one row in a thousand of them broken, one twice."""
    generator = np.random.default_rng(7)
    with path.open("w") as file:
        file.write("id,customer,at,amount\n")
        for block in range(millions * 10):
            ids = np.arange(100_000) + block * 100_000
            customers = generator.integers(0, 500_000, ids.size)
            days, seconds = generator.integers(1, 29, ids.size), generator.integers(0, 60, ids.size)
            amounts = generator.gamma(2.0, 20.0, ids.size)
            rows = [
                f"order-{one:09d},customer-{who:06d},"
                f"2024-05-{day:02d} 10:00:{second:02d},{value:.2f}"
                for one, who, day, second, value in zip(
                    ids, customers, days, seconds, amounts, strict=True
                )
            ]
            rows[::1000] = [row.replace("2024", "year") for row in rows[::1000]]
            rows[1::1000] = rows[2::1000]
            file.write("\n".join(rows) + "\n")


@pytest.mark.slow
def test_five_million_rows_land_within_bounded_memory(tmp_path: Path) -> None:
    write_log(tmp_path / "orders.csv", millions=5)
    mapping = write(tmp_path / "shop.toml", SHOP)
    arguments = ["--mapping", mapping, tmp_path / "orders.csv", "--workspace", tmp_path / "w"]
    command = [sys.executable, "-c", MEASURED, "ingest", "--json", *map(str, arguments)]
    environment = {"SILENT_CHURN_MEMORY_LIMIT_MB": "256", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        command, capture_output=True, text=True, env=environment, check=False,
        cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("{"), repr(done.stdout[:300])
    given = json.loads(done.stdout)
    assert (given["read"], given["rejected"], given["duplicates"]) == (5_000_000, 5_000, 5_000)
    peak_mb = int(done.stderr.rpartition("peak_kb=")[2]) / 1024
    assert peak_mb < 1_000
