"""What must hold of everybody at risk in a published run, whichever model won."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analytics.domain.customer.risk_tier import AT_RISK_TIERS
from analytics.domain.profiles.profile_file import load_profile
from analytics.runs.run_store import RunStore
from analytics.scoring.explanations.reasons import NO_REASON

#: RFM names of customers who are here.
PRESENT = ("champions", "loyal", "promising", "newly_active", "need_attention")


def check_everyone_is_advised(workspace: Path) -> int:
    """Check the current run of a workspace; return how many are at risk.

    Everybody at risk has a reason; everybody at risk for whom assumed save rate times revenue at
    risk exceeds the cost of any action has one; nobody else is told to act.
    """
    run = RunStore(workspace / "data").current()
    customers = pd.read_parquet(run.folder / "customers.parquet")
    at_risk = customers[customers["risk_tier"].isin([str(tier) for tier in AT_RISK_TIERS])]
    unexplained = at_risk["reason_1"].isin(["", NO_REASON])
    assert not unexplained.any(), at_risk.loc[unexplained, "customer_id"].tolist()[:5]
    best = pd.Series(float("-inf"), index=at_risk.index)
    for one in load_profile(run.summary.profile).actions:
        cost = one.contact_cost + one.accept_rate * one.offer_cost
        best = best.combine(one.assumed_save_rate * at_risk["revenue_at_risk"] - cost, max)
    has_action = at_risk["recommended_action"] != "none"
    assert (has_action == (best > 0)).all()
    gone = customers["risk_tier"].isin(["lapsed", "ended"])
    assert not customers.loc[gone, "rfm_group"].isin(PRESENT).any()
    return len(at_risk)
