"""What may be used at a date: rolling origins with an embargo kept row by row.

A row may be used at a date only if its own outcome was known by then (its window had ended). So
nothing that happened later can train, calibrate or choose a model that is tested on that date.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from analytics.modelling.observing.observations import Observations

MIN_TRAIN_ROWS = 200
MIN_CALIBRATION_ROWS = 100
MIN_POSITIVES = 15
#: Of either kind in the shortest history, so that a small business is let in: whether they taught
#: anything, the test on a later date tells.
FEWEST_POSITIVES = 10
WANTED_CALIBRATION_POSITIVES = 60
#: In a short history, one customer in three is kept for calibration; where few left, one in two.
_KEPT_BACK = (3, 2)

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Split:
    """Rows to train on and, later in time, to calibrate on.

    Parameters
    ----------
    calibration_day
        First observation day (since 1970) that calibrates.
    overlapping
        True where the history is too short for training outcomes to end before calibration starts.
        Then calibration still uses a later date, and customers that training never saw.
    same_dates
        True where it is too short even for that: training and calibration share their dates, and
        no customer.
    """

    train: Flags
    calibrate: Flags
    calibration_day: int
    overlapping: bool = False
    same_dates: bool = False


def split_at(observations: Observations, day: int) -> Split | None:
    """Return what may be used at the end of `day`; None where there is too little.

    Calibration takes the latest dates that hold enough outcomes; training takes every row whose
    outcome was known by the first calibration date.
    """
    known = observations.known_day <= day
    return (
        _embargoed(observations, known)
        or _disjoint(observations, known)
        or _by_customer(observations, known)
    )


def _embargoed(observations: Observations, known: Flags) -> Split | None:
    found: Split | None = None
    for first in np.unique(observations.day[known])[::-1]:
        calibrate = known & (observations.day >= first)
        train = observations.known_day <= first
        if not _enough(observations, train, MIN_TRAIN_ROWS):
            break
        if _enough(observations, calibrate, MIN_CALIBRATION_ROWS):
            found = Split(train, calibrate, int(first))
            if observations.silent[calibrate].sum() >= WANTED_CALIBRATION_POSITIVES:
                break
    return found


def _disjoint(observations: Observations, known: Flags) -> Split | None:
    """Split a short history by date and by customer at once."""
    for every in _KEPT_BACK:
        kept_back = _one_customer_in(every, observations, known)
        for first in np.unique(observations.day[known])[::-1]:
            calibrate = known & kept_back & (observations.day >= first)
            train = known & ~kept_back & (observations.day < first)
            if _enough(observations, calibrate, MIN_CALIBRATION_ROWS):
                if _enough(observations, train, MIN_TRAIN_ROWS):
                    return Split(train, calibrate, int(first), overlapping=True)
                break
    return None


def _by_customer(observations: Observations, known: Flags) -> Split | None:
    """Split the shortest history by customer alone."""
    for of_each, every in product((MIN_POSITIVES, FEWEST_POSITIVES), _KEPT_BACK):
        kept_back = _one_customer_in(every, observations, known)
        train, calibrate = known & ~kept_back, known & kept_back
        if _enough(observations, calibrate, MIN_CALIBRATION_ROWS, of_each=of_each) and _enough(
            observations, train, MIN_TRAIN_ROWS, of_each=of_each
        ):
            first = int(observations.day[known].min())
            return Split(train, calibrate, first, overlapping=True, same_dates=True)
    return None


def _one_customer_in(every: int, observations: Observations, known: Flags) -> Flags:
    """Keep back one customer in so many, alike among those who went silent and those who did not.

    By chance alone, a third of the few who went silent may be a handful.
    """
    keys, customer = np.unique(observations.customer_key, return_inverse=True)
    silent = np.bincount(customer, known & (observations.silent == 1), len(keys)).astype(int)
    in_turn = np.empty(len(keys), dtype=int)
    in_turn[np.argsort(-silent, kind="stable")] = np.arange(len(keys))
    kept: Flags = (in_turn % every == 0)[customer]
    return kept


def _enough(
    observations: Observations, rows: Flags, least: int, *, of_each: int = MIN_POSITIVES
) -> bool:
    count, positives = int(rows.sum()), int(observations.silent[rows].sum())
    return count >= least and min(positives, count - positives) >= of_each
