"""A model with its calibration: fitted on earlier dates, calibrated on a later one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

from analytics.modelling.estimators import ModelSpec
from analytics.modelling.observations import Observations

Floats = npt.NDArray[np.float64]

#: Isotonic regression needs many rows of both kinds; below it a two-parameter sigmoid is safer.
ISOTONIC_FROM_ROWS = 5_000
ISOTONIC_FROM_POSITIVES = 1_000
LOWEST, HIGHEST = 0.001, 0.999


@dataclass(frozen=True)
class Calibrated:
    """A fitted model and calibrator.

    Parameters
    ----------
    calibrator
        Logistic regression on the model's log-odds (sigmoid), or isotonic regression on them.
    """

    name: str
    columns: tuple[str, ...]
    pipeline: Pipeline
    calibrator: LogisticRegression | IsotonicRegression

    def raw_log_odds(self, features: pd.DataFrame) -> Floats:
        """Return the log-odds before calibration."""
        if not len(features):
            return np.empty(0)
        probability = self.pipeline.predict_proba(features[list(self.columns)].to_numpy())[:, 1]
        return log_odds(probability)

    def predict(self, features: pd.DataFrame) -> Floats:
        """Return calibrated probabilities of silent churn, one a row."""
        return apply_calibrator(self.calibrator, self.raw_log_odds(features))


def log_odds(probability: Floats) -> Floats:
    """Return ln(p / (1 - p)), with p kept away from 0 and 1."""
    kept = np.clip(probability, 1e-4, 1 - 1e-4)
    result: Floats = np.log(kept / (1 - kept))
    return result


def apply_calibrator(calibrator: LogisticRegression | IsotonicRegression, raw: Floats) -> Floats:
    """Turn raw log-odds into calibrated probabilities."""
    if not len(raw):
        return np.empty(0)
    if isinstance(calibrator, IsotonicRegression):
        calibrated = calibrator.predict(raw)
    else:
        calibrated = calibrator.predict_proba(raw[:, None])[:, 1]
    result: Floats = np.clip(calibrated, LOWEST, HIGHEST)
    return result


def fit_calibrator(
    raw: Floats, silent: npt.NDArray[np.int8]
) -> LogisticRegression | IsotonicRegression:
    """Fit a sigmoid where there are few rows, isotonic regression where there are many."""
    positives = int(silent.sum())
    fewest = min(positives, len(silent) - positives)
    if len(silent) >= ISOTONIC_FROM_ROWS and fewest >= ISOTONIC_FROM_POSITIVES:
        return IsotonicRegression(out_of_bounds="clip").fit(raw, silent)
    return LogisticRegression(C=1e4).fit(raw[:, None], silent)


def fit_calibrated(
    spec: ModelSpec, train: Observations, calibrate: Observations, *, seed: int
) -> Calibrated:
    """Fit on `train`, then calibrate on `calibrate`, whose dates are later."""
    pipeline = spec.build(len(train), seed)
    pipeline.fit(train.table[list(spec.columns)].to_numpy(), train.silent)
    unfinished = Calibrated(spec.name, spec.columns, pipeline, IsotonicRegression())
    calibrator = fit_calibrator(unfinished.raw_log_odds(calibrate.table), calibrate.silent)
    return Calibrated(spec.name, spec.columns, pipeline, calibrator)
