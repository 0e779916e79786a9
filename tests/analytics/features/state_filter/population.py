"""Customers drawn from the filter's own model, so that their true places are known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.features.state_filter.evidence import TROUBLES, WeeklyEvidence
from analytics.features.state_filter.state_model import RATES, Place, StateModel

LAST_DAY = 20_000


@dataclass(frozen=True)
class Population:
    """Active days and true places by week, and how many weeks late each row became known."""

    days: npt.NDArray[np.int64]
    places: npt.NDArray[np.int64]

    def evidence(self, *, late: npt.NDArray[np.int64] | None = None) -> WeeklyEvidence:
        """Return the same as the filter is given it; `late` weeks, shape (customers, weeks)."""
        customers, weeks = self.days.shape
        who, week = np.nonzero(self.days)
        delay = np.zeros(len(who), dtype=np.int64) if late is None else late[who, week]
        active = pd.DataFrame(
            {
                "customer_key": who,
                "week": week,
                "known": week + delay,
                "number": self.days[who, week],
            }
        )
        active = active[active["known"] < weeks]
        return WeeklyEvidence(
            day=LAST_DAY,
            weeks=weeks,
            ids=np.array([f"c{number}" for number in range(customers)], dtype=object),
            started=np.zeros(customers, dtype=np.int32),
            active=active.sort_values(["customer_key", "known", "week"], ignore_index=True),
            uses=empty("customer_key", "known", "feature", "number"),
            pauses=empty("customer_key", "known", "paused_day", "resumed_day"),
            troubles=empty("customer_key", "known", *TROUBLES),
            seen_share=np.ones(weeks),
        )


def empty(*names: str) -> pd.DataFrame:
    return pd.DataFrame({name: np.empty(0, dtype=np.int64) for name in names})


def drawn(model: StateModel, customers: int, weeks: int, *, seed: int) -> Population:
    """Draw a population that was all new in the first week."""
    rng = np.random.default_rng(seed)
    rate = rng.choice(len(RATES), size=customers, p=model.rate_shares)
    place = np.full(customers, Place.ENGAGED)
    told = model.showing(1.0, 1.0).astype(np.float64)
    days = np.zeros((customers, weeks), dtype=np.int64)
    places = np.zeros((customers, weeks), dtype=np.int64)
    for week in range(weeks):
        if week:
            place = _drawn_from(model.moves[place], rng)
        days[:, week] = _drawn_from(told[place, :, rate], rng)
        places[:, week] = place
    return Population(days, places)


def _drawn_from(
    chances: npt.NDArray[np.float64], rng: np.random.Generator
) -> npt.NDArray[np.int64]:
    total = np.cumsum(chances, axis=1)
    return (rng.random(len(total))[:, None] * total[:, -1:] > total).sum(axis=1)
