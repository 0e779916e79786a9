"""Draws of whole customers with replacement: how much a figure would differ with others of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from scipy.stats import beta

from analytics.modelling.metrics import interval

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

BOOTSTRAP_DRAWS = 200
#: With fewer leavers or stayers, draws of customers tell too little of what may be.
_FEW = 5
#: With more customers, so many random groups of whole customers are drawn: groups are as
#: independent of each other as customers, and the cost no longer grows with them.
MOST_GROUPS = 2_000
#: Above so many rows, scores are ranked into `RANK_BINS` bins within the draws.
_EXACT_RANKS_TO = 5_000
RANK_BINS = 1_000


@dataclass(frozen=True)
class CustomerDraws:
    """Poisson bootstrap over customers: rows of one customer are not independent.

    Parameters
    ----------
    group
        For each row, the customer or group of customers that is drawn as one.
    weight
        How often each group counts in each draw, shape (draws, groups).
    """

    group: Ints
    weight: Floats

    @classmethod
    def of(cls, customer_key: Ints, *, seed: int, draws: int = BOOTSTRAP_DRAWS) -> CustomerDraws:
        """Draw the customers of these rows."""
        rng = np.random.default_rng(seed)
        unique, customer = np.unique(customer_key, return_inverse=True)
        group = rng.permutation(len(unique)) % min(max(len(unique), 1), MOST_GROUPS)
        weight = rng.poisson(1.0, size=(draws, min(max(len(unique), 1), MOST_GROUPS)))
        return cls(group[customer], weight.astype(np.float64))

    def where(self, rows: npt.NDArray[np.bool_]) -> CustomerDraws:
        """Return the same draws for some of the rows."""
        return replace(self, group=self.group[rows])

    def totals(self, values: npt.ArrayLike) -> Floats:
        """Return the sum of the rows' values in each draw."""
        by_group = np.bincount(
            self.group, np.asarray(values, dtype=np.float64), minlength=self.weight.shape[1]
        )
        result: Floats = self.weight @ by_group
        return result

    def ratio(self, above: npt.ArrayLike, below: npt.ArrayLike) -> Floats:
        """Return one sum divided by another in each draw; NaN where the second is zero."""
        top, bottom = self.totals(above), self.totals(below)
        found: Floats = np.divide(top, bottom, out=np.full(len(top), np.nan), where=bottom != 0)
        return found

    def auc(self, silent: npt.ArrayLike, score: npt.ArrayLike) -> Floats:
        """Return the AUC in each draw; NaN where a draw holds leavers or stayers only.

        Exact up to 5,000 rows; above, within a thousand equal parts of the ranking.
        """
        y = np.asarray(silent, dtype=np.float64)
        place = _places(np.asarray(score, dtype=np.float64))
        positive, negative = self._by_place(y, place), self._by_place(1 - y, place)
        total = positive.sum(axis=1) * negative.sum(axis=1)
        below = np.cumsum(negative, axis=1) - negative / 2
        ranked = (positive * below).sum(axis=1)
        found: Floats = np.divide(ranked, total, out=np.full(len(total), np.nan), where=total > 0)
        return found

    def _by_place(self, values: Floats, place: Ints) -> Floats:
        shape = (self.weight.shape[1], int(place.max()) + 1 if len(place) else 1)
        counted = csr_matrix((values, (self.group, place)), shape=shape)
        result: Floats = np.asarray(counted.T @ self.weight.T).T
        return result


def _places(score: Floats) -> Ints:
    """Return each row's place in the ranking, ties alike."""
    place: Ints = np.unique(score, return_inverse=True)[1].astype(np.int64)
    if len(score) <= _EXACT_RANKS_TO:
        return place
    rows_up_to = np.cumsum(np.bincount(place))
    part = (rows_up_to - 1) * RANK_BINS // len(score)
    binned: Ints = part[place].astype(np.int64)
    return binned


def share_band(draws: CustomerDraws, seen: npt.NDArray[np.int8]) -> tuple[float, float]:
    """Return the 95% interval of a share of rows, drawn by whole customers.

    With fewer than five of either kind it is at least as wide as Clopper-Pearson's.
    """
    count, hits = len(seen), int(seen.sum())
    low, high = interval(draws.ratio(seen, np.ones(count)))
    if min(hits, count - hits) < _FEW:
        exact_low = float(beta.ppf(0.025, hits, count - hits + 1)) if hits else 0.0
        exact_high = float(beta.ppf(0.975, hits + 1, count - hits)) if hits < count else 1.0
        low, high = np.nanmin([low, exact_low]), np.nanmax([high, exact_high])
    return float(low), float(high)
