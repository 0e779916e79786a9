"""How far the frustration index can be believed, read from the run."""

from __future__ import annotations

from sqlalchemy import case, func, select

from analytics.database.mart import (
    CUSTOMERS,
    FRUSTRATION_CHECKS,
    FRUSTRATION_GROUPS,
    FRUSTRATION_JUDGED,
    FRUSTRATION_WEIGHTS,
)
from analytics.services.evidence_past import read_rows
from analytics.services.frustration_rows import (
    FrustrationCheck,
    FrustrationEvidence,
    FrustrationGroup,
    JudgedRanking,
    PartWeight,
)
from analytics.services.run_access import OpenRun


def frustration_evidence(opened: OpenRun) -> FrustrationEvidence:
    """Return weights, rankings, checks and groups, each in the order of its table."""
    weights, judged = FRUSTRATION_WEIGHTS.c, FRUSTRATION_JUDGED.c
    stale = case((CUSTOMERS.c.frustration_stale.is_(True), 1), else_=0)
    counted = opened.reader.row(
        select(
            func.count().label("customers"), func.coalesce(func.sum(stale), 0).label("stale")
        ).where(CUSTOMERS.c.ended_at.is_(None))
    )
    found = counted or {}
    return FrustrationEvidence(
        weights=read_rows(
            opened, FRUSTRATION_WEIGHTS, PartWeight, weights.expert_weight.desc(), weights.part
        ),
        judged=read_rows(opened, FRUSTRATION_JUDGED, JudgedRanking, judged.ranking),
        checks=read_rows(opened, FRUSTRATION_CHECKS, FrustrationCheck, FRUSTRATION_CHECKS.c.place),
        groups=read_rows(opened, FRUSTRATION_GROUPS, FrustrationGroup, FRUSTRATION_GROUPS.c.place),
        stale_customers=int(found.get("stale", 0)),
        customers=int(found.get("customers", 0)),
    )
