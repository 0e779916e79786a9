"""What the company's tracker writes of a week: visits, details, orders, friction."""

from __future__ import annotations

import numpy as np

from analytics.simulation.hidden import State
from analytics.simulation.hidden_life.fading import depth_left
from analytics.simulation.hidden_life.life import Lived
from analytics.simulation.hidden_life.population import Population
from analytics.simulation.hidden_life.states import WeeklyState
from analytics.simulation.hidden_life.visits import Orders, friction_rate
from analytics.simulation.hidden_life.world import Floats, Ints
from analytics.simulation.log import Log
from analytics.simulation.presets.business import Preset
from analytics.simulation.presets.plan import DAY_S, Week

SECOND_VISIT_CHANCE = 0.15
MIDDAY_H, SPREAD_H = 13.0, 3.0
RAGE_FROM_FRUSTRATION = 0.5
NARROWING = 0.7
LATE_AFTER_DAYS, RETURN_AFTER_DAYS = (4, 9), (3, 12)


def usage_log() -> Log:
    """Return an empty log of visits, details, orders and friction."""
    return Log(
        customer=np.int64, at_s=np.int64, event=np.int8, feature=np.int8, session=np.int64,
        amount=np.float32,
    )  # fmt: skip


def usage_events(preset: Preset) -> tuple[str, ...]:
    """Names of the events of a usage log, by their number there."""
    words = preset.words
    return (words.visit, words.detail, words.purchase, words.late, words.returned, *words.friction)


VISIT, DETAIL, PURCHASE, LATE, RETURNED, FIRST_FRICTION = 0, 1, 2, 3, 4, 5


def record_visits(
    log: Log,
    lived: Lived,
    now: WeeklyState,
    people: Population,
    preset: Preset,
    week: Week,
    first_session: int,
    rng: np.random.Generator,
) -> tuple[int, Ints, Ints]:
    """Write a week's visits; return their number, and who came when."""
    who, day = np.nonzero(lived.active)
    at_s = week.start_s + (week.first_day + day) * DAY_S + _time_of_day(len(who), rng)
    new = week.first_day + day == people.signup_day[who]
    at_s[new] = np.maximum(at_s[new], people.signup_s[who[new]] + 60)
    depth = depth_left(now, people, preset)
    again = np.flatnonzero(rng.random(len(who)) < SECOND_VISIT_CHANCE * depth[who])
    first = np.arange(len(who))
    who, day = np.concatenate([who, who[again]]), np.concatenate([day, day[again]])
    at_s = np.concatenate([at_s, at_s[again] + rng.integers(3600, 3 * 3600, size=len(again))])
    session = first_session + np.arange(len(who))
    taste = _pick_feature(people, now, who, rng)
    log.add(customer=who, at_s=at_s, event=VISIT, feature=-1, session=session, amount=np.nan)
    _record_details(log, preset, who, at_s, session, depth[who], people, now, rng)
    if lived.orders is not None:
        bought = first[lived.orders.bought[who[first], day[first]]]
        _record_orders(log, lived.orders, who[bought], day[bought], at_s[bought], session[bought],
                       taste[bought], people, rng)  # fmt: skip
    _record_friction(log, lived, who, day, at_s, session, taste, people, preset, rng)
    return len(who), who, at_s


def _record_details(
    log: Log,
    preset: Preset,
    who: Ints,
    at_s: Ints,
    session: Ints,
    depth: Floats,
    people: Population,
    now: WeeklyState,
    rng: np.random.Generator,
) -> None:
    """Write what is done in visits; who does less is also there for a shorter time."""
    if not preset.detail_rate:
        return
    visit = np.repeat(np.arange(len(who)), rng.poisson(preset.detail_rate * depth))
    after_s = rng.integers(10, 1500, size=len(visit)) * depth[visit]
    log.add(
        customer=who[visit],
        at_s=at_s[visit] + after_s.astype(np.int64),
        event=DETAIL,
        feature=_pick_feature(people, now, who[visit], rng),
        session=session[visit],
        amount=np.nan,
    )


def _record_orders(
    log: Log,
    orders: Orders,
    who: Ints,
    day: Ints,
    at_s: Ints,
    session: Ints,
    taste: Ints,
    people: Population,
    rng: np.random.Generator,
) -> None:
    """Write orders, and what became of each: a late delivery, goods sent back for the amount."""
    amount = np.round(people.spend[who] * rng.lognormal(-0.08, 0.4, len(who)), 2)
    log.add(customer=who, at_s=at_s + 300, event=PURCHASE, feature=taste, session=session,
            amount=amount)  # fmt: skip
    for event, flags, after, money in (
        (LATE, orders.late, LATE_AFTER_DAYS, np.full(len(who), np.nan)),
        (RETURNED, orders.returned, RETURN_AFTER_DAYS, amount),
    ):
        hit = flags[who, day]
        later = rng.integers(after[0] * DAY_S, after[1] * DAY_S, size=int(hit.sum()))
        log.add(customer=who[hit], at_s=at_s[hit] + later, event=event, feature=taste[hit],
                session=session[hit], amount=money[hit])  # fmt: skip


def _record_friction(
    log: Log,
    lived: Lived,
    who: Ints,
    day: Ints,
    at_s: Ints,
    session: Ints,
    taste: Ints,
    people: Population,
    preset: Preset,
    rng: np.random.Generator,
) -> None:
    """Write friction, more of it in trouble; the angry kind grows with frustration."""
    words = preset.words
    rate = friction_rate(preset, people, lived.trouble)[who, day]
    visit = np.repeat(np.arange(len(who)), rng.poisson(rate))
    kind = np.searchsorted(np.cumsum(words.friction_shares)[:-1], rng.random(len(visit)))
    if words.angry:
        anger = RAGE_FROM_FRUSTRATION * (1 - np.exp(-lived.frustration[who[visit]] / 2))
        angry = words.friction.index(words.angry)
        kind = np.where(rng.random(len(visit)) < anger, angry, kind)
    log.add(
        customer=who[visit],
        at_s=at_s[visit] + rng.integers(5, 1500, size=len(visit)),
        event=FIRST_FRICTION + kind,
        feature=taste[visit],
        session=session[visit],
        amount=np.nan,
    )


def _pick_feature(
    people: Population, now: WeeklyState, who: Ints, rng: np.random.Generator
) -> Ints:
    """Draw features by taste; who drifts away keeps to the first of their habits."""
    narrow = (now.state[who] != State.ENGAGED) & (rng.random(len(who)) < NARROWING)
    draw = rng.random(len(who))
    tastes = people.tastes[who]
    picked: Ints = (tastes[:, :-1] < draw[:, None]).sum(axis=1)
    shares: Floats = np.diff(tastes[narrow], axis=1, prepend=0.0)
    picked[narrow] = shares.argmax(axis=1)
    return picked


def _time_of_day(n: int, rng: np.random.Generator) -> Ints:
    hour = rng.normal(MIDDAY_H, SPREAD_H, size=n).clip(0.0, 20.5)
    return (hour * 3600).astype(np.int64)
