"""Every page, light and dark, wide and narrow: readable by all, without a complaint."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.visiting import PHONE, Visitor

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RUN_AXE = """
const done = arguments[arguments.length - 1];
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
axe.run(document, {runOnly: rules, resultTypes: ["violations"]}).then((result) => done(
  result.violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((n) => n.html)}`)));
"""
FITS = """
const root = document.documentElement;
return root.scrollWidth <= root.clientWidth;
"""
THEME = "return document.documentElement.dataset.bsTheme"
OPEN_ALL = """
for (const one of document.querySelectorAll("#evidence-acceptance details")) one.open = true;
"""
CHART_WIDTHS_FIT = """
const charts = [...document.querySelectorAll("#evidence-acceptance .js-plotly-plot")];
const drawn = (one) => one.querySelector(".main-svg")?.clientWidth;
return charts.length === 4 &&
  charts.every((one) => one.clientWidth > 200 && drawn(one) === one.clientWidth);
"""
PAGES = [
    "/",
    "/segments",
    "/customers",
    "/customers/C00003",
    "/recommendations",
    "/evidence",
    "/?search=nobody",
    "/customers/unknown",
    "/nowhere",
]


def violations(visitor: Visitor) -> list[str]:
    if not AXE.is_file():
        pytest.fail("axe-core must be installed (`make setup`). Got no file.")
    visitor.script(AXE.read_text("utf-8"))
    return list(visitor.driver.execute_async_script(RUN_AXE))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_in_light_and_dark_and_silent(visitor: Visitor, path: str) -> None:
    visitor.visit(path)
    assert visitor.all("h1, h2")
    for theme in ("light", "dark"):
        visitor.prefer(theme)
        visitor.wait(lambda wanted=theme: visitor.script(THEME) == wanted)
        assert violations(visitor) == [], theme
    assert visitor.console_errors() == []


@pytest.mark.parametrize("path", PAGES[:6])
def test_a_page_fits_a_phone_and_a_tablet_without_scrolling_sideways(
    visitor: Visitor, path: str
) -> None:
    visitor.visit(path, size=PHONE)
    for width in (PHONE[0], 768, 1024):
        visitor.cdp("Emulation.setDeviceMetricsOverride", width=width, height=844, mobile=False)
        visitor.wait(lambda wanted=width: visitor.script("return window.innerWidth") == wanted)
        visitor.wait(lambda: visitor.script(FITS))


def test_before_the_first_run_the_page_says_how_to_make_one(
    driver: object, empty_address: str
) -> None:
    visitor = Visitor(driver, empty_address)
    visitor.visit("/segments")
    assert "silent-churn run" in visitor.text(".state-panel")
    assert violations(visitor) == []
    assert visitor.console_errors() == []


def test_an_open_menu_and_a_definition_are_accessible(visitor: Visitor) -> None:
    visitor.visit("/")
    visitor.click(".menu > summary")
    visitor.script("document.querySelector('.kpi .term').focus()")
    assert "tiers critical and high" in visitor.wait(lambda: visitor.text("#tip"))
    assert violations(visitor) == []


def test_every_chart_is_drawn_and_has_a_table(visitor: Visitor) -> None:
    visitor.visit("/")
    charts = visitor.wait(lambda: visitor.all(".js-plotly-plot .main-svg"))
    assert len(charts) >= 3
    visitor.click("#overview-body .twin > summary")
    rows = visitor.all("#overview-at-risk-table tbody tr")
    assert len(rows) >= 3


def test_simulated_beside_real_opens_whole_and_is_accessible(visitor: Visitor) -> None:
    visitor.visit("/evidence")
    charts = "#evidence-acceptance .js-plotly-plot .main-svg"
    assert visitor.wait(lambda: visitor.all(charts))
    visitor.script(OPEN_ALL)
    visitor.wait(lambda: visitor.script(CHART_WIDTHS_FIT))
    assert len(visitor.all("#evidence-acceptance .twin tbody")) == 4
    assert "Failed by 0.29" in visitor.text("#evidence-acceptance .checks")
    for theme in ("light", "dark"):
        visitor.prefer(theme)
        visitor.wait(lambda wanted=theme: visitor.script(THEME) == wanted)
        assert violations(visitor) == [], theme
    visitor.cdp("Emulation.setDeviceMetricsOverride", width=390, height=844, mobile=False)
    visitor.wait(lambda: visitor.script("return window.innerWidth") == PHONE[0])
    visitor.wait(lambda: visitor.script(FITS))
    assert visitor.console_errors() == []
