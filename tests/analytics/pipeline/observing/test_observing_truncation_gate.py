"""Features of a past date, built again from data that end on it, with a hole in the log."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from analytics.domain.profiles.profile_file import load_profile
from analytics.etl.mappings.mapping_file import load_mapping
from analytics.pipeline.observing.fleet_log import fleet_log
from analytics.pipeline.observing.observed import observe, observed_source
from analytics.pipeline.observing.truncation_gate import truncation_gate
from analytics.settings import Settings
from tests.analytics.etl.etl_world import land
from tests.plain_logs import weekly_buyers, write_log

RETAIL = load_profile("retail")


def test_a_hole_in_the_middle_of_the_log_is_no_leak(tmp_path: Path) -> None:
    """The days of the hole were known as such by then; without them every silence was longer."""
    rows = [row for row in weekly_buyers(260, 380) if not 200 <= row[1] < 230]
    mapping, log = write_log(tmp_path, rows, event_type="order")
    landed = land(tmp_path, load_mapping(str(mapping)), log).landed
    assert landed is not None
    settings = Settings.load(workspace=tmp_path)
    found = fleet_log(landed, RETAIL)
    assert len(found.unseen.spans) == 1
    with observed_source(settings, landed, RETAIL, log=found) as source:
        seen = observe(
            source,
            landed,
            profile=RETAIL,
            as_of=date(2026, 1, 14),
            say=lambda text: None,
            dates=4,
        )
        gate = truncation_gate(settings, source, landed, RETAIL, seen.snapshots)
    assert seen.snapshots[3].observation_date > date(2025, 8, 18)
    assert gate.passed, gate.meaning
