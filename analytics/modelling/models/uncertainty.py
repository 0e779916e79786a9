"""How sure a probability is: the spread of models refitted on other draws of the customers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.pipeline import Pipeline

from analytics.modelling.exits import USUAL_STRENGTH
from analytics.modelling.log_odds import log_odds
from analytics.modelling.models.calibrated import HIGHEST, LOWEST, Calibrated, fit_calibrated
from analytics.modelling.models.estimators import ModelSpec, with_strength
from analytics.modelling.models.side_by_side import side_by_side
from analytics.modelling.observing.observations import Observations

REFITS = 8
_FOREST_TREES = 60
#: 90% quantile of Student's t with 7 degrees of freedom: eight refits give a rough spread.
_T_90 = 1.4149239276505077

Floats = npt.NDArray[np.float64]


def refit(
    spec: ModelSpec,
    train: Observations,
    calibrate: Observations,
    *,
    seed: int,
    refits: int = REFITS,
) -> tuple[Calibrated, ...]:
    """Return the model as it would be, had other customers been there to learn from.

    Customers, not rows, are drawn with replacement, for training and calibration alike.
    """
    light = replace(_lighter(spec), members=tuple(map(_lighter, spec.members)))
    draws = np.random.default_rng(seed).spawn(refits)
    jobs = (
        partial(_refitted, light, train, calibrate, rng, seed=seed + number)
        for number, rng in enumerate(draws)
    )
    return tuple(side_by_side(jobs, rows=len(train)))


def _refitted(
    spec: ModelSpec,
    train: Observations,
    calibrate: Observations,
    rng: np.random.Generator,
    *,
    seed: int,
) -> Calibrated:
    return fit_calibrated(spec, _resample(train, rng), _resample(calibrate, rng), seed=seed)


def log_odds_spread(refits: Sequence[Calibrated], features: pd.DataFrame) -> Floats:
    """Return the standard deviation of each row's calibrated log-odds over refits."""
    spread: Floats = np.std(
        [log_odds(refitted.predict(features)) for refitted in refits], axis=0, ddof=1
    )
    return spread


def interval_of(probability: Floats, spread: Floats) -> tuple[Floats, Floats]:
    """Return the ends of the 80% interval, from the spread of the log-odds."""
    center = log_odds(probability)
    low, high = (1 / (1 + np.exp(-(center + sign * _T_90 * spread))) for sign in (-1, 1))
    return np.clip(low, LOWEST, probability), np.clip(high, probability, HIGHEST)


def _lighter(spec: ModelSpec) -> ModelSpec:
    """Return the model with fewer trees and the usual penalty: its spread is alike."""
    usual = with_strength(spec, USUAL_STRENGTH)

    def build(columns: Sequence[str], rows: int, seed: int) -> Pipeline:
        pipeline = usual(columns, rows, seed)
        if "model__n_estimators" in pipeline.get_params():
            pipeline.set_params(model__n_estimators=_FOREST_TREES)
        return pipeline

    return replace(spec, build=build)


def _resample(observations: Observations, rng: np.random.Generator) -> Observations:
    """Draw customers with replacement; keep drawing until both kinds are there."""
    customers, position = np.unique(observations.customer_key, return_inverse=True)
    while True:
        counts = np.bincount(
            rng.integers(0, len(customers), len(customers)), minlength=len(customers)
        )
        rows = np.repeat(np.arange(len(observations)), counts[position])
        if 0 < observations.silent[rows].sum() < len(rows):
            return observations.take(rows)
