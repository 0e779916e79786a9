"""The ways of a retention manager through the app."""

from __future__ import annotations

import pytest

from tests.browser.visiting import Visitor

pytestmark = pytest.mark.browser


def test_a_shared_address_shows_the_same_view_and_back_restores(visitor: Visitor) -> None:
    visitor.visit("/?tier=critical&tier=high&early=1")
    narrow = visitor.kpi("at_risk")
    checked = visitor.all("#filter-choice-tier input:checked")
    assert [one.get_attribute("value") for one in checked] == ["critical", "high"]
    visitor.chip("calm", "band")
    visitor.wait(lambda: "band=calm" in visitor.search and visitor.kpi("at_risk") < narrow)
    visitor.driver.back()
    visitor.wait(lambda: "band" not in visitor.search and visitor.kpi("at_risk") == narrow)
    assert visitor.all("#filter-choice-band input:checked") == []
    assert visitor.console_errors() == []


def test_a_chip_changes_the_cards_and_the_file_has_the_same_rows(visitor: Visitor) -> None:
    visitor.visit("/")
    everyone = visitor.kpi("at_risk")
    visitor.chip("high", "value")
    few = visitor.wait(lambda: (now := visitor.kpi("at_risk")) < everyone and now)
    visitor.settle()
    rows = visitor.export_rows()
    assert len(rows) == int(visitor.all(".export")[0].get_attribute("data-rows"))
    assert sum(row["risk_tier"] in {"critical", "high"} for row in rows) == few
    assert {row["value_band"] for row in rows} == {"high"}


def test_clear_filters_shows_everyone_again(visitor: Visitor) -> None:
    visitor.visit("/segments?tier=low&region=EU&suppressed=1&search=1&by=plan")
    visitor.click("#filter-clear a")
    visitor.wait(lambda: visitor.search == "")
    assert visitor.all("#filter-details input:checked") == []
    visitor.wait(lambda: "900 customers" in visitor.text(".export"))


def test_from_the_overview_to_a_segment_to_a_customer_to_an_action(visitor: Visitor) -> None:
    visitor.visit("/")
    visitor.click("#overview-groups .bar-link")
    visitor.wait(lambda: "segment=" in visitor.search)
    visitor.click("#shell-nav a[href^='/segments']")
    visitor.wait(lambda: visitor.path == "/segments" and "segment=" in visitor.search)
    visitor.settle()
    visitor.click("#segments-matrix .cell a")
    visitor.wait(lambda: "tier=" in visitor.search and "value=" in visitor.search)
    visitor.settle()
    link = visitor.wait(lambda: visitor.all("#segments-grid .ag-cell a"))[0]
    customer = link.text
    link.click()
    visitor.wait(lambda: visitor.path == f"/customers/{customer}")
    visitor.settle()
    visitor.wait(lambda: customer in visitor.driver.title)
    visitor.all("#customer-work-owner")[0].send_keys("Ana")
    visitor.click("#customer-work-button")
    visitor.wait(lambda: "Ana" in visitor.text("#customer-work"))
    visitor.click("#customer-work button[aria-label^='Mark done']")
    visitor.wait(lambda: "Done" in visitor.text("#customer-work .status"))
    assert visitor.console_errors() == []


def test_a_note_is_kept_as_text(visitor: Visitor) -> None:
    visitor.visit("/customers/C00005")
    evil = "<img src=x onerror=\"document.title='owned'\">"
    visitor.all("#customer-note-text")[0].send_keys(evil)
    visitor.all("#customer-note-author")[0].send_keys("Ben")
    visitor.click("#customer-note-button")
    visitor.wait(lambda: "Ben" in visitor.text("#customer-notes"))
    assert evil in visitor.text("#customer-notes")
    assert visitor.driver.title != "owned"
    assert visitor.console_errors() == []


def test_a_refused_entry_says_why_and_keeps_the_page(visitor: Visitor) -> None:
    visitor.visit("/customers/C00007")
    visitor.click("#customer-note-button")
    visitor.wait(lambda: "A note must have 1 to 2,000 characters" in visitor.text("#shell-toast"))
    assert "Reference" in visitor.text("#shell-toast")
    visitor.click("#shell-toast [data-dismiss]")
    visitor.wait(lambda: visitor.text("#shell-toast") == "")
    assert "C00007" in visitor.text("#customer-head")


