"""Rankings compared within a date: who left and who stayed, of those scored on one day.

Where the share who leave differs by date, a score that says the same of everybody on a date would
seem to rank, or to rank worse than chance, once the dates are thrown together. So a leaver is only
held against stayers of the same date. Each date counts by its number of such pairs, which makes
the AUC the chance that a pair drawn from all of them is ranked right.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Ranking:
    """Where each row stands among those of its own date.

    Parameters
    ----------
    place
        Place of each row: by date, then by score from the lowest; ties share one.
    first
        First place of each date.
    places
        Number of places.
    """

    place: Ints
    first: Ints
    places: int

    @classmethod
    def of(
        cls, score: npt.ArrayLike, within: npt.ArrayLike | None = None, *, bins: int | None = None
    ) -> Ranking:
        """Rank the rows of each date.

        Parameters
        ----------
        within
            Date of each row; None where all are of one.
        bins
            Put the rows of a date into so many equal parts of its ranking; None ranks exactly.
        """
        ranks = np.unique(np.asarray(score, dtype=np.float64), return_inverse=True)[1]
        place, first, above = np.zeros(len(ranks), dtype=np.int64), [], 0
        for rows in rows_of_dates(within, len(ranks)):
            own = np.unique(ranks[rows], return_inverse=True)[1].astype(np.int64)
            if bins is not None:
                own = _in_parts(own, bins)
            place[rows] = above + own
            first.append(above)
            above += int(own.max(initial=-1)) + 1
        return cls(place, np.array(first, dtype=np.int64), above)

    def ranked_right(self, positive: Floats, negative: Floats) -> Floats:
        """Return the share of pairs ranked right, ties counting half; NaN where there is no pair.

        Parameters
        ----------
        positive, negative
            Leavers and stayers at each place, shape (places,) or (draws, places).
        """
        leavers, stayers = (
            np.add.reduceat(kind, self.first, axis=-1) if self.places else kind
            for kind in (positive, negative)
        )
        before = np.cumsum(stayers, axis=-1) - stayers
        size = np.diff(np.append(self.first, self.places))
        below = np.cumsum(negative, axis=-1) - negative / 2 - np.repeat(before, size, axis=-1)
        right, pairs = (positive * below).sum(axis=-1), (leavers * stayers).sum(axis=-1)
        found: Floats = np.divide(
            right, pairs, out=np.full(np.shape(pairs), np.nan), where=np.asarray(pairs) > 0
        )
        return found


def rows_of_dates(within: npt.ArrayLike | None, rows: int) -> Iterator[Ints]:
    """Yield the positions of the rows of each date, earliest first; all at once without dates."""
    if within is None:
        yield np.arange(rows)
        return
    date = np.unique(np.asarray(within), return_inverse=True)[1]
    order = np.argsort(date, kind="stable")
    yield from np.split(order, np.flatnonzero(np.diff(date[order])) + 1)


def _in_parts(place: Ints, bins: int) -> Ints:
    rows_up_to = np.cumsum(np.bincount(place))
    part = (rows_up_to - 1) * bins // max(len(place), 1)
    return np.unique(part[place], return_inverse=True)[1].astype(np.int64)
