"""What a person does in the browser: visit, look, click."""

from __future__ import annotations

import csv
import io
import urllib.request
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.support.wait import WebDriverWait

from tests.patience import LOOK_S, PATIENCE_S

Seen = TypeVar("Seen")

DESKTOP = (1440, 1000)
PHONE = (390, 844)
_SETTLED = """
const main = document.getElementById("shell-content");
if (!main || !main.childElementCount) return false;
const waiting = [...main.querySelectorAll(".skeleton")].some((one) => one.offsetParent);
if (waiting) return false;
const state = window.store ? window.store.getState() : null;
return !state || !state.isLoading;
"""


class Visitor:
    """One browser on one running app."""

    def __init__(self, driver: Any, address: str) -> None:
        self.driver = driver
        self.address = address

    def visit(self, path: str, *, theme: str = "light", size: tuple[int, int] = DESKTOP) -> None:
        """Open a page as if for the first time, and wait until it has settled."""
        width, height = size
        self.cdp("Emulation.setDeviceMetricsOverride", width=width, height=height, mobile=False)
        self.prefer(theme)
        self.driver.get(f"{self.address}/healthz")
        self.driver.execute_script("localStorage.clear()")
        self.driver.get_log("browser")
        self.driver.get(self.address + path)
        self.settle()

    def prefer(self, theme: str) -> None:
        """Let the operating system prefer light or dark."""
        wish = [{"name": "prefers-color-scheme", "value": theme}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": wish})

    def cdp(self, command: str, **given: Any) -> None:
        """Tell the browser itself something."""
        self.driver.execute_cdp_cmd(command, {"deviceScaleFactor": 1, **given})

    def settle(self) -> None:
        """Wait until nothing is being loaded."""
        self.wait(lambda: self.script(_SETTLED))

    def wait(self, look: Callable[[], Seen]) -> Seen:
        """Wait until a look finds something true."""

        def fresh(_driver: Any) -> Any:
            try:
                return look()
            except StaleElementReferenceException:
                return None

        found: Seen = WebDriverWait(self.driver, LOOK_S, poll_frequency=0.05).until(fresh)
        return found

    def script(self, text: str, *given: Any) -> Any:
        """Run a script in the page."""
        return self.driver.execute_script(text, *given)

    def all(self, selector: str) -> list[Any]:
        """Return the elements of a selector."""
        return list(self.driver.find_elements("css selector", selector))

    def text(self, selector: str) -> str:
        """Return the text of the first element of a selector."""
        found = self.all(selector)
        return str(found[0].text) if found else ""

    def click(self, selector: str) -> None:
        """Click on the first element of a selector, once it is there."""
        element = self.wait(lambda: self.all(selector))[0]
        self.script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    def chip(self, value: str, field: str) -> None:
        """Switch a chip of the filter bar."""
        self.click(f"#filter-choice-{field} input[value='{value}'] + label")

    def kpi(self, measure: str) -> int:
        """Return the number on a card of the overview."""
        value = f"[data-kpi='{measure}'] .kpi-value"
        element = self.wait(lambda: self.all(value))[0]
        return int(element.get_attribute("title").split(".")[0].replace(",", ""))

    @property
    def search(self) -> str:
        """The query string of the address."""
        return urlsplit(self.driver.current_url).query

    @property
    def path(self) -> str:
        """The path of the address."""
        return urlsplit(self.driver.current_url).path

    def export_rows(self) -> list[dict[str, str]]:
        """Fetch the CSV that the page offers."""
        href = self.all(".export")[0].get_attribute("href")
        with urllib.request.urlopen(href, timeout=PATIENCE_S) as answer:
            return list(csv.DictReader(io.StringIO(answer.read().decode("utf-8"))))

    def console_errors(self) -> list[str]:
        """Return what the page complained of."""
        return [str(entry["message"]) for entry in self.driver.get_log("browser")]
