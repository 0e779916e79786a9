from __future__ import annotations

import pytest
from sklearn.pipeline import Pipeline

from analytics.modelling.models.calibrated import Calibrated, fit_calibrated
from analytics.modelling.models.estimators import NOVELTY_COLUMNS, build_novelty, spec_of
from analytics.modelling.observing.observations import Observations
from tests.analytics.modelling.model_world import FIRST_DAY, observations

TOLD_BY = ("days_since_last_activity", "friction_events_28d", "contacts_28d")


@pytest.fixture(scope="package")
def world() -> Observations:
    """Silence told by one feature of recency, one of friction and one of voice."""
    return observations(customers=300, dates=4, told_by=TOLD_BY, effect=1.0)


@pytest.fixture(scope="package")
def fitted(world: Observations) -> dict[str, Calibrated]:
    """Each rung of the ladder, trained on two dates and calibrated on the two after."""
    early = world.day < FIRST_DAY + 50
    train, later = world.where(early), world.where(~early)
    names = ("recency", "rfm_logistic", "logistic_regression", "random_forest")
    return {name: fit_calibrated(spec_of(name), train, later, seed=0) for name in names}


@pytest.fixture(scope="package")
def novelty(world: Observations) -> Pipeline:
    """The Isolation Forest of the world."""
    return build_novelty(0).fit(world.table[list(NOVELTY_COLUMNS)].to_numpy())
