from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.domain.words.share_words import (
    FEW,
    CountedShare,
    base_rate_of_flags,
    percent,
    wilson_interval,
)

counts = st.integers(1, 3_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))
rates = st.floats(0.001, 0.999)


@settings(max_examples=200, deadline=None)
@given(st.floats(0, 1))
def test_a_percentage_is_none_or_all_only_where_the_share_is(share: float) -> None:
    assert (percent(share) == "0%") == (share == 0)
    assert (percent(share) == "100%") == (share == 1)


@settings(max_examples=200, deadline=None)
@given(st.floats(0.001, 0.999))
def test_a_percentage_is_rounded_to_half_a_point_at_most(share: float) -> None:
    assert float(percent(share).removesuffix("%")) == pytest.approx(100 * share, abs=0.5)


def test_a_quarter_is_no_two_of_ten() -> None:
    assert percent(0.25) == "25%"
    assert percent(None) == percent(float("nan")) == "–"


@settings(max_examples=200, deadline=None)
@given(counts)
def test_the_interval_holds_the_share_and_reaches_an_end_only_with_it(
    given: tuple[int, int],
) -> None:
    hits, of = given
    low, high = wilson_interval(hits, of)
    assert 0 <= low <= hits / of <= high <= 1
    assert (low == 0) == (hits == 0)
    assert (high == 1) == (hits == of)
    assert low < high


def test_the_interval_is_wilsons() -> None:
    assert wilson_interval(3, 12) == pytest.approx((0.0889, 0.5323), abs=1e-4)
    assert wilson_interval(0, 0) == (0.0, 1.0)


def test_draws_give_no_end_that_the_counts_rule_out() -> None:
    found = CountedShare.counted(14, 17, drawn=(0.57, 1.0))
    assert (found.low, found.high) == (0.57, wilson_interval(14, 17)[1])
    assert CountedShare.counted(3, 17, drawn=(0.0, 0.5)).low == wilson_interval(3, 17)[0]


@settings(max_examples=200, deadline=None)
@given(counts, rates)
def test_figures_name_the_share_only_where_there_are_enough(
    given: tuple[int, int], base: float
) -> None:
    found = CountedShare.counted(*given, base_rate=base)
    ends = f"95% interval {percent(found.low)} to {percent(found.high)}"
    told = f"{ends}; base rate {percent(base)}"
    assert found.figures == (told if found.of < FEW else f"{percent(found.share)}, {told}")


@settings(max_examples=200, deadline=None)
@given(counts, rates)
def test_worth_is_claimed_only_where_the_whole_interval_is_above_the_base_rate(
    given: tuple[int, int], base: float
) -> None:
    found = CountedShare.counted(*given, base_rate=base)
    said = found.worth("the flags")
    claims = re.fullmatch(r"[\d.]+ times as many as at random", said) is not None
    assert claims == (found.of >= FEW and found.low > base)
    assert ("too few" in said) == (found.of < FEW)
    if found.of >= FEW and found.share <= base:
        assert "nothing" in said


@settings(max_examples=100, deadline=None)
@given(counts, st.floats(0, 1), st.floats(0, 1))
def test_draws_only_make_an_interval_wider(
    given: tuple[int, int], one: float, other: float
) -> None:
    alone = CountedShare.counted(*given)
    both = CountedShare.counted(*given, drawn=(min(one, other), max(one, other)))
    assert both.low <= alone.low
    assert both.high >= alone.high
    assert CountedShare.counted(*given, drawn=(float("nan"), 0.5)) == alone


def test_what_flags_at_random_would_hit_goes_by_the_dates_of_the_flags() -> None:
    assert base_rate_of_flags([(30, 100, 90), (10, 100, 10)]) == pytest.approx(0.7)
    assert base_rate_of_flags([(0, 100, 90), (0, 0, 0)]) is None
