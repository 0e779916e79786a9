"""Seconds to explain 100,000 customers, each exactly; run with `make bench`."""

from __future__ import annotations

import time

import numpy as np
import pandas as pd
import pytest

from analytics.modelling.explaining.explain import direction_of
from analytics.modelling.models.calibrated import fit_calibrated
from analytics.modelling.models.estimators import spec_of
from analytics.scoring.explanations.causes import likely_causes
from analytics.scoring.explanations.explained import reasons_for_risk
from tests.analytics.modelling.model_world import FIRST_DAY, feature_table, observations

pytestmark = pytest.mark.bench

CUSTOMERS = 100_000
EXPLAIN_SECONDS = 60.0


@pytest.mark.parametrize("name", ["logistic_regression", "gradient_boosting", "random_forest"])
def test_a_hundred_thousand_customers_are_explained_in_under_a_minute(name: str) -> None:
    world = observations(customers=5_000, dates=4)
    early = world.day < FIRST_DAY + 50
    model = fit_calibrated(spec_of(name), world.where(early), world.where(~early), seed=0)
    people: pd.DataFrame = feature_table(CUSTOMERS, np.random.default_rng(1)).abs()
    start = time.perf_counter()
    reasons = reasons_for_risk(
        model, people, direction_of(world.table, world.silent), likely_causes(people)
    )
    taken = time.perf_counter() - start
    print(f"\n{name}: {len(reasons):,} reasons of {CUSTOMERS:,} customers in {taken:.1f} s")
    assert taken < EXPLAIN_SECONDS
