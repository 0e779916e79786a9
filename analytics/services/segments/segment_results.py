"""What the services answer about segments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from analytics.domain.tables.segment_tables import ClusterCentre, SegmentMove, Steadiness
from analytics.services.results import GroupRow, RunStamp, Totals


@dataclass(frozen=True)
class MatrixCell:
    """One cell of the value, risk and frustration matrix.

    Parameters
    ----------
    frustrated
        Whose frustration index reaches the band of that name.
    named
        The named segment that the cell belongs to.
    """

    value_band: str
    frustrated: bool
    risk_tier: str
    named: str
    totals: Totals


@dataclass(frozen=True)
class Cluster:
    """One behavioural cluster with its profile, what tells it apart first."""

    name: str
    customers: int
    silhouette: float
    kept_name: bool
    factors: tuple[ClusterCentre, ...]
    totals: Totals


@dataclass(frozen=True)
class Moves:
    """Every move since the last run; None stands for the first run."""

    former_run: str
    former_as_of: str
    moves: tuple[SegmentMove, ...]


@dataclass(frozen=True)
class SegmentsResult:
    """Which groups: a matrix, named segments, clusters, moves, and one column compared."""

    stamp: RunStamp
    totals: Totals
    matrix: tuple[MatrixCell, ...]
    named: tuple[GroupRow, ...]
    by_band: tuple[GroupRow, ...]
    groups: tuple[GroupRow, ...]
    group_column: str
    clusters: tuple[Cluster, ...]
    moves: Moves | None
    steadiness: tuple[Steadiness, ...]


@dataclass(frozen=True)
class PastSize:
    """A saved segment in one run; None where that run did not know what it asks for."""

    as_of: date
    run_id: str
    totals: Totals | None


@dataclass(frozen=True)
class SavedSegment:
    """A choice of customers that somebody named, followed from run to run, oldest first."""

    segment_id: int
    name: str
    query: str
    saved_by: str
    saved_at: datetime
    history: tuple[PastSize, ...]
