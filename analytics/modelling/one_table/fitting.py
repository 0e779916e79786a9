"""Predictions for rows that the model has not seen."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from threadpoolctl import threadpool_limits

from analytics.modelling.one_table.snapshot_models import SnapshotModel


def out_of_fold(
    table: pd.DataFrame,
    left: npt.NDArray[np.int8],
    fold: npt.NDArray[np.int64],
    model: SnapshotModel,
    *,
    seed: int,
) -> npt.NDArray[np.float64]:
    """Return each row's probability by a model that was fitted on the other folds only."""
    probability = np.full(len(left), np.nan)
    # One thread: tables of this size are over before several have found each other.
    with threadpool_limits(1):
        for number in np.unique(fold):
            test = fold == number
            fitted = model.build(table[~test], seed).fit(table[~test], left[~test])
            probability[test] = fitted.predict_proba(table[test])[:, 1]
    return probability
