"""Repeated stratified folds in which equal rows never stand on both sides."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.model_selection import StratifiedKFold

FOLDS = 5
REPEATS = 3

Ints = npt.NDArray[np.int64]


def equal_rows(table: pd.DataFrame) -> Ints:
    """Return a number for each row that rows equal in every column share.

    A copy of a training row among the test rows would be recognised, not predicted.
    """
    same = table.groupby(list(table.columns), dropna=False, sort=False)
    return np.asarray(same.ngroup(), dtype=np.int64)


def fold_of_rows(left: npt.NDArray[np.int8], group: Ints, *, seed: int) -> Ints:
    """Return the fold of each row: groups whole, each fold with its share of leavers."""
    first = np.unique(group, return_index=True)[1]
    position = np.unique(group, return_inverse=True)[1]
    of_group = np.zeros(len(first), dtype=np.int64)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    for number, (_, test) in enumerate(folds.split(first, left[first])):
        of_group[test] = number
    return of_group[position]


def repeated_folds(
    left: npt.NDArray[np.int8], group: Ints, *, seed: int, repeats: int = REPEATS
) -> Iterator[Ints]:
    """Yield the fold of each row, dealt anew for each repeat."""
    for repeat in range(repeats):
        yield fold_of_rows(left, group, seed=seed + repeat)
