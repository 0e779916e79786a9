"""RFM scores: absolute where a name must be true, fifths whose cut points are frozen elsewhere.

Recency is told against the own rhythm first: who has lapsed or left scores 1, who is late 2.
Those within their rhythm are parted into thirds, 3 to 5. Frequency and money are parted into fifths
among those who have neither lapsed nor left, so that a mostly dead base makes nobody frequent; one
active day in 180 is the lowest fifth whatever the others do, and so is no money.

Equal values share a score. It is 1 where nobody has less; else that of the middle of their places.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.customer.rfm import GONE, LATE, LEAST_PRESENT, RFM_GROUPS
from analytics.domain.customer.risk_tier import RiskTier

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

MEASURES = ("recency", "frequency", "money")
_SCORES = range(1, 6)
#: Lowest score that is told in comparison, by measure.
_LOWEST = {"recency": LEAST_PRESENT, "frequency": 1, "money": 1}
#: Silent for more of the own usual gaps than this is late: one visit in 20 is followed by more.
LATE_GAPS = 3.0
#: So few active days in 180 are seldom, however rare the others' are: at most this score.
_SELDOM_DAYS = {1.0: 1, 2.0: 2}
_GONE_TIERS = [str(RiskTier.LAPSED), str(RiskTier.ENDED)]


def rfm_values(
    customers: pd.DataFrame, *, early_warning_days: int, horizon_days: int
) -> pd.DataFrame:
    """Return recency (days silent, sign turned), frequency and money, more of each being better.

    Beside them stands `silence`: the score of recency that the silence alone decides, 3 where it
    is within the own rhythm.

    Parameters
    ----------
    customers
        days_since_last_activity, usual_gap_days, horizon_days, risk_tier, active_days_180d and
        monthly_revenue, one row a customer.
    early_warning_days
        Of the profile: a shorter silence is late for nobody.
    horizon_days
        Longest horizon of the profile: a longer silence is late for everybody.
    """
    silent = customers["days_since_last_activity"].to_numpy(dtype=np.float64)
    gap = customers["usual_gap_days"].to_numpy(dtype=np.float64)
    horizon = customers["horizon_days"].fillna(float(horizon_days)).to_numpy(dtype=np.float64)
    late_after = np.maximum(np.nan_to_num(LATE_GAPS * gap, nan=np.inf), early_warning_days)
    late = silent > np.minimum(late_after, horizon)
    gone = customers["risk_tier"].isin(_GONE_TIERS).to_numpy(dtype=bool)
    return pd.DataFrame(
        {
            "recency": -silent,
            "frequency": customers["active_days_180d"].to_numpy(dtype=np.float64),
            "money": customers["monthly_revenue"].to_numpy(dtype=np.float64),
            "silence": np.select([gone, late], [GONE, LATE], LEAST_PRESENT).astype(np.float64),
        },
        index=customers.index,
    )


def new_cuts(values: pd.DataFrame, *, run_id: str) -> pd.DataFrame:
    """Return the cut points that part these customers; rows of `rfm_cuts`."""
    there = values["silence"] > GONE
    compared = {
        "recency": values["recency"][values["silence"] >= LEAST_PRESENT],
        "frequency": values["frequency"][there],
        "money": values["money"][there],
    }
    rows = [
        {"measure": name, "score": score, "from_value": cut, "cut_by": run_id}
        for name in MEASURES
        for score, cut in zip(_SCORES, _from_values(compared[name], _LOWEST[name]), strict=True)
    ]
    return pd.DataFrame(rows)


def are_of_this_kind(cuts: pd.DataFrame) -> bool:
    """Tell whether cut points of a former run part recency the way this version does."""
    lower = (cuts["measure"] == "recency") & (cuts["score"] <= LEAST_PRESENT)
    return bool(cuts.loc[lower, "from_value"].isna().all())


def rfm_scores(values: pd.DataFrame, cuts: pd.DataFrame) -> pd.DataFrame:
    """Return the three scores, 1 to 5, and 0 where a value is missing."""
    scores = {
        name: _scored(
            values[name].to_numpy(dtype=np.float64),
            cuts.loc[cuts["measure"] == name, "from_value"].dropna().to_numpy(np.float64),
            _LOWEST[name],
        )
        for name in MEASURES
    }
    silence = values["silence"].to_numpy(dtype=np.int64)
    scores["recency"] = np.where(silence < LEAST_PRESENT, silence, scores["recency"])
    days, money = (values[name].to_numpy(dtype=np.float64) for name in ("frequency", "money"))
    for most, score in sorted(_SELDOM_DAYS.items(), reverse=True):
        scores["frequency"] = np.where(
            days <= most, np.minimum(scores["frequency"], score), scores["frequency"]
        )
    scores["money"] = np.where(money <= 0, 1, scores["money"])
    known = values[list(MEASURES)].notna().to_numpy()
    found = np.column_stack([scores[name] for name in MEASURES])
    return pd.DataFrame(np.where(known, found, 0), columns=list(MEASURES), index=values.index)


def rfm_columns(scores: pd.DataFrame) -> pd.DataFrame:
    """Return `rfm`, such as 5-4-3, and `rfm_group`; both empty where a score is missing."""
    numbers = scores[list(MEASURES)].to_numpy(dtype=np.int64).tolist()
    triples = [(recency, frequency, money) for recency, frequency, money in numbers]
    return pd.DataFrame(
        {
            "rfm": [
                "-".join(map(str, triple)) if triple in RFM_GROUPS else "" for triple in triples
            ],
            "rfm_group": [str(RFM_GROUPS.get(triple, "")) for triple in triples],
        },
        index=scores.index,
    )


def _from_values(values: pd.Series, lowest: int) -> list[float]:
    """Return the least value of each score; NaN for those that need no value.

    A score that nobody reaches begins just above the greatest value, so that it can be reached
    later.
    """
    there = np.sort(values.dropna().to_numpy(dtype=np.float64))
    if not len(there):
        return [np.nan] * len(_SCORES)
    distinct, counts = np.unique(there, return_counts=True)
    scores = _scores_of_places(counts, lowest)
    beyond = float(np.nextafter(distinct[-1], np.inf))
    return [
        np.nan if score <= lowest else float(next(iter(distinct[scores >= score]), beyond))
        for score in _SCORES
    ]


def _scores_of_places(counts: Ints, lowest: int) -> Ints:
    """Return the score of each distinct value, least first, from how many have it."""
    parts = len(_SCORES) + 1 - lowest
    share = np.cumsum(counts) / counts.sum()
    middle = share - counts / counts.sum() / 2
    scores: Ints = (lowest - 1 + np.ceil(parts * middle)).astype(np.int64)
    if len(counts) > 1:  # where all are alike nobody has less, and nobody more
        scores[0] = lowest
    return scores


def _scored(values: Floats, cuts: Floats, lowest: int) -> Ints:
    """Return how many of the cuts each value reaches, from the lowest score up."""
    scores: Ints = lowest + (values[:, None] >= cuts).sum(axis=1).astype(np.int64)
    return scores
