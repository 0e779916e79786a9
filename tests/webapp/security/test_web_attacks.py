"""What strangers send: bodies that no page sends, numbers that are none, other computers."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest
from dash import Dash

from analytics.errors import UsageError
from analytics.settings import Settings
from tests.webapp.security.mutated_bodies import mutated_bodies
from webapp.factory import create_app
from webapp.security.hosts import is_this_computer

CALLBACK = "/_dash-update-component"


def answers(app: Dash, client: Any, seed: int, number: int) -> list[tuple[int, str]]:
    found = []
    for body in mutated_bodies(app, seed, number):
        text = json.dumps(body)
        response = client.post(CALLBACK, data=text, content_type="application/json")
        found.append((response.status_code, text))
    return found


def check_answers(
    found: list[tuple[int, str]], caplog: pytest.LogCaptureFixture, number: int
) -> None:
    assert [one for one in found if one[0] >= 500] == []
    assert {200, 400} <= {status for status, _ in found}
    assert len(found) == number
    assert [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR] == []
    assert all("\n" not in one.getMessage() for one in caplog.records)
    assert len(caplog.records) <= number


def test_no_mutated_body_is_a_fault_of_ours(
    web_app: Dash, web_client: Any, caplog: pytest.LogCaptureFixture
) -> None:
    check_answers(answers(web_app, web_client, 20260401, 300), caplog, 300)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_none_of_ten_thousand_mutated_bodies_is_a_fault_of_ours(
    web_app: Dash, web_client: Any, caplog: pytest.LogCaptureFixture
) -> None:
    check_answers(answers(web_app, web_client, 7, 10_000), caplog, 10_000)


@pytest.mark.parametrize("name", ["budget", "hours"])
@pytest.mark.parametrize("value", ["nan", "NaN", "inf", "-inf", "1e999", "-5", "1e300", "x", "1,5"])
def test_a_limit_that_is_none_is_refused_rather_than_left_out_of_a_file(
    web_client: Any, name: str, value: str
) -> None:
    response = web_client.get(f"/export/plan.csv?{name}={value}")
    assert response.status_code == 400
    assert f"{name} must be a number between 0 and" in response.text


@pytest.mark.parametrize(
    ("address", "is_here"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("", True),
        (None, True),
        ("10.0.0.7", False),
        ("::ffff:10.0.0.7", False),
        ("fe80::1", False),
        ("nowhere", False),
    ],
)
def test_who_asks_from_this_computer(address: str | None, is_here: bool) -> None:
    assert is_this_computer(address) is is_here


def test_another_computer_is_refused_whatever_host_it_names(web_client: Any) -> None:
    for path, status in (("/", 403), ("/export/customers.csv", 403), ("/healthz", 200)):
        response = web_client.get(path, environ_base={"REMOTE_ADDR": "10.0.0.7"})
        assert response.status_code == status


def test_an_origin_that_is_no_address_is_refused(web_client: Any) -> None:
    response = web_client.post(CALLBACK, json={}, headers={"Origin": "http://[::1"})
    assert response.status_code == 403


def test_no_server_may_load_the_app_for_other_computers(tmp_path: Path) -> None:
    settings = Settings.load(workspace=tmp_path, host="0.0.0.0")
    with pytest.raises(UsageError, match="needs a login"):
        create_app(settings)
