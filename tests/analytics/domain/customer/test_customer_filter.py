from __future__ import annotations

import json
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.domain.customer.filter import CustomerFilter
from analytics.domain.customer.named_segment import NamedSegment
from analytics.domain.customer.packed_choice import PACKED_FIELD, packed, unpacked
from analytics.domain.customer.rfm import RfmGroup
from analytics.domain.customer.risk_tier import FrustrationBand, RiskTier, ValueBand
from analytics.domain.customer.state import CustomerState
from analytics.domain.event_log.contract import MAX_TEXT_LENGTH
from analytics.errors import UsageError

CLOSED = {
    "tier": RiskTier,
    "band": FrustrationBand,
    "value": ValueBand,
    "state": CustomerState,
    "named": NamedSegment,
    "rfm": RfmGroup,
}
OPEN = ("cluster", "segment", "plan", "region", "channel", "action")

words = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12)
chosen = st.fixed_dictionaries(
    {
        **{name: st.lists(st.sampled_from(list(kind))) for name, kind in CLOSED.items()},
        **{name: st.lists(words, max_size=4) for name in OPEN},
        "early": st.booleans(),
        "suppressed": st.booleans(),
        "search": st.just("") | words,
    }
)
junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=80, deadline=None)
@given(chosen)
def test_a_choice_survives_its_own_address(given: dict[str, object]) -> None:
    one = CustomerFilter.parse(given)
    again = CustomerFilter.from_query(one.to_query())
    assert again == one
    assert again.to_query() == one.to_query()
    assert CustomerFilter.from_query("?" + one.to_query()) == one


@settings(max_examples=60, deadline=None)
@given(chosen, st.randoms())
def test_equal_choices_give_equal_addresses(given: dict[str, object], dice: object) -> None:
    turned = {}
    for name, value in given.items():
        turned[name] = value
        if isinstance(value, list):
            turned[name] = value + value
            dice.shuffle(turned[name])  # type: ignore[attr-defined]
    assert CustomerFilter.parse(turned).to_query() == CustomerFilter.parse(given).to_query()


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(CustomerFilter.names()) | st.text(), junk))
def test_junk_never_passes(given: dict[str, object]) -> None:
    one = CustomerFilter.parse(given)
    for name, kind in CLOSED.items():
        assert set(getattr(one, name)) <= set(kind)
    for name in (*CLOSED, *OPEN):
        choices = getattr(one, name)
        assert list(choices) == sorted(set(choices))
        assert all(isinstance(text, str) and 0 < len(text) <= MAX_TEXT_LENGTH for text in choices)
        "".join(choices).encode()
    assert type(one.early) is bool
    assert type(one.suppressed) is bool
    assert isinstance(one.search, str)
    assert len(one.search) <= MAX_TEXT_LENGTH
    assert CustomerFilter.from_query(one.to_query()) == one


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80))
def test_any_query_string_is_read(query: str) -> None:
    one = CustomerFilter.from_query(query)
    assert set(parse_qs(one.to_query())) <= set(CustomerFilter.names())


@pytest.mark.parametrize("nothing", ["", "?", None, "tier=", "tier=huge", "other=1", "early=0"])
def test_nothing_allowed_means_everyone(nothing: str | None) -> None:
    one = CustomerFilter.from_query(nothing)
    assert one.is_everyone
    assert one.to_query() == ""


def test_closed_choices_may_be_listed_with_commas_and_values_of_the_data_may_hold_one() -> None:
    one = CustomerFilter.from_query("tier=low,critical,huge&segment=Bath%2C+Bed")
    assert one.tier == ("critical", "low")
    assert one.segment == ("Bath, Bed",)


ANY_TEXT_THAT_LANDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60)


@settings(max_examples=150, deadline=None)
@given(st.sets(ANY_TEXT_THAT_LANDS, min_size=1, max_size=60), ANY_TEXT_THAT_LANDS)
def test_no_text_that_lands_is_changed_by_an_address_however_it_is_written(
    values: set[str], search: str
) -> None:
    one = CustomerFilter.parse({"region": list(values), "search": search})
    assert (set(one.region), one.search) == (values, search)
    for address in (one.to_query(), one.to_address(), f"?{one.to_address()}"):
        assert CustomerFilter.from_query(address) == one
        assert CustomerFilter.from_command_line(address) == one


def test_what_is_too_long_to_have_landed_is_left_out_and_not_cut() -> None:
    one = CustomerFilter.parse({"search": "x" * 513, "plan": ["y" * 513, "y" * 512]})
    assert one == CustomerFilter(plan=("y" * 512,))


def test_as_many_values_may_be_chosen_as_there_are() -> None:
    one = CustomerFilter.parse({"plan": [f"p{n:04d}" for n in range(2_000)]})
    assert len(one.plan) == 2_000
    assert CustomerFilter.from_query(one.to_address()) == one


@pytest.mark.parametrize("junk", ["", "!", "AAAA", packed({"a": 1})[:-3], "W10", "é", "[" * 9_000])
def test_a_damaged_packed_choice_is_none(junk: str) -> None:
    assert unpacked(junk) is None
    assert CustomerFilter.from_query(urlencode({PACKED_FIELD: junk})).is_everyone


def test_a_packed_choice_cannot_fill_the_memory() -> None:
    assert unpacked(packed({"region": "x" * 2_000_000})) is None
    assert unpacked(packed(json.loads('{"a":' * 500 + "1" + "}" * 500))) is not None


def test_the_command_line_takes_what_the_browser_takes() -> None:
    query = "tier=critical&tier=high&early=1&search=ann"
    assert CustomerFilter.from_command_line(query) == CustomerFilter.from_query(query)


@pytest.mark.parametrize(
    ("query", "rule", "got"),
    [
        ("teir=high", "filter_field_known", "teir"),
        ("tier=hihg", "filter_value_known", "hihg"),
        ("tier=high,hihg", "filter_value_known", "hihg"),
        ("band=angry", "filter_value_known", "angry"),
        ("tier=", "filter_value_known", ""),
        ("region=", "filter_value_known", ""),
        ("early=maybe", "filter_value_known", "maybe"),
        (f"search={'x' * 513}", "filter_value_known", "x" * 60),
        ("choice=xyz", "filter_value_known", "xyz"),
    ],
)
def test_the_command_line_refuses_what_it_does_not_know(query: str, rule: str, got: str) -> None:
    with pytest.raises(UsageError) as found:
        CustomerFilter.from_command_line(query)
    assert (found.value.rule, found.value.got, found.value.exit_code) == (rule, got, 2)
    assert found.value.message.endswith(f"Got {got!r}.")
