"""What is assumed to pull a customer away counts as of the week in which they were last engaged."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.features.state_filter.last_engaged import (
    ENGAGED_DAYS_AGO,
    PRICE_ROSE_BEFORE,
    TROUBLE_THEN,
)
from analytics.scoring.explanations.pulls_away import (
    FIT_PULL,
    PRICE_RISE_PULL,
    RENEWAL_PULL,
    pulls_away,
    when_last_engaged,
)


def customers(*tenure_days: float, **columns: list[float]) -> pd.DataFrame:
    return pd.DataFrame({"tenure_days": tenure_days, **columns})


def engaged(
    *days_ago: float, trouble: float = 0.0, price: tuple[float, ...] | None = None
) -> pd.DataFrame:
    rose = np.full(len(days_ago), np.nan) if price is None else price
    return pd.DataFrame(
        {ENGAGED_DAYS_AGO: days_ago, TROUBLE_THEN: trouble, PRICE_ROSE_BEFORE: rose}
    )


def test_the_pull_of_having_just_come_falls_with_the_weeks_and_is_one_on_the_first_day() -> None:
    found = pulls_away(customers(0, 56, 700), engaged(0, 0, 0))["onboarding"]
    assert found.tolist() == pytest.approx([1, 1 - 0.35 * np.log(2), 1 - 0.35 * np.log(13.5)])


def test_who_faded_since_is_as_new_as_they_were_when_last_engaged() -> None:
    now, then = pulls_away(customers(84, 84), engaged(0, 28))["onboarding"]
    assert then > now
    assert then == pulls_away(customers(56), engaged(0))["onboarding"][0]


def test_a_price_rise_counts_for_eight_weeks_and_no_more() -> None:
    people, then = customers(*[900] * 3), engaged(0, 0, 0, price=(55, 56, np.nan))
    assert pulls_away(people, then)["price"].tolist() == [PRICE_RISE_PULL, 0, 0]


def test_a_contract_counts_in_the_six_weeks_before_each_yearly_end() -> None:
    days = pd.Series([10.0, 41.0, 43.0, 370.0, -5.0, np.nan])
    found = pulls_away(customers(*[900] * 6), engaged(*[0] * 6), days)["price"]
    assert found.tolist() == [RENEWAL_PULL, RENEWAL_PULL, 0, RENEWAL_PULL, 0, 0]
    renewed_since = pulls_away(customers(900), engaged(21), pd.Series([360.0]))["price"]
    assert renewed_since.tolist() == [RENEWAL_PULL]


def test_what_a_source_does_not_record_never_pulls_harder_than_a_poor_fit() -> None:
    bare = pulls_away(customers(900, 2), when_last_engaged(customers(900, 2), None))
    assert (bare[["trouble", "price"]] < FIT_PULL).all(axis=None)
    assert (bare["fit"] == FIT_PULL).all()


def test_without_the_filters_weeks_trouble_is_todays() -> None:
    people = customers(900, 900, trouble_pressure=[0.0, 2.0])
    assert when_last_engaged(people, pd.DataFrame())[TROUBLE_THEN].tolist() == [0, 2]
    known = engaged(0, 7, 14, trouble=3.0)
    assert when_last_engaged(people, known)[ENGAGED_DAYS_AGO].tolist() == [0, 7]
