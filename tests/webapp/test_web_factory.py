from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from dash import Dash
from flask import Flask

from analytics.services.analytics_service import AnalyticsService
from analytics.settings import Settings
from tests.sample_run import publish_sample_run
from webapp.delivery import A_YEAR, MAX_KEPT, register_delivery
from webapp.factory import create_app

VENDOR = Path(__file__).parents[2] / "assets" / "vendor"


def callback_body(app: Dash, output: str, values: dict[str, Any]) -> dict[str, Any]:
    """Return the body that a browser would send for the callback of an output."""
    spec = next(one for one in app._callback_list if output in one["output"])
    inputs = [
        {"id": one["id"], "property": one["property"], "value": values.get(one["id"])}
        for one in spec["inputs"]
    ]
    names = spec["output"].strip(".").split("...")
    outputs = [
        {"id": name.split("@")[0].rsplit(".", 1)[0], "property": name.rsplit(".", 1)[1]}
        for name in names
    ]
    return {
        "output": spec["output"],
        "outputs": outputs if spec["output"].startswith("..") else outputs[0],
        "inputs": inputs,
        "state": [
            {"id": one["id"], "property": one["property"], "value": values.get(one["id"])}
            for one in spec["state"]
        ],
        "changedPropIds": [f"{inputs[0]['id']}.{inputs[0]['property']}"],
    }


def test_two_apps_in_one_process_answer_from_their_own_runs(
    web_app: Dash, web_client: Any, tmp_path: Path
) -> None:
    publish_sample_run(tmp_path / "data", customers=220, seed=9, run_id="20260331T000000-other")
    other = create_app(Settings.load(workspace=tmp_path))
    body = callback_body(web_app, "overview-kpis.children", {"filter-store": ""})
    first = web_client.post("/_dash-update-component", json=body).get_json()
    with other.server.test_client() as client:
        second = client.post("/_dash-update-component", json=body).get_json()
    stamps = [str(one["response"]["overview-stamp"]["children"]) for one in (first, second)]
    assert "20260331T000000-sample" in stamps[0]
    assert "20260331T000000-other" in stamps[1]
    assert len(other._callback_list) == len(web_app._callback_list)


def test_the_page_has_the_strict_headers(web_client: Any) -> None:
    response = web_client.get("/")
    policy = response.headers["Content-Security-Policy"]
    nonce = re.search(r"'nonce-([\w-]+)'", policy)
    assert nonce is not None
    plain = re.sub(r"'sha256-[^']+'", "HASH", policy.replace(nonce.group(1), "N"))
    assert re.sub(r"(HASH ?)+;", "HASH;", plain) == (
        "default-src 'none'; script-src 'self' 'nonce-N' HASH; "
        "style-src-elem 'self' 'nonce-N'; style-src-attr 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self' blob:; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    )
    assert "unsafe-eval" not in policy
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert nonce.group(1) in response.get_data(as_text=True)


def test_each_page_load_has_a_nonce_of_its_own(web_client: Any) -> None:
    first, second = (web_client.get("/").headers["Content-Security-Policy"] for _ in range(2))
    assert first != second


def test_nothing_comes_from_another_host(web_client: Any) -> None:
    page = web_client.get("/").get_data(as_text=True)
    assert re.findall(r'(?:src|href)="https?://', page) == []


@pytest.mark.skipif(not VENDOR.is_dir(), reason="`make setup` has not filled assets/vendor")
def test_bootstrap_is_loaded_before_our_own_styles(web_client: Any) -> None:
    page = web_client.get("/").get_data(as_text=True)
    sheets = re.findall(r'href="/assets/([^"?]+\.css)', page)
    assert sheets[0] == "vendor/00-bootstrap.min.css"
    assert sheets[-1] == "web/90-print.css"


def test_static_files_are_compressed_and_kept_for_a_year(web_client: Any) -> None:
    page = web_client.get("/").get_data(as_text=True)
    sheet = re.search(r'"(/assets/web/40-parts\.css\?m=[^"]+)"', page)
    assert sheet is not None
    answers = [
        web_client.get(sheet.group(1), headers={"Accept-Encoding": "gzip"}) for _ in range(2)
    ]
    for answer in answers:
        assert answer.status_code == 200
        assert answer.headers["Content-Encoding"] == "gzip"
        assert answer.headers["Cache-Control"] == A_YEAR
    assert answers[0].data == answers[1].data
    plain = web_client.get(sheet.group(1))
    assert plain.headers.get("Content-Encoding") is None
    assert b".panel" in plain.data


def test_made_up_versions_of_a_file_do_not_fill_the_memory() -> None:
    server = Flask("files")
    register_delivery(server)
    server.add_url_rule("/assets/<name>", "file", lambda name: f"body of {name} " * 50)
    with server.test_client() as client:
        lifetimes = [
            client.get(f"/assets/app.v{number}.js").headers.get("Cache-Control")
            for number in range(MAX_KEPT + 5)
        ]
    assert lifetimes == [A_YEAR] * MAX_KEPT + [None] * 5


def test_the_app_says_that_it_lives_and_that_it_is_ready(web_client: Any) -> None:
    assert web_client.get("/healthz").status_code == 200
    ready = web_client.get("/readyz")
    assert (ready.status_code, ready.text) == (200, "ready: run 20260331T000000-sample\n")


def test_without_a_run_the_app_starts_and_says_so(tmp_path: Path) -> None:
    app = create_app(Settings.load(workspace=tmp_path))
    with app.server.test_client() as client:
        assert client.get("/readyz").text == "ready: no run published yet\n"
        assert client.get("/_dash-layout").status_code == 200
        assert client.get("/export/customers.csv").status_code == 404


def test_no_route_for_machines_that_control_the_app(web_app: Dash) -> None:
    rules = {rule.rule for rule in web_app.server.url_map.iter_rules()}
    assert not any("mcp" in rule.lower() for rule in rules)
    assert {"/readyz", "/export/customers.csv", "/export/plan.csv"} <= rules


def test_making_an_app_asks_the_service_nothing(tmp_path: Path) -> None:
    class Silent:
        def __getattr__(self, name: str) -> Any:
            raise AssertionError(f"{name} was asked before a fork")

    app = create_app(Settings.load(workspace=tmp_path), Silent())  # type: ignore[arg-type]
    assert isinstance(app, Dash)


def test_the_layout_is_made_anew_for_each_visit(
    web_app: Dash, web_service: AnalyticsService, web_client: Any
) -> None:
    layout = str(web_client.get("/_dash-layout").get_json())
    assert all(segment in layout for segment, _ in web_service.choices().of("segment"))
