from __future__ import annotations

import pandas as pd
import pytest

from analytics.modelling.explaining.explain import theme_points, typical_customer
from analytics.modelling.explaining.reason_stability import mean_jaccard, top_three_share
from analytics.modelling.models.calibrated import Calibrated
from analytics.modelling.models.estimators import spec_of
from analytics.modelling.models.uncertainty import refit
from analytics.modelling.observations import Observations
from tests.analytics.modelling.model_world import FIRST_DAY, with_shuffled_labels


@pytest.fixture(scope="module")
def people(world: Observations) -> pd.DataFrame:
    return world.table.iloc[:80]


def drawn(world: Observations) -> tuple[Calibrated, ...]:
    early = world.day < FIRST_DAY + 50
    spec = spec_of("logistic_regression")
    return refit(spec, world.where(early), world.where(~early), seed=0, refits=5)


def test_of_a_sum_the_three_are_those_with_the_largest_shares(
    fitted: dict[str, Calibrated], people: pd.DataFrame
) -> None:
    model, typical = fitted["logistic_regression"], typical_customer(people)
    top = top_three_share([model], people, typical)
    shares = theme_points(model, people, typical).shares
    expected = (shares.rank(axis=1, ascending=False) <= 3) & (shares > 0)
    assert (top.to_numpy() == expected.to_numpy()).all()


def test_the_share_counts_the_refits_that_name_a_theme(
    fitted: dict[str, Calibrated], people: pd.DataFrame
) -> None:
    one, other = fitted["logistic_regression"], fitted["random_forest"]
    typical = typical_customer(people)
    first, second = (top_three_share([model], people, typical) for model in (one, other))
    assert (first != second).any(axis=None)
    together = top_three_share([one, other, one], people, typical)
    pd.testing.assert_frame_equal(together, (2 * first + second) / 3)


def test_reasons_hold_where_there_is_something_to_learn_and_less_where_there_is_not(
    world: Observations, people: pd.DataFrame
) -> None:
    typical = typical_customer(people)
    true = mean_jaccard(drawn(world), people, typical)
    noise = mean_jaccard(drawn(with_shuffled_labels(world, seed=1)), people, typical)
    assert 0 < noise < true <= 1
