"""What BG/NBD knows of a customer: repeat purchases, when the last was, and for how long seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.errors import InsufficientData

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class PurchaseSummary:
    """Customers in equally long arrays; checked by `of`.

    Parameters
    ----------
    frequency
        Repeat purchases.
    recency, age
        Time from the first purchase to the last one, and to the end of the data.
    weight
        Customers that a row stands for.
    """

    frequency: Floats
    recency: Floats
    age: Floats
    weight: Floats

    @classmethod
    def of(
        cls,
        frequency: npt.ArrayLike,
        recency: npt.ArrayLike,
        age: npt.ArrayLike,
        weight: npt.ArrayLike | None = None,
    ) -> PurchaseSummary:
        """Check and keep the arrays; single values stand for every row.

        Raises
        ------
        InsufficientData
            No rows, or numbers that no customer can have.
        """
        x, t, end, count = np.broadcast_arrays(
            *(
                np.asarray(column, dtype=np.float64)
                for column in (frequency, recency, age, 1.0 if weight is None else weight)
            )
        )
        if not x.size:
            raise InsufficientData(
                "A purchase summary must have a customer. Got none.", rule="customers_present"
            )
        _must(x >= 0, "frequency must be 0 or more", x, "frequency_not_negative")
        _must(x == np.floor(x), "frequency must be a whole number", x, "frequency_whole")
        _must(t >= 0, "recency must be 0 or more", t, "recency_not_negative")
        _must(end >= t, "recency must not be above age", t, "recency_within_age")
        _must(np.isfinite(end), "age must be finite", end, "age_finite")
        _must((x > 0) | (t == 0), "recency without a repeat must be 0", t, "recency_of_repeats")
        _must(np.isfinite(count) & (count > 0), "weight must be above 0", count, "weight_positive")
        return cls(x, t, end, count)

    @property
    def customers(self) -> float:
        """How many customers the rows stand for."""
        return float(self.weight.sum())

    def aged_by(self, ahead: Floats) -> PurchaseSummary:
        """Return the same purchases seen for longer, still with nothing after them."""
        return PurchaseSummary(self.frequency, self.recency, self.age + ahead, self.weight)

    def grouped(self) -> PurchaseSummary:
        """Return one row for equal customers, so that a fit costs less."""
        rows = np.column_stack([self.frequency, self.recency, self.age])
        unique, inverse = np.unique(rows, axis=0, return_inverse=True)
        weight = np.bincount(inverse.ravel(), self.weight.ravel()).astype(np.float64)
        return PurchaseSummary(unique[:, 0], unique[:, 1], unique[:, 2], weight)


def _must(holds: npt.NDArray[np.bool_], rule: str, values: Floats, name: str) -> None:
    if not np.all(holds):
        got = float(values[~holds].flat[0])
        raise InsufficientData(f"{rule[:1].upper()}{rule[1:]}. Got {got:g}.", rule=name, got=got)
