"""What customers do in a week and what goes wrong meanwhile: visits, details, friction."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.simulation.business import Preset
from analytics.simulation.log import Log
from analytics.simulation.plan import DAY_S
from analytics.simulation.population import Population
from analytics.simulation.states import Condition, State
from analytics.simulation.world import Flags, Floats, Ints, World

SECOND_VISIT_CHANCE = 0.15
OFF_SEASON_DAYS, OFF_SEASON_LEVEL = 50, 0.04
MIDDAY_H, SPREAD_H = 13.0, 3.0
PERSONAL_SEVERITY = 0.9
RAGE_FROM_FRUSTRATION = 0.5


@dataclass(frozen=True)
class Week:
    """A week of the simulation: its number, first day and the days that count.

    Parameters
    ----------
    days
        Days before the end of the simulation, from `first_day` on.
    """

    number: int
    first_day: int
    days: int
    start_s: int

    @property
    def end_day(self) -> int:
        """Day after the last one."""
        return self.first_day + self.days


def usage_log() -> Log:
    """Return an empty log of visits, details, purchases and friction."""
    return Log(
        customer=np.int64, at_s=np.int64, event=np.int8, feature=np.int8, session=np.int64,
        amount=np.float32,
    )  # fmt: skip


def usage_events(preset: Preset) -> tuple[str, ...]:
    """Names of the events of a usage log, by their number there."""
    words = preset.words
    return (words.visit, words.detail, words.purchase, *words.friction)


VISIT, DETAIL, PURCHASE, FIRST_FRICTION = 0, 1, 2, 3


def daily_chance(
    now: Condition, people: Population, preset: Preset, world: World, week: Week
) -> Floats:
    """Chance of an active day. Shape: (customers, days of the week)."""
    rhythm = preset.rhythm
    faded = rhythm.at_risk_factor * people.fade**now.weeks_at_risk
    acting = np.where(now.stays, now.state, now.state_before)  # until the day of the exit
    level = np.select(
        [acting == State.ENGAGED, acting == State.AT_RISK, acting == State.DORMANT],
        [1.0, np.maximum(faded, rhythm.dormant_factor), rhythm.dormant_factor],
        default=0.0,
    )
    level[(now.away_weeks > 0) | (now.paused_weeks > 0)] = 0.0
    spread = rhythm.mood_sd
    level *= people.rate * np.exp(spread * now.mood - spread**2 / 2)
    days = np.arange(week.first_day, week.end_day)
    expected = np.multiply.outer(level, world.level[days])
    resting = (days[None, :] - people.rest_day[:, None]) % 365 < OFF_SEASON_DAYS
    expected[resting & (people.rest_day < 10**8)[:, None]] *= OFF_SEASON_LEVEL
    known = (days[None, :] >= people.signup_day[:, None]) & (days[None, :] < now.exit_day[:, None])
    chance: Floats = np.where(known, 1.0 - np.exp(-expected), 0.0)
    return chance


def trouble_level(now: Condition, people: Population, world: World, week: Week) -> Floats:
    """Severity of what is wrong for a customer on a day. Shape: (customers, days of the week)."""
    level = np.zeros((people.size, week.days))
    for incident in world.incidents_in(week.first_day, week.end_day):
        hit = (
            people.region == incident.region
            if incident.region >= 0
            else people.relies_on[:, incident.feature]
        )
        first = max(incident.first_day - week.first_day, 0)
        last = min(incident.end_day - week.first_day, week.days)
        level[hit, first:last] += incident.severity
    level[now.problem_weeks > 0] += PERSONAL_SEVERITY
    return level


def record_visits(
    log: Log,
    active: Flags,
    trouble: Floats,
    now: Condition,
    people: Population,
    preset: Preset,
    week: Week,
    first_session: int,
    rng: np.random.Generator,
) -> tuple[int, Ints]:
    """Write a week's visits; return their number, and the friction that each customer met."""
    who, day = np.nonzero(active)
    again = np.flatnonzero(rng.random(len(who)) < SECOND_VISIT_CHANCE)
    new = week.first_day + day == people.signup_day[who]
    who, day = np.concatenate([who, who[again]]), np.concatenate([day, day[again]])
    at_s = week.start_s + (week.first_day + day) * DAY_S + _time_of_day(len(who), rng)
    new = np.concatenate([new, new[again]])
    at_s[new] = np.maximum(at_s[new], people.signup_s[who[new]] + 60)
    np.maximum.at(now.last_visit_s, who, at_s)
    session = first_session + np.arange(len(who))
    taste = _pick_feature(people, now, who, rng)
    log.add(customer=who, at_s=at_s, event=VISIT, feature=-1, session=session, amount=np.nan)
    _record_details(log, preset, who, at_s, session, people, now, rng)
    if preset.purchase_rate:
        bought = np.flatnonzero(rng.random(len(who)) < preset.purchase_rate)
        amount = np.round(people.spend[who[bought]] * rng.lognormal(-0.08, 0.4, len(bought)), 2)
        log.add(
            customer=who[bought], at_s=at_s[bought] + 300, event=PURCHASE, feature=taste[bought],
            session=session[bought], amount=amount,
        )  # fmt: skip
    hit = _record_friction(log, preset, who, day, at_s, session, taste, trouble, people, now, rng)
    return len(who), np.bincount(hit, minlength=people.size)