def test_a_slash_and_a_few_letters_lead_to_a_customer(visitor: Visitor) -> None:
    from selenium.webdriver.common.keys import Keys

    visitor.visit("/evidence")
    visitor.all("body")[0].send_keys("/")
    jump = visitor.driver.switch_to.active_element
    assert jump.get_attribute("id") == "shell-jump"
    jump.send_keys("C00042")
    visitor.wait(lambda: visitor.all("#shell-jump-results a[href='/customers/C00042']"))
    jump.send_keys(Keys.ENTER)
    visitor.wait(lambda: visitor.path == "/customers/C00042")
    visitor.settle()
    assert "C00042" in visitor.text("#customer-head")


def test_a_sort_is_done_by_the_server(visitor: Visitor) -> None:
    visitor.visit("/customers?tier=low")
    header = "#customers-grid .ag-header-cell[col-id='churn_risk'] .ag-header-cell-label"
    cells = "#customers-grid .ag-cell[col-id='churn_risk']"
    visitor.wait(lambda: len(visitor.all(cells)) > 5)
    visitor.click(header)

    def sorted_now() -> bool:
        texts = [one.text.rstrip("%") for one in visitor.all(cells)[:8]]
        shown = [float(text) for text in texts if text[:1].isdigit()]
        return len(shown) == 8 and shown == sorted(shown, reverse=True) and shown[0] > 5

    visitor.wait(sorted_now)
    visitor.chip("critical", "tier")
    visitor.wait(lambda: "Critical" in visitor.text("#customers-grid .ag-center-cols-container"))
    assert visitor.console_errors() == []


def test_a_smaller_budget_makes_a_smaller_plan(visitor: Visitor) -> None:
    visitor.visit("/recommendations")
    planned = int(visitor.all(".export")[0].get_attribute("data-rows"))
    visitor.all("#recommendations-budget")[0].send_keys("100\t")
    visitor.wait(lambda: "budget=100" in visitor.search)
    visitor.wait(lambda: int(visitor.all(".export")[0].get_attribute("data-rows")) < planned)
    rows = visitor.export_rows()
    assert 0 < len(rows) == int(visitor.all(".export")[0].get_attribute("data-rows"))
    assert visitor.console_errors() == []


def test_the_compared_column_stands_in_the_address(visitor: Visitor) -> None:
    visitor.visit("/segments?by=plan")
    assert "Enterprise" in visitor.text("#segments-groups")
    visitor.click("#segments-group-column option[value='region']")
    visitor.wait(lambda: "by=region" in visitor.search)
    visitor.wait(lambda: "APAC" in visitor.text("#segments-groups"))


def test_the_theme_button_turns_and_is_remembered(visitor: Visitor) -> None:
    visitor.visit("/evidence", theme="light")
    visitor.click("#shell-theme-button")
    theme = "return document.documentElement.dataset.bsTheme"
    visitor.wait(lambda: visitor.script(theme) == "dark")
    visitor.driver.refresh()
    visitor.settle()
    assert visitor.script(theme) == "dark"


def test_enter_on_a_customer_in_the_list_leads_to_its_page(visitor: Visitor) -> None:
    from selenium.webdriver.common.keys import Keys

    visitor.visit("/customers")
    cell = visitor.wait(lambda: visitor.all("#customers-grid .ag-cell a"))[0]
    customer = cell.text
    visitor.script("arguments[0].closest('.ag-cell').focus()", cell)
    visitor.driver.switch_to.active_element.send_keys(Keys.ENTER)
    visitor.wait(lambda: visitor.path == f"/customers/{customer}")


@pytest.mark.parametrize("path", ["/segments", "/recommendations", "/customers"])
def test_one_step_back_undoes_one_choice(visitor: Visitor, path: str) -> None:
    visitor.visit(path)
    visitor.chip("high", "value")
    visitor.wait(lambda: visitor.search == "value=high")
    visitor.settle()
    visitor.driver.back()
    visitor.wait(lambda: visitor.search == "")
    visitor.wait(lambda: not visitor.all("#filter-choice-value input:checked"))
    assert visitor.path == path
