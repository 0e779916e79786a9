"""How the scores went: every customer's and the portfolio's, date by date."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.customer.risk_tier import AT_RISK_TIERS, FRUSTRATED_BANDS
from analytics.features.outcomes.labels import Outcome
from analytics.features.prepared import day_number
from analytics.modelling.backtest import MIN_KNOWN_SHARE
from analytics.modelling.judging import Backtest
from analytics.scoring.customer_value.value import Value
from analytics.scoring.scores import TieredScores


def risk_history(history: Sequence[TieredScores], ids: npt.NDArray[np.object_]) -> pd.DataFrame:
    """Return one row a customer and date; `ids` by customer key."""
    parts = [
        pd.DataFrame(
            {
                "customer_id": ids[scored.snapshot.features.index],
                "observation_date": scored.snapshot.observation_date,
                "churn_risk": scored.churn_risk,
                "risk_tier": scored.tier,
                "frustration_index": scored.frustration.index,
            }
        )
        for scored in history
    ]
    return pd.concat(parts, ignore_index=True)


def portfolio_history(
    history: Sequence[TieredScores], values: Sequence[Value], tested: Backtest
) -> pd.DataFrame:
    """Return one row a date, oldest first."""
    predicted = tested.predictions.groupby("day")[tested.champion].mean()
    rows = [
        {
            "observation_date": scored.snapshot.observation_date,
            "customers": len(scored.churn_risk),
            "eligible": int(scored.snapshot.eligible.sum()),
            "at_risk": int(np.isin(scored.tier, [str(tier) for tier in AT_RISK_TIERS]).sum()),
            "expected_silent": float(np.nansum(scored.churn_risk)),
            "revenue_at_risk": float(np.nansum(scored.churn_risk * value.at_stake)),
            "frustrated": int(
                np.isin(scored.frustration.band, [str(band) for band in FRUSTRATED_BANDS]).sum()
            ),
            "silent_churn_share": _silent_share(scored),
            "predicted_share": predicted.get(day_number(scored.snapshot.observation_date), np.nan),
        }
        for scored, value in zip(history, values, strict=True)
    ]
    return pd.DataFrame(rows).sort_values("observation_date", ignore_index=True)


def _silent_share(one: TieredScores) -> float:
    """Return the share who went silent, once nearly every horizon of the date has passed."""
    known = one.snapshot.labelled
    if known.sum() < MIN_KNOWN_SHARE * max(one.snapshot.eligible.sum(), 1):
        return float("nan")
    return float((one.snapshot.outcome[known] == Outcome.SILENT).mean())
