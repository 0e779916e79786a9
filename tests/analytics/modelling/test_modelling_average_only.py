from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analytics.errors import InsufficientData
from analytics.modelling.average_only import average_interval, average_model
from analytics.modelling.models.estimators import AVERAGE
from analytics.modelling.observing.observations import Observations
from analytics.modelling.training import train
from tests.analytics.modelling.model_world import feature_table, observations


def with_leavers(table: Observations, count: int) -> Observations:
    """Return the observations with so many leavers, spread over the dates."""
    silent = np.zeros(len(table), dtype=np.int8)
    silent[np.linspace(0, len(table) - 1, count).astype(int)] = 1
    return replace(table, silent=silent)


def test_the_average_is_never_never() -> None:
    table = feature_table(5, np.random.default_rng(0))
    none = average_model(np.zeros(999, np.int8)).predict(table)
    assert none.tolist() == pytest.approx([0.001] * 5)
    some = average_model(np.repeat([1, 0], [100, 300]).astype(np.int8)).predict(table)
    assert some.tolist() == pytest.approx([100.5 / 401] * 5)


def test_its_interval_counts_customers_and_not_their_dates() -> None:
    table = with_leavers(observations(customers=300, dates=6), 0)
    low, high = average_interval(table, level=0.95)
    assert low == 0
    assert high == pytest.approx(1 - 0.025 ** (1 / 300))
    everybody = replace(table, silent=np.ones(len(table), np.int8))
    assert average_interval(everybody, level=0.95) == pytest.approx((0.025 ** (1 / 300), 1.0))


@pytest.mark.parametrize(("leavers", "said"), [(0, "none of them silent"), (12, "of them silent")])
def test_where_hardly_anybody_left_everybody_gets_the_average_and_the_reason(
    leavers: int, said: str
) -> None:
    table = with_leavers(observations(customers=300, dates=6), leavers)
    found = train(table, as_of_day=int(table.known_day.max()), seed=0)
    assert found.champion.name == AVERAGE
    assert found.unsupported.startswith("These data do not support a prediction")
    assert said in found.unsupported
    assert f"{leavers:,} of 1,800 customer dates" in found.unsupported
    assert len(set(found.champion.predict(table.table))) == 1
    assert found.average_interval is not None
    assert found.early is not None


def test_where_everybody_left_everybody_gets_the_average() -> None:
    table = observations(customers=300, dates=6)
    gone = replace(table, silent=np.ones(len(table), np.int8))
    found = train(gone, as_of_day=int(table.known_day.max()), seed=0)
    assert found.champion.predict(table.table)[0] == pytest.approx(0.999)
    assert "1,800 of 1,800 customer dates" in found.unsupported


def test_where_no_later_date_is_known_even_the_average_is_refused() -> None:
    table = with_leavers(observations(customers=300, dates=1), 0)
    with pytest.raises(InsufficientData, match="needed to learn from"):
        train(table, as_of_day=int(table.known_day.max()), seed=0)
