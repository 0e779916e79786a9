"""Made-up evidence about the frustration index of a sample run."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.domain.frustration import EXPERT_WEIGHTS, FRICTION_CHANNELS, PART_LABELS
from analytics.domain.tables.frustration_tables import (
    FrustrationCheck,
    FrustrationGroup,
    JudgedRanking,
    PartWeight,
)
from analytics.domain.tables.run_row import RunRow
from analytics.scoring.frustration.groups import GROUPS
from analytics.scoring.frustration.index_checks import Check as One
from analytics.scoring.frustration.index_checks import CheckOutcome, checks_table

_LIVES = {one.name: one.half_life_days for one in FRICTION_CHANNELS}


def sample_frustration() -> dict[type[RunRow], pd.DataFrame]:
    """Return the rows of every table about the index."""
    return {
        PartWeight: _weights(),
        JudgedRanking: _judged(),
        FrustrationCheck: _checks(),
        FrustrationGroup: _groups(),
    }


def _weights() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "part": name,
            "label": label,
            "half_life_days": _LIVES.get(name),
            "customers_with": 40 * place,
            "expert_weight": EXPERT_WEIGHTS[name],
            "fitted_weight": EXPERT_WEIGHTS[name] + 0.1 * (place % 3 - 1),
            "weight_in_use": EXPERT_WEIGHTS[name],
        }
        for place, (name, label) in enumerate(PART_LABELS.items())
    )


def _judged() -> pd.DataFrame:
    rows = (
        ("activity_only", "No frustration at all: activity only", 0.66, -0.08, False),
        ("expert_weights", "Index with expert weights", 0.74, 0.0, True),
        ("fitted_weights", "Index with fitted weights", 0.742, 0.002, False),
    )
    return pd.DataFrame(
        {
            "ranking": name,
            "label": label,
            "dates": 3,
            "customer_dates": 900,
            "voiced": 90,
            "auc": auc,
            "auc_low": auc - 0.04,
            "auc_high": auc + 0.04,
            "gain": gained,
            "gain_low": gained - 0.01,
            "gain_high": gained + 0.01,
            "in_use": in_use,
        }
        for name, label, auc, gained, in_use in rows
    )


def _checks() -> pd.DataFrame:
    good, weak = CheckOutcome.AS_HOPED, CheckOutcome.WEAKER
    bad, none = CheckOutcome.NOT_AS_HOPED, CheckOutcome.CANNOT_TELL
    nan = float("nan")
    return checks_table(
        [
            One("split_half", "Odd days against even days", 300, 0.78, 0.72, 0.83,
                "0.70 or more", good, "Two indices made of different days rank customers alike."),
            One("satisfaction", "Against later survey scores", 120, -0.2, -0.35, -0.05,
                "-0.30 or less", weak, "The higher the index, the less satisfied."),
            One("gain_rfm_early", "Silent churn beyond recency, frequency and value: customers "
                "seen lately", 600, 0.001, -0.004, 0.006, "more than 0, with its whole interval",
                bad, "AUC 0.700 without the index, 0.701 with it."),
            One("incident", "Rise after an incident", 0, nan, nan, nan, "15 points or more",
                none, "No day stands out."),
        ]
    )  # fmt: skip


def _groups() -> pd.DataFrame:
    shares = np.linspace(0.3, 0.06, len(GROUPS))
    return pd.DataFrame(
        {
            "place": place,
            "group_name": name,
            "label": label,
            "customers_now": 12 * place,
            "customer_dates": 200,
            "spoke_share": share,
            "spoke_low": share - 0.03,
            "spoke_high": share + 0.03,
            "scored": 180,
            "silent_share": share / 2,
            "silent_low": share / 2 - 0.02,
            "silent_high": share / 2 + 0.02,
        }
        for place, ((name, label), share) in enumerate(zip(GROUPS.items(), shares, strict=True), 1)
    )
