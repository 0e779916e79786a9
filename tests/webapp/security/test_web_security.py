from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
from dash import Dash

from analytics.errors import EnvironmentFault
from analytics.settings import Settings
from tests.webapp.test_web_factory import callback_body
from webapp.factory import create_app

CALLBACK = "/_dash-update-component"


@pytest.fixture
def body(web_app: Dash) -> dict[str, Any]:
    return callback_body(web_app, "overview-kpis.children", {"filter-store": ""})


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_write_from_another_site_is_refused(
    web_client: Any, body: dict[str, Any], headers: dict[str, str]
) -> None:
    assert web_client.post(CALLBACK, json=body, headers=headers).status_code == 403


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}]
)
def test_a_write_from_our_own_page_is_answered(
    web_client: Any, body: dict[str, Any], headers: dict[str, str]
) -> None:
    assert web_client.post(CALLBACK, json=body, headers=headers).status_code == 200


@pytest.mark.parametrize("path", ["/", "/_dash-layout", "/export/customers.csv"])
@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8050",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "evil@localhost",
        "localhost/evil.example",
        "[::1",
        "localhost:x",
    ],
)
def test_another_host_name_is_refused(web_client: Any, host: str, path: str) -> None:
    response = web_client.get(path, headers={"Host": host})
    assert response.status_code == 403
    assert "customer_id" not in response.text


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:8050", "localhost:81", "LOCALHOST", "[::1]", "[::1]:8050"]
)
def test_a_name_of_this_computer_is_answered(web_client: Any, host: str) -> None:
    assert web_client.get("/", headers={"Host": host}).status_code == 200


def test_an_origin_is_not_ours_because_the_host_agrees_with_it(
    web_client: Any, body: dict[str, Any]
) -> None:
    headers = {"Origin": "http://evil.example", "Host": "evil.example"}
    assert web_client.post(CALLBACK, json=body, headers=headers).status_code == 403


def test_health_is_told_under_any_name(web_client: Any) -> None:
    for path in ("/healthz", "/readyz"):
        assert web_client.get(path, headers={"Host": "monitor.example"}).status_code == 200


@pytest.mark.parametrize(
    "junk", [{}, [], {"output": "nope.children"}, {"output": 5, "inputs": None}, "text"]
)
def test_made_up_callbacks_are_the_sender_s_fault(
    web_client: Any, caplog: pytest.LogCaptureFixture, junk: object
) -> None:
    caplog.set_level(logging.CRITICAL)
    response = web_client.post(CALLBACK, json=junk)
    assert 400 <= response.status_code < 500
    assert "Traceback" not in response.text


def test_a_body_that_is_too_large_is_refused(web_client: Any) -> None:
    response = web_client.post(CALLBACK, data=b"x" * 1_100_000, content_type="application/json")
    assert response.status_code == 413


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded"])
def test_a_form_of_another_page_cannot_reach_a_callback(web_client: Any, content_type: str) -> None:
    response = web_client.post(CALLBACK, data=b"{}", content_type=content_type)
    assert 400 <= response.status_code < 500


class Failing:
    """A service whose overview fails in a chosen way."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def overview(self, chosen: object) -> object:
        raise self._error


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (RuntimeError("password=hunter2"), "Something went wrong here"),
        (EnvironmentFault("The disk is full.", rule="disk"), "The disk is full."),
    ],
)
def test_a_failure_is_a_plain_sentence_with_a_reference(
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    body: dict[str, Any],
    error: Exception,
    said: str,
) -> None:
    app = create_app(Settings.load(workspace=tmp_path), Failing(error))  # type: ignore[arg-type]
    with app.server.test_client() as client:
        response = client.post(CALLBACK, json=body)
    assert response.status_code in {200, 204}
    assert said in response.text
    assert "hunter2" not in response.text
    reference = caplog.records[-1].getMessage().split()[-1]
    assert reference in response.text


def test_a_search_cannot_become_markup(web_app: Dash, web_client: Any) -> None:
    evil = "<img src=x onerror=alert(1)>"
    body = callback_body(web_app, "shell-jump-results.children", {"shell-jump": evil})
    answer = web_client.post(CALLBACK, json=body).get_json()["response"]
    shown = answer["shell-jump-results"]["children"]
    assert shown["type"] == "P"
    assert evil in shown["props"]["children"]


STRANGE: list[Any] = [None, 5, "x", [], {}, [{"a": 1}], "'; drop table customers; --", ["high"]]


@pytest.mark.parametrize("value", STRANGE, ids=str)
def test_every_callback_survives_inputs_of_any_kind(
    web_app: Dash, web_client: Any, caplog: pytest.LogCaptureFixture, value: Any
) -> None:
    asked = 0
    for spec in web_app._callback_list:
        if spec["clientside_function"] or spec["inputs"][0]["id"].startswith("{"):
            continue
        given = {one["id"]: value for one in (*spec["inputs"], *spec["state"])}
        response = web_client.post(CALLBACK, json=callback_body(web_app, spec["output"], given))
        asked += 1
        assert response.status_code < 500, spec["output"][:60]
    assert asked >= 12
    unexpected = [one.exc_info for one in caplog.records if one.levelno >= logging.ERROR]
    assert unexpected == []
