from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analytics.domain.customer.filter import CustomerFilter
from analytics.domain.customer.risk_tier import FrustrationBand, RiskTier, ValueBand
from analytics.domain.customer_columns.group_columns import COMPARED_COLUMNS
from tests.webapp.awkward_values import AWKWARD_IDS
from webapp import address
from webapp.address import Address
from webapp.page import find_page
from webapp.pages import PAGES

WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1, max_size=20)


def some(values: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.sets(values, max_size=3).map(lambda chosen: tuple(sorted(chosen)))


FILTERS = st.builds(
    CustomerFilter,
    tier=some(st.sampled_from([one.value for one in RiskTier])),
    band=some(st.sampled_from([one.value for one in FrustrationBand])),
    value=some(st.sampled_from([one.value for one in ValueBand])),
    segment=some(WORDS),
    region=some(WORDS),
    early=st.booleans(),
    suppressed=st.booleans(),
    search=st.one_of(st.just(""), WORDS),
)
ADDRESSES = st.builds(
    Address,
    chosen=FILTERS,
    by=st.sampled_from(["", *COMPARED_COLUMNS]),
    budget=st.one_of(st.none(), st.integers(0, 99_999).map(float)),
    hours=st.one_of(st.none(), st.integers(0, 2_000).map(float)),
)


@given(ADDRESSES)
def test_an_address_says_the_whole_view(view: Address) -> None:
    assert Address.read(view.to_search()) == view


@pytest.mark.parametrize(
    "junk",
    [None, "", "?", "?by=name&budget=-1&hours=nan", "?budget=inf&tier=nonsense&x=1", "?=&&=%ff"],
)
def test_what_is_not_allowed_is_left_out(junk: str | None) -> None:
    assert Address.read(junk) == Address()


def test_a_click_narrows_and_a_second_click_frees() -> None:
    once = address.with_choice(CustomerFilter(), segment="Small", tier="high")
    assert (once.segment, once.tier) == (("Small",), ("high",))
    assert address.with_choice(once, segment="Small", tier="high") == CustomerFilter()


LANDED = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)


@given(LANDED)
@example("..")
@example("~Li4")
def test_every_id_that_lands_is_named_by_its_own_address(customer_id: str) -> None:
    path = address.customer_path(customer_id)
    found = find_page(PAGES, path)
    assert found is not None
    assert (found[0].name, found[1]) == ("Customer", customer_id)


def test_a_server_hands_every_customer_s_address_on_as_it_is(web_client: Any) -> None:
    """No redirect, no other route: neither dots nor slashes of an id may be read as a path."""
    for customer_id in AWKWARD_IDS:
        path = address.customer_path(customer_id)
        assert len(path) < address.LONGEST_ADDRESS
        assert [part for part in path.split("/") if unquote(part).strip(".") == ""] == [""]
        answer = web_client.get(path)
        assert (answer.status_code, answer.mimetype) == (200, "text/html")


def test_many_values_make_an_address_that_a_server_takes() -> None:
    """Seen: 70 chosen regions gave the rows of 50, 230 an empty page."""
    regions = tuple(sorted(f"Département\u00a0{n:03d}, Île-de-France" for n in range(230)))
    view = Address(CustomerFilter(region=regions), by="plan")
    assert len(view.chosen.to_query()) > address.LONGEST_ADDRESS
    assert len(view.to_search()) < 2_000
    assert Address.read(view.to_search()) == view
    narrowed = Address.read(f"{view.to_search()}&tier=high")
    assert narrowed.chosen == replace(view.chosen, tier=("high",))
