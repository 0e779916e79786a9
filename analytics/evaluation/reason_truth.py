"""The reasons given against the true causes of drifting away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from analytics.evaluation.evaluated_run import EvaluatedRun
from analytics.simulation.hidden import STATE_NAMES, State

#: Themes of reasons that name each cause; poor fit shows in behaviour alone.
CAUSE_THEMES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "trouble": frozenset({"friction", "voice"}),
        "price": frozenset({"commercial"}),
        "onboarding": frozenset({"tenure"}),
        "fit": frozenset({"activity", "recency", "trend", "regularity", "value"}),
    }
)
DRIFTING = (STATE_NAMES[State.AT_RISK], STATE_NAMES[State.DORMANT])


@dataclass(frozen=True)
class ReasonQuality:
    """How often the true cause is among the first two reasons.

    Parameters
    ----------
    customers
        Scored customers who truly drift away on the run's date, with a cause of their own.
    by_cause
        The same share by cause, with the number of customers.
    """

    top2: float
    customers: int
    by_cause: dict[str, tuple[float, int]]


def reason_quality(seen: EvaluatedRun) -> ReasonQuality:
    """Compare the first two risk reasons of those who drift away with what drove them."""
    week = int(seen.truth.week_known_on([seen.as_of_day])[0])
    weeks = seen.truth.weeks
    now = weeks[(weeks["week"] == week) & weeks["state"].isin(DRIFTING)]
    now = now[now["driver"].isin(list(CAUSE_THEMES))]
    customers = pd.read_parquet(
        seen.run.folder / "customers.parquet", columns=["customer_id", "eligible"]
    )
    scored = set(customers.loc[customers["eligible"], "customer_id"])
    now = now[now["customer_id"].isin(scored)]
    reasons = pd.read_parquet(seen.run.folder / "reasons.parquet")
    first = reasons[(reasons["kind"] == "risk") & (reasons["rank"] <= 2)]
    themes = first.groupby("customer_id")["theme"].agg(frozenset)
    named = pd.Series(
        [
            bool(CAUSE_THEMES[cause] & themes.get(customer, frozenset()))
            for customer, cause in zip(now["customer_id"], now["driver"], strict=True)
        ],
        index=now["driver"].astype(str).to_numpy(),
        dtype=float,
    )
    by_cause = {
        str(cause): (float(part.mean()), len(part)) for cause, part in named.groupby(level=0)
    }
    return ReasonQuality(float(named.mean()) if len(named) else float("nan"), len(named), by_cause)
