"""Clusters in words, and under the names that the last run gave them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import linear_sum_assignment

from analytics.scoring.segments.clusters import Clustering

Floats = npt.NDArray[np.float64]

#: Standard deviations from all customers at which a factor names a cluster.
_NAMES_FROM = 0.4
_MOST_WORDS = 3
#: A former cluster is the same one up to this mean distance a factor, in standard deviations.
_SAME_WITHIN = 0.5


def cluster_table(
    clustering: Clustering, features: pd.DataFrame, former: pd.DataFrame | None
) -> pd.DataFrame:
    """Return the rows of `clusters`, one a cluster and factor.

    Parameters
    ----------
    features
        As they were clustered.
    former
        The same table of the last run; None for the first.
    """
    middle, width = clustering.spread
    standard = (clustering.centers - middle) / width if clustering.count else clustering.centers
    kept = _kept_names(clustering, former)
    names = _with_new_names(clustering, standard, kept)
    rows = []
    for place, name in enumerate(names):
        own = features[clustering.place == place]
        for column, factor in enumerate(clustering.factors):
            rows.append(
                {
                    "cluster": name,
                    "factor": factor.label,
                    "center": clustering.centers[place, column],
                    "center_sd": standard[place, column],
                    "typical": own[factor.feature].median(),
                    "typical_all": features[factor.feature].median(),
                    "customers": len(own),
                    "silhouette": clustering.silhouette[place],
                    "kept_name": place in kept,
                }
            )
    columns = ("cluster", "factor", "center", "center_sd", "typical", "typical_all", "customers",
               "silhouette", "kept_name")  # fmt: skip
    return pd.DataFrame(rows, columns=list(columns))


def names_of(clustering: Clustering, table: pd.DataFrame) -> npt.NDArray[np.object_]:
    """Return the name of each customer's cluster; empty where there is none."""
    names = [*table["cluster"].drop_duplicates(), ""]
    found: npt.NDArray[np.object_] = np.array(names, dtype=object)[clustering.place]
    return found


def _kept_names(clustering: Clustering, former: pd.DataFrame | None) -> dict[int, str]:
    """Match centres with the last run's, best total first (Hungarian), and keep names that fit."""
    if former is None or former.empty or not clustering.count:
        return {}
    before = former.pivot_table(index="cluster", columns="factor", values="center", sort=False)
    labels = [factor.label for factor in clustering.factors]
    if not set(labels) <= set(before.columns):
        return {}
    width = clustering.spread[1]
    apart = (clustering.centers[:, None, :] - before[labels].to_numpy()[None, :, :]) / width
    distance = np.sqrt((apart**2).mean(axis=2))
    now, then = linear_sum_assignment(distance)
    return {
        int(current): str(before.index[int(other)])
        for current, other in zip(now, then, strict=True)
        if distance[current, other] <= _SAME_WITHIN
    }


def _with_new_names(clustering: Clustering, standard: Floats, kept: dict[int, str]) -> list[str]:
    taken = set(kept.values())
    names = []
    for place in range(clustering.count):
        name = kept.get(place) or _new_name(clustering, standard[place], taken)
        taken.add(name)
        names.append(name)
    return names


def _new_name(clustering: Clustering, center: Floats, taken: set[str]) -> str:
    """Name a cluster by what is highest and lowest in it, with one word more where it is taken."""
    order = np.argsort(-np.abs(center))
    telling = [place for place in order if abs(center[place]) >= _NAMES_FROM][:_MOST_WORDS]
    words = [
        clustering.factors[column].high if center[column] > 0 else clustering.factors[column].low
        for column in telling
    ]
    choices = [_said(words[:many]) for many in range(min(2, len(words)), len(words) + 1)]
    free = [choice for choice in choices if choice not in taken]
    return free[0] if free else _numbered(choices[-1], taken)


def _said(words: Sequence[str]) -> str:
    return ", ".join(words).capitalize() if words else "Like most"


def _numbered(name: str, taken: set[str]) -> str:
    return next(f"{name} ({n})" for n in range(2, len(taken) + 3) if f"{name} ({n})" not in taken)
