"""PostgreSQL and Spark give DuckDB's numbers to the last bit, and say plainly what is wrong."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pandas as pd
import psycopg
import pytest

from analytics.errors import EnvironmentFault, UsageError
from analytics.etl.landing.landed import current_landing
from analytics.features.accumulate import grain_queries
from analytics.features.build import build_features
from analytics.features.engines.dialects import transpiled
from analytics.features.engines.engine import EVERYBODY, without_password
from analytics.features.engines.open_engine import opened_engine
from analytics.features.engines.postgresql_engine import SCHEMA_PREFIX
from analytics.features.laws import broken_laws
from analytics.features.outcomes.labels import SIGNS, future_signs
from analytics.features.prepared import day_number
from analytics.features.registry import FEATURES
from tests.analytics.features.feature_world import (
    SAAS,
    TODAY,
    Event,
    Person,
    active,
    prepared,
)
from tests.databases import own_database
from tests.pipeline.command import call
from tests.spark_server import spark_connect_server

GOLDEN = Path(__file__).parent / "golden"
QUERIES = {
    **{grain.value: (query, {"day": 20_264}) for grain, query in grain_queries(FEATURES).items()},
    "labels": (SIGNS, {"day": 20_264, "gap": 7, "known": 20_400}),
}
ROOT = Path(__file__).parents[3]


@pytest.fixture
def postgresql(tmp_path: Path) -> Iterator[str]:
    with own_database("postgresql", tmp_path) as address:
        yield address


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with spark_connect_server(tmp_path_factory.mktemp("spark") / "server.log") as address:
        yield address


def _last_day(workspace: Path, days_before: int) -> str:
    landed = current_landing(workspace / "data")
    last = datetime.fromisoformat(landed.report.last_event_at).date()
    return (last - timedelta(days=days_before)).isoformat()


def command(*arguments: str) -> dict[str, object]:
    """Run the command in a process of its own, where Spark's client may live."""
    done = subprocess.run(
        [sys.executable, "-m", "analytics", *arguments, "--json"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    said: dict[str, object] = json.loads(done.stdout)
    return said


@pytest.mark.parametrize("dialect", ["postgres", "spark"])
def test_the_text_for_each_engine_is_the_one_that_was_tried(dialect: str) -> None:
    """A new sqlglot that writes something else must be looked at: UPDATE_GOLDEN=1 keeps it."""
    texts = {
        name: transpiled(query, dialect, {**bound, **EVERYBODY})
        for name, (query, bound) in QUERIES.items()
    }
    text = "\n".join(f"-- {name}\n{one}\n" for name, one in texts.items())
    kept = GOLDEN / f"{dialect}.sql"
    if os.environ.get("UPDATE_GOLDEN") == "1":
        kept.write_text(text, "utf-8")
    assert text == kept.read_text("utf-8")


def test_no_text_for_an_engine_has_a_parameter_left_or_a_fraction() -> None:
    for query, bound in QUERIES.values():
        for dialect in ("postgres", "spark"):
            text = transpiled(query, dialect, {**bound, **EVERYBODY})
            assert "$" not in text
            assert not re.search(r"\d\.\d", text)


def test_postgresql_gives_the_features_of_duckdb(postgresql: str, tmp_path: Path) -> None:
    assert broken_laws(FEATURES, SAAS, tmp_path, engine_url=postgresql) == []


def test_postgresql_gives_the_labels_of_duckdb(postgresql: str, tmp_path: Path) -> None:
    events = [
        *active("a", range(-40, 90, 3)),
        *active("b", [5, -9, -50], received=-60),
        *[Event("a", -5 * n, name) for n, name in enumerate(("complaint", "paused", "resumed"))],
        Event("c", 20, "cancel_request"),
    ]
    people = [Person("d", 30, ended=-4, end_reason="unpaid")]
    found = []
    for name, url in (("one", "duckdb:"), ("two", postgresql)):
        with prepared(tmp_path / name, events, people, engine_url=url) as source:
            signs = [
                future_signs(source, day, gap_days=7, known_day=day_number(TODAY) + 55)
                for day in (TODAY, TODAY - timedelta(days=30))
            ]
            found.append([*signs, build_features(source, TODAY)])
    assert all(one.equals(other) for one, other in zip(*found, strict=True))


def test_postgresql_is_left_as_it_was(postgresql: str, tmp_path: Path) -> None:
    with prepared(tmp_path, active("a", [1, 2]), engine_url=postgresql) as source:
        schema = source.engine._schema  # type: ignore[attr-defined]
        assert schema.startswith(SCHEMA_PREFIX)
        assert source.engine.title.startswith("PostgreSQL 1")
    with psycopg.connect(postgresql) as server:
        found = server.execute(
            "SELECT COUNT(*) FROM pg_namespace WHERE nspname = %s", [schema]
        ).fetchone()
    assert found == (0,)


def test_spark_gives_the_features_of_duckdb(spark: str) -> None:
    said = command("features", "check", "--engine", spark)
    assert said == {"features": len(FEATURES), "broken": []}


def test_spark_builds_the_observations_of_duckdb(spark: str, tmp_path: Path) -> None:
    """Features and outcomes of a landing; a whole run is among the slow tests."""
    command("simulate", "--preset", "saas", "--customers", "120", "--out", str(tmp_path))
    source = str(tmp_path / "source")
    assert call(tmp_path, "ingest", "--mapping", "simulated", source).code == 0
    tables = []
    for name, engine in (("duckdb", "duckdb:"), ("spark", spark)):
        out = tmp_path / f"{name}.parquet"
        command("features", "build", "--workspace", str(tmp_path), "--outcomes", "--out", str(out),
                "--as-of", _last_day(tmp_path, 90), "--engine", engine)  # fmt: skip
        tables.append(pd.read_parquet(out))
    assert len(tables[0]) > 100
    assert tables[0]["outcome"].nunique() > 2
    assert tables[1].equals(tables[0])


@pytest.mark.slow
def test_spark_of_this_process_gives_the_features_of_duckdb() -> None:
    assert command("features", "check", "--engine", "spark:local[2]")["broken"] == []


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("sqlite:///x", "sqlite:///x"),
        ("mysql://me:secret@there/x", "mysql://…@there/x"),
        ("spark:yarn", "spark:yarn"),
        ("duckdb:file.db", "duckdb:file.db"),
        ("", ""),
    ],
)
def test_an_engine_that_nobody_knows_is_refused(url: str, shown: str, tmp_path: Path) -> None:
    with (
        pytest.raises(UsageError, match="--engine") as found,
        opened_engine(url, scratch=tmp_path, memory_limit_mb=256),
    ):
        pass
    assert found.value.got == shown
    assert "secret" not in str(found.value)


def test_a_server_that_does_not_answer_is_named_without_its_password(tmp_path: Path) -> None:
    url = "postgresql://me:secret@127.0.0.1:1/x"
    with (
        pytest.raises(EnvironmentFault) as found,
        opened_engine(url, scratch=tmp_path, memory_limit_mb=256),
    ):
        pass
    assert "secret" not in str(found.value)
    assert "postgresql://…@127.0.0.1:1/x" in str(found.value)
    with (
        pytest.raises(EnvironmentFault, match="must be a Spark that can be reached"),
        opened_engine("spark+connect://127.0.0.1:1", scratch=tmp_path, memory_limit_mb=256),
    ):
        pass
    assert without_password(url) == "postgresql://…@127.0.0.1:1/x"
    assert without_password("spark+connect://h:1/;token=secret") == "spark+connect://h:1/"
