"""A model with its calibration: fitted on earlier dates, calibrated on a later one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from threadpoolctl import threadpool_limits

from analytics.modelling.exits import MeanOfModels
from analytics.modelling.log_odds import log_odds
from analytics.modelling.models.estimators import ModelSpec
from analytics.modelling.observing.observations import Observations
from analytics.modelling.observing.targets import target_of

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


@dataclass(frozen=True)
class ModelFit:
    """A model as it was fitted, and what it says of the rows that calibrate, in raw log-odds."""

    pipeline: Pipeline
    raw: Floats


def fit_calibrated(
    spec: ModelSpec, train: Observations, calibrate: Observations, *, seed: int
) -> Calibrated:
    """Fit on `train`, then calibrate on `calibrate`, whose dates are later.

    It does not learn again from the later rows: a second fit on all rows, tried on three simulated
    companies, found hardly more leavers, and its risks stood up to 8% higher than those that the
    calibration was made for.
    """
    members = spec.members or (spec,)
    fits = [fit_once(member, train, calibrate, seed=seed) for member in members]
    return calibrated(spec, mean_of_fits(fits), train, calibrate)


def calibrated(
    spec: ModelSpec, fit: ModelFit, train: Observations, calibrate: Observations
) -> Calibrated:
    """Return a fit with its calibration."""
    columns = spec.columns_of(train.table)
    return Calibrated(spec.name, columns, fit.pipeline, fit_calibrator(fit.raw, calibrate.silent))


def fit_once(
    spec: ModelSpec, train: Observations, calibrate: Observations, *, seed: int
) -> ModelFit:
    """Fit a model that learns itself."""
    columns = spec.columns_of(train.table)
    pipeline = _fitted(spec, columns, train, seed=seed)
    unfinished = Calibrated(spec.name, columns, pipeline, LogisticRegression())
    return ModelFit(pipeline, unfinished.raw_log_odds(calibrate.table))


def mean_of_fits(fits: Sequence[ModelFit]) -> ModelFit:
    """Return the mean log-odds of several fits as one; a single one as it is."""
    if len(fits) == 1:
        return fits[0]
    together = Pipeline([("model", MeanOfModels([fit.pipeline for fit in fits]))])
    return ModelFit(together, np.mean([fit.raw for fit in fits], axis=0))


def _fitted(spec: ModelSpec, columns: Sequence[str], rows: Observations, *, seed: int) -> Pipeline:
    pipeline = spec.build(columns, len(rows), seed)
    with threadpool_limits(None if len(rows) >= MANY_ROWS else 1):
        pipeline.fit(rows.table[list(columns)].to_numpy(), target_of(rows, spec.learns))
    if "model__n_estimators" in pipeline.get_params():
        # Threads add trees in whatever order they end; one thread gives the same bytes each time.
        pipeline.set_params(model__n_jobs=1)
    return pipeline