def _record_details(
    log: Log,
    preset: Preset,
    who: Ints,
    at_s: Ints,
    session: Ints,
    people: Population,
    now: Condition,
    rng: np.random.Generator,
) -> None:
    if not preset.detail_rate:
        return
    visit = np.repeat(np.arange(len(who)), rng.poisson(preset.detail_rate, size=len(who)))
    log.add(
        customer=who[visit],
        at_s=at_s[visit] + rng.integers(10, 1500, size=len(visit)),
        event=DETAIL,
        feature=_pick_feature(people, now, who[visit], rng),
        session=session[visit],
        amount=np.nan,
    )


def _record_friction(
    log: Log,
    preset: Preset,
    who: Ints,
    day: Ints,
    at_s: Ints,
    session: Ints,
    taste: Ints,
    trouble: Floats,
    people: Population,
    now: Condition,
    rng: np.random.Generator,
) -> Ints:
    """Write friction, more of it in trouble; return the customer of each.

    The angry kind, the last of the list, grows with frustration.
    """
    rate = preset.trouble.friction_per_visit + preset.trouble.friction_in_trouble * np.minimum(
        trouble[who, day], 2.5
    )
    visit = np.repeat(np.arange(len(who)), rng.poisson(rate * people.exposure[who]))
    names = len(preset.words.friction)
    kind = np.searchsorted(np.cumsum(preset.words.friction_shares)[:-1], rng.random(len(visit)))
    anger = RAGE_FROM_FRUSTRATION * (1 - np.exp(-now.frustration[who[visit]] / 2))
    kind = np.where(rng.random(len(visit)) < anger, names - 1, kind)
    log.add(
        customer=who[visit],
        at_s=at_s[visit] + rng.integers(5, 1500, size=len(visit)),
        event=FIRST_FRICTION + kind,
        feature=taste[visit],
        session=session[visit],
        amount=np.nan,
    )
    return who[visit]


def _pick_feature(people: Population, now: Condition, who: Ints, rng: np.random.Generator) -> Ints:
    """Draw features by taste; who drifts away keeps to the first of their habits."""
    narrow = (now.state[who] != State.ENGAGED) & (rng.random(len(who)) < 0.7)
    draw = rng.random(len(who))
    tastes = people.tastes[who]
    picked: Ints = (tastes[:, :-1] < draw[:, None]).sum(axis=1)
    shares = np.diff(tastes[narrow], axis=1, prepend=0.0)
    picked[narrow] = shares.argmax(axis=1)
    return picked


def _time_of_day(n: int, rng: np.random.Generator) -> Ints:
    hour = rng.normal(MIDDAY_H, SPREAD_H, size=n).clip(0.0, 23.5)
    return (hour * 3600).astype(np.int64)
