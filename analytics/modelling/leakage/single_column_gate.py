"""The gate for a column that alone nearly gives the label away.

Such a column was filled or changed after the customer left: a reason for leaving, a status, a score
asked for at the exit. A model that may use it looks brilliant and is worth nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.errors import ContractFailed
from analytics.modelling.measuring.metrics import auc

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]
Label = npt.NDArray[np.int8]

#: Rows looked at; more would not change what a giveaway looks like.
GATE_ROWS = 20_000
#: What people do before they leave ranks leavers above stayers in .70 to .85 of pairs, .9 at most.
GIVEAWAY_AUC = 0.95
#: Values are of one kind only when at most one row in a hundred is of the other ...
PURE_MINORITY_SHARE = 0.01
#: ... where chance alone would put at least so many rows of the other,
PURE_EXPECTED_ROWS = 10.0
#: ... and the odds there are so many times the odds of all: where 77% leave, values of which 98%
#: leave are nothing strange.
PURE_ODDS_RATIO = 20.0
#: An honest column is certain of one of the rarer kind here and there, never of so many.
TOLD_RARER_SHARE = 0.30
#: Certainty about the commoner kind comes easily: it counts only beside a ranking near perfection.
TOLD_COMMONER_SHARE = 0.50
TOLD_COMMONER_AUC = 0.94

_FOLDS = 5
_QUANTILE_BINS = 50
_OWN_LEVEL_SHARE = 0.01
_FEW_VALUES = 50
_RARE_LEVEL_ROWS = 10
_PRIOR_ROWS = 4.0


@dataclass(frozen=True)
class Leak:
    """How far one column alone tells the label.

    Parameters
    ----------
    auc
        Chance that it ranks a leaver above a stayer of the same date, learnt on other rows.
    pure_share
        Share of rows whose value (missing is one) nearly all of one kind have.
    told_leavers, told_stayers
        Share of leavers whose value only leavers have; of stayers whose value only stayers have.
    base_rate
        Share of leavers among all.
    """

    column: str
    auc: float
    pure_share: float
    told_leavers: float
    told_stayers: float
    base_rate: float

    @property
    def gives_away(self) -> bool:
        """Return whether no honest column would tell so much."""
        rarer, commoner = self.told_leavers, self.told_stayers
        if self.base_rate > 0.5:
            rarer, commoner = commoner, rarer
        return (
            self.auc >= GIVEAWAY_AUC
            or rarer >= TOLD_RARER_SHARE
            or (commoner >= TOLD_COMMONER_SHARE and self.auc >= TOLD_COMMONER_AUC)
        )

    @property
    def sentence(self) -> str:
        """Say how far the column alone tells the label."""
        return (
            f"{self.column}: alone it has an AUC of {self.auc:.3f}, and {self.told_leavers:.0%} of "
            f"those who left and {self.told_stayers:.0%} of those who stayed have values of their "
            "kind only"
        )


def giveaways(powers: Sequence[Leak]) -> list[Leak]:
    """Return the columns that tell more than an honest one would, the plainest first."""
    return sorted(
        (power for power in powers if power.gives_away), key=lambda one: (-one.auc, one.column)
    )


def single_column_powers(
    table: pd.DataFrame, label: npt.ArrayLike, *, seed: int, within: npt.ArrayLike | None = None
) -> list[Leak]:
    """Return how far each column alone tells the label, in the order of the table.

    Parameters
    ----------
    table
        Numbers, texts, categories or booleans; a missing value is a level of its own.
    label
        1 for a leaver, 0 for a stayer.
    within
        Date of each row, None where all are of one: that more left on one date than on another is
        no secret of a column that tells the dates apart.
    """
    y = np.asarray(label, dtype=np.int8)
    given = np.zeros(len(y), dtype=np.int64) if within is None else np.asarray(within)
    date = np.unique(given, return_inverse=True)[1].astype(np.int64)
    rng = np.random.default_rng(seed)
    if len(y) > GATE_ROWS:
        rows = np.sort(rng.choice(len(y), GATE_ROWS, replace=False))
        table, y, date = table.iloc[rows], y[rows], date[rows]
    fold = rng.integers(0, _FOLDS, len(y))
    return [_power(str(name), levels_of(table[name]), y, fold, date) for name in table.columns]


def refuse_leaks(leaks: Sequence[Leak], *, remedy: str) -> None:
    """Refuse a table with giveaways, naming all of them.

    Raises
    ------
    ContractFailed
        Rule ``single_column_leak``.
    """
    if not leaks:
        return
    names = ", ".join(leak.column for leak in leaks)
    raise ContractFailed(
        "No column may give the label away by itself: it was filled after the customer left. "
        f"Got {names}. {'; '.join(leak.sentence for leak in leaks)}. {remedy}",
        rule="single_column_leak",
        got=names,
    )


def levels_of(column: pd.Series) -> Codes:
    """Return the level of each row, from 0; missing is one, rare texts share one.

    Numbers keep frequent values as levels of their own and fall into 50 quantile bins otherwise.
    """
    if pd.api.types.is_numeric_dtype(column) or pd.api.types.is_datetime64_any_dtype(column):
        values = pd.to_numeric(column).to_numpy(dtype=np.float64, na_value=np.nan)
        return _number_levels(values)
    codes = pd.factorize(column, use_na_sentinel=True)[0].astype(np.int64) + 1
    rare = np.bincount(codes, minlength=1) < _RARE_LEVEL_ROWS
    rare[0] = False
    return _dense(np.where(rare[codes], codes.max(initial=0) + 1, codes))


def _number_levels(values: Floats) -> Codes:
    codes = np.zeros(len(values), dtype=np.int64)
    there = np.isfinite(values)
    distinct, position, counts = np.unique(values[there], return_inverse=True, return_counts=True)
    if len(distinct) <= _FEW_VALUES:
        codes[there] = position + 1
        return _dense(codes)
    frequent = counts >= _OWN_LEVEL_SHARE * len(values)
    edges = np.quantile(values[there], np.linspace(0, 1, _QUANTILE_BINS + 1)[1:-1])
    binned = np.searchsorted(np.unique(edges), distinct, side="left")
    level = np.where(frequent, _QUANTILE_BINS + 1 + np.arange(len(distinct)), 1 + binned)
    codes[there] = level[position]
    return _dense(codes)


def _dense(codes: npt.NDArray[np.int64]) -> Codes:
    return np.unique(codes, return_inverse=True)[1].astype(np.int64)


def _power(column: str, level: Codes, y: Label, fold: Codes, date: Codes) -> Leak:
    score = cross_fitted_rate(level, y, fold)
    base = float(y.mean())
    of_date = (np.bincount(date, y) / np.maximum(np.bincount(date), 1))[date]
    leavers = _pure_run(1 - y, -score, 1 - of_date)
    stayers = _pure_run(y, score, of_date)
    return Leak(
        column,
        # Within a fold too, whose rates were counted on the same other rows.
        auc(y, score, within=date * _FOLDS + fold),
        (leavers + stayers) / len(y),
        leavers / max(float(y.sum()), 1.0),
        stayers / max(float((1 - y).sum()), 1.0),
        base,
    )


def cross_fitted_rate(level: Codes, y: Label, fold: Codes) -> Floats:
    """Return each row's share of leavers in its level, counted on the other folds.

    Levels with few rows are drawn towards the share of all.
    """
    size = (int(fold.max(initial=0)) + 1, int(level.max(initial=0)) + 1)
    cell = fold * size[1] + level
    rows = np.bincount(cell, minlength=size[0] * size[1]).reshape(size)
    leavers = np.bincount(cell, weights=y, minlength=size[0] * size[1]).reshape(size)
    other_rows, other_leavers = rows.sum(axis=0) - rows, leavers.sum(axis=0) - leavers
    base = y.mean()
    rate: Floats = (other_leavers + _PRIOR_ROWS * base) / (other_rows + _PRIOR_ROWS)
    return rate[fold, level]


def _pure_run(other_kind: Label, order: Floats, other_base: Floats) -> int:
    """Return how many rows, from one end of the ranking, nearly lack the other kind.

    The ranking was learnt on other rows, so that a level of few rows is not pure by luck.

    Parameters
    ----------
    other_base
        Share of the other kind on each row's date: where all of a date are alike, a column that
        tells the date is certain of nothing more.
    """
    ranked = np.argsort(order, kind="stable")
    last_of_tie = np.append(np.diff(order[ranked]) != 0, True)
    rows = np.arange(1, len(order) + 1, dtype=np.float64)
    others = np.cumsum(other_kind[ranked], dtype=np.float64)
    share = (others + 0.5) / (rows + 1.0)
    expected = np.cumsum(other_base[ranked])
    chance = expected / rows
    pure = (
        last_of_tie
        & (others <= PURE_MINORITY_SHARE * rows)
        & (expected >= PURE_EXPECTED_ROWS)
        & (share / (1 - share) * PURE_ODDS_RATIO <= chance / np.maximum(1 - chance, 1e-9))
    )
    ends = np.flatnonzero(pure)
    return int(rows[ends[-1]] - others[ends[-1]]) if len(ends) else 0
