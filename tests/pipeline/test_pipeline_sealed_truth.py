"""A run is made of the sources alone: without the truth it is the same to the byte."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

from analytics.etl.ingest import IngestRequest, ingest
from analytics.etl.mappings.mapping_file import load_mapping
from analytics.pipeline.run import run_pipeline
from analytics.runs.manifest import Manifest
from analytics.runs.run_store import PublishedRun
from analytics.settings import Settings
from analytics.simulation.presets.plan import SimulationPlan
from analytics.simulation.presets.preset import SAAS
from analytics.simulation.simulate import simulate
from tests.pipeline.command import call

NOW = datetime(2026, 6, 29, 8, tzinfo=UTC)


def published(workspace: Path, source: Path) -> PublishedRun:
    """Ingest and run as `demo` does, at a fixed moment."""
    settings = Settings.load(workspace=workspace)
    request = IngestRequest(
        mapping=load_mapping("simulated"), sources=(str(source),),
        data_folder=settings.data_folder, now=NOW,
    )  # fmt: skip
    ingest(request, lambda name, rows: None)
    return run_pipeline(settings, as_of=None, now=NOW)


def test_a_run_made_after_the_truth_was_deleted_is_the_same_to_the_byte(tmp_path: Path) -> None:
    plan = SimulationPlan(SAAS, 600, 365, seed=3, end=date(2026, 6, 28))
    simulation = simulate(plan, tmp_path / "simulated")
    assert len(list(simulation.truth.glob("*.parquet"))) == 5
    with_truth = published(tmp_path / "with", simulation.source)
    shutil.rmtree(simulation.truth)
    without = published(tmp_path / "without", simulation.source)
    assert without.run_id == with_truth.run_id
    assert without.folder != with_truth.folder
    first, second = (Manifest.of(one.run_id, one.folder) for one in (with_truth, without))
    assert len(first.files) > 5
    assert first.files == second.files
    assert without.fingerprint == with_truth.fingerprint == first.fingerprint


def test_the_truth_of_the_demo_cannot_be_ingested(
    demo: tuple[Path, dict[str, object]], tmp_path: Path
) -> None:
    truth = demo[0] / "simulated" / "truth"
    said = call(tmp_path, "ingest", "--mapping", "simulated", str(truth), "--json")
    assert said.code == 3
    assert said.json["error"]["rule"] == "truth_sealed"
    assert not (tmp_path / "data" / "landed").exists()
