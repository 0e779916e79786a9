"""Behavioural clusters: described, named and checked for stability; never an input of a model.

K-means on a few standardised factors. The number of clusters is the largest that bootstrap samples
find again (mean adjusted Rand index) and that separates nearly as well as the best (silhouette).
Where none is found again, or too little varies, there are no clusters, and that is said.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, silhouette_samples

from analytics.scoring.segments.cluster_factors import Factor, present_factors, scaled

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

CLUSTERS_STABLE_FROM = 0.85
_LEAST_SEPARATION, _NEARLY_AS_GOOD = 0.10, 0.85
_COUNTS = range(2, 7)
_BOOTSTRAPS = 10
_STARTS = 4
#: Rows by which the number of clusters is chosen; all are then put into a cluster.
_CHOSEN_BY, _LEAST_CUSTOMERS, _LEAST_FACTORS = 3_000, 200, 3
#: Values beyond these quantiles count as the quantile, so that no outlier makes a cluster.
_CLIPPED = (0.01, 0.99)


@dataclass(frozen=True)
class Clustering:
    """The clusters of the customers given, or why there are none.

    Parameters
    ----------
    place
        Number of each customer's cluster; -1 for everybody where there are none.
    centers
        One row a cluster, one column a factor, on the scaled factors.
    spread
        Mean and standard deviation of each scaled factor over the customers.
    ari
        Mean adjusted Rand index between the clustering and those of bootstrap samples; of the most
        stable number of clusters where none is stable enough; NaN where nothing was tried.
    silhouette
        Mean silhouette of each cluster.
    """

    factors: tuple[Factor, ...]
    place: Ints
    centers: Floats
    spread: tuple[Floats, Floats]
    ari: float
    silhouette: Floats

    @property
    def count(self) -> int:
        """How many clusters there are; 0 for none that is stable."""
        return len(self.centers)


def cluster(features: pd.DataFrame, *, seed: int) -> Clustering:
    """Cluster customers by their behaviour.

    Parameters
    ----------
    features
        One row a customer; columns of the feature registry.
    """
    factors = present_factors(features)
    if len(features) < _LEAST_CUSTOMERS or len(factors) < _LEAST_FACTORS:
        return _none(factors, len(features), float("nan"))
    values = scaled(features, factors).to_numpy(dtype=np.float64)
    values = np.clip(values, *np.quantile(values, _CLIPPED, axis=0))
    middle, width = values.mean(axis=0), values.std(axis=0)
    kept = width > 0
    factors = tuple(factor for factor, keep in zip(factors, kept, strict=True) if keep)
    if len(factors) < _LEAST_FACTORS:  # what a few outliers vary in, nobody does once clipped
        return _none(factors, len(features), float("nan"))
    standard = (values[:, kept] - middle[kept]) / width[kept]
    rng = np.random.default_rng(seed)
    tried = _tried(standard, rng)
    best = _best(tried)
    if best is None:
        most = max((clustering.ari for clustering in tried), default=float("nan"))
        return _none(factors, len(features), most)
    place = best.model.predict(standard).astype(np.int64)
    centers = best.model.cluster_centers_ * width[kept] + middle[kept]
    spread = (middle[kept], width[kept])
    return Clustering(factors, place, centers, spread, best.ari, best.by_cluster)


@dataclass(frozen=True)
class _Tried:
    model: KMeans
    ari: float
    silhouette: float
    by_cluster: Floats


def _tried(standard: Floats, rng: np.random.Generator) -> list[_Tried]:
    """Cluster a sample into each number of clusters, and bootstrap samples of it.

    As many clusters as there are different customers say nothing, and are not tried; nor is kept
    what leaves a cluster empty.
    """
    size = min(len(standard), _CHOSEN_BY)
    sample = standard[rng.choice(len(standard), size, replace=False)]
    different = len(np.unique(sample, axis=0))
    found = []
    for count in (tried_count for tried_count in _COUNTS if tried_count < different):
        model = _fitted(sample, count, 0)
        place = model.predict(sample)
        if len(np.unique(place)) < count:
            continue
        draws = (sample[rng.integers(0, size, size)] for _ in range(_BOOTSTRAPS))
        again = [_found_again(sample, place, drawn, 1 + seed) for seed, drawn in enumerate(draws)]
        ari = float(np.mean(again))
        each = silhouette_samples(sample, place)
        by_cluster = np.array(
            [each[place == cluster_place].mean() for cluster_place in range(count)]
        )
        found.append(_Tried(model, ari, float(each.mean()), by_cluster))
    return found


def _found_again(sample: Floats, place: Ints, draw: Floats, seed: int) -> float:
    """Return how alike the clusters of a draw are; 0 where it has too few different customers."""
    count = int(place.max()) + 1
    if len(np.unique(draw, axis=0)) < count:
        return 0.0
    return float(adjusted_rand_score(place, _fitted(draw, count, seed).predict(sample)))


def _best(tried: list[_Tried]) -> _Tried | None:
    """Return the most clusters among those stable and nearly as well separated as the best."""
    stable = [clustering for clustering in tried if clustering.ari >= CLUSTERS_STABLE_FROM]
    stable = [clustering for clustering in stable if clustering.silhouette >= _LEAST_SEPARATION]
    if not stable:
        return None
    enough = _NEARLY_AS_GOOD * max(clustering.silhouette for clustering in stable)
    return [clustering for clustering in stable if clustering.silhouette >= enough][-1]


def _fitted(sample: Floats, count: int, seed: int) -> KMeans:
    return KMeans(count, n_init=_STARTS, random_state=seed).fit(sample)


def _none(factors: tuple[Factor, ...], size: int, ari: float) -> Clustering:
    nothing = np.empty((0, len(factors)))
    return Clustering(
        factors, np.full(size, -1), nothing, (np.empty(0), np.empty(0)), ari, np.empty(0)
    )
