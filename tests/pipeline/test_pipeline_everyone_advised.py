"""Plain logs from four generators: everybody at risk has a reason and, where it pays, an action."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.everyone_advised import check_everyone_is_advised
from tests.pipeline.command import call
from tests.plain_logs import GENERATORS, write_log

CASE = Path(__file__).parents[2].parent / "shared" / "cases" / "no_action_when_bgnbd_wins"


def run_on(folder: Path, mapping: Path, log: Path, profile: str) -> str:
    """Ingest a log and publish a run; return its champion."""
    for command in (("ingest", "--mapping", str(mapping), str(log)), ("run", "--profile", profile)):
        said = call(folder, *command, "--json")
        assert said.code == 0, said.err + said.out
    return str(said.json["champion"])


@pytest.mark.slow
@pytest.mark.parametrize("name", list(GENERATORS))
def test_everybody_at_risk_is_advised(name: str, tmp_path: Path) -> None:
    generate, profile = GENERATORS[name]
    event_type = "order" if profile == "retail" else "login"
    mapping, log = write_log(tmp_path, generate(), event_type=event_type)
    run_on(tmp_path, mapping, log, profile)
    assert check_everyone_is_advised(tmp_path) > 0


@pytest.mark.slow
@pytest.mark.skipif(not CASE.is_dir(), reason="the cases are not beside the project")
def test_the_reported_case_is_advised(tmp_path: Path) -> None:
    assert run_on(tmp_path, CASE / "mapping.toml", CASE / "orders.csv", "retail") == "bgnbd"
    assert check_everyone_is_advised(tmp_path) > 50
