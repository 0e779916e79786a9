from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.domain.customer_filter import CustomerFilter
from analytics.domain.risk_tier import FrustrationBand, RiskTier, ValueBand
from webapp import address
from webapp.address import Address

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
    by=st.sampled_from(["", *address.GROUP_COLUMNS]),
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


def test_a_customer_id_with_a_slash_makes_one_part_of_a_path() -> None:
    assert address.customer_path("a/b c?") == "/customers/a%2Fb%20c%3F"
