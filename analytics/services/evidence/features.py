"""What the features are, what they cover in this run, and how they moved since the last one."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.domain.tables.feature_catalogue import FeatureEntry, population_stability
from analytics.runs.run_files import read_catalogue
from analytics.runs.run_store import PublishedRun


@dataclass(frozen=True)
class FeatureLine:
    """One feature; `drift` is its population stability index since the former run."""

    entry: FeatureEntry
    drift: float | None


@dataclass(frozen=True)
class FeaturesResult:
    """All features of a run, in the registry's order.

    Parameters
    ----------
    related_on
        Date on which the relation was taken; empty where too few went silent on any.
    since
        Date that the drift counts from; empty without a former run to compare with.
    """

    lines: tuple[FeatureLine, ...]
    customers: int
    counted_by: str
    related_on: str
    observations: int
    silent: int
    since: str


def features(run: PublishedRun, former: PublishedRun | None) -> FeaturesResult | None:
    """Return the features of a run; None for a run made before runs kept them."""
    catalogue = read_catalogue(run.folder)
    if catalogue is None:
        return None
    before = read_catalogue(former.folder) if former else None
    spreads = {entry.name: entry.spread for entry in before.entries} if before else {}
    return FeaturesResult(
        lines=tuple(
            FeatureLine(entry, population_stability(spreads.get(entry.name, ()), entry.spread))
            for entry in catalogue.entries
        ),
        customers=catalogue.customers,
        counted_by=catalogue.counted_by,
        related_on=catalogue.related_on,
        observations=catalogue.observations,
        silent=catalogue.silent,
        since=former.summary.as_of[:10] if former and before else "",
    )
