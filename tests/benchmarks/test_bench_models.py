"""Seconds to train and score many customers; run with `make bench-models`."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from analytics.cli.commands import demo_commands
from analytics.etl.landing.landed import current_landing
from analytics.features.prepared import day_number
from analytics.modelling.models.calibrated import fit_calibrated
from analytics.modelling.models.estimators import LADDER
from analytics.modelling.observing.observations import stack
from analytics.modelling.training import check_enough, train
from analytics.pipeline.observing.chosen_profile import chosen_profile, named_profile
from analytics.pipeline.observing.fleet_log import fleet_log
from analytics.pipeline.observing.observed import as_of_date, observe, observed_source
from analytics.scoring.scores import score
from analytics.settings import Settings
from tests.analytics.modelling.model_world import FIRST_DAY, feature_table, observations

pytestmark = [pytest.mark.bench, pytest.mark.timeout(3600)]

CUSTOMERS = 100_000
ORIGINS = 10
TRAIN_AND_SCORE_SECONDS = 300.0
SCORED_ROWS = 1_000_000
SCORE_SECONDS = 60.0


def test_a_hundred_thousand_customers_are_trained_and_scored_in_five_minutes(
    tmp_path: Path,
) -> None:
    settings = Settings.load(workspace=tmp_path)
    now = datetime(2026, 6, 29, 9, tzinfo=UTC)
    demo_commands._land_simulated(settings, customers=CUSTOMERS, seed=1, now=now)
    landed = current_landing(settings.data_folder)
    profile = chosen_profile(named_profile("saas"), landed.report.event_types)
    as_of = as_of_date(fleet_log(landed, profile, today=now.date()), None)
    start = time.perf_counter()
    with observed_source(settings, landed, profile) as source:
        seen = observe(source, landed, profile=profile, as_of=as_of, say=print, dates=ORIGINS)
        first_day = source.prepared.first_day
    counted = time.perf_counter()
    check_enough(seen.snapshots, profile, first_day)
    rows = stack(seen.snapshots, early_warning_days=profile.early_warning_days)
    trained = train(rows, as_of_day=day_number(as_of), seed=1)
    fitted = time.perf_counter()
    scores = [score(one, trained) for one in seen.snapshots]
    done = time.perf_counter()
    print(
        f"\n{CUSTOMERS:,} customers, {ORIGINS} origins, {len(rows):,} labelled rows: features "
        f"{counted - start:.0f} s; the ladder on {len(trained.backtest.test_days)} test dates with "
        f"leak gates and the champion ({trained.champion.name}) {fitted - counted:.0f} s; "
        f"{sum(len(one.churn_risk) for one in scores):,} rows scored in {done - fitted:.1f} s"
    )
    assert done - counted < TRAIN_AND_SCORE_SECONDS


@pytest.mark.parametrize("name", ["logistic_regression", "random_forest", "gradient_boosting"])
def test_a_million_rows_are_scored_in_under_a_minute(name: str) -> None:
    world = observations(customers=5_000, dates=4)
    early = world.day < FIRST_DAY + 50
    spec = next(one for one in LADDER if one.name == name)
    model = fit_calibrated(spec, world.where(early), world.where(~early), seed=0)
    people = feature_table(SCORED_ROWS, np.random.default_rng(1))
    start = time.perf_counter()
    risk = model.predict(people)
    taken = time.perf_counter() - start
    print(f"\n{name}: {len(risk):,} rows scored in {taken:.1f} s")
    assert taken < SCORE_SECONDS
