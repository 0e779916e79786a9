from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from analytics.features.prepared import EPOCH
from analytics.modelling.judging import Backtest
from analytics.modelling.past_dates.past_months import alert_precision, past_months

DAY = 20_000


def backtest_of(rows: pd.DataFrame) -> Backtest:
    return Backtest(rows, pd.DataFrame(), "logistic_regression", "")


def predictions() -> pd.DataFrame:
    """Two dates of four customers; the risks of 0.9 are flagged, and half of them right."""
    return pd.DataFrame(
        {
            "day": np.repeat([DAY, DAY + 28], 4),
            "customer_key": np.tile([0, 1, 2, 3], 2),
            "silent": [1, 0, 1, 0, 0, 0, 0, 1],
            "logistic_regression": [0.9, 0.9, 0.05, 0.05, 0.9, 0.05, 0.05, 0.9],
            "recency": [0.1, 0.2, 0.9, 0.3, 0.5, 0.5, 0.5, 0.5],
            "base_rate": 0.1,
        }
    )


def values(rows: pd.DataFrame) -> pd.Series:
    index = pd.MultiIndex.from_frame(rows[["day", "customer_key"]])
    return pd.Series(10.0 ** index.get_level_values("customer_key"), index=index)


def test_each_date_counts_what_its_flags_were_worth() -> None:
    rows = predictions()
    found = past_months(backtest_of(rows), values(rows)).set_index("observation_date")
    first = found.loc[EPOCH + timedelta(days=DAY)]
    counted = ["scored", "flagged", "went_silent", "caught", "missed", "false_alarms"]
    assert first[counted].tolist() == [4, 2, 2, 1, 1, 1]
    assert first["expected"] == pytest.approx(1.9)
    assert first[["value_caught", "value_missed", "value_false_alarms"]].tolist() == [1, 100, 10]
    assert first["caught_by_silence"] == 1  # customers 2 and 3 were silent the longest


def test_ties_of_silence_count_as_if_drawn_at_random() -> None:
    rows = predictions()
    found = past_months(backtest_of(rows), values(rows))
    assert found["flagged"].tolist() == [2, 2]
    assert found["caught_by_silence"].tolist() == [1, 0]  # 2 of 4 alike, one silent: half a one


def test_the_parts_add_up_whatever_is_said() -> None:
    rng = np.random.default_rng(0)
    rows = pd.DataFrame(
        {
            "day": np.repeat([DAY, DAY + 28], 300),
            "customer_key": np.tile(np.arange(300), 2),
            "silent": (rng.random(600) < 0.2).astype(np.int8),
            "logistic_regression": rng.random(600),
            "recency": rng.integers(0, 9, 600) / 10,
        }
    )
    found = past_months(backtest_of(rows), values(rows) * 0 + 1)
    assert (found["caught"] + found["missed"] == found["went_silent"]).all()
    assert (found["caught"] + found["false_alarms"] == found["flagged"]).all()
    assert (found["value_caught"] == found["caught"]).all()
    assert (found["flagged"] / found["scored"]).between(0.04, 0.12).all()


def test_a_customer_without_a_value_counts_and_brings_nothing() -> None:
    rows = predictions()
    found = past_months(backtest_of(rows), values(rows)[1:])
    assert found["value_caught"][0] == 0
    assert found["caught"][0] == 1


def test_precision_pools_the_dates_and_draws_customers() -> None:
    found = alert_precision(backtest_of(predictions()), values(predictions()), seed=0)
    assert found is not None
    assert found["value"] == 0.5
    assert 0 <= found["low"] <= 0.5 <= found["high"] <= 1
    assert (found["flagged"], found["dates"]) == (4, 2)


def test_nobody_flagged_has_no_precision() -> None:
    rows = predictions().assign(logistic_regression=0.05)
    assert alert_precision(backtest_of(rows), values(rows), seed=0) is None
    assert past_months(backtest_of(rows), values(rows))["flagged"].sum() == 0


def test_dates_are_in_order() -> None:
    rows = predictions()[::-1].reset_index(drop=True)
    found = past_months(backtest_of(rows), values(rows))
    assert found["observation_date"].tolist() == sorted(found["observation_date"])
    assert isinstance(found["observation_date"][0], date)
