"""The feature catalogue of a run: what each feature covers, and how it goes with what happened."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import rankdata

from analytics.domain.tables.feature_catalogue import FeatureCatalogue, FeatureEntry
from analytics.features.outcomes.labels import Outcome
from analytics.features.record import Feature
from analytics.features.registry import FEATURE_NAMES
from analytics.modelling.observing.observations import Snapshot

#: Fewer who went silent, or stayed, say nothing of a relation.
LEAST_OF_EACH = 20
_PERCENTS = np.linspace(0, 100, 201)
_Z95 = 1.96

Floats = npt.NDArray[np.float64]


def feature_report(
    snapshots: Sequence[Snapshot],
    features: Sequence[Feature],
    *,
    absent: Collection[str],
    used: Collection[str],
    counted_by: str,
) -> FeatureCatalogue:
    """Return the catalogue: coverage as of the latest date, relation on the latest known one.

    Parameters
    ----------
    snapshots
        Latest first.
    used
        Names of the features that the champion sees.

    Notes
    -----
    The relation is taken on one date only, so that every customer counts once and its interval
    (Hanley and McNeil 1982) is not too narrow.
    """
    now = snapshots[0].features
    known = _latest_known(snapshots)
    silent = known.outcome[known.labelled] == Outcome.SILENT if known else np.array([], dtype=bool)
    entries = []
    for feature in features:
        values = known.features[feature.name].to_numpy()[known.labelled] if known else None
        told = {} if values is None or feature.name in absent else _relation(values, silent)
        entries.append(
            FeatureEntry(
                name=feature.name,
                theme=feature.theme.value,
                kind=feature.kind.value,
                unit=feature.unit,
                window_days=feature.window_days,
                description=feature.description,
                formula=feature.formula,
                missing_when=feature.missing_when,
                own=feature.name not in FEATURE_NAMES,
                used=feature.name in used and feature.name not in absent,
                supported=feature.name not in absent,
                coverage=float(now[feature.name].notna().mean()) if len(now) else 0.0,
                auc=told.get("auc"),
                auc_low=told.get("auc_low"),
                auc_high=told.get("auc_high"),
                silent_share_low=told.get("silent_share_low"),
                silent_share_high=told.get("silent_share_high"),
                spread=_spread(now[feature.name]),
            )
        )
    return FeatureCatalogue(
        customers=len(now),
        related_on=known.observation_date.isoformat() if known else "",
        observations=len(silent),
        silent=int(silent.sum()),
        counted_by=counted_by,
        entries=tuple(entries),
    )


def _latest_known(snapshots: Sequence[Snapshot]) -> Snapshot | None:
    """Return the latest date on which enough went silent, and enough did not."""
    for snapshot in snapshots:
        silent = snapshot.outcome[snapshot.labelled] == Outcome.SILENT
        if min(silent.sum(), (~silent).sum()) >= LEAST_OF_EACH:
            return snapshot
    return None


def _relation(values: Floats, silent: npt.NDArray[np.bool_]) -> dict[str, float]:
    """Return AUC with its interval, and the silent shares at both ends; nothing if it is flat."""
    there = np.isfinite(values)
    values, silent = values[there], silent[there]
    ones, zeros = int(silent.sum()), int((~silent).sum())
    if min(ones, zeros) < LEAST_OF_EACH or values.min() == values.max():
        return {}
    auc = (rankdata(values)[silent].sum() - ones * (ones + 1) / 2) / (ones * zeros)
    low, high = np.quantile(values, [0.2, 0.8])
    lowest = values <= low
    highest = values >= high if high > low else values > low
    if not highest.any():  # nearly all are at the top
        lowest, highest = values < high, values >= high
    error = _standard_error(auc, ones, zeros)
    return {
        "auc": float(auc),
        "auc_low": float(max(auc - _Z95 * error, 0.0)),
        "auc_high": float(min(auc + _Z95 * error, 1.0)),
        "silent_share_low": float(silent[lowest].mean()),
        "silent_share_high": float(silent[highest].mean()),
    }


def _standard_error(auc: float, ones: int, zeros: int) -> float:
    both_ones, both_zeros = auc / (2 - auc), 2 * auc**2 / (1 + auc)
    variance = (
        auc * (1 - auc) + (ones - 1) * (both_ones - auc**2) + (zeros - 1) * (both_zeros - auc**2)
    ) / (ones * zeros)
    return float(np.sqrt(max(variance, 0.0)))


def _spread(values: pd.Series) -> tuple[float, ...]:
    there = values.to_numpy()[values.notna()]
    if not len(there):
        return ()
    return tuple(
        float(f"{quantile:.6g}") for quantile in np.percentile(there, _PERCENTS, method="lower")
    )
