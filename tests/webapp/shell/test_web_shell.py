from __future__ import annotations

from pathlib import Path

import pytest
from dash import no_update

from analytics.domain.customer.filter import CustomerFilter
from analytics.errors import CorruptRun
from analytics.services.analytics_service import AnalyticsService
from analytics.services.results import FilterChoices
from analytics.settings import Settings
from tests.webapp.component_text import links_of, of_class, text_of
from webapp.address import Address
from webapp.components.filter_bar import filter_bar, labels_of
from webapp.pages import PAGES
from webapp.shell.filter_sync import controls_of, from_controls, synced
from webapp.shell.layout import clear_link, jump_results, nav_links
from webapp.shell.router import route

CHOSEN = CustomerFilter(
    tier=("critical", "high"), segment=("A, B",), early=True, suppressed=True, search="ann"
)


def test_the_controls_show_a_filter_and_give_it_back() -> None:
    assert from_controls(controls_of(CHOSEN)) == CHOSEN
    assert from_controls(controls_of(CustomerFilter())) == CustomerFilter()


@pytest.mark.parametrize(
    "junk",
    [
        {"tier": ["nonsense"], "flags": "early", "search": {"a": 1}},
        {"tier": {"x": 1}, "flags": None, "segment": 5},
        {"flags": ["other"]},
    ],
)
def test_made_up_controls_choose_nothing(junk: dict[str, object]) -> None:
    assert from_controls(junk) == CustomerFilter()


def test_what_stands_already_is_left_alone() -> None:
    view = Address(CHOSEN)
    shown = synced(view, controls=no_update, search=view.to_search(), query=view.chosen.to_query())
    assert shown["search"] is no_update
    assert shown["query"] is no_update
    assert all(value is no_update for value in shown["controls"].values())


def test_the_pages_are_told_even_of_an_empty_filter_at_the_start() -> None:
    shown = synced(Address(), controls=controls_of(CustomerFilter()), search="", query=None)
    assert shown["query"] == ""


def test_an_address_that_is_not_canonical_is_mended() -> None:
    untidy = "?tier=high&tier=critical&nonsense=1"
    shown = synced(Address.read(untidy), controls=no_update, search=untidy, query=None)
    assert shown["search"] == "?tier=critical&tier=high"


def test_a_page_s_own_choices_survive_a_change_of_the_filter() -> None:
    here = Address.read("?by=plan").with_filter(CHOSEN)
    assert synced(here, controls=no_update, search="?by=plan", query="")["search"].endswith(
        "&by=plan"
    )


def test_menus_say_what_they_have_chosen() -> None:
    labels = labels_of(CustomerFilter(segment=("Big", "Small"), action=("call",)))
    assert labels["segment"] == "Segment: Big +1"
    assert labels["action"] == "Action: 1 chosen"
    assert labels["plan"] == "Plan"


def test_a_menu_without_a_choice_to_make_is_hidden() -> None:
    bar = filter_bar(FilterChoices({"segment": (("A", "A"), ("B", "B"))}))
    hidden = [menu.hidden for menu in of_class(bar, "menu")]
    assert hidden == [True] * 4 + [False] + [True] * 4


def test_the_filter_goes_along_to_pages_that_use_it() -> None:
    links = links_of(nav_links(PAGES, "/", CustomerFilter(tier=("high",))))
    assert links == [
        "/?tier=high",
        "/segments?tier=high",
        "/customers?tier=high",
        "/recommendations?tier=high",
        "/evidence",
    ]


def test_the_current_page_is_marked_also_for_one_customer() -> None:
    links = nav_links(PAGES, "/customers/C1", CustomerFilter())
    assert [text_of(one) for one in of_class(links, "active")] == ["Customers"]


def test_filters_can_be_cleared_only_where_there_are_some() -> None:
    assert clear_link("/segments", CustomerFilter()) is None
    link = clear_link("/segments", CHOSEN)
    assert link is not None
    assert links_of(link) == ["/segments"]


def test_the_jump_shows_links_or_says_that_nobody_matches(web_service: AnalyticsService) -> None:
    rows = web_service.find("C0000", 3)
    assert links_of(jump_results("C0000", rows)) == [f"/customers/{r.customer_id}" for r in rows]
    assert "No customer matches “zz”" in text_of(jump_results("zz", ()))
    assert jump_results("  ", ()) is None


def test_an_unknown_address_is_not_found(web_service: AnalyticsService) -> None:
    page, hidden, title = route(PAGES, "/nowhere", web_service)
    assert "Not found" in text_of(page)
    assert hidden is True
    assert title.startswith("Not found")


def test_a_run_that_cannot_be_read_is_told_with_a_reference(
    caplog: pytest.LogCaptureFixture,
) -> None:
    class Broken:
        def stamp(self) -> None:
            raise CorruptRun("A run must match its checksums. Got run 7.", rule="run_intact")

    page, hidden, _ = route(PAGES, "/segments", Broken())  # type: ignore[arg-type]
    assert "A run must match its checksums" in text_of(page)
    assert caplog.records[-1].getMessage().split()[1].rstrip(":") in text_of(page)
    assert hidden is True


def test_before_the_first_run_every_page_says_how_to_make_one(tmp_path: Path) -> None:
    service = AnalyticsService(Settings.load(workspace=tmp_path))
    for page in PAGES:
        shown, hidden, _ = route(PAGES, page.path.replace("*", "C1"), service)
        assert "silent-churn run" in text_of(shown)
        assert hidden is True
