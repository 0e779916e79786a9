"""Draws of whole customers with replacement: how much a figure would differ with others of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from scipy.stats import beta

from analytics.domain.words.share_words import wilson_interval
from analytics.modelling.measuring.metrics import BOOTSTRAP_DRAWS, interval
from analytics.modelling.measuring.within_date import Ranking

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

#: With fewer leavers or stayers, draws of customers tell too little of what may be.
_FEW = 5
#: With more customers, so many random groups of whole customers are drawn: groups are as
#: independent of each other as customers, and the cost no longer grows with them.
MOST_DRAWN_GROUPS = 2_000
#: Above so many rows, scores are ranked into at most `RANK_BINS` bins a date within the draws.
_EXACT_RANKS_TO = 5_000
RANK_BINS = 1_000
_FEWEST_BINS = 200


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
        group = rng.permutation(len(unique)) % min(max(len(unique), 1), MOST_DRAWN_GROUPS)
        weight = rng.poisson(1.0, size=(draws, min(max(len(unique), 1), MOST_DRAWN_GROUPS)))
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

    def auc(
        self, silent: npt.ArrayLike, score: npt.ArrayLike, *, within: npt.ArrayLike | None = None
    ) -> Floats:
        """Return the AUC within dates in each draw; NaN where no date of a draw has both kinds.

        As `metrics.auc`, whose dates count by their number of pairs. Exact up to 5,000 rows; above,
        within a thousand equal parts of each date's ranking, fewer where there are many dates.
        """
        y, s = np.asarray(silent, dtype=np.float64), np.asarray(score, dtype=np.float64)
        if not len(y) or np.isnan(s).any():
            return np.full(len(self.weight), np.nan)
        ranking = Ranking.of(s, within, bins=_bins(within, len(y)))
        positive = self._by_place(y, ranking)
        return ranking.ranked_right(positive, self._by_place(1 - y, ranking))

    def _by_place(self, values: Floats, ranking: Ranking) -> Floats:
        shape = (self.weight.shape[1], ranking.places)
        counted = csr_matrix((values, (self.group, ranking.place)), shape=shape)
        result: Floats = np.asarray(counted.T @ self.weight.T).T
        return result


def _bins(within: npt.ArrayLike | None, rows: int) -> int | None:
    """Return into how many parts each date's ranking is put; None where it is ranked exactly."""
    if rows <= _EXACT_RANKS_TO:
        return None
    dates = 1 if within is None else len(np.unique(np.asarray(within)))
    return int(np.clip(_EXACT_RANKS_TO // dates, _FEWEST_BINS, RANK_BINS))


def share_band(draws: CustomerDraws, seen: npt.NDArray[np.int8]) -> tuple[float, float]:
    """Return the 95% interval of a share of rows, of which some may be of one customer.

    With fewer than five of either kind, and every customer there once, it is Clopper-Pearson's:
    draws say little then. Otherwise the wider of the draws of whole customers and Wilson's. Where
    the draws cannot know, because all rows are alike or because they reach 0% although there are
    hits (100% although there are misses), Clopper-Pearson's of the number of customers stands in.
    """
    count, hits = len(seen), int(seen.sum())
    if not count:
        return 0.0, 1.0
    customers = len(np.unique(draws.group))
    if min(hits, count - hits) < _FEW and customers == count:
        return _exact(hits, count)
    low, high = interval(draws.ratio(seen, np.ones(count)))
    by_customer = _exact(hits * customers / count, customers)
    alike = hits in (0, count)
    low = low if low > 0 and not alike else by_customer[0]
    high = high if high < 1 and not alike else by_customer[1]
    wilson = wilson_interval(hits, count)
    return min(low, wilson[0]), max(high, wilson[1])


def _exact(hits: float, of: int) -> tuple[float, float]:
    """Return the interval of Clopper and Pearson (1934); the hits may be of part of a customer."""
    low = float(beta.ppf(0.025, hits, of - hits + 1)) if hits > 0 else 0.0
    return low, float(beta.ppf(0.975, hits + 1, of - hits)) if hits < of else 1.0
