"""The frustration index against latent frustration."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import spearmanr

from analytics.evaluation.published_run.evaluated_run import EvaluatedRun
from analytics.features.prepared import EPOCH
from analytics.simulation.hidden import STATE_NAMES, State

STILL_THERE = STATE_NAMES[: State.GONE_SILENTLY]


def frustration_spearman(seen: EvaluatedRun) -> float:
    """Return the mean over the run's dates of Spearman's rank correlation of index and truth.

    Only customers who had not left by the date count: whoever has gone feels nothing.
    """
    history = pd.read_parquet(
        seen.run.folder / "risk_history.parquet",
        columns=["customer_id", "observation_date", "frustration_index"],
    ).dropna()
    days = (pd.to_datetime(history["observation_date"]) - pd.Timestamp(EPOCH)).dt.days
    history["week"] = seen.truth.week_known_on(days.to_numpy())
    joined = history.merge(seen.truth.weeks, on=["customer_id", "week"])
    joined = joined[joined["state"].isin(STILL_THERE)]
    found = [
        float(spearmanr(part["frustration_index"], part["frustration"]).statistic)
        for _, part in joined.groupby("observation_date")
        if np.ptp(part["frustration_index"].to_numpy()) > 0
    ]
    return float(np.mean(found)) if found else float("nan")
