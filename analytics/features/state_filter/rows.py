"""Rows of some customers, opened in the order in which they became known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Rows:
    """Rows of one table by the week in which they became known.

    Parameters
    ----------
    customer
        Place of the row's customer among those asked for.
    known
        Week in which it became known, in order.
    columns
        What else the row says.
    """

    customer: Ints
    known: Ints
    columns: tuple[Ints, ...]

    def at(self, week: int) -> tuple[Ints, ...]:
        """Return customer and columns of the rows that became known in a week."""
        low, high = np.searchsorted(self.known, [week, week + 1])
        return (self.customer[low:high], *(column[low:high] for column in self.columns))


def rows_of(table: pd.DataFrame, keys: Ints, columns: Sequence[str]) -> Rows:
    """Return the rows of these customers in the order in which they became known."""
    owner = table["customer_key"].to_numpy()
    place = np.searchsorted(keys, owner)
    place = np.minimum(place, len(keys) - 1)
    own = keys[place] == owner
    known = table["known"].to_numpy()[own]
    order = np.argsort(known, kind="stable")
    return Rows(
        place[own][order],
        known[order],
        tuple(table[name].to_numpy()[own][order] for name in columns),
    )
