from __future__ import annotations

import json
from pathlib import Path

import pytest

from analytics.cli import main
from analytics.cli.reference_pages import pages
from analytics.domain.events import EVENT_CATALOGUE

DOCS = Path(__file__).parents[3] / "docs"


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as stopped:
        main(list(arguments))
    assert stopped.value.code == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("page", pages())
def test_a_reference_page_says_what_the_product_reads(page: str) -> None:
    assert (DOCS / page).read_text(encoding="utf-8") == pages()[page], "run `make docs`"


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
