"""RFM scores by fifths whose cut points are frozen with the first run."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.rfm import RFM_GROUPS

Floats = npt.NDArray[np.float64]

MEASURES = ("recency", "frequency", "money")
_FIFTHS = (0.2, 0.4, 0.6, 0.8)
_SCORES = range(1, 6)


def rfm_values(customers: pd.DataFrame) -> pd.DataFrame:
    """Return recency (days silent, sign turned), frequency and money, more of each being better.

    Parameters
    ----------
    customers
        days_since_last_activity, active_days_180d and monthly_revenue, one row a customer.
    """
    return pd.DataFrame(
        {
            "recency": -customers["days_since_last_activity"],
            "frequency": customers["active_days_180d"],
            "money": customers["monthly_revenue"],
        },
        dtype="float64",
    )


def new_cuts(values: pd.DataFrame, *, run_id: str) -> pd.DataFrame:
    """Return the cut points that part these customers into fifths; rows of `rfm_cuts`."""
    rows = [
        {"measure": name, "score": score, "from_value": cut, "cut_by": run_id}
        for name in MEASURES
        for score, cut in zip(_SCORES, (np.nan, *_fifths(values[name])), strict=True)
    ]
    return pd.DataFrame(rows)


def rfm_scores(values: pd.DataFrame, cuts: pd.DataFrame) -> pd.DataFrame:
    """Return the three scores, 1 to 5, and 0 where a value is missing."""
    return pd.DataFrame(
        {
            name: _scored(
                values[name].to_numpy(dtype=np.float64),
                cuts.loc[cuts["measure"] == name, "from_value"].dropna().to_numpy(np.float64),
            )
            for name in MEASURES
        },
        index=values.index,
    )


def rfm_columns(scores: pd.DataFrame) -> pd.DataFrame:
    """Return `rfm`, such as 5-4-3, and `rfm_group`; both empty where a score is missing."""
    numbers = scores[list(MEASURES)].to_numpy(dtype=np.int64).tolist()
    triples = [(recency, frequency, money) for recency, frequency, money in numbers]
    return pd.DataFrame(
        {
            "rfm": ["-".join(map(str, one)) if one in RFM_GROUPS else "" for one in triples],
            "rfm_group": [str(RFM_GROUPS.get(one, "")) for one in triples],
        },
        index=scores.index,
    )


def _fifths(values: pd.Series) -> Floats:
    there = values.dropna().to_numpy(dtype=np.float64)
    return np.quantile(there, _FIFTHS) if len(there) else np.full(len(_FIFTHS), np.nan)


def _scored(values: Floats, cuts: Floats) -> npt.NDArray[np.int64]:
    """Return 1 for below every cut to 5; a value that is several cuts at once is in their middle.

    So a measure that does not vary, all of whose cuts are one, gives everybody a 3.
    """
    reached = (values[:, None] >= cuts).sum(axis=1)
    passed = (values[:, None] > cuts).sum(axis=1)
    scores = 1 + (reached + passed + 1) // 2
    return np.where(np.isnan(values), 0, scores)
