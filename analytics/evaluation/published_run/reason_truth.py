"""The reasons given against the true causes of leaving.

Judged are customers who truly left silently after they had drifted away for a cause of their own.
The reasons are those that the model of the oldest test date gives on the last weekly date before
they left on which they were scored: neither model nor reasons knew how it ended. Most causes are of
one kind, so a product that always says the same would be right most of the time; what it would
reach stands beside, and so does the mean over the causes, which it could not raise above a half.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from analytics.evaluation.published_run.evaluated_run import EvaluatedRun
from analytics.evaluation.truth import GONE_SILENTLY, Truth
from analytics.features.prepared import day_number
from analytics.modelling.observing.observations import Snapshot
from analytics.scoring.explanations.causes import likely_causes
from analytics.scoring.explanations.explained import reasons_for_risk
from analytics.simulation.hidden import STATE_NAMES, State

#: Themes of reasons that name each cause; poor fit shows in behaviour alone.
CAUSE_THEMES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "trouble": frozenset({"friction", "voice"}),
        "price": frozenset({"commercial"}),
        "onboarding": frozenset({"tenure"}),
        "fit": frozenset({"activity", "recency", "trend", "value"}),
    }
)
DRIFTING = (STATE_NAMES[State.AT_RISK], STATE_NAMES[State.DORMANT])
FIRST_REASONS = 2


@dataclass(frozen=True)
class ReasonQuality:
    """How often the true cause is among the first two reasons.

    Parameters
    ----------
    top2
        Of those who drifted away and then left silently.
    customers
        How many of them were scored on a weekly date before they left.
    always_the_same
        Share that naming the two most common causes to everybody would reach.
    mean_over_causes
        Mean of the shares by cause.
    by_cause
        The share by cause, with the number of customers.
    drifting_top2, drifting_customers
        The same share of the published reasons of those who drift on the run's date.
    """

    top2: float
    customers: int
    always_the_same: float
    mean_over_causes: float
    by_cause: dict[str, tuple[float, int]]
    drifting_top2: float
    drifting_customers: int


def reason_quality(seen: EvaluatedRun) -> ReasonQuality:
    """Compare the first two risk reasons with what truly drove the customers away."""
    leavers = drifted_leavers(seen.truth)
    dates = last_scored(seen.weekly, seen.ids, leavers)
    named = is_named(leavers.loc[dates.index, "driver"], _themes_before(seen, dates))
    drifting, published = _drifting(seen)
    named_today = is_named(drifting, published)
    by_cause = named.groupby(leavers.loc[named.index, "driver"].astype(str))
    common = by_cause.size().nlargest(2).sum()
    return ReasonQuality(
        top2=float(named.mean()),
        customers=len(named),
        always_the_same=float(common / len(named)) if len(named) else float("nan"),
        mean_over_causes=float(by_cause.mean().mean()),
        by_cause={str(cause): (float(part.mean()), len(part)) for cause, part in by_cause},
        drifting_top2=float(named_today.mean()),
        drifting_customers=len(named_today),
    )


def drifted_leavers(truth: Truth) -> pd.DataFrame:
    """Return those who drifted away for a cause and then left silently; index customer_id.

    Whoever leaves straight from being engaged does so for no cause that anybody could name.
    """
    weeks = truth.weeks
    gone = truth.customers.index[truth.customers["final_state"] == GONE_SILENTLY]
    there = weeks[weeks["customer_id"].isin(gone) & (weeks["state"] != GONE_SILENTLY)]
    last = there.sort_values("week").groupby("customer_id").tail(1).set_index("customer_id")
    last = last[last["state"].isin(DRIFTING) & last["driver"].isin(list(CAUSE_THEMES))]
    return last[["driver"]].join(truth.customers[["exit_day"]])


def last_scored(
    weekly: Sequence[Snapshot], ids: np.ndarray[tuple[int], np.dtype[np.object_]],
    leavers: pd.DataFrame,
) -> pd.Series:  # fmt: skip
    """Return, by customer_id, the number of the last week before the exit with a score."""
    found: dict[str, int] = {}
    for number, week in enumerate(weekly):
        scored = ids[week.features.index.to_numpy()[week.eligible]]
        there = leavers.index.intersection(pd.Index(scored))
        ahead = leavers.loc[there, "exit_day"] > day_number(week.observation_date)
        found |= dict.fromkeys(there[ahead.to_numpy()], number)
    left = leavers.loc[list(found), "exit_day"]
    last_day = day_number(weekly[-1].observation_date)
    return pd.Series(found, dtype="int64")[(left <= last_day).to_numpy()]


def is_named(causes: pd.Series, themes: Mapping[str, frozenset[str]]) -> pd.Series:
    """Return 1 where a customer's first reasons name the cause; index as `causes`."""
    return pd.Series(
        [
            float(bool(CAUSE_THEMES[str(cause)] & themes.get(str(customer), frozenset())))
            for customer, cause in causes.items()
        ],
        index=causes.index,
        dtype=float,
    )


def _themes_before(seen: EvaluatedRun, dates: pd.Series) -> dict[str, frozenset[str]]:
    """Return the themes of the first reasons that each leaver was given on their last date."""
    found: dict[str, frozenset[str]] = {}
    key_of = {customer: key for key, customer in enumerate(seen.ids)}
    for number, part in dates.groupby(dates):
        one = seen.weekly[int(str(number))]
        keys = pd.Index([key_of[customer] for customer in part.index])
        reasons = reasons_for_risk(
            seen.early_model,
            one.features[one.eligible],
            seen.early_direction,
            likely_causes(one.features[one.eligible], one.engaged),
            only=keys,
            registry=seen.features,
        )
        reasons["customer_id"] = seen.ids[reasons["customer_key"]]
        found |= _first_themes(reasons)
    return found


def _first_themes(reasons: pd.DataFrame) -> dict[str, frozenset[str]]:
    first = reasons[reasons["rank"] <= FIRST_REASONS]
    return dict(first.groupby("customer_id")["theme"].agg(frozenset))


def _drifting(seen: EvaluatedRun) -> tuple[pd.Series, dict[str, frozenset[str]]]:
    """Return the causes of those who drift on the run's date, and the themes published for them."""
    week = int(seen.truth.week_known_on([seen.as_of_day])[0])
    weeks = seen.truth.weeks
    now = weeks[(weeks["week"] == week) & weeks["state"].isin(DRIFTING)]
    now = now[now["driver"].isin(list(CAUSE_THEMES))]
    customers = pd.read_parquet(
        seen.run.folder / "customers.parquet", columns=["customer_id", "eligible"]
    )
    scored = customers.loc[customers["eligible"], "customer_id"]
    now = now[now["customer_id"].isin(set(scored))]
    reasons = pd.read_parquet(seen.run.folder / "reasons.parquet")
    causes = now.set_index("customer_id")["driver"]
    return causes, _first_themes(reasons[reasons["kind"] == "risk"])
