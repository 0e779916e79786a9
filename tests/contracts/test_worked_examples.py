"""The worked examples of the docs are followed on a copy, and show up where they say."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.contracts.worked_examples import ROOT, Example, examples, promised
from tests.patience import PATIENCE_S

MOST_FILES = 5


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository in which all examples were followed."""
    folder = tmp_path_factory.mktemp("followed")
    for name in ("analytics", "webapp", "tests", "sql"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "pyproject.toml", folder / "pyproject.toml")
    (folder / "assets").symlink_to(ROOT / "assets")
    for example in examples():
        for change in example.changes:
            change.apply(folder)
    return folder


@pytest.fixture(scope="module")
def shown(copy: Path) -> dict[str, Any]:
    """What the product shows of a made-up run, as the copy has it."""
    found: dict[str, Any] = json.loads(in_copy(copy, "-c", _SHOW))
    assert Path(found["source"]).is_relative_to(copy)
    return found


def in_copy(copy: Path, *arguments: str) -> str:
    """Run Python in the copy; return what it printed."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy), "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3_000:] + done.stderr[-3_000:]
    return done.stdout


@pytest.mark.parametrize("example", examples(), ids=lambda one: one.title)
def test_an_example_takes_at_most_five_files(example: Example) -> None:
    assert 0 < len(example.files) <= MOST_FILES, example.files


def test_the_page_says_how_many_files_each_example_takes() -> None:
    assert promised() == [len(one.files) for one in examples()]
    assert len(promised()) == 3


def test_the_number_stands_on_the_overview_and_in_the_totals(shown: dict[str, Any]) -> None:
    assert shown["unusual"] > 0
    assert "Unusual behaviour" in shown["kpis"]
    assert f"{shown['unusual']} of {shown['customers']} customers" in shown["kpis"]


def test_the_column_stands_in_sql_csv_list_and_on_the_page_of_a_customer(
    shown: dict[str, Any],
) -> None:
    for schema in shown["schemas"]:
        assert "oldest_open_ticket_days" in schema
    assert "oldest_open_ticket_days" in shown["csv_head"].split(",")
    assert "Oldest open ticket" in shown["grid_heads"]
    assert "Oldest open ticket" in shown["customer"]


def test_the_table_stands_in_sql_and_on_the_evidence_page(shown: dict[str, Any]) -> None:
    for schema in shown["schemas"]:
        assert "CREATE TABLE churn_risk_bands" in schema
        assert "One row a band of risk on the test dates." in schema
    assert "Of 100 customers with a risk of 20% or more, 30% went silent." in shown["evidence"]
    assert "Least churn risk of the band. Unit: share." in shown["evidence_tips"]
    assert "Levels of risk" in shown["contents"]


def test_a_run_keeps_the_column_and_the_table(copy: Path, tmp_path: Path) -> None:
    kept = json.loads(in_copy(copy, "-c", _RUN, str(tmp_path)))
    assert "oldest_open_ticket_days" in kept["columns"]
    assert 0 < kept["went_silent"] < kept["tested"]


def test_the_tests_of_every_section_list_and_file_hold_what_is_new(copy: Path) -> None:
    in_copy(
        copy,
        *("-m", "pytest", "-x", "-p", "no:cacheprovider"),
        "tests/webapp/pages/overview/test_web_overview.py",
        "tests/webapp/pages/evidence/test_web_evidence.py",
        "tests/webapp/components/test_web_data_grid.py",
        "tests/webapp/test_web_numbers.py",
        "tests/analytics/domain/tables/test_tables_run_row.py",
        "tests/analytics/exports/test_exports_customer_csv.py",
    )


_SHOW = """
import json
import tempfile
from pathlib import Path

import analytics
from analytics.domain.customer.filter import CustomerFilter
from analytics.exports.bi_schema import schema_text
from analytics.exports.customer_csv import lines_of, whole_customers
from analytics.runs.serving_store import ServingStore
from analytics.services.analytics_service import AnalyticsService
from analytics.settings import Settings
from tests.sample_run import publish_sample_run
from tests.webapp.component_text import of_class, text_of
from webapp.components.data_grid import customer_grid
from webapp.pages.customer.render import render_customer
from webapp.pages.evidence.frame import sections
from webapp.pages.evidence.layout import layout
from webapp.pages.evidence.sections import SECTIONS
from webapp.pages.overview.render import render_overview

folder = Path(tempfile.mkdtemp())
run = publish_sample_run(folder / "data")
service = AnalyticsService(Settings.load(workspace=folder))
everyone = CustomerFilter()
overview = service.overview(everyone)
one = overview.watch_list[0].customer_id
evidence = sections(SECTIONS, service.evidence())
reader = ServingStore(folder / "data").reader(run)
print(json.dumps({
    "source": analytics.__file__,
    "unusual": int(run.summary.totals["unusual"]),
    "customers": overview.totals.customers,
    "kpis": text_of(render_overview(overview, everyone)["kpis"]),
    "schemas": [schema_text(name) for name in ("postgresql", "mariadb", "sqlite")],
    "csv_head": next(iter(lines_of(reader, whole_customers(), "UTC"))).strip(),
    "grid_heads": [head["headerName"] for head in customer_grid("g").children[1].columnDefs],
    "customer": text_of(list(render_customer(service.customer(one)).values())),
    "evidence": text_of(evidence),
    "evidence_tips": [getattr(term, "data-tip", "") for term in of_class(evidence, "term")],
    "contents": text_of(layout()),
}))
"""

_RUN = """
import json
import sys
from pathlib import Path

import duckdb

from tests.pipeline.command import call
from tests.plain_logs import weekly_buyers, write_log

folder = Path(sys.argv[1])
mapping, log = write_log(folder, weekly_buyers(220), event_type="order")
for command in (
    ("ingest", "--mapping", str(mapping), str(log)),
    ("run", "--profile", "retail"),
):
    said = call(folder, *command, "--json")
    assert said.code == 0, said.err + said.out
run = next((folder / "data" / "runs").glob("*/summary.json")).parent
bands = duckdb.sql(f"select sum(customers), sum(went_silent) from '{run}/risk_bands.parquet'")
tested, went_silent = bands.fetchall()[0]
columns = duckdb.sql(f"select * from '{run}/customers.parquet'").columns
print(json.dumps({"tested": int(tested), "went_silent": int(went_silent), "columns": columns}))
"""
