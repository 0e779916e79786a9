"""A made-up feature catalogue over the real registry, for tests of what shows it."""

from __future__ import annotations

import numpy as np

from analytics.domain.tables.feature_catalogue import FeatureCatalogue, FeatureEntry
from analytics.features.record import Feature
from analytics.features.registry import FEATURES

#: Evidence that the sample's source does not have.
ABSENT_EVIDENCE = "is_survey"


def sample_catalogue(customers: int, *, shift: float = 0.0, seed: int = 5) -> FeatureCatalogue:
    """Return a catalogue; with a `shift`, all values lie so many standard deviations higher."""
    rng = np.random.default_rng(seed)
    return FeatureCatalogue(
        customers=customers,
        related_on="2026-01-31",
        observations=customers,
        silent=customers // 12,
        counted_by="DuckDB 2.0.0",
        entries=tuple(_entry(one, rng, shift) for one in FEATURES),
    )


def _entry(one: Feature, rng: np.random.Generator, shift: float) -> FeatureEntry:
    absent = ABSENT_EVIDENCE in one.evidence
    auc = float(np.clip(rng.normal(0.55, 0.08), 0.2, 0.9))
    low, high = sorted(rng.uniform(0.02, 0.25, 2))
    return FeatureEntry(
        name=one.name,
        theme=one.theme.value,
        kind=one.kind.value,
        unit=one.unit,
        window_days=one.window_days,
        description=one.description,
        formula=one.formula,
        missing_when=one.missing_when,
        own=False,
        used=not absent,
        supported=not absent,
        coverage=0.0 if absent else 1.0 if one.default is not None else 0.82,
        auc=None if absent else auc,
        auc_low=None if absent else auc - 0.04,
        auc_high=None if absent else auc + 0.04,
        silent_share_low=None if absent else float(low),
        silent_share_high=None if absent else float(high),
        spread=() if absent else tuple(np.linspace(shift, 3 + shift, 201).round(6).tolist()),
    )
