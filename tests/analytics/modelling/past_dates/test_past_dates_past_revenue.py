"""Money predicted on past dates, against the value of those who went silent."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.domain.numbers.measures import revenue_interval
from analytics.domain.tables.value_tables import PastRevenue
from analytics.modelling.judging import Backtest
from analytics.modelling.past_dates.past_revenue import FEWEST_CUSTOMERS, past_revenue
from analytics.modelling.training import ASSUMED_SHOCK_SD, shock_sd_of

DAYS = (20_000, 20_028, 20_056)
SIZE = 400


def world(
    shifts: tuple[float, ...] = (0.0, 0.0, 0.0), seed: int = 0
) -> tuple[Backtest, pd.Series, pd.DataFrame]:
    """Customers with right risks, but for a shift of each date's log-odds."""
    rng = np.random.default_rng(seed)
    parts = []
    for day, shift in zip(DAYS, shifts, strict=False):
        raw = rng.normal(-2.0, 1.0, SIZE)
        came = rng.random(SIZE) < 1 / (1 + np.exp(-(raw + shift)))
        predicted = 1 / (1 + np.exp(-raw))
        columns = {"day": day, "customer_key": np.arange(SIZE), "silent": came.astype(np.int8)}
        parts.append(pd.DataFrame({**columns, "model": predicted, "base_rate": 0.1}))
    rows = pd.concat(parts, ignore_index=True)
    index = pd.MultiIndex.from_frame(rows[["day", "customer_key"]])
    value = pd.Series(rng.lognormal(5, 0.8, len(rows)), index=index)
    plan = np.where(np.arange(SIZE) < SIZE / 2, "Basic", "Team")
    people = pd.DataFrame({"plan": plan, "segment": None}, index=range(SIZE))
    return Backtest(rows, pd.DataFrame(), "model", ""), value, people


def test_each_date_says_and_loses_what_a_hand_would_add_up() -> None:
    tested, value, people = world()
    found = past_revenue(tested, value, people)
    assert list(found.columns) == list(PastRevenue.table.column_names)
    first = found[found["kind"] == "all"].iloc[0]
    rows = tested.predictions[:SIZE]
    stake = value.to_numpy()[:SIZE]
    assert first["predicted"] == pytest.approx((rows["model"] * stake).sum())
    assert first["lost"] == pytest.approx(stake[rows["silent"] == 1].sum())
    assert first["scored"] == SIZE
    assert first["went_silent"] == rows["silent"].sum()


def test_the_interval_takes_its_shock_from_the_other_dates_only() -> None:
    tested, value, people = world(shifts=(0.0, 0.0, 1.2))
    found = past_revenue(tested, value, people)
    last = found[found["kind"] == "all"].iloc[2]
    rows = tested.predictions[2 * SIZE :]
    risk, stake = rows["model"].to_numpy(), value.to_numpy()[2 * SIZE :]
    expected = revenue_interval(
        float((risk * stake).sum()),
        variance=float((risk * (1 - risk) * stake**2).sum()),
        shock=float((risk * (1 - risk) * stake).sum()),
        shock_sd=shock_sd_of(tested.predictions[: 2 * SIZE], "model"),
    )
    assert (last["predicted_low"], last["predicted_high"]) == pytest.approx(
        (expected.low, expected.high)
    )
    assert not last["held"], "a bad period that no other date has shown is not held"


def test_a_single_date_has_the_assumed_shock() -> None:
    tested, value, people = world(shifts=(0.0,))
    row = past_revenue(tested, value, people).iloc[0]
    risk, stake = tested.predictions["model"].to_numpy(), value.to_numpy()
    shock = float((risk * (1 - risk) * stake).sum())
    variance = float((risk * (1 - risk) * stake**2).sum())
    wide = revenue_interval(
        row["predicted"], variance=variance, shock=shock, shock_sd=ASSUMED_SHOCK_SD
    )
    assert row["predicted_high"] == pytest.approx(wide.high)


def test_groups_of_a_date_add_up_to_it_where_none_is_left_out() -> None:
    tested, value, people = world()
    found = past_revenue(tested, value, people)
    for kind in ("plan",):
        sums = found[found["kind"] == kind].groupby("observation_date")[["predicted", "lost"]].sum()
        whole = found[found["kind"] == "all"].set_index("observation_date")[["predicted", "lost"]]
        pd.testing.assert_frame_equal(sums, whole)
    assert "segment" not in set(found["kind"]), "a column that does not vary is no group"


def test_a_tiny_group_is_left_out_and_a_customer_without_a_value_brings_nothing() -> None:
    tested, value, people = world()
    people["plan"] = np.where(np.arange(SIZE) < FEWEST_CUSTOMERS - 1, "Tiny", "Rest")
    found = past_revenue(tested, value[value.index.get_level_values(1) > 0], people)
    assert set(found.loc[found["kind"] == "plan", "part"]) == {"Rest"}
    assert (found.loc[found["kind"] == "all", "scored"] == SIZE).all()


def test_intervals_of_right_risks_hold_four_of_five() -> None:
    """Many businesses without any shock; the least shock assumed makes them a little wide."""
    held = []
    for seed in range(40):
        found = past_revenue(*world(seed=seed))
        held += found.loc[found["kind"] == "plan", "held"].tolist()
    assert np.mean(held) == pytest.approx(0.83, abs=0.07)
