"""The hidden states of a customer and the moves between them."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from scipy.special import expit

from analytics.simulation.hidden import Driver, State
from analytics.simulation.hidden_life.noise import Noise
from analytics.simulation.hidden_life.population import Population
from analytics.simulation.hidden_life.world import NO_DAY, Flags, Floats, Ints, World
from analytics.simulation.presets.business import Hazards
from analytics.simulation.presets.plan import DAY_S, SimulationPlan, Week

SETTLING_WEEKS, ARRIVING_WEEKS = 8.0, 4.0
PRICE_MEMORY_DAYS = 56
RENEWAL_DAYS = 42
LINGERING_DAYS = 40.0
NO_TIME = 2**62


@dataclass
class WeeklyState:
    """What changes from week to week, one entry a customer.

    Parameters
    ----------
    state_before
        Last week's state.
    frustration
        Latent (`z`).
    mood
        Log factor of activity.
    push
        Change of the log-odds of drifting away that a contact left behind; wears off.
    pending
        Trouble met already that is felt next week, such as an order that comes late.
    closes_on_day, exit_day, billed_until_day
        Days from the start of the simulation. A customer exists from `signup_day` on.
    exit_s, last_visit_s
        Seconds since 1970.
    """

    state: Ints
    state_before: Ints
    weeks_at_risk: Floats
    frustration: Floats
    mood: Floats
    push: Floats
    pending: Floats
    away_weeks: Ints
    paused_weeks: Ints
    problem_weeks: Ints
    closes_on_day: Ints
    exit_day: Ints
    exit_s: Ints
    billed_until_day: Ints
    driver: Ints
    plan: Ints

    @property
    def stays(self) -> Flags:
        """Customers who have not left."""
        stays: Flags = self.state < State.GONE_SILENTLY
        return stays

    def state_before_day(self, day: int) -> Ints:
        """Return the states before a day; an exit on it or later in the week is yet to come."""
        to_come = ~self.stays & (self.exit_day >= day)
        return np.where(to_come, self.state_before, self.state)

    def take(self, who: Ints) -> WeeklyState:
        """Return a copy for some of the customers, which lives on by itself."""
        return WeeklyState(
            **{declared.name: getattr(self, declared.name)[who].copy() for declared in fields(self)}
        )


def first_weekly_state(people: Population, rng: np.random.Generator) -> WeeklyState:
    """Return everybody engaged, calm and in some mood; only some newcomers never quite arrive."""
    n = people.size
    lost_early = people.hesitant & (people.signup_day >= 0)
    numbers, counts = np.zeros(n), np.zeros(n, dtype=np.int64)
    never_day = np.full(n, NO_DAY, dtype=np.int64)
    return WeeklyState(
        state=np.where(lost_early, State.AT_RISK, State.ENGAGED), state_before=counts.copy(),
        weeks_at_risk=numbers.copy(), frustration=numbers.copy(),
        mood=rng.standard_normal(n), push=numbers.copy(),
        pending=numbers.copy(), away_weeks=counts.copy(), paused_weeks=counts.copy(),
        problem_weeks=counts.copy(), closes_on_day=never_day.copy(), exit_day=never_day.copy(),
        exit_s=np.full(n, NO_TIME, dtype=np.int64), billed_until_day=never_day.copy(),
        driver=np.where(lost_early, Driver.ONBOARDING, Driver.NONE), plan=people.plan.copy(),
    )  # fmt: skip


def move(
    now: WeeklyState,
    people: Population,
    hazards: Hazards,
    world: World | None,
    plan: SimulationPlan,
    week: Week,
    noise: Noise,
) -> None:
    """Take one week's moves; whoever leaves does so on a day of that week.

    Each rate is a weekly logit, and the moves out of a state compete. Source: methods guide,
    section 2. Without a world it is a week of the past in which nobody leaves, lived through by
    those who are still there.
    """
    here = (people.signup_day < week.first_day) & now.stays & (now.paused_weeks == 0)
    was = now.state_before = now.state.copy()
    ways = (
        (State.ENGAGED, _from_engaged),
        (State.AT_RISK, _from_at_risk),
        (State.DORMANT, _from_dormant),
    )
    for state, leave in ways:
        who = np.flatnonzero(here & (was == state))
        rates = leave(now, people, hazards, who, week.first_day, world)
        _take(now, who, rates, noise.move[who], exits=world is not None)
    now.state[now.stays & (now.closes_on_day < week.first_day + 7)] = State.CLOSED_UNPAID
    back = (now.state == State.ENGAGED) | (now.state == State.DORMANT)
    more = (now.state == State.AT_RISK) & (people.signup_day < week.end_day)
    now.weeks_at_risk = np.where(back, 0.0, now.weeks_at_risk + more)
    _date_exits(now, people, was < State.GONE_SILENTLY, plan, week, noise)


Rates = dict[State, Floats]


def _from_engaged(
    now: WeeklyState, people: Population, h: Hazards, who: Ints, day: int, world: World | None
) -> Rates:
    u, z, push = people.frailty[who], now.frustration[who], now.push[who]
    tenure_weeks = (day - people.signup_day[who]) / 7.0
    pull = {
        Driver.FIT: h.frailty * u,
        Driver.TROUBLE: h.frustration * z,
        Driver.PRICE: _price_pull(now, people, h, who, day, world),
        Driver.ONBOARDING: 1.0 + h.settling * np.log1p(tenure_weeks / SETTLING_WEEKS),
    }
    now.driver[who] = _strongest(pull)
    logit: Floats = h.engaged_to_at_risk - 1.0 + np.sum(list(pull.values()), axis=0)
    drawn_away = expit(logit + push)
    return {
        State.AT_RISK: h.fading_share * drawn_away,
        State.GONE_SILENTLY: expit(
            h.engaged_to_gone
            + h.engaged_to_gone_new * np.exp(-tenure_weeks / ARRIVING_WEEKS)
            + push
        )
        + (1.0 - h.fading_share) * drawn_away,
        State.LEFT_VOCALLY: expit(
            h.engaged_to_left + h.engaged_to_left_frustration * z + 0.5 * push
        ),
    }


def _from_at_risk(
    now: WeeklyState, people: Population, h: Hazards, who: Ints, day: int, world: World | None
) -> Rates:
    u, z, c, push = people.frailty[who], now.frustration[who], people.complains[who], now.push[who]
    return {
        State.ENGAGED: expit(
            h.at_risk_to_engaged
            + h.at_risk_to_engaged_frailty * u
            + h.at_risk_to_engaged_frustration * z
            - push
        ),
        State.DORMANT: expit(
            h.at_risk_to_dormant
            + h.at_risk_to_dormant_frailty * u
            + h.at_risk_to_dormant_frustration * z
            + 0.5 * push
        ),
        State.LEFT_VOCALLY: expit(
            h.at_risk_to_left
            + h.at_risk_to_left_frustration * z
            + h.at_risk_to_left_complaint * (c - 0.25)
            + 0.5 * push
        ),
    }


def _from_dormant(
    now: WeeklyState, people: Population, h: Hazards, who: Ints, day: int, world: World | None
) -> Rates:
    u, push = people.frailty[who], now.push[who]
    return {
        State.GONE_SILENTLY: expit(h.dormant_to_gone + h.dormant_to_gone_frailty * u + 0.5 * push),
        State.ENGAGED: expit(h.dormant_to_engaged + h.dormant_to_engaged_frailty * u - push),
    }


def _take(now: WeeklyState, who: Ints, rates: Rates, chance: Floats, *, exits: bool) -> None:
    """Move those whose draw falls under the cumulated rates."""
    below = np.zeros(len(who))
    for target, rate in rates.items():
        if target >= State.GONE_SILENTLY and not exits:
            continue
        moves = (chance >= below) & (chance < below + rate)
        now.state[who[moves]] = target
        below = below + rate


def _date_exits(
    now: WeeklyState, people: Population, stayed: Flags, plan: SimulationPlan, week: Week,
    noise: Noise,
) -> None:  # fmt: skip
    """Date the exits of this week; who leaves silently is often billed for a while yet."""
    left = np.flatnonzero(stayed & ~now.stays)
    day_of_week = (7 * noise.exit_time[left]).astype(np.int64)
    unpaid = now.state[left] == State.CLOSED_UNPAID
    closes = np.maximum(now.closes_on_day[left], week.first_day)
    day = np.where(unpaid, closes, week.first_day + day_of_week)
    hour_s = 9 * 3600 + ((7 * noise.exit_time[left] - day_of_week) * 9 * 3600).astype(np.int64)
    now.exit_day[left] = day
    vocal = now.state[left] == State.LEFT_VOCALLY
    now.exit_s[left] = plan.start_s + day * DAY_S + np.where(vocal, hour_s, 0)
    silent = now.state[left] == State.GONE_SILENTLY
    lingering = np.where(people.annual[left], 0.0, LINGERING_DAYS * noise.lingering[left])
    now.billed_until_day[left] = day + np.where(silent, lingering, 0.0).astype(np.int64)


def price_rose(now: WeeklyState, who: Ints, day: int, world: World) -> Flags:
    """Tell whose price rose in the last eight weeks."""
    if not len(world.price_rise_day):
        return np.zeros(len(who), dtype=bool)
    since = day - world.price_rise_day[now.plan[who]]
    rose: Flags = (since >= 0) & (since < PRICE_MEMORY_DAYS)
    return rose


def _price_pull(
    now: WeeklyState, people: Population, h: Hazards, who: Ints, day: int, world: World | None
) -> Floats:
    """Return the pull of a price rise, and of a yearly bill that comes nearer."""
    if world is None:
        return np.zeros(len(who))
    pull = h.price_rise * price_rose(now, who, day, world)
    year_day = (people.billed_in_month[who] - 1) * 30.44 + people.billed_on_day[who]
    ahead = (year_day - world.day_of_year(day)) % 365.25
    near = people.annual[who] & (ahead < RENEWAL_DAYS)
    result: Floats = pull + h.renewal * near
    return result


def _strongest(pull: dict[Driver, Floats]) -> Ints:
    weights = np.column_stack(list(pull.values()))
    names = np.array(list(pull))
    return np.where(weights.max(axis=1) > 0, names[weights.argmax(axis=1)], Driver.NONE)
