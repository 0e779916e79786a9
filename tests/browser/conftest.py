from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from analytics.runs.acceptance_report import write_report
from tests.browser.visiting import Visitor
from tests.patience import PATIENCE_S
from tests.sample_acceptance import CDNOW, SAAS
from tests.sample_run import publish_sample_run

ROOT = Path(__file__).parents[2]
CUSTOMERS = 900


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser; without one the tests are skipped here, and fail where they must run."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found and shutil.which("chromedriver"):
        return found
    if os.environ.get("CI") == "true":
        pytest.fail("chromium and chromedriver must be installed. Got none.")
    pytest.skip("chromium or chromedriver is not installed (`make browser`)")


@pytest.fixture(scope="session")
def live_address(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real server over a sample run."""
    workspace = tmp_path_factory.mktemp("browser")
    publish_sample_run(workspace / "data", customers=CUSTOMERS)
    for report in (SAAS, CDNOW, replace(SAAS, preset="retail")):
        write_report(workspace / "data", report)
    yield from _served(workspace)


@pytest.fixture(scope="session")
def empty_address(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real server before the first run."""
    yield from _served(tmp_path_factory.mktemp("nothing"))


@pytest.fixture(scope="session")
def driver(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    from dash.testing.browser import Browser
    from selenium.webdriver.chrome.options import Options

    options = Options()
    options.binary_location = chromium
    for argument in (
        "--headless=new",
        "--window-size=1440,1000",
        "--force-color-profile=srgb",
        "--force-prefers-reduced-motion",
        "--lang=en-US",
    ):
        options.add_argument(argument)
    folder = str(tmp_path_factory.mktemp("downloads"))
    with Browser("Chrome", options=[options], download_path=folder, percy_run=False) as browser:
        browser.driver.implicitly_wait(0)
        yield browser.driver


@pytest.fixture
def visitor(driver: object, live_address: str) -> Visitor:
    return Visitor(driver, live_address)


def _served(workspace: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    log = workspace / "server.log"
    command = [
        *(sys.executable, "-m", "gunicorn", "wsgi:server", "--bind", f"127.0.0.1:{port}"),
        *("--worker-class", "gthread", "--threads", "4", "--preload", "--no-control-socket"),
    ]
    with log.open("w") as output:
        server = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "SILENT_CHURN_WORKSPACE": str(workspace)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_until_ready(address, server, log)
        yield address
    finally:
        server.terminate()
        server.wait(PATIENCE_S)


def _wait_until_ready(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=PATIENCE_S):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    pytest.fail(f"The server must answer within {PATIENCE_S} s. Got:\n{log.read_text()[-2000:]}")
