"""Every figure of one model on one set of rows, as the run table ``backtest`` keeps it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.modelling.measuring.calibration_measures import (
    brier_skill,
    calibration_error_by_chance,
    calibration_slope,
    log_loss,
)
from analytics.modelling.measuring.metrics import (
    auc,
    average_precision,
    brier,
    expected_calibration_error,
    interval,
    lift_top_decile,
    recall_top_decile,
)
from analytics.modelling.measuring.resampling import CustomerDraws

Floats = npt.NDArray[np.float64]

_NONE = float("nan")


@dataclass(frozen=True)
class Metrics:
    """Quality on one set of rows; NaN where it cannot be told.

    A rank without probability has no Brier score and no calibration; a set with too few rows or
    leavers has nothing but its counts.
    """

    customers: int
    positives: int
    auc: float = _NONE
    auc_low: float = _NONE
    auc_high: float = _NONE
    average_precision: float = _NONE
    brier: float = _NONE
    brier_skill: float = _NONE
    log_loss: float = _NONE
    ece: float = _NONE
    ece_by_chance: float = _NONE
    calibration_slope: float = _NONE
    observed_over_expected: float = _NONE
    observed_over_expected_low: float = _NONE
    observed_over_expected_high: float = _NONE
    lift_top_decile: float = _NONE
    recall_top_decile: float = _NONE


def counts(silent: npt.NDArray[np.int8]) -> Metrics:
    """Return the counts alone, of a set too small to be measured."""
    return Metrics(customers=len(silent), positives=int(silent.sum()))


def measure(
    silent: npt.NDArray[np.int8],
    score: Floats,
    draws: CustomerDraws,
    *,
    within: npt.ArrayLike | None = None,
    is_probability: bool = True,
    seed: int = 0,
) -> Metrics:
    """Return every figure of one set of rows.

    Parameters
    ----------
    draws
        Draws of the customers of these rows; the 95% intervals come from them.
    within
        Date of each row: rankings are compared within dates. None where all are of one.
    seed
        Of the outcomes drawn for the calibration error by chance.
    """
    low, high = interval(draws.auc(silent, score, within=within))
    return Metrics(
        customers=len(silent),
        positives=int(silent.sum()),
        auc=auc(silent, score, within=within),
        auc_low=low,
        auc_high=high,
        average_precision=average_precision(silent, score, within=within),
        lift_top_decile=lift_top_decile(silent, score, within=within),
        recall_top_decile=recall_top_decile(silent, score, within=within),
        **(_of_probability(silent, score, draws, seed) if is_probability and len(silent) else {}),
    )


def _of_probability(
    silent: npt.NDArray[np.int8], said: Floats, draws: CustomerDraws, seed: int
) -> dict[str, float]:
    low, high = interval(draws.ratio(silent, said))
    expected = float(said.sum())
    return {
        "brier": brier(silent, said),
        "brier_skill": brier_skill(silent, said),
        "log_loss": log_loss(silent, said),
        "ece": expected_calibration_error(silent, said),
        "ece_by_chance": calibration_error_by_chance(said, seed=seed),
        "calibration_slope": calibration_slope(silent, said),
        "observed_over_expected": float(silent.sum()) / expected if expected else _NONE,
        "observed_over_expected_low": low,
        "observed_over_expected_high": high,
    }
