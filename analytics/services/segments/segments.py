"""Which groups: the matrix, named segments, clusters, moves, and a comparison along one column."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from analytics.database.mart import CUSTOMERS
from analytics.domain.customer.filter import CustomerFilter
from analytics.domain.customer.named_segment import named_segment
from analytics.domain.customer.risk_tier import (
    FRUSTRATED_BANDS,
    FrustrationBand,
    RiskTier,
    ValueBand,
)
from analytics.domain.tables.segment_tables import ClusterCentre, SegmentMove, Steadiness
from analytics.services.current_run.queries import conditions, group_column, measured
from analytics.services.current_run.run_access import OpenRun
from analytics.services.current_run.run_rows import rows_of
from analytics.services.current_run.totals import as_totals, empty_totals, groups_of, totals_over
from analytics.services.results import RunStamp
from analytics.services.segments.segment_results import (
    Cluster,
    MatrixCell,
    Moves,
    SegmentsResult,
)

_FRUSTRATED = tuple(str(band) for band in FRUSTRATED_BANDS)


def segments(
    opened: OpenRun, stamp: RunStamp, chosen: CustomerFilter, column: str
) -> SegmentsResult:
    """Answer the segments page for a choice of customers, compared along a column."""
    return SegmentsResult(
        stamp=stamp,
        totals=totals_over(opened, chosen),
        matrix=_matrix(opened, chosen),
        named=groups_of(opened, chosen, CUSTOMERS.c.named_segment),
        by_band=groups_of(opened, chosen, CUSTOMERS.c.frustration_band),
        groups=groups_of(opened, chosen, group_column(column)),
        group_column=column,
        clusters=_clusters(opened, chosen),
        moves=_moves(opened),
        steadiness=rows_of(opened, Steadiness),
    )


def _matrix(opened: OpenRun, chosen: CustomerFilter) -> tuple[MatrixCell, ...]:
    """Return every cell, also empty ones: value, then frustrated or not, then risk tiers."""
    frustrated = CUSTOMERS.c.frustration_band.in_(_FRUSTRATED).label("is_frustrated")
    statement = measured(CUSTOMERS.c.value_band, frustrated, CUSTOMERS.c.risk_tier)
    found = {
        (row["value_band"], bool(row["is_frustrated"]), row["risk_tier"]): as_totals(row, opened)
        for row in opened.reader.rows(statement.where(*conditions(chosen)))
    }
    nobody = empty_totals(opened)
    return tuple(
        MatrixCell(
            str(value),
            is_frustrated,
            str(tier),
            str(named_segment(value, tier, _band(is_frustrated))),
            found.get((str(value), is_frustrated, str(tier)), nobody),
        )
        for value in ValueBand
        for is_frustrated in (True, False)
        for tier in RiskTier
    )


def _band(is_frustrated: bool) -> FrustrationBand:
    return FrustrationBand.FRUSTRATED if is_frustrated else FrustrationBand.CALM


def _clusters(opened: OpenRun, chosen: CustomerFilter) -> tuple[Cluster, ...]:
    """Return the clusters as the run found them, with the measures over the choice."""
    by_name: dict[str, list[ClusterCentre]] = defaultdict(list)
    for row in rows_of(opened, ClusterCentre):
        by_name[row.cluster].append(row)
    if not by_name:
        return ()
    measures = {
        group.key: group.totals
        for group in groups_of(opened, chosen, CUSTOMERS.c.behaviour_cluster)
    }
    nobody = empty_totals(opened)
    return tuple(
        Cluster(
            name,
            rows[0].customers,
            rows[0].silhouette,
            rows[0].kept_name,
            tuple(sorted(rows, key=lambda row: -abs(row.center_sd))),
            measures.get(name, nobody),
        )
        for name, rows in by_name.items()
    )


def _moves(opened: OpenRun) -> Moves | None:
    """Return the moves of all customers since the last run, the largest first."""
    rows = rows_of(opened, SegmentMove)
    if not rows:
        return None
    filled = tuple(replace(row, was=row.was or "", became=row.became or "") for row in rows)
    return Moves(rows[0].former_run, rows[0].former_as_of, filled)
