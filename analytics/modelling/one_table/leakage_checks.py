"""The gates that a snapshot table must pass before a number of it is believed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.words.counting import counted, verb_of
from analytics.errors import ContractFailed
from analytics.modelling.measuring.metrics import auc
from analytics.modelling.one_table.fitting import out_of_fold
from analytics.modelling.one_table.folds import Ints, fold_of_rows
from analytics.modelling.one_table.snapshot_models import SnapshotModel

SHUFFLES = 5
SHUFFLE_ROWS = 5_000
#: Above chance by more than so many standard errors, shuffled labels were seen in training. Models
#: of many columns spread up to 1.4 times the textbook's standard error, so three would be too few.
_STANDARD_ERRORS = 5.0


@dataclass(frozen=True)
class OneTableLeakageCheck:
    """One check; `passed` is None where a snapshot cannot be checked for it."""

    name: str
    passed: bool | None
    said: str


@dataclass(frozen=True)
class ShuffledAuc:
    """AUC over label shuffles: mean, and the highest that chance explains."""

    mean: float
    highest_by_chance: float


def shuffled_auc(
    table: pd.DataFrame, left: npt.NDArray[np.int8], group: Ints, model: SnapshotModel, *, seed: int
) -> ShuffledAuc:
    """Return how well the model predicts labels that mean nothing, by the same cross-validation.

    Equal rows get one shuffled label, as they stand in one fold.
    """
    rng = np.random.default_rng(seed)
    if len(left) > SHUFFLE_ROWS:
        rows = rng.choice(len(left), SHUFFLE_ROWS, replace=False)
        table, left, group = table.iloc[rows], left[rows], group[rows]
    first, position = np.unique(group, return_index=True, return_inverse=True)[1:]
    found = []
    for shuffle in range(SHUFFLES):
        labels = rng.permutation(left[first])[position]
        fold = fold_of_rows(labels, group, seed=seed + shuffle)
        found.append(auc(labels, out_of_fold(table, labels, fold, model, seed=seed + shuffle)))
    leavers = float(left[first].sum())
    stayers = len(first) - leavers
    error = np.sqrt((len(first) + 1) / (12 * leavers * stayers) / SHUFFLES)
    return ShuffledAuc(float(np.mean(found)), float(0.5 + _STANDARD_ERRORS * error))


def shuffled_label_gate(found: ShuffledAuc) -> OneTableLeakageCheck:
    """Return the gate of shuffled labels.

    Raises
    ------
    ContractFailed
        Rule ``shuffled_label``: labels that mean nothing were predicted.
    """
    if found.mean > found.highest_by_chance:
        raise ContractFailed(
            f"Shuffled labels must not be predictable: an AUC of .50, by chance up to "
            f"{found.highest_by_chance:.3f}. Got {found.mean:.3f}: rows that belong to one "
            "customer stand in training and test alike.",
            rule="shuffled_label",
            got=f"{found.mean:.3f}",
        )
    return OneTableLeakageCheck(
        "shuffled_label",
        True,
        f"With the labels shuffled {SHUFFLES} times the AUC is {found.mean:.3f}, no better than "
        f"chance (.50, at most {found.highest_by_chance:.3f}).",
    )


def passed_gates(
    columns: int, leavers: int, stayers: int, copies: int
) -> list[OneTableLeakageCheck]:
    """Return the gates that were passed on the way to the models, and the one nobody can check."""
    return [
        OneTableLeakageCheck(
            "enough_rows",
            True,
            f"{counted(leavers, 'customer')} who left and {stayers:,} who stayed.",
        ),
        OneTableLeakageCheck(
            "single_column_leak",
            True,
            f"None of {columns} columns alone nearly gives the label away.",
        ),
        OneTableLeakageCheck(
            "equal_rows",
            True,
            f"{counted(copies, 'row')} {verb_of(copies, 'equals', 'equal')} another in every "
            "column; equal rows share one fold.",
        ),
        OneTableLeakageCheck(
            "known_before",
            None,
            "A snapshot has no dates: whether a column was known before the customer left, and "
            "whether the model holds later, cannot be checked.",
        ),
    ]
