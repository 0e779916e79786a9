"""Simulated sources land through the shipped mapping as real ones would."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analytics.cli import main
from analytics.domain.events import EVENT_CATALOGUE
from analytics.domain.profile import load_profile
from analytics.etl.landed import current_landing
from analytics.etl.mapping_file import load_mapping
from analytics.simulation.plan import SimulationPlan
from analytics.simulation.preset import PRESETS
from analytics.simulation.simulate import simulate
from analytics.simulation.visits import usage_events


@pytest.fixture(scope="module", params=sorted(PRESETS))
def landed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Simulate and ingest each preset; return its name, the workspace and the simulation."""
    folder = tmp_path_factory.mktemp(request.param)
    plan = SimulationPlan(PRESETS[request.param], 200, 150, 5, date(2026, 3, 1))
    report = simulate(plan, folder / "sim")
    with pytest.raises(SystemExit) as stopped:
        main(
            ["ingest", "--mapping", "simulated", str(report.source), "--workspace", str(folder),
             "--json"]
        )  # fmt: skip
    assert stopped.value.code == 0
    return request.param, folder, report


def test_only_the_broken_rows_are_refused(landed: Any) -> None:
    _, folder, simulated = landed
    report = current_landing(folder / "data").report
    assert report.simulated
    assert report.customers == 200
    assert report.read == report.accepted + report.rejected == sum(simulated.rows.values())
    assert set(report.rules) <= {"customer_id_present", "time_plausible", "time_readable"}
    assert 5 <= report.rejected <= 20
    assert report.duplicates > 50


def test_every_event_lands_under_a_name_of_the_catalogue(landed: Any) -> None:
    name, folder, _ = landed
    types = set(current_landing(folder / "data").report.event_types)
    assert types <= set(EVENT_CATALOGUE)
    assert {"ticket_opened", "ticket_resolved", "survey_response"} <= types
    assert types & set(load_profile(name).meaningful_events)


def test_the_mapping_knows_every_word_that_a_preset_uses() -> None:
    usage = next(one for one in load_mapping("simulated").source if one.name == "usage")
    values = usage.columns["event_type"].values
    for preset in PRESETS.values():
        for word in filter(None, usage_events(preset)):
            assert values.get(word, word) in EVENT_CATALOGUE, (preset.name, word)


def test_what_landed_is_marked_as_simulated_on_disk(landed: Any) -> None:
    _, folder, _ = landed
    note = json.loads((current_landing(folder / "data").folder / "landing.json").read_text("utf-8"))
    assert note["simulated"] is True
    assert not list(Path(folder / "data").rglob("*truth*"))
