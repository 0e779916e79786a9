from __future__ import annotations

import json

import pytest

from analytics.cli import main
from analytics.domain.event_log.events import EVENT_CATALOGUE


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as stopped:
        main(list(arguments))
    assert stopped.value.code == 0
    return capsys.readouterr().out


def test_the_catalogue_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(printed(capsys, "events", "list", "--json"))["events"]
    assert [one["name"] for one in rows] == list(EVENT_CATALOGUE)
    assert set(rows[0]) == {"name", "kind", "direction", "meaning", "weight"}
    assert "ticket_reopened" in printed(capsys, "events", "list")


@pytest.mark.parametrize(("what", "key"), [("mapping", "anchor_column"), ("profile", "extends")])
def test_the_keys_are_listed(capsys: pytest.CaptureFixture[str], what: str, key: str) -> None:
    keys = json.loads(printed(capsys, what, "keys", "--json"))["keys"]
    assert key in {one["name"] for one in keys}
    assert set(keys[0]) == {"place", "name", "kind", "default", "meaning", "example"}
    assert f"{key}: " in printed(capsys, what, "keys")
