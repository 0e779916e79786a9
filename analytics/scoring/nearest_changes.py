"""The nearest change in words, marked as the model's response."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analytics.domain.risk_tier import tier_of
from analytics.modelling.nearest_change import LEVERS, Lever, NearestChange
from analytics.scoring.reasons import Floats, finished

KIND = "nearest_change"
RESPONSE = "The model's response, not a promise."

#: How a lever's change is said; the numbers are those of its headline feature.
_SAID = {
    "open_tickets": ("unsolved ticket", "unsolved tickets"),
    "problems": ("problem in 28 days", "problems in 28 days"),
    "failed_payments": ("failed payment in 56 days", "failed payments in 56 days"),
    "features_used": ("feature used in 28 days", "features used in 28 days"),
}


def nearest_change_reasons(
    change: NearestChange,
    features: pd.DataFrame,
    risk: Floats,
    *,
    base_rate: float,
    levers: Sequence[Lever] = LEVERS,
) -> pd.DataFrame:
    """Return one reason for each customer who has a nearest change."""
    now = risk[change.rows]
    text = [
        _text(levers[lever], before, after, was, then, base_rate)
        for lever, before, after, was, then in zip(
            change.lever, change.before, change.after, now, change.risk, strict=True
        )
    ]
    return finished(
        pd.DataFrame(
            {
                "customer_key": features.index.to_numpy()[change.rows],
                "kind": KIND,
                "rank": 1,
                "theme": [levers[one].theme for one in change.lever],
                "points": 100 * (now - change.risk),
                "points_alone": 100 * (now - change.risk),
                "risk_at_reference": change.risk,
                "text": np.array(text, dtype=object),
            }
        )
    )


def _text(
    lever: Lever, before: float, after: float, risk: float, then: float, base_rate: float
) -> str:
    one, many = _SAID[lever.name]
    return (
        f"With {after:.0f} {one if round(after) == 1 else many} instead of {before:.0f}, the model "
        f"would say {then:.0%} ({tier_of(then, base_rate).label.lower()}) instead of {risk:.0%} "
        f"({tier_of(risk, base_rate).label.lower()}). {RESPONSE}"
    )
