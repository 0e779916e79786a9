from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss
from sklearn.metrics import log_loss as log_loss_of_sklearn

from analytics.modelling.measured import counts, measure
from analytics.modelling.measuring.calibration_measures import (
    brier_skill,
    calibration_error_by_chance,
    calibration_slope,
    log_loss,
)
from analytics.modelling.measuring.metrics import expected_calibration_error
from analytics.modelling.measuring.resampling import CustomerDraws


def world(rows: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Return outcomes and the probabilities that they were drawn from."""
    rng = np.random.default_rng(seed)
    said = 1 / (1 + np.exp(-rng.normal(-2, 1, rows)))
    return (rng.random(rows) < said).astype(np.int8), said


def test_log_loss_agrees_with_scikit_learn() -> None:
    silent, said = world(500)
    assert log_loss(silent, said) == pytest.approx(log_loss_of_sklearn(silent, said))
    assert math.isfinite(log_loss([1, 0], [0.0, 1.0]))


def test_skill_is_one_for_foresight_and_none_for_the_average() -> None:
    silent, said = world(2_000)
    assert brier_skill(silent, silent) == 1
    assert brier_skill(silent, np.full(2_000, silent.mean())) == pytest.approx(0)
    assert 0 < brier_skill(silent, said) < 1
    assert math.isnan(brier_skill([0, 0], [0.1, 0.2]))


@pytest.mark.parametrize("rows", [300, 19_999, 20_000])
def test_the_error_by_chance_is_what_right_probabilities_show(rows: int) -> None:
    errors = [expected_calibration_error(*world(rows, seed)) for seed in range(12)]
    by_chance = np.mean([calibration_error_by_chance(world(rows, s)[1], seed=s) for s in range(12)])
    assert by_chance == pytest.approx(float(np.mean(errors)), rel=0.25)


def test_the_error_by_chance_falls_with_the_root_of_the_customers() -> None:
    few, many = (calibration_error_by_chance(world(rows)[1], seed=0) for rows in (1_000, 16_000))
    assert few / many == pytest.approx(4, rel=0.2)


@settings(max_examples=20, deadline=None)
@given(st.floats(0.3, 3.0), st.floats(-1.0, 1.0))
def test_the_slope_undoes_a_stretch_of_the_log_odds(stretch: float, shift: float) -> None:
    silent, said = world(3_000)
    log_odds = np.log(said / (1 - said))
    bent = 1 / (1 + np.exp(-(stretch * log_odds + shift)))
    assert calibration_slope(silent, bent) * stretch == pytest.approx(
        calibration_slope(silent, said), rel=1e-3
    )


def test_the_slope_is_that_of_a_logistic_regression() -> None:
    silent, said = world(2_000)
    log_odds = np.log(said / (1 - said))[:, None]
    fitted = LogisticRegression(C=1e9, tol=1e-8).fit(log_odds, silent)
    assert calibration_slope(silent, said) == pytest.approx(fitted.coef_[0, 0], rel=1e-3)


@pytest.mark.parametrize(
    ("silent", "said"),
    [([0, 0], [0.1, 0.2]), ([0, 1], [0.3, 0.3]), ([0, 0, 1, 1], [0.1, 0.2, 0.8, 0.9])],
)
def test_a_slope_that_does_not_exist_is_missing(silent: list[int], said: list[float]) -> None:
    assert math.isnan(calibration_slope(silent, said))


def test_a_rank_without_probability_has_no_calibration() -> None:
    silent, score = np.array([0, 1, 0, 1], np.int8), np.array([3.0, 9.0, 4.0, 8.0])
    draws = CustomerDraws.of(np.arange(4), seed=0)
    found = measure(silent, score, draws, is_probability=False)
    assert (found.customers, found.positives, found.auc) == (4, 2, 1.0)
    for name in ("brier", "brier_skill", "log_loss", "ece", "ece_by_chance", "calibration_slope"):
        assert math.isnan(getattr(found, name))
    assert measure(silent, score / 10, draws).brier == pytest.approx(
        brier_score_loss(silent, score / 10)
    )


def test_seen_over_said_has_an_interval_that_holds_one_for_right_probabilities() -> None:
    silent, said = world(3_000)
    draws = CustomerDraws.of(np.arange(3_000), seed=0)
    right, twice = measure(silent, said, draws), measure(silent, said / 2, draws)
    assert right.observed_over_expected == pytest.approx(silent.sum() / said.sum())
    assert right.observed_over_expected_low < 1 < right.observed_over_expected_high
    assert twice.observed_over_expected_low > 1.5


def test_counts_alone_hold_no_figure() -> None:
    found = counts(np.array([1, 0, 0], np.int8))
    assert (found.customers, found.positives) == (3, 1)
    assert math.isnan(found.auc)
