"""Tiers of all past dates by the rule of two low scores running, all by today's model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.customer.tier_cuts import TierCuts
from analytics.domain.customer.trend_words import LOOK_BACK
from analytics.features.prepared import day_number
from analytics.scoring.risk_tiers.steady_tiers import (
    Ints,
    Look,
    flip_share,
    plain_levels,
    steady_levels,
)
from analytics.scoring.risk_tiers.tiers import tiers_of
from analytics.scoring.scores import Floats, Scores, TieredScores

_WEEK = 7


@dataclass(frozen=True)
class SteadyHistory:
    """Scores with steady tiers, in the order given, the run's date first.

    Parameters
    ----------
    held
        Who stands in a higher tier today than today's score alone says.
    """

    scores: list[TieredScores]
    held: npt.NDArray[np.bool_]


def steady_history(
    history: Sequence[Scores], weekly: pd.DataFrame, cuts: TierCuts, at_stake: Floats
) -> SteadyHistory:
    """Return the scores with tiers that move down only after two low scores running.

    Between the latest dates stand the weekly scores of today's model on what was known in each
    week, so nothing after the run's date reaches a tier; earlier dates stand a month apart.

    Parameters
    ----------
    weekly
        Of `weekly_scores`, with `risk_today`.
    at_stake
        Value at stake of today's customers, in their snapshot's order.
    """
    by_day = {day_number(scored.snapshot.observation_date): scored for scored in history}
    keys = history[0].snapshot.features.index.to_numpy()
    stake = np.zeros(1 + max(keys, default=-1))
    stake[keys] = at_stake
    levels = {
        look.day: level
        for look, level in steady_levels(_looks(by_day, weekly), cuts, stake)
        if look.day in by_day
    }
    steady = [_with_tiers(scored, levels[day]) for day, scored in by_day.items()]
    now = steady[0]
    plain = plain_levels(now.churn_risk, cuts, at_stake)
    today = levels[day_number(now.snapshot.observation_date)][keys]
    return SteadyHistory(steady, (plain >= 0) & (today < plain))


def a_month_before(history: Sequence[TieredScores]) -> TieredScores | None:
    """Return the latest scores that are 28 days old or older; None where there are none.

    In a short history the dates may lie closer than a month.
    """
    until = history[0].snapshot.observation_date - LOOK_BACK
    return next((scored for scored in history if scored.snapshot.observation_date <= until), None)


def weekly_flips(weekly: pd.DataFrame, cuts: TierCuts) -> tuple[float, float]:
    """Return the mean share of scored customers who change tier from week to week.

    With the rule and without it, by the model that had learned from none of these weeks; NaN where
    there are no two weeks.
    """
    looks = list(_weeks(weekly, "risk"))
    steady = [level for _, level in steady_levels(looks, cuts)]
    plain = [plain_levels(look.risk, cuts) for look in looks]
    days = [look.day for look in looks]
    return _mean_flips(steady, days), _mean_flips(plain, days)


def _mean_flips(levels: Sequence[Ints], days: Sequence[int]) -> float:
    shares = [
        flip_share(before, now)
        for before, now, first, then in zip(levels, levels[1:], days, days[1:], strict=False)
        if then - first == _WEEK
    ]
    known = [share for share in shares if not np.isnan(share)]
    return float(np.mean(known)) if known else float("nan")


def _with_tiers(one: Scores, level: Ints) -> TieredScores:
    own = level[one.snapshot.features.index.to_numpy()]
    tier = tiers_of(one.snapshot, own)
    return TieredScores(one.snapshot, one.churn_risk, one.frustration, tier)


def _looks(by_day: dict[int, Scores], weekly: pd.DataFrame) -> Iterator[Look]:
    """Return the dates' own scores and, between them, those of the weeks, oldest first."""
    between = {week.day: week for week in _weeks(weekly, "risk_today") if week.day not in by_day}
    size = 1 + max(
        (int(scored.snapshot.features.index.max()) for scored in by_day.values()), default=-1
    )
    for day in sorted({*by_day, *between}):
        if day in between:
            yield between[day]
            continue
        risk = np.full(size, np.nan)
        risk[by_day[day].snapshot.features.index.to_numpy()] = by_day[day].churn_risk
        yield Look(day, risk)


def _weeks(weekly: pd.DataFrame, column: str) -> Iterator[Look]:
    size = int(weekly["customer_key"].max()) + 1 if len(weekly) else 0
    for day, rows in weekly.dropna(subset=[column]).groupby("day", sort=True):
        risk = np.full(size, np.nan)
        risk[rows["customer_key"].to_numpy(dtype=np.int64)] = rows[column]
        yield Look(int(day), risk)  # type: ignore[arg-type]
