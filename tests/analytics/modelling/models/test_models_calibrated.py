from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import rankdata
from sklearn.linear_model import LogisticRegression

from analytics.modelling.log_odds import log_odds
from analytics.modelling.measuring.metrics import expected_calibration_error
from analytics.modelling.models.calibrated import (
    BETA_FROM_ROWS,
    Calibrated,
    apply_calibrator,
    fit_calibrated,
    fit_calibrator,
)
from analytics.modelling.models.estimators import spec_of
from analytics.modelling.observing.observations import Observations
from tests.analytics.modelling.model_world import FIRST_DAY


def judged(rows: int, *, said: float, shift: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return raw log-odds that are `said` times too sure and shifted, outcomes, and the truth."""
    rng = np.random.default_rng(rows)
    true = rng.normal(-1.5, 1.2, rows)
    chance = 1 / (1 + np.exp(-true))
    return said * true + shift, (rng.random(rows) < chance).astype(np.int8), chance


@pytest.mark.parametrize("name", ["recency", "rfm_logistic", "logistic_regression"])
def test_probabilities_lie_inside_zero_and_one_and_keep_the_ranking(
    fitted: dict[str, Calibrated], world: Observations, name: str
) -> None:
    model = fitted[name]
    raw, probability = model.raw_log_odds(world.table), model.predict(world.table)
    assert ((probability > 0) & (probability < 1)).all()
    order = np.argsort(raw)
    raised = np.diff(raw[order]) > 1e-9
    assert (np.diff(probability[order])[raised] > 0).all(), "no customer is tied with another"
    assert (np.diff(probability[order]) >= 0).all()


@pytest.mark.parametrize("rows", [300, 5_000])
def test_both_calibrations_rank_as_the_model_does(rows: int) -> None:
    raw, silent, _ = judged(rows, said=2.5, shift=1.0)
    given = apply_calibrator(fit_calibrator(raw, silent), raw)
    inside = (given > 0.001) & (given < 0.999)
    assert inside.mean() > 0.95
    assert (rankdata(given[inside]) == rankdata(raw[inside])).all()


def test_few_rows_get_a_sigmoid_and_many_get_beta_calibration() -> None:
    for rows, terms in ((BETA_FROM_ROWS - 1, 1), (BETA_FROM_ROWS, 2)):
        raw, silent, _ = judged(rows, said=1.0, shift=0.0)
        assert fit_calibrator(raw, silent).n_features_in_ == terms


def test_beta_calibration_that_would_turn_the_ranking_round_gives_way() -> None:
    """Risk that falls at the top would need a negative coefficient."""
    rng = np.random.default_rng(0)
    raw = rng.normal(0, 2, 4_000)
    chance = np.where(raw > 1, 0.05, np.where(raw > -1, 0.6, 0.3))
    silent = (rng.random(4_000) < chance).astype(np.int8)
    assert fit_calibrator(raw, silent).n_features_in_ == 1


@pytest.mark.parametrize("rows", [600, 5_000])
@pytest.mark.parametrize(("said", "shift"), [(3.0, 0.0), (1.0, 2.0), (0.3, -1.0)])
def test_calibration_mends_probabilities_that_are_off(rows: int, said: float, shift: float) -> None:
    raw, silent, _ = judged(rows, said=said, shift=shift)
    half = rows // 2
    calibrator = fit_calibrator(raw[:half], silent[:half])
    before = expected_calibration_error(silent[half:], 1 / (1 + np.exp(-raw[half:])))
    after = expected_calibration_error(silent[half:], apply_calibrator(calibrator, raw[half:]))
    assert after < before
    if rows == 5_000:
        assert after < 0.03


def test_a_calibrated_probability_comes_near_the_true_one() -> None:
    raw, silent, chance = judged(20_000, said=2.0, shift=1.5)
    given = apply_calibrator(fit_calibrator(raw, silent), raw)
    assert np.abs(given - chance).mean() < 0.01


def test_log_odds_never_are_infinite() -> None:
    assert np.isfinite(log_odds(np.array([0.0, 0.5, 1.0]))).all()
    assert log_odds(np.array([0.5]))[0] == 0


def test_nobody_to_score_gives_no_scores(
    fitted: dict[str, Calibrated], world: Observations
) -> None:
    assert fitted["recency"].predict(world.table.iloc[:0]).shape == (0,)
    assert apply_calibrator(LogisticRegression(), np.empty(0)).shape == (0,)


def test_calibration_learns_from_the_later_dates_alone(world: Observations) -> None:
    """On the later dates, leavers are made five times rarer: the risks must follow."""
    early = world.day < FIRST_DAY + 50
    train, later = world.where(early), world.where(~early)
    rng = np.random.default_rng(0)
    rarer = Observations(
        later.table,
        (later.silent * (rng.random(len(later)) < 0.2)).astype(np.int8),
        later.customer_key,
        later.day,
        later.known_day,
        later.early,
    )
    model = fit_calibrated(spec_of("recency"), train, rarer, seed=0)
    assert train.silent.mean() > 0.2
    assert model.predict(later.table).mean() == pytest.approx(rarer.silent.mean(), abs=0.02)
