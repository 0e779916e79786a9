"""The hidden states and the moves between them."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from scipy.special import expit

from analytics.simulation.business import Hazards
from analytics.simulation.plan import DAY_S
from analytics.simulation.population import NO_DAY, Population
from analytics.simulation.world import Flags, Floats, Ints

SETTLING_WEEKS = 8.0
PRICE_MEMORY_DAYS = 56
NO_TIME = 2**62


class State(IntEnum):
    """Where a customer stands; the last three are never left."""

    ENGAGED = 0
    AT_RISK = 1
    DORMANT = 2
    GONE_SILENTLY = 3
    LEFT_VOCALLY = 4
    CLOSED_UNPAID = 5


class Driver(IntEnum):
    """What weighed most when a customer last stopped being engaged."""

    NONE = 0
    TROUBLE = 1
    PRICE = 2
    ONBOARDING = 3
    FIT = 4


class Condition:
    """What changes from week to week, one entry a customer.

    `state_before` is last week's state, `frustration` is latent (`z`), `mood` a log factor of
    activity; times are seconds since 1970,
    days count from the start of the simulation. A customer exists from `signup_day` on.
    """

    def __init__(self, people: Population, rng: np.random.Generator) -> None:
        n = people.size
        self.state = np.full(n, State.ENGAGED, dtype=np.int8)
        self.state_before = self.state.copy()
        self.weeks_at_risk = np.zeros(n)
        self.frustration = np.zeros(n)
        self.mood = rng.standard_normal(n)
        self.away_weeks = np.zeros(n, dtype=np.int64)
        self.paused_weeks = np.zeros(n, dtype=np.int64)
        self.problem_weeks = np.zeros(n, dtype=np.int64)
        self.closes_on_day = np.full(n, NO_DAY, dtype=np.int64)
        self.exit_day = np.full(n, NO_DAY, dtype=np.int64)
        self.exit_s = np.full(n, NO_TIME, dtype=np.int64)
        self.billed_until_day = np.full(n, NO_DAY, dtype=np.int64)
        self.last_visit_s = np.full(n, -NO_TIME, dtype=np.int64)
        self.driver = np.full(n, Driver.NONE, dtype=np.int8)

    @property
    def stays(self) -> Flags:
        """Customers who have not left."""
        stays: Flags = self.state < State.GONE_SILENTLY
        return stays


def move(
    condition: Condition,
    people: Population,
    hazards: Hazards,
    *,
    first_day: int,
    price_rise_day: Ints,
    start_s: int,
    rng: np.random.Generator,
    exits: bool = True,
) -> None:
    """Draw one week of moves; whoever leaves does so on a day of that week.

    Each rate is a weekly logit, and the moves out of a state compete. Source: methods guide,
    section 2. With `exits` off nobody leaves, so that a past can be lived through by those who
    are still there.
    """
    here = (people.signup_day < first_day) & condition.stays & (condition.paused_weeks == 0)
    chance = rng.random(people.size)
    was = condition.state_before = condition.state.copy()
    for state, leave in (
        (State.ENGAGED, _from_engaged),
        (State.AT_RISK, _from_at_risk),
        (State.DORMANT, _from_dormant),
    ):
        who = np.flatnonzero(here & (was == state))
        rates = leave(condition, people, hazards, who, first_day, price_rise_day)
        _take(condition, who, rates, chance[who], exits=exits)
    unpaid = condition.stays & (condition.closes_on_day < first_day + 7)
    condition.state[unpaid] = State.CLOSED_UNPAID
    back = (condition.state == State.ENGAGED) | (condition.state == State.DORMANT)
    condition.weeks_at_risk[condition.state == State.AT_RISK] += 1
    condition.weeks_at_risk[back] = 0
    _date_exits(condition, people, (was < State.GONE_SILENTLY), first_day, start_s, rng)


Rates = dict[State, Floats]


def _from_engaged(
    now: Condition, people: Population, h: Hazards, who: Ints, day: int, price_rise_day: Ints
) -> Rates:
    u, z = people.frailty[who], now.frustration[who]
    tenure_weeks = (day - people.signup_day[who]) / 7.0
    pull = {
        Driver.FIT: h.frailty * u,
        Driver.TROUBLE: h.frustration * z,
        Driver.PRICE: h.price_rise * _price_rose(people, who, day, price_rise_day),
        Driver.ONBOARDING: 1.0 + h.settling * np.log1p(tenure_weeks / SETTLING_WEEKS),
    }
    now.driver[who] = _strongest(pull)
    logit: Floats = h.engaged_to_at_risk - 1.0 + np.sum(list(pull.values()), axis=0)
    return {
        State.AT_RISK: expit(logit),
        State.GONE_SILENTLY: np.full(len(who), expit(h.engaged_to_gone)),
        State.LEFT_VOCALLY: expit(h.engaged_to_left + h.engaged_to_left_frustration * z),
    }


def _from_at_risk(
    now: Condition, people: Population, h: Hazards, who: Ints, day: int, price_rise_day: Ints
) -> Rates:
    u, z, c = people.frailty[who], now.frustration[who], people.complains[who]
    return {
        State.ENGAGED: expit(
            h.at_risk_to_engaged
            + h.at_risk_to_engaged_frailty * u
            + h.at_risk_to_engaged_frustration * z
        ),
        State.DORMANT: expit(
            h.at_risk_to_dormant
            + h.at_risk_to_dormant_frailty * u
            + h.at_risk_to_dormant_frustration * z
        ),
        State.LEFT_VOCALLY: expit(
            h.at_risk_to_left
            + h.at_risk_to_left_frustration * z
            + h.at_risk_to_left_complaint * (c - 0.25)
        ),
    }


def _from_dormant(
    now: Condition, people: Population, h: Hazards, who: Ints, day: int, price_rise_day: Ints
) -> Rates:
    u = people.frailty[who]
    return {
        State.GONE_SILENTLY: expit(h.dormant_to_gone + h.dormant_to_gone_frailty * u),
        State.ENGAGED: expit(h.dormant_to_engaged + h.dormant_to_engaged_frailty * u),
    }


def _take(condition: Condition, who: Ints, rates: Rates, chance: Floats, *, exits: bool) -> None:
    """Move those whose draw falls under the cumulated rates."""
    below = np.zeros(len(who))
    for target, rate in rates.items():
        if target >= State.GONE_SILENTLY and not exits:
            continue
        moves = (chance >= below) & (chance < below + rate)
        condition.state[who[moves]] = target
        below = below + rate


def _date_exits(
    condition: Condition,
    people: Population,
    stayed: Flags,
    first_day: int,
    start_s: int,
    rng: np.random.Generator,
) -> None:
    left = np.flatnonzero(stayed & ~condition.stays)
    day = first_day + rng.integers(0, 7, size=len(left))
    unpaid = condition.state[left] == State.CLOSED_UNPAID
    day = np.where(unpaid, np.maximum(condition.closes_on_day[left], first_day), day)
    vocal = condition.state[left] == State.LEFT_VOCALLY
    hour_s = rng.integers(9 * 3600, 18 * 3600, size=len(left))
    condition.exit_day[left] = day
    condition.exit_s[left] = start_s + day * DAY_S + np.where(vocal, hour_s, 0)
    lingering = np.where(people.annual[left], 0.0, rng.exponential(40.0, size=len(left)))
    silent = condition.state[left] == State.GONE_SILENTLY
    condition.billed_until_day[left] = day + np.where(silent, lingering, 0.0).astype(np.int64)


def _price_rose(people: Population, who: Ints, day: int, price_rise_day: Ints) -> Floats:
    if len(price_rise_day) == 0:
        return np.zeros(len(who))
    since = day - price_rise_day[people.plan[who]]
    return ((since >= 0) & (since < PRICE_MEMORY_DAYS)).astype(np.float64)


def _strongest(pull: dict[Driver, Floats]) -> Ints:
    weights = np.column_stack(list(pull.values()))
    names = np.array(list(pull))
    return np.where(weights.max(axis=1) > 0, names[weights.argmax(axis=1)], Driver.NONE)
