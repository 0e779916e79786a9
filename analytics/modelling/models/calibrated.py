"""A model with its calibration: fitted on earlier dates, calibrated on a later one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from threadpoolctl import threadpool_limits

from analytics.modelling.models.estimators import ModelSpec
from analytics.modelling.observations import Observations

Floats = npt.NDArray[np.float64]

#: Below so many rows the two parameters of a sigmoid are safer than the three of beta calibration.
BETA_FROM_ROWS = 1_000
_BETA_TERMS = 2
LOWEST, HIGHEST = 0.001, 0.999
#: With fewer rows, threads of the linear algebra wait for each other longer than they work.
MANY_ROWS = 50_000


@dataclass(frozen=True)
class Calibrated:
    """A fitted model and calibrator.

    Parameters
    ----------
    calibrator
        Logistic regression on the model's log-odds (sigmoid), or on their two halves (beta).
    """

    name: str
    columns: tuple[str, ...]
    pipeline: Pipeline
    calibrator: LogisticRegression

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


def apply_calibrator(calibrator: LogisticRegression, raw: Floats) -> Floats:
    """Turn raw log-odds into calibrated probabilities."""
    if not len(raw):
        return np.empty(0)
    terms = _terms(raw, beta=calibrator.n_features_in_ == _BETA_TERMS)
    result: Floats = np.clip(calibrator.predict_proba(terms)[:, 1], LOWEST, HIGHEST)
    return result


def fit_calibrator(raw: Floats, silent: npt.NDArray[np.int8]) -> LogisticRegression:
    """Fit a sigmoid where there are few rows, beta calibration where there are many.

    Both keep the ranking strictly; isotonic regression would tie customers and lose half of it
    (beta calibration: Kull, Silva Filho and Flach 2017).
    """
    if len(silent) >= BETA_FROM_ROWS:
        fitted = LogisticRegression(C=1e4, max_iter=1000).fit(_terms(raw, beta=True), silent)
        if (fitted.coef_ >= 0).all():
            return fitted
    return LogisticRegression(C=1e4, max_iter=1000).fit(_terms(raw, beta=False), silent)


def _terms(raw: Floats, *, beta: bool) -> Floats:
    """Return the log-odds (sigmoid), or ln p and -ln(1 - p) (beta), one row an observation."""
    if not beta:
        return raw[:, None]
    return np.column_stack([-np.log1p(np.exp(-raw)), np.log1p(np.exp(raw))])


def fit_calibrated(
    spec: ModelSpec, train: Observations, calibrate: Observations, *, seed: int
) -> Calibrated:
    """Fit on `train`, then calibrate on `calibrate`, whose dates are later."""
    columns = spec.columns_of(train.table)
    pipeline = spec.build(columns, len(train), seed)
    target = train.weeks_known_by() if spec.learns_weeks else train.silent
    with threadpool_limits(None if len(train) >= MANY_ROWS else 1):
        pipeline.fit(train.table[list(columns)].to_numpy(), target)
    if "model__n_estimators" in pipeline.get_params():
        # Threads add trees in whatever order they end; one thread gives the same bytes each time.
        pipeline.set_params(model__n_jobs=1)
    unfinished = Calibrated(spec.name, columns, pipeline, LogisticRegression())
    calibrator = fit_calibrator(unfinished.raw_log_odds(calibrate.table), calibrate.silent)
    return Calibrated(spec.name, columns, pipeline, calibrator)
