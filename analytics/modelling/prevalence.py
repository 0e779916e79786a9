"""When everybody goes silent more, or less, than was said: a shift that past dates confirm."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.modelling.calibrated import Calibrated, log_odds
from analytics.modelling.metrics import interval
from analytics.modelling.resampling import CustomerDraws

Floats = npt.NDArray[np.float64]

#: A smaller shift is not worth a correction.
SMALLEST_SHIFT = 0.1
#: Beyond this something else is wrong, and no shift mends it.
LARGEST_SHIFT = 1.5
_STEPS = 30


@dataclass(frozen=True)
class PrevalenceDrift:
    """How far seen and said lay apart on the test dates, and what was done about it.

    Parameters
    ----------
    shift
        Log-odds to add so that said equals seen over all test dates.
    corrected
        The shift was added to today's risks.
    """

    shift: float
    corrected: bool


def prevalence_drift(predictions: pd.DataFrame, champion: str, *, seed: int) -> PrevalenceDrift:
    """Learn the shift from the test dates, and whether it is large and steady enough to use.

    It is used only if on every one of two test dates or more the share seen lay on the same side
    of the share said, and the 95% interval of seen over said, over all dates, leaves out 1.
    """
    said = predictions[champion].to_numpy(dtype=np.float64)
    silent = predictions["silent"].to_numpy(dtype=np.float64)
    shift = _shift(log_odds(said), silent)
    draws = CustomerDraws.of(predictions["customer_key"].to_numpy(), seed=seed)
    low, high = interval(draws.ratio(silent, said))
    by_day = predictions.groupby("day")[["silent", champion]].mean()
    sides = np.sign(by_day["silent"] - by_day[champion])
    steady = len(by_day) > 1 and bool((sides == np.sign(shift)).all()) and not low <= 1 <= high
    large = SMALLEST_SHIFT <= abs(shift) <= LARGEST_SHIFT
    return PrevalenceDrift(shift, corrected=steady and large)


def corrected(model: Calibrated, drift: PrevalenceDrift) -> Calibrated:
    """Return the model with the shift in its probabilities, where there is one to make."""
    if not drift.corrected:
        return model
    calibrator = deepcopy(model.calibrator)
    calibrator.intercept_ = calibrator.intercept_ + drift.shift
    return replace(model, calibrator=calibrator)


def _shift(raw: Floats, silent: Floats) -> float:
    """Return the log-odds by which the mean probability meets the share seen, by bisection."""
    low, high = -5.0, 5.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if (1 / (1 + np.exp(-(raw + middle)))).mean() < silent.mean():
            low = middle
        else:
            high = middle
    return (low + high) / 2
