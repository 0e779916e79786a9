"""The nearest change in words, marked as the model's response."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analytics.domain.customer.tier_cuts import TENTHS_BELOW, TierCuts
from analytics.modelling.explaining.nearest_change import LEVERS, Lever, NearestChange
from analytics.scoring.explanations.reasons import Floats, finished

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
    at_stake: Floats,
    *,
    cuts: TierCuts,
    levers: Sequence[Lever] = LEVERS,
) -> pd.DataFrame:
    """Return one reason for each customer who has a nearest change."""
    now, stake = risk[change.rows], at_stake[change.rows]
    text = [
        _text(
            levers[lever],
            (before, after),
            (_in_words(was, worth, cuts), _in_words(then, worth, cuts)),
        )
        for lever, before, after, was, then, worth in zip(
            change.lever, change.before, change.after, now, change.risk, stake, strict=True
        )
    ]
    return finished(
        pd.DataFrame(
            {
                "customer_key": features.index.to_numpy()[change.rows],
                "kind": KIND,
                "rank": 1,
                "theme": [levers[place].theme for place in change.lever],
                "points": 100 * (now - change.risk),
                "points_alone": 100 * (now - change.risk),
                "risk_at_reference": change.risk,
                "text": np.array(text, dtype=object),
            }
        )
    )


def _text(lever: Lever, headline: tuple[float, float], said: tuple[str, str]) -> str:
    """Say a change of the lever's number, and what the model says before and after it."""
    one, many = _SAID[lever.name]
    (before, after), (now, then) = headline, said
    return (
        f"With {after:.0f} {one if round(after) == 1 else many} instead of {before:.0f}, the model "
        f"would say {then} instead of {now}. {RESPONSE}"
    )


def _in_words(risk: float, at_stake: float, cuts: TierCuts) -> str:
    shown = f"{risk:.1%}" if risk < TENTHS_BELOW else f"{risk:.0%}"
    return f"{shown} ({cuts.tier_of(risk, at_stake).label.lower()})"
