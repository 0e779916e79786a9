from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from analytics.features.outcomes.labels import Outcome
from analytics.features.prepared import EPOCH, day_number
from analytics.features.rhythm import Rhythm
from analytics.modelling.backtest import backtest
from analytics.modelling.models.estimators import spec_of
from analytics.modelling.observing.observations import Observations, Snapshot
from analytics.modelling.past_dates.weekly_scores import (
    COLUMNS,
    early_model,
    weekly_scores,
    weeks_of,
)
from tests.analytics.modelling.model_world import feature_table, observations

LADDER = (spec_of("base_rate"), spec_of("recency"))


def snapshot(day: date, customers: int = 20) -> Snapshot:
    features = feature_table(customers, np.random.default_rng(day_number(day)))
    features.index.name = "customer_key"
    silent = features["days_since_last_activity"].to_numpy()
    flags = np.zeros(customers, dtype=bool)
    eligible = np.arange(customers) % 2 == 0
    return Snapshot(
        observation_date=day,
        features=features,
        rhythm=Rhythm(np.full(customers, 28.0), ~flags, silent, flags),
        ended=flags,
        eligible=eligible,
        outcome=np.full(customers, Outcome.RETAINED, dtype=np.int8),
        known_day=np.full(customers, day_number(day) + 35.0),
        weekly=np.empty((customers, 0)),
    )


def known_by(told: Observations, day: int) -> Observations:
    return told.where(told.known_day <= day)


def test_the_weeks_run_from_the_oldest_test_date_to_the_runs_date() -> None:
    told = observations()
    tested = backtest(told, origins=2, seed=0, ladder=LADDER)
    first = EPOCH + timedelta(days=tested.test_days[0])
    weeks = weeks_of(tested, first + timedelta(days=20))
    assert weeks == [first, first + timedelta(days=7), first + timedelta(days=14)]


def test_the_early_model_has_learned_from_nothing_later_than_the_oldest_test_date() -> None:
    told = observations()
    tested = backtest(told, origins=2, seed=0, ladder=LADDER)
    early = known_by(told, tested.test_days[0])
    now, then = (early_model(one, tested, seed=0) for one in (told, early))
    assert now.name == tested.champion == "recency"
    np.testing.assert_array_equal(now.predict(told.table), then.predict(told.table))


def test_each_week_has_everyone_and_a_risk_for_those_who_are_scored() -> None:
    told = observations()
    tested = backtest(told, origins=1, seed=0, ladder=LADDER)
    weeks = [date(2026, 5, 3), date(2026, 5, 10)]
    model = early_model(told, tested, seed=0)
    found = weekly_scores(weeks, snapshot, model)
    assert tuple(found.columns) == COLUMNS
    assert found.groupby("day").size().tolist() == [20, 20]
    assert found["risk"].notna().tolist() == (found["customer_key"] % 2 == 0).tolist()
    first = snapshot(weeks[0])
    expected = model.predict(first.features[first.eligible])
    np.testing.assert_allclose(found["risk"][:20].dropna(), expected, rtol=1e-6)


def test_no_week_gives_an_empty_table_with_its_columns() -> None:
    told = observations()
    tested = backtest(told, origins=1, seed=0, ladder=LADDER)
    model = early_model(told, tested, seed=0)
    found = weekly_scores([], snapshot, model)
    assert isinstance(found, pd.DataFrame)
    assert tuple(found.columns) == COLUMNS
    assert found.empty
