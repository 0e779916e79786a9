"""Which groups: the value by risk matrix and a comparison along one column."""

from __future__ import annotations

from analytics.database.mart import CUSTOMERS
from analytics.domain.customer_filter import CustomerFilter
from analytics.domain.risk_tier import RiskTier, ValueBand
from analytics.services.queries import conditions, group_column, measured
from analytics.services.results import MatrixCell, RunStamp, SegmentsResult
from analytics.services.run_access import OpenRun
from analytics.services.totals import as_totals, empty_totals, groups_of, totals_over


def segments(
    opened: OpenRun, stamp: RunStamp, chosen: CustomerFilter, column: str
) -> SegmentsResult:
    """Answer the segments page for a choice of customers, compared along a column."""
    return SegmentsResult(
        stamp=stamp,
        totals=totals_over(opened, chosen),
        matrix=_matrix(opened, chosen),
        by_band=groups_of(opened, chosen, CUSTOMERS.c.frustration_band),
        groups=groups_of(opened, chosen, group_column(column)),
        group_column=column,
    )


def _matrix(opened: OpenRun, chosen: CustomerFilter) -> tuple[MatrixCell, ...]:
    """Return every cell, also empty ones: value bands by risk tiers, each in its own order."""
    statement = measured(CUSTOMERS.c.value_band, CUSTOMERS.c.risk_tier).where(*conditions(chosen))
    found = {
        (row["value_band"], row["risk_tier"]): as_totals(row, opened)
        for row in opened.reader.rows(statement)
    }
    nobody = empty_totals(opened)
    return tuple(
        MatrixCell(str(band), str(tier), found.get((str(band), str(tier)), nobody))
        for band in ValueBand
        for tier in RiskTier
    )
