"""The average risk, where too few left, or too few stayed, for any model to be learned."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import beta
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

from analytics.modelling.backtest import novelty_score
from analytics.modelling.judging import Backtest, judge
from analytics.modelling.models.calibrated import Calibrated
from analytics.modelling.models.estimators import AVERAGE, NOVELTY_NAME, spec_of
from analytics.modelling.observing.observations import Observations
from analytics.modelling.observing.split import MIN_CALIBRATION_ROWS
from analytics.modelling.too_little import MIN_TEST_ROWS, what_is_short

#: Half a leaver and half a stayer are added to what was seen (Jeffreys), so that "none so far" is
#: not "never".
_PRIOR = 0.5


def average_backtest(observations: Observations, *, origins: int, seed: int) -> Backtest | None:
    """Judge the average known by each of the latest dates; None where time allows no test.

    Time allows a test on a date of which the outcomes of 100 customers are known, when by that date
    the outcomes of 100 observations were known already, whatever the outcomes were.
    """
    parts: list[pd.DataFrame] = []
    for day in np.unique(observations.day)[::-1]:
        tested, known = observations.day == day, observations.known_day <= day
        in_time = tested.sum() >= MIN_TEST_ROWS and known.sum() >= MIN_CALIBRATION_ROWS
        if in_time and len(parts) < origins:
            parts.append(_of_date(observations.where(tested), observations.where(known), seed))
    if not parts:
        return None
    predictions = pd.concat(parts[::-1], ignore_index=True)
    return judge(predictions, ladder=[spec_of(AVERAGE)], seed=seed)


def average_model(silent: npt.NDArray[np.int8]) -> Calibrated:
    """Return the model that says the average of these outcomes of everybody."""
    leavers = float(silent.sum()) + _PRIOR
    weights = [len(silent) + 2 * _PRIOR - leavers, leavers]
    prior = DummyClassifier(strategy="prior").fit(np.zeros((2, 1)), [0, 1], sample_weight=weights)
    as_it_is = LogisticRegression()
    as_it_is.classes_, as_it_is.n_features_in_ = np.array([0, 1]), 1
    as_it_is.coef_, as_it_is.intercept_ = np.ones((1, 1)), np.zeros(1)
    return Calibrated(AVERAGE, (), Pipeline([("model", prior)]), as_it_is)


def average_interval(observations: Observations, *, level: float) -> tuple[float, float]:
    """Return the exact interval of the average risk, counted as if each customer told once.

    The dates of one customer are hardly independent, so that their number counts for nothing.
    """
    customers = len(np.unique(observations.customer_key))
    leavers = customers * float(observations.silent.mean())
    tail = (1 - level) / 2
    stayers = customers - leavers
    low = float(beta.ppf(tail, leavers, stayers + 1)) if leavers else 0.0
    high = float(beta.ppf(1 - tail, leavers + 1, stayers)) if stayers else 1.0
    return low, high


def learned_by(observations: Observations, day: int) -> Calibrated:
    """Return the average as it was known on a day."""
    return average_model(observations.silent[observations.known_day <= day])


def why_average_only(observations: Observations) -> str:
    """Say that the data support no prediction: the condition that failed, and its figures."""
    silent, rows = int(observations.silent.sum()), len(observations)
    low, high = average_interval(observations, level=0.95)
    return (
        "These data do not support a prediction of who will go silent. "
        f"{what_is_short(observations)} Everybody is given the average risk: {silent:,} of "
        f"{rows:,} customer dates with a known outcome went silent, {silent / rows:.1%} "
        f"(95% interval {low:.1%} to {high:.1%}, counted by customers)."
    )


def _of_date(test: Observations, known: Observations, seed: int) -> pd.DataFrame:
    said = average_model(known.silent).predict(test.table)
    return pd.DataFrame(
        {
            "day": test.day,
            "customer_key": test.customer_key,
            "silent": test.silent,
            "early": test.early,
            "learned_until": float(known.known_day.max()),
            "unseen": ~np.isin(test.customer_key, known.customer_key),
            AVERAGE: said,
            NOVELTY_NAME: novelty_score(known.table, test.table, seed=seed),
        }
    )
