"""Models that learn from chances of having gone."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

from analytics.modelling.exits import STRENGTHS, USUAL_STRENGTH, ExitLogistic, MeanOfModels
from analytics.modelling.hazard import WeeklyHazard

ROWS = 4_000


def world(seed: int, columns: int = 3) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return columns, true chances of having gone, and six dates in turn."""
    rng = np.random.default_rng(seed)
    table = rng.normal(size=(ROWS, columns))
    return table, expit(1.5 * table[:, 0] - 2), np.repeat(np.arange(6) * 28, ROWS // 6 + 1)[:ROWS]


def test_chances_teach_what_outcomes_drawn_from_them_would() -> None:
    table, chance, day = world(1)
    model = ExitLogistic().fit(table, np.column_stack([chance, day]))
    said = model.predict_proba(table)[:, 1]
    assert np.abs(said - chance).mean() < 0.02
    assert model.predict_proba(table).sum(axis=1) == pytest.approx(np.ones(ROWS))


def test_the_penalty_is_strong_where_most_columns_say_nothing() -> None:
    rng = np.random.default_rng(2)
    table, chance, day = world(2, columns=150)
    few = np.sort(rng.choice(ROWS, 150, replace=False))
    gone = (rng.random(150) < chance[few]).astype(float)
    noisy = ExitLogistic().fit(table[few], np.column_stack([gone, day[few]]))
    plain = ExitLogistic().fit(table[:, :3], np.column_stack([chance, day]))
    assert noisy.strength_ < plain.strength_ == max(STRENGTHS)


def test_the_penalty_is_the_usual_one_where_dates_are_few() -> None:
    table, chance, _ = world(3)
    model = ExitLogistic().fit(table, np.column_stack([chance, np.zeros(ROWS)]))
    assert model.strength_ == USUAL_STRENGTH


def test_the_mean_of_models_is_the_mean_of_their_log_odds() -> None:
    table, chance, _ = world(4)
    gone = np.random.default_rng(4).random(ROWS) < chance
    pipelines = [
        Pipeline([("model", LogisticRegression(C=strength).fit(table, gone))])
        for strength in (1e-3, 1.0)
    ]
    together = MeanOfModels(pipelines).predict_proba(table)[:, 1]
    sums = [pipeline[-1].decision_function(table) for pipeline in pipelines]
    assert together == pytest.approx(expit(np.mean(sums, axis=0)), abs=1e-3)


def test_a_hazard_adds_up_over_as_many_weeks_as_it_is_asked_for() -> None:
    rng = np.random.default_rng(5)
    table = rng.normal(size=(ROWS, 2))
    week = np.where(rng.random(ROWS) < expit(table[:, 0] - 1), rng.integers(1, 9, ROWS), 0)
    target = np.column_stack([week, np.zeros(ROWS), np.full(ROWS, 8)])
    chances = [
        WeeklyHazard(weeks=weeks).fit(table, target).predict_proba(table)[:, 1] for weeks in (1, 4)
    ]
    assert (chances[0] < chances[1]).all()
    assert chances[1].mean() == pytest.approx(((week >= 1) & (week <= 4)).mean(), abs=0.02)
