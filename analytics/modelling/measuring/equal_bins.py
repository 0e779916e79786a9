"""Bins of about equal size in which equal values always stand together."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]


def equal_bins(values: npt.ArrayLike, bins: int) -> list[Ints]:
    """Return the positions of the rows of each bin, the lowest values first; none is empty.

    Equal values stand where the middle of them would, so that the order of the rows changes
    nothing: one value for all makes one bin.
    """
    given = np.asarray(values, dtype=np.float64)
    if not len(given):
        return []
    kind, size = np.unique(given, return_inverse=True, return_counts=True)[1:]
    twice_middle = 2 * np.cumsum(size) - size
    bin_of_kind = twice_middle * min(bins, len(given)) // (2 * len(given))
    bin_of_row = bin_of_kind[kind]
    order = np.lexsort((given, bin_of_row))
    return np.split(order, np.flatnonzero(np.diff(bin_of_row[order])) + 1)
