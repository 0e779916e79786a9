"""A model that sees nothing but what BG/NBD made of the dates, asked by what that is made of.

One column of chances says nothing that a person could check. It is an exact function of how long a
customer has been silent, on how many days they were active and for how long they have been one; the
same model asked by these can be shared among themes like any other.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.pipeline import Pipeline

from analytics.modelling.models.calibrated import Calibrated
from analytics.modelling.observing.observations import Snapshot
from analytics.modelling.observing.stacked import (
    DAYS_AHEAD,
    NO_EVENT_LOG_ODDS,
    PART_COLUMNS,
    log_odds_of_parts,
    parts_of,
)

Floats = npt.NDArray[np.float64]

_FACTS = ("days_since_last_activity", "active_days_ever", "tenure_days")
#: Features that may speak for the parts: the same facts, and what they mean to the customer.
SPEAKING_FOR_PARTS = (
    "days_since_last_activity",
    "tenure_days",
    "gaps_survived_share",
    "silence_over_longest_gap",
    "active_days_28d",
)


class FromParts(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Makes the one column of its parts; learns nothing."""

    def fit(self, parts: Floats, target: Any = None) -> FromParts:
        """Learn nothing."""
        return self

    def transform(self, parts: Floats) -> Floats:
        """Return the column, one row a customer."""
        return log_odds_of_parts(np.asarray(parts, dtype=np.float64))[:, None]

    def __sklearn_is_fitted__(self) -> bool:
        """There is nothing to fit."""
        return True


def can_be_taken_apart(model: Calibrated) -> bool:
    """Tell whether the model sees the column of BG/NBD and nothing else."""
    return model.columns == (NO_EVENT_LOG_ODDS,)


def taken_apart(model: Calibrated) -> Calibrated:
    """Return the same model as a function of the parts; any other model as it is.

    It says what the model says: its answers are those of the model on the column made of the parts.
    """
    if not can_be_taken_apart(model):
        return model
    steps = [("from_parts", FromParts()), *model.pipeline.steps]
    return replace(model, columns=PART_COLUMNS, pipeline=Pipeline(steps))


def with_parts(snapshot: Snapshot, gap_days: int) -> pd.DataFrame:
    """Return the features of every customer of a date with the parts of the column beside them."""
    features = snapshot.features
    parts = parts_of(
        features[list(_FACTS)].to_numpy(dtype=np.float64), snapshot.rhythm.horizon_days, gap_days
    )
    return features.join(pd.DataFrame(parts, columns=list(PART_COLUMNS), index=features.index))


def speaking_columns(model: Calibrated) -> tuple[str, ...]:
    """Return the features whose sentences may be said of a model's points."""
    return (*model.columns, *SPEAKING_FOR_PARTS) if DAYS_AHEAD in model.columns else model.columns
