"""What a day of a log usually holds: its share by weekday, and how far days spread around it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

WEEK, LEVEL_WEEKS = 7, 4

Counts = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def weekday_shares(customers: Counts, weekday: int) -> Floats:
    """Return each day's share of an average day, by its weekday."""
    of_day = (np.arange(len(customers)) + weekday) % WEEK
    totals = np.bincount(of_day, weights=customers, minlength=WEEK)
    number = np.maximum(np.bincount(of_day, minlength=WEEK), 1)
    means = totals / number
    whole = means.mean()
    shares: Floats = (means / whole if whole > 0 else np.ones(WEEK))[of_day]
    return shares


def dispersion(customers: Counts, shares: Floats) -> float:
    """Return variance over mean around the mean of four weeks, by the middle 68% of the days.

    The holes themselves lie outside of the middle.
    """
    if not len(customers):
        return 1.0
    usual = _around(customers) / _around(shares).clip(1e-9) * shares
    there = usual > 0
    if not there.any():
        return 1.0
    squares = (customers[there] - usual[there]) ** 2 / usual[there]
    return max(1.0, float(np.quantile(squares, 0.683)))


def _around(numbers: Counts | Floats) -> Floats:
    """Return the sum over two weeks before to two weeks after each day."""
    either_side = LEVEL_WEEKS * WEEK // 2
    sums: Floats = np.convolve(numbers, np.ones(2 * either_side + 1))
    return sums[either_side : either_side + len(numbers)]
