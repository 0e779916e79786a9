from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analytics.domain.profile import load_profile
from analytics.scoring.value import DAYS_A_MONTH, Value, value_of

SAAS = replace(load_profile("saas"), margin=0.8, discount_rate_annual=0.1)
SHOP = replace(load_profile("retail"), margin=0.3, discount_rate_annual=0.1)
NAN = float("nan")


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
    profile: object = SAAS,
    base_rate: float = 0.1,
) -> Value:
    rows = len(table)
    return value_of(
        table,
        np.full(rows, recurring),
        np.full(rows, committed),
        profile=profile,  # type: ignore[arg-type]
        base_rate=base_rate,
        horizon_days=35.0,
    )


def test_the_value_of_one_customer_by_hand() -> None:
    """100 a month at a margin of 0.8, staying at 0.9 a horizon of 35 days, 10% discount a year."""
    expected, alive = 0.0, 1.0
    for month in range(1, 13):
        alive *= 0.9 ** (DAYS_A_MONTH / 35)
        expected += 0.8 * 100 * alive / 1.1 ** (month / 12)
    found = worth(features(), recurring=100.0)
    assert found.if_stays[0] == pytest.approx(expected)
    assert found.if_leaves[0] == 0
    assert found.at_stake[0] == pytest.approx(expected)
    assert found.monthly_revenue[0] == 100
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


def test_a_higher_base_rate_makes_everyone_worth_less() -> None:
    few, many = (worth(features(), 100.0, base_rate=one).if_stays[0] for one in (0.02, 0.3))
    assert few > many > 0
    assert np.isfinite(worth(features(), 100.0, base_rate=1.0).if_stays[0])


def test_revenue_is_known_from_the_table_then_invoices_then_purchases() -> None:
    table = features(tenure=400.0, bought=600.0, invoiced=270.0)
    assert worth(table, 50.0, profile=SHOP).monthly_revenue[0] == 50
    assert worth(table, profile=SHOP).monthly_revenue[0] == pytest.approx(270 / 3)
    bought = worth(features(bought=600.0), profile=SHOP)
    assert bought.monthly_revenue[0] == pytest.approx(600 / (180 / DAYS_A_MONTH))
    assert not bought.assumed[0]


def test_purchases_are_no_revenue_of_a_subscription() -> None:
    found = worth(features(bought=600.0))
    assert found.monthly_revenue[0] == SAAS.default_monthly_value
    assert found.assumed[0], "shown as an assumption"


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


@pytest.mark.parametrize("rows", [3, 30, 100])
def test_value_bands_are_thirds_even_where_values_are_tied(rows: int) -> None:
    rng = np.random.default_rng(rows)
    money = rng.integers(0, 4, rows).astype(float)
    flags = np.zeros(rows, bool)
    band = Value(money, money, money * 0, flags).band
    counts = pd.Series(band).value_counts()
    assert set(counts.index) == {"high", "middle", "low"}
    assert counts.max() - counts.min() <= 1
    assert money[band == "high"].min() >= money[band == "low"].max()


def test_value_at_stake_is_never_negative() -> None:
    ones = np.ones(2)
    assert (Value(ones, ones, ones * 5, ones > 0).at_stake == 0).all()
