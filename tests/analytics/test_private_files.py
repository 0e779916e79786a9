"""Files with customers in them are their owner's alone, whatever the umask allows."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from analytics.cli import main
from analytics.domain.customer.filter import CustomerFilter
from analytics.domain.spreadsheet_cells import safe_cell
from analytics.services.analytics_service import AnalyticsService
from analytics.services.export_files import export_customers
from analytics.settings import Settings
from tests.sample_run import publish_sample_run

ORDERS = """customer,day,amount
"=HYPERLINK(""http://x"")",2026-01-05,9
-2+3,not a day,9
@SUM(A1),not a day,9
C4,2026-02-05,+cmd|' /C calc'!A0
"""
MAPPING = """name = "orders"
[[source]]
name = "orders"
to = "events"
path = "orders.csv"
format = "csv"
[source.columns]
customer_id = "customer"
occurred_at = { column = "day", format = "%Y-%m-%d" }
event_type = { constant = "order" }
value = "amount"
"""


@pytest.fixture
def open_umask() -> Iterator[None]:
    former = os.umask(0)
    yield
    os.umask(former)


def opened_up(folder: Path) -> list[str]:
    """Return what other users could read below a folder, itself included."""
    every = (folder, *folder.rglob("*"))
    return [str(one) for one in every if not one.is_symlink() and one.stat().st_mode & 0o077]


def ingest(folder: Path) -> Path:
    (folder / "orders.csv").write_text(ORDERS)
    (folder / "orders.toml").write_text(MAPPING)
    workspace = folder / "workspace"
    arguments = ["--mapping", str(folder / "orders.toml"), "--workspace", str(workspace)]
    with pytest.raises(SystemExit) as stopped:
        main(["ingest", *arguments, "--max-rejects", "1"])
    assert stopped.value.code == 0
    return workspace


@pytest.mark.usefixtures("open_umask")
def test_what_a_command_lands_is_closed_to_others(tmp_path: Path) -> None:
    workspace = ingest(tmp_path)
    assert len(list(workspace.rglob("*.parquet"))) >= 2
    assert opened_up(workspace) == []


@pytest.mark.usefixtures("open_umask")
def test_a_library_that_publishes_makes_folders_that_others_cannot_enter(tmp_path: Path) -> None:
    workspace = tmp_path / "workspace"
    publish_sample_run(workspace / "data", customers=40)
    service = AnalyticsService(Settings.load(workspace=workspace))
    known = service.overview(CustomerFilter()).watch_list[0].customer_id
    service.add_note(known, "A note.", "Ann")
    export_customers(service, CustomerFilter(), tmp_path / "exports" / "all.csv")
    service.close()
    for folder in (workspace, tmp_path / "exports"):
        folders = (folder, *(one for one in folder.rglob("*") if one.is_dir()))
        assert [one for one in folders if one.stat().st_mode & 0o077] == []


def test_no_cell_of_the_rejects_starts_a_formula(tmp_path: Path) -> None:
    workspace = ingest(tmp_path)
    (file,) = workspace.rglob("rejects.csv")
    with file.open(newline="", encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened))
    assert len(rows) == 3
    for row in rows:
        for cell in row.values():
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert any(row["raw_text"].startswith("'") for row in rows)


@pytest.mark.parametrize("start", [*"=+-@\t\r\n＝＋－＠", " =", "\xa0+", "\ufeff@"])
def test_a_formula_is_disarmed(start: str) -> None:
    assert safe_cell(f"{start}1+1") == f"'{start}1+1"
    assert safe_cell("a=1") == "a=1"
