"""The segments of the sample run: states, named segments, RFM, clusters, moves, steadiness."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pandas as pd

from analytics.domain.customer.named_segment import CELLS
from analytics.domain.customer.state import CustomerState
from analytics.domain.tables.run_row import RunRow
from analytics.domain.tables.segment_tables import ClusterCentre, RfmCut, SegmentMove, Steadiness
from analytics.scoring.segments.rfm import new_cuts, rfm_columns, rfm_scores, rfm_values
from analytics.scoring.segments.segment_moves import MOVE_COLUMNS, segment_moves

CLUSTER_NAMES = ("Often here, broad use", "Seldom here, short visits")
FORMER_RUN = "20260303T000000-sample"


def with_segments(table: pd.DataFrame, as_of: datetime) -> pd.DataFrame:
    """Return the customers with their state and segments."""
    state = [_state(one) for one in table.itertuples()]
    days_ago = np.where(table["eligible"], 7 * (1 + np.arange(len(table)) % 12), 60)
    since = [as_of - timedelta(days=int(days)) for days in days_ago]
    cells = zip(table["value_band"], table["risk_tier"], table["frustration_band"], strict=True)
    scores = rfm_scores(_rfm(table), new_cuts(_rfm(table), run_id="sample"))
    often = table["active_days_28d"] >= table["active_days_28d"].median()
    names = np.where(often, *CLUSTER_NAMES)
    return table.assign(
        tier_held=table["eligible"] & (np.arange(len(table)) % 11 == 0),
        customer_state=[str(one) for one in state],
        state_since=pd.to_datetime(since),
        state_reason=[
            f"{one.label} since {day.day} {day:%B %Y}: active 3 days in 28 where 9 are usual."
            for one, day in zip(state, since, strict=True)
        ],
        usual_active_days_28d=28 / table["usual_gap_days"],
        expected_active_days_28d=27 / table["usual_gap_days"],
        named_segment=[str(CELLS[(value, str(tier), band)]) for value, tier, band in cells],
        behaviour_cluster=np.where(table["eligible"], names, ""),
    ).join(rfm_columns(scores))


def segment_tables(table: pd.DataFrame) -> dict[type[RunRow], pd.DataFrame]:
    """Return the run tables of segments; a fifth of the scored were in the next tier then."""
    before = table.assign(
        risk_tier=table["previous_risk_tier"].where(table["previous_risk_tier"] != "", "low"),
        revenue_at_risk=table["revenue_at_risk"] * 0.9,
    )
    before["named_segment"] = np.where(
        np.arange(len(table)) % 5 == 0, "leave_in_peace", table["named_segment"]
    )
    now = table.iloc[: len(table) - 3]
    return {
        RfmCut: new_cuts(_rfm(table), run_id="sample"),
        ClusterCentre: _clusters(table),
        SegmentMove: segment_moves(
            before.iloc[5:][list(MOVE_COLUMNS)],
            now[list(MOVE_COLUMNS)],
            former_run=FORMER_RUN,
            former_as_of="2026-03-03",
        ),
        Steadiness: pd.DataFrame(
            [
                ("tier_flips", "Change tier in a week", 0.071, 0.08, True, "20 weeks."),
                ("tier_flips_by_score_alone", "Without the rule", 0.093, np.nan, None, "20 weeks."),
                ("cluster_ari", "Clusters found again", 0.91, 0.85, True, "Bootstrap samples."),
            ],
            columns=list(Steadiness.table.column_names),
        ),
    }


def _rfm(table: pd.DataFrame) -> pd.DataFrame:
    return rfm_values(
        table.assign(active_days_180d=6 * table["active_days_28d"]),
        early_warning_days=14,
        horizon_days=112,
    )


def _state(one: object) -> CustomerState:
    tier, silent = str(one.risk_tier), float(one.days_since_last_activity)  # type: ignore[attr-defined]
    unscored = {
        "ended": CustomerState.ENDED,
        "lapsed": CustomerState.SILENTLY_CHURNED,
        "insufficient_cadence": CustomerState.UNCLEAR,
    }
    if tier in unscored:
        return unscored[tier]
    if silent > 20:
        return CustomerState.DORMANT
    if one.churn_risk > 0.15:  # type: ignore[attr-defined]
        return CustomerState.FADING
    return CustomerState.RECOVERED if silent < 1 else CustomerState.ENGAGED


def _clusters(table: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for place, name in enumerate(CLUSTER_NAMES):
        size = int((table["behaviour_cluster"] == name).sum())
        for factor, apart in (("Active days in 90", 0.9), ("Features used in 28 days", 0.5)):
            sign = 1 if place == 0 else -1
            rows.append(
                {
                    "cluster": name,
                    "factor": factor,
                    "center": 2 + sign * apart,
                    "center_sd": sign * apart,
                    "typical": 12 + 6 * sign,
                    "typical_all": 12,
                    "customers": size,
                    "silhouette": 0.3,
                    "kept_name": place == 0,
                }
            )
    return pd.DataFrame(rows)
