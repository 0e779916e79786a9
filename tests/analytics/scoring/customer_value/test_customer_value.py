from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.domain.customer.value_form import ValueForm, value_form_word
from analytics.domain.profiles.profile import Profile
from analytics.domain.profiles.profile_file import load_profile
from analytics.modelling.lifetime.future_spend import Spend
from analytics.scoring.customer_value.value import (
    DAYS_A_MONTH,
    Value,
    monthly_revenue,
    subscription_value,
    with_purchases,
)

SAAS = replace(load_profile("saas"), margin=0.8, discount_rate_annual=0.1)
SHOP = replace(load_profile("retail"), margin=0.3, discount_rate_annual=0.1)
NAN = float("nan")
MONTHS = np.arange(1, 13)


def features(
    tenure: float = 400.0, bought: float = 0.0, invoiced: float = 0.0, rows: int = 1
) -> pd.DataFrame:
    columns = {
        "tenure_days": tenure,
        "value_180d": bought,
        "invoiced_90d": invoiced,
        "value_per_purchase": 20.0,
    }
    return pd.DataFrame(columns, index=range(rows))


def worth(
    table: pd.DataFrame,
    recurring: float = NAN,
    committed: float = 0.0,
    *,
    profile: Profile = SAAS,
    loss_a_month: float = 0.02,
) -> Value:
    rows = len(table)
    monthly = monthly_revenue(table, np.full(rows, recurring), profile)
    survival = (1 - loss_a_month) ** MONTHS
    return subscription_value(monthly, survival, np.full(rows, committed), profile)


def test_the_value_of_one_customer_by_hand() -> None:
    """100 a month at a margin of 0.8, 2% lost each month, 10% discount a year."""
    expected = sum(0.8 * 100 * 0.98**month / 1.1 ** (month / 12) for month in range(1, 13))
    found = worth(features(), recurring=100.0)
    assert found.if_stays[0] == pytest.approx(expected)
    assert found.if_leaves[0] == 0
    assert found.at_stake[0] == pytest.approx(expected)
    assert found.monthly_revenue[0] == 100
    assert found.form[0] == ValueForm.SUBSCRIPTION
    assert found.spread[0] == 0
    assert not found.assumed[0]


def test_a_committed_term_is_paid_either_way_and_so_not_at_risk() -> None:
    free = worth(features(), recurring=100.0)
    half = worth(features(), recurring=100.0, committed=6 * DAYS_A_MONTH + 1)
    paid = sum(0.8 * 100 / 1.1 ** (month / 12) for month in range(1, 7))
    assert half.if_leaves[0] == pytest.approx(paid)
    assert half.if_stays[0] > free.if_stays[0]
    assert half.at_stake[0] < free.at_stake[0]
    whole = worth(features(), recurring=100.0, committed=400.0)
    assert whole.at_stake[0] == pytest.approx(0.0)


def test_faster_losses_make_everyone_worth_less() -> None:
    few, many = (worth(features(), 100.0, loss_a_month=one).if_stays[0] for one in (0.02, 0.3))
    assert few > many > 0


def test_revenue_is_known_from_the_table_then_invoices_then_purchases() -> None:
    table = features(tenure=400.0, bought=600.0, invoiced=270.0)
    assert worth(table, 50.0, profile=SHOP).monthly_revenue[0] == 50
    billed = worth(table, profile=SHOP)
    assert billed.monthly_revenue[0] == pytest.approx(270 / 3)
    assert billed.form[0] == ValueForm.SUBSCRIPTION
    bought = worth(features(bought=600.0), profile=SHOP)
    assert bought.monthly_revenue[0] == pytest.approx(600 / (180 / DAYS_A_MONTH))
    assert bought.form[0] == ValueForm.RECENT_PURCHASES


def test_purchases_are_no_revenue_of_a_subscription() -> None:
    found = worth(features(bought=600.0))
    assert found.monthly_revenue[0] == SAAS.default_monthly_value
    assert found.assumed[0], "shown as an assumption"
    assert found.spread[0] == 0  # one assumption for all, no luck of each


def test_a_young_customers_purchases_count_for_the_time_they_had() -> None:
    young = worth(features(tenure=90.0, bought=600.0), profile=SHOP)
    assert young.monthly_revenue[0] == pytest.approx(600 / (90 / DAYS_A_MONTH))
    newest = worth(features(tenure=2.0, bought=600.0), profile=SHOP)
    assert newest.monthly_revenue[0] == pytest.approx(600 / (30 / DAYS_A_MONTH)), "never a day's"


def test_one_who_bought_nothing_of_late_is_worth_nothing_in_a_shop() -> None:
    found = worth(features(), profile=SHOP)
    assert found.monthly_revenue[0] == 0
    assert found.at_stake[0] == 0
    assert not found.assumed[0]


def test_expected_purchases_are_earned_at_the_margin_and_discounted_to_mid_year() -> None:
    before = worth(features(bought=600.0, rows=2), profile=SHOP)
    spend = Spend(np.array([500.0]), np.array([80.0]), np.array([0.25]))
    found = with_purchases(before, np.array([1]), spend, SHOP)
    assert found.if_stays[1] == pytest.approx(0.3 * 500 / 1.1**0.5)
    assert found.if_leaves[1] == pytest.approx(0.3 * 80 / 1.1**0.5), "some come back later"
    assert found.spread[1] == pytest.approx(0.5 * found.at_stake[1])
    assert list(found.form) == [ValueForm.RECENT_PURCHASES, ValueForm.PURCHASES]
    assert found.if_stays[0] == before.if_stays[0], "others keep what they had"


def bands_of(money: np.ndarray) -> np.ndarray:
    return Value(money, money, money * 0, np.full(len(money), "subscription"), money * 0).band


@pytest.mark.parametrize("rows", [3, 30, 100])
def test_value_bands_are_thirds_where_values_differ(rows: int) -> None:
    money = np.random.default_rng(rows).permutation(rows).astype(float)
    counts = pd.Series(bands_of(money)).value_counts()
    assert set(counts.index) == {"high", "middle", "low"}
    assert counts.max() - counts.min() <= 1


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 4), min_size=1, max_size=40))
def test_equal_values_are_in_one_band_and_more_is_never_lower(money: list[int]) -> None:
    """The band is told by the value, not by the row in which a customer happens to stand."""
    order = {"low": 0, "middle": 1, "high": 2}
    found = pd.Series([order[one] for one in bands_of(np.array(money, dtype=float))])
    by_value = found.groupby(np.array(money))
    assert (by_value.nunique() == 1).all()
    assert by_value.first().is_monotonic_increasing


def test_where_all_are_worth_the_same_all_are_in_the_middle() -> None:
    assert set(bands_of(np.full(30, 49.0))) == {"middle"}


def test_value_at_stake_is_never_negative() -> None:
    ones = np.ones(2)
    assert (Value(ones, ones, ones * 5, np.full(2, "subscription"), ones).at_stake == 0).all()


def test_every_form_has_words_and_an_unknown_one_keeps_its_name() -> None:
    assert len({value_form_word(str(one)) for one in ValueForm}) == len(ValueForm)
    assert value_form_word("of old") == "of old"
