"""Whether two runs tell of one business: many customers in common, and one currency."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.run_tables import CUSTOMERS
from analytics.runs.run_store import PublishedRun

#: Share of the smaller run's customers who must be in both. Ids such as 1, 2, 3 meet by chance.
COMMON_SHARE = 0.5
_ID = "customer_id"


def is_same_business(
    run: PublishedRun, customer_ids: npt.NDArray[np.object_], currency: str
) -> bool:
    """Return whether a run is of the customers and the currency given; reads the ids only.

    A run whose customers cannot be read is of no business that could be told.
    """
    if run.summary.currency != currency:
        return False
    own = _ids(run)
    smaller = min(len(own), len(customer_ids))
    common = len(own.intersection(pd.Index(customer_ids)))
    return smaller > 0 and common >= COMMON_SHARE * smaller


def customer_ids(run: PublishedRun) -> npt.NDArray[np.object_]:
    """Return the ids of a run's customers; none where they cannot be read."""
    return _ids(run).to_numpy(dtype=object)


def _ids(run: PublishedRun) -> pd.Index:
    try:
        found = pd.read_parquet(run.folder / CUSTOMERS.file, columns=[_ID])
    except (OSError, ValueError, KeyError):
        return pd.Index([], dtype=object)
    ids: pd.Index = pd.Index(found[_ID].to_numpy(dtype=object))
    return ids
