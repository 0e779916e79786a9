"""Simulated sources land through the shipped mapping as real ones would."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from analytics.cli import main
from analytics.domain.event_log.events import EVENT_CATALOGUE
from analytics.domain.profiles.profile_file import load_profile
from analytics.etl.landing.landed import current_landing
from analytics.etl.mappings.mapping_file import load_mapping
from analytics.simulation.company_records.usage_rows import renamed
from analytics.simulation.company_records.visit_records import usage_events
from analytics.simulation.presets.plan import SimulationPlan
from analytics.simulation.presets.preset import PRESETS
from analytics.simulation.simulate import simulate


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
    helping = simulated.rows["merged_accounts.csv"]  # only joined to the tickets
    assert report.read == report.accepted + report.rejected
    assert report.read + helping == sum(simulated.rows.values())
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
    for name, word_of in (("usage", str), ("usage_v2", renamed)):
        source = next(one for one in load_mapping("simulated").source if one.name == name)
        values = source.columns["event_type"].values
        for preset in PRESETS.values():
            for word in filter(None, usage_events(preset)):
                written = word_of(word)
                assert values.get(written, written) in EVENT_CATALOGUE, (preset.name, written)


def test_both_trackers_land_under_the_same_names(landed: Any) -> None:
    _, folder, simulated = landed
    report = current_landing(folder / "data").report
    for tracker in ("usage", "usage_v2"):
        landing = report.sources[f"{tracker}/{tracker}.parquet"]
        assert landing["read"] == simulated.rows[f"{tracker}.parquet"]
        assert landing["accepted"] > 1000
    shared = duckdb.execute(
        f"SELECT count(*) FROM (SELECT event_type FROM '{folder}/data/landed/*/events.parquet' "
        "WHERE event_id LIKE 'u%' GROUP BY 1 HAVING min(occurred_at) < TIMESTAMPTZ '2025-12-01' "
        "AND max(occurred_at) > TIMESTAMPTZ '2026-02-01')"
    ).fetchall()[0]
    assert shared is not None
    assert shared[0] >= 3


def test_campaigns_land_as_treatments_with_their_arms_and_chances(landed: Any) -> None:
    name, folder, simulated = landed
    treatments = current_landing(folder / "data").treatments
    assert treatments is not None
    rows = duckdb.execute(
        "SELECT assigned_arm, count(*), count(propensity), min(propensity), max(propensity), "
        "list_sort(list(DISTINCT action)), min(cost) FROM read_parquet(?) GROUP BY 1 ORDER BY 1",
        [str(treatments)],
    ).fetchall()
    (holdout, treated) = rows
    arms = PRESETS[name].campaigns.arms
    share = (1 - 0.2) / (len(arms) - 1)
    assert holdout[1] + treated[1] == simulated.rows["campaigns.csv"]
    assert holdout[0] == "holdout"
    assert holdout[1] == holdout[2] > 2
    assert holdout[3:] == (0.2, 0.2, ["none"], 0.0)
    assert treated[0] == "treatment"
    assert treated[1] > treated[2] > 10  # nobody drew lots for the rescue calls
    assert treated[3:5] == (share, share)
    assert treated[5] == sorted(arms[1:])
    assert treated[6] > 0


def test_what_landed_is_marked_as_simulated_on_disk(landed: Any) -> None:
    _, folder, _ = landed
    note = json.loads((current_landing(folder / "data").folder / "landing.json").read_text("utf-8"))
    assert note["simulated"] is True
    assert not list(Path(folder / "data").rglob("*truth*"))
