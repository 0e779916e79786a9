from __future__ import annotations

from typing import Any

import pytest
from dash import Dash, no_update

from tests.webapp.test_web_factory import callback_body
from webapp.left_out import is_understood
from webapp.shell.filter_sync import LEFT_OUT, note_of


@pytest.mark.parametrize(
    "search",
    ["", None, "?tier=high,low&segment=Any, thing", "?early=0&hours=4&by=plan", "?tier=&search="],
)
def test_a_known_address_is_understood(search: object) -> None:
    assert is_understood(search)


@pytest.mark.parametrize(
    "search",
    [
        "?tier=zzz",
        "?tier=high,zzz",
        "?band=x",
        "?nope=1",
        "?hours=many",
        "?by=secret",
        "?choice=zzz",
    ],
)
def test_junk_is_not_understood(search: str) -> None:
    assert not is_understood(search)


def test_a_note_stays_until_another_choice_is_made() -> None:
    assert note_of("?tier=zzz", changed=False) == LEFT_OUT
    assert note_of("?tier=high", changed=False) is no_update
    assert note_of("?tier=high", changed=True) is None


def test_the_page_says_that_a_part_was_left_out(web_app: Dash, web_client: Any) -> None:
    body = callback_body(web_app, "shell-address-note.children", {"shell-url": "?tier=zzz"})
    answer = web_client.post("/_dash-update-component", json=body).get_json()["response"]
    assert answer["shell-address-note"]["children"] == LEFT_OUT
    assert answer["shell-url"]["search"] == ""
