"""How good out-of-fold predictions are, averaged over the repeats, with 95% intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.modelling.measuring.metrics import (
    auc,
    average_precision,
    bootstrap_auc,
    brier,
    expected_calibration_error,
    interval,
    lift_top_decile,
)

Floats = npt.NDArray[np.float64]
Label = npt.NDArray[np.int8]

_SMALLEST = 1e-6


@dataclass(frozen=True)
class SnapshotMetrics:
    """Quality of one model; each number is the mean over the repeats of the cross-validation.

    Parameters
    ----------
    auc_draws
        AUC in each draw of the customers, for paired comparisons.
    """

    auc: float
    auc_low: float
    auc_high: float
    average_precision: float
    average_precision_low: float
    average_precision_high: float
    brier: float
    brier_low: float
    brier_high: float
    log_loss: float
    ece: float
    lift_top_decile: float
    auc_draws: Floats


def measure_repeats(left: Label, repeats: Floats, draws: Floats) -> SnapshotMetrics:
    """Measure the probabilities of a model.

    Parameters
    ----------
    repeats
        Out-of-fold probabilities, shape (repeats, customers).
    draws
        How often each customer counts in each draw of the bootstrap, shape (draws, customers).
        Repeats of the cross-validation are no new customers and make no interval narrower.
    """
    auc_draws = np.mean([bootstrap_auc(left, repeat, draws) for repeat in repeats], axis=0)
    precision_draws = np.mean([_draw_precision(left, repeat, draws) for repeat in repeats], axis=0)
    error = np.mean([(repeat - left) ** 2 for repeat in repeats], axis=0)
    brier_draws = draws @ error / draws.sum(axis=1)

    def average(measured: list[float]) -> float:
        return float(np.mean(measured))

    return SnapshotMetrics(
        average([auc(left, repeat) for repeat in repeats]),
        *interval(auc_draws),
        average([average_precision(left, repeat) for repeat in repeats]),
        *interval(precision_draws),
        average([brier(left, repeat) for repeat in repeats]),
        *interval(brier_draws),
        average([log_loss(left, repeat) for repeat in repeats]),
        average([expected_calibration_error(left, repeat) for repeat in repeats]),
        average([lift_top_decile(left, repeat) for repeat in repeats]),
        auc_draws,
    )


def log_loss(left: npt.ArrayLike, probability: npt.ArrayLike) -> float:
    """Return the mean surprise in nats at what happened."""
    y = np.asarray(left, dtype=np.float64)
    p = np.clip(np.asarray(probability, dtype=np.float64), _SMALLEST, 1 - _SMALLEST)
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))


def _draw_precision(left: Label, score: Floats, draws: Floats) -> Floats:
    """Return the average precision in each draw of the customers."""
    order = np.argsort(-score, kind="stable")
    y = left[order].astype(np.float64)
    last_of_tie = np.append(np.diff(score[order]) != 0, True)
    found = []
    for draw in draws:
        weight = draw[order]
        hits, seen = np.cumsum(weight * y)[last_of_tie], np.cumsum(weight)[last_of_tie]
        with np.errstate(divide="ignore", invalid="ignore"):
            precision, recall = hits / seen, hits / hits[-1]
        gained = np.diff(recall, prepend=0.0)
        found.append(float(np.sum(gained[seen > 0] * precision[seen > 0])))
    return np.array(found)
