"""The forward filter: the chance of every place and own rate at the end of each week.

At the end of a week it knows what was known by then, no more. Where something became known late,
the customers it concerns are gone through again from the week it belongs to (forward algorithm:
Rabiner 1989). Chances are held place by place, shape (places, customers, rates), and every step is
taken element by element, so that a customer's chances are the same to the last bit in whatever
company they are computed.
"""

from __future__ import annotations

from collections import deque

import numpy as np
import numpy.typing as npt

from analytics.features.state_filter.customer_weeks import CustomerWeeks
from analytics.features.state_filter.state_model import FOUND_AT, PLACES, Place, StateModel

#: Weeks that are kept to go back to; what comes later still starts again from the first week.
WEEKS_KEPT = 6
#: Share of a week's log that must be there for the week to say anything.
LEAST_SEEN_SHARE = 0.4

Floats32 = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


class ForwardFilter:
    """Filters some customers, a week at a time.

    Parameters
    ----------
    part
        The customers.
    seen_share
        Share of each week on which the log saw anybody.
    """

    def __init__(self, part: CustomerWeeks, seen_share: npt.NDArray[np.float64]) -> None:
        self._part, self._seen = part, seen_share
        self._everybody = np.arange(part.customers)
        self._weeks: list[tuple[StateModel, Floats32]] = []
        self._kept: deque[tuple[int, Floats32]] = deque(maxlen=WEEKS_KEPT)
        self._now: Floats32 | None = None

    def expected(self, model: StateModel, week: int) -> Floats32:
        """Return the chances before the week's activity is looked at."""
        return self._before(model, week, self._everybody, self._now)

    def step(self, model: StateModel, level: float, week: int, late: tuple[Ints, Ints]) -> Floats32:
        """Filter a week; return the chances.

        Parameters
        ----------
        level
            How active everybody was in the week, against the usual.
        late
            Who has rows that became known only now, and of which weeks.
        """
        self._weeks.append((model, model.showing(level, float(self._seen[week]))))
        if len(late[0]):
            self._again(*late, week)
        before = self._before(model, week, self._everybody, self._now)
        self._now = self._after(before, week, self._everybody)
        self._kept.append((week, self._now))
        return self._now

    def _again(self, customer: Ints, of_week: Ints, week: int) -> None:
        """Go through some customers again, from the week that their late rows belong to."""
        first = np.full(self._part.customers, week)
        np.minimum.at(first, customer, of_week)
        who = np.flatnonzero(first < week)
        oldest_kept = self._kept[0][0] if self._kept else week
        recent = first[who] > oldest_kept
        if recent.any():
            self._again_from(int(first[who[recent]].min()), who[recent], week)
        if not recent.all():
            self._again_from(0, who[~recent], week)

    def _again_from(self, first: int, who: Ints, week: int) -> None:
        chances = next((kept[:, who] for at, kept in self._kept if at == first - 1), None)
        for past in range(first, week):
            before = self._before(self._weeks[past][0], past, who, chances)
            chances = self._after(before, past, who)
            for at, kept in self._kept:
                if at == past:
                    kept[:, who] = chances

    def _before(
        self, model: StateModel, week: int, who: Ints, chances: Floats32 | None
    ) -> Floats32:
        fresh = start_chances(model, self._part.found[who])
        if chances is None:
            return fresh
        moved = moved_on(model, chances)
        held = self._part.paused[who, week]
        moved[:, held] = chances[:, held]
        new = self._part.started[who] >= week
        moved[:, new] = fresh[:, new]
        return moved

    def _after(self, before: Floats32, week: int, who: Ints) -> Floats32:
        if self._seen[week] < LEAST_SEEN_SHARE:
            return before
        part = self._part
        days = part.active_days[who, week]
        told = self._weeks[week][1][:, days]
        some = np.flatnonzero(part.narrowing[who, week])
        told[Place.FADING_1 : Place.DORMANT, some] *= np.exp(part.narrowing[who[some], week])[
            :, None
        ]
        after = normalised(before * told)
        silent = (part.started[who] > week) | (part.paused[who, week] & (days == 0))
        after[:, silent] = before[:, silent]
        return after


def moved_on(model: StateModel, chances: Floats32) -> Floats32:
    """Return the chances a week later, before anything is seen of it."""
    table = model.moves.astype(np.float32)
    moved = np.zeros_like(chances)
    for place, onward in zip(*np.nonzero(table), strict=True):
        moved[onward] += table[place, onward] * chances[place]
    return moved


def normalised(chances: Floats32) -> Floats32:
    """Return the chances so that each customer's add up to 1."""
    total = np.zeros(chances.shape[1:], dtype=np.float32)
    for place in chances:
        total += place
    result: Floats32 = chances / total.sum(axis=1)[None, :, None]
    return result


def start_chances(model: StateModel, found: npt.NDArray[np.bool_]) -> Floats32:
    """Return the chances before a customer's first week.

    Parameters
    ----------
    found
        Who had signed up before the log begins, so that they may stand anywhere by then.
    """
    new = np.zeros((PLACES, 2))
    new[Place.ENGAGED, 0] = 1.0
    new[:, 1] = FOUND_AT
    both = (new[:, :, None] * model.rate_shares).astype(np.float32)
    result: Floats32 = both[:, found.astype(np.int8)]
    return result


def places_of(chances: Floats32) -> Floats32:
    """Return the chance of each place whatever the own rate, shape (customers, places)."""
    result: Floats32 = chances.sum(axis=2).T
    return result
