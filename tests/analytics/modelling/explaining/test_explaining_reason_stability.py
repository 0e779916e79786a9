from __future__ import annotations

import pandas as pd
import pytest

from analytics.modelling.explaining.explain import theme_points, typical_customer
from analytics.modelling.explaining.reason_stability import top_three_share
from analytics.modelling.models.calibrated import Calibrated
from analytics.modelling.observing.observations import Observations


@pytest.fixture(scope="module")
def people(world: Observations) -> pd.DataFrame:
    return world.table.iloc[:80]


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
