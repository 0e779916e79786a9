"""How far the frustration index can be believed, read from the run."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import case, func, select

from analytics.database.mart import CUSTOMERS
from analytics.domain.tables.frustration_tables import (
    FrustrationCheck,
    FrustrationGroup,
    JudgedRanking,
    PartWeight,
)
from analytics.services.current_run.run_access import OpenRun
from analytics.services.current_run.run_rows import rows_of


@dataclass(frozen=True)
class FrustrationEvidence:
    """How far the frustration index of the run can be believed; empty for runs that kept nothing.

    Parameters
    ----------
    stale_customers
        Customers today whose index is of their last activity, not of today.
    """

    weights: tuple[PartWeight, ...] = ()
    judged: tuple[JudgedRanking, ...] = ()
    checks: tuple[FrustrationCheck, ...] = ()
    groups: tuple[FrustrationGroup, ...] = ()
    stale_customers: int = 0
    customers: int = 0


def frustration_evidence(opened: OpenRun) -> FrustrationEvidence:
    """Return weights, rankings, checks and groups, each in the order of its table."""
    stale = case((CUSTOMERS.c.frustration_stale.is_(True), 1), else_=0)
    counted = opened.reader.row(
        select(
            func.count().label("customers"), func.coalesce(func.sum(stale), 0).label("stale")
        ).where(CUSTOMERS.c.ended_at.is_(None))
    )
    found = counted or {}
    return FrustrationEvidence(
        weights=rows_of(opened, PartWeight),
        judged=rows_of(opened, JudgedRanking),
        checks=rows_of(opened, FrustrationCheck),
        groups=rows_of(opened, FrustrationGroup),
        stale_customers=int(found.get("stale", 0)),
        customers=int(found.get("customers", 0)),
    )
