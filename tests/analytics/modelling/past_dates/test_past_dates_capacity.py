from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.domain.profiles.profile_file import load_profile
from analytics.modelling.judging import Backtest
from analytics.modelling.past_dates.capacity import capacity_curve
from analytics.modelling.past_dates.profit import cheapest_sensible, cost_of

ACTIONS = load_profile("saas").actions


def world(rows: int = 400, seed: int = 0) -> tuple[Backtest, pd.Series]:
    rng = np.random.default_rng(seed)
    said = rng.beta(1, 6, 2 * rows)
    table = pd.DataFrame(
        {
            "day": np.repeat([20_000, 20_028], rows),
            "customer_key": np.tile(np.arange(rows), 2),
            "silent": (rng.random(2 * rows) < said).astype(np.int8),
            "recency": np.round(said + rng.normal(0, 0.2, 2 * rows), 1),
            "hazard": said,
        }
    )
    index = pd.MultiIndex.from_frame(table[["day", "customer_key"]])
    value = pd.Series(rng.exponential(900.0, 2 * rows), index=index)
    return Backtest(table, pd.DataFrame(), "hazard", ""), value


def test_contacting_all_catches_all_however_they_are_chosen() -> None:
    tested, value = world()
    found = capacity_curve(tested, value, ACTIONS)
    last = found[found["share"] == 1].set_index("policy")
    assert set(last.index) == {"champion", "value_at_risk", "recency", "random"}
    assert last["recall"].to_numpy() == pytest.approx(1.0)
    assert last["contacted"].eq(400).all()
    assert last["net_value"].to_numpy() == pytest.approx(last["net_value"].iloc[0])


def test_the_more_are_contacted_the_more_are_caught() -> None:
    found = capacity_curve(*world(), ACTIONS)
    for _, curve in found.groupby("policy"):
        assert curve["contacted"].is_monotonic_increasing
        assert curve["caught"].is_monotonic_increasing
        assert (curve["caught"] + curve["false_alarms"]).to_numpy() == pytest.approx(
            curve["share"].to_numpy() * 400
        )


def test_chance_catches_its_share_and_the_champion_more() -> None:
    found = capacity_curve(*world(), ACTIONS)
    curve = {policy: part.reset_index(drop=True) for policy, part in found.groupby("policy")}
    assert curve["random"]["recall"].to_numpy() == pytest.approx(curve["random"]["share"])
    middle = curve["champion"]["share"].between(0.05, 0.5)
    assert (curve["champion"]["recall"] > curve["random"]["recall"])[middle].all()


def test_money_is_the_assumed_save_rate_of_the_value_caught_less_the_cost() -> None:
    tested, value = world(rows=3)
    rows = tested.predictions
    action = cheapest_sensible(ACTIONS, float(value.mean()))
    found = capacity_curve(tested, value, ACTIONS)
    last = found[(found["policy"] == "champion") & (found["share"] == 1)].iloc[0]
    saved = float((value.to_numpy() * rows["silent"].to_numpy()).sum()) / 2
    assert last["net_value"] == pytest.approx(
        action.assumed_save_rate * saved - 3 * cost_of(action)
    )
    assert last["net_value_low"] <= last["net_value"] <= last["net_value_high"]


def test_the_dearest_come_first_where_value_at_risk_chooses() -> None:
    tested, value = world()
    rows = tested.predictions.assign(hazard=0.2, silent=1)
    found = capacity_curve(Backtest(rows, pd.DataFrame(), "hazard", ""), value, ACTIONS)
    tenth = found[found["share"].between(0.05, 0.5)].set_index(["policy", "contacted"])["net_value"]
    assert (tenth["value_at_risk"] > tenth["champion"]).all()
