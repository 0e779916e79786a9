"""The life of a chunk of customers, week by week: what is recorded, and what is true."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.simulation.billing import (
    change_log,
    end_pauses,
    payment_log,
    record_invoices,
    record_price_rises,
    start_pauses,
)
from analytics.simulation.contacts import (
    SOLVED,
    record_goodbyes,
    record_surveys,
    record_tickets,
    survey_log,
    ticket_log,
)
from analytics.simulation.log import Column, Log
from analytics.simulation.plan import SimulationPlan
from analytics.simulation.population import Population
from analytics.simulation.states import Condition, State, move
from analytics.simulation.visits import (
    Week,
    daily_chance,
    record_visits,
    trouble_level,
    usage_log,
)
from analytics.simulation.world import Flags, Floats, World

WARM_UP_WEEKS = 16
PROBLEM_LENGTH_WEEKS = 3.0
FELT_PER_FRICTION, FELT_PER_TROUBLE = 0.1, 0.4  # more is felt than is recorded


@dataclass(frozen=True)
class Story:
    """What happened to a chunk of customers; tables of equally long arrays.

    Parameters
    ----------
    usage, tickets, surveys, payments, changes
        What the company recorded; `customer` counts within the chunk.
    truth
        State and frustration of each customer and week, from sign-up on.
    end
        Condition at the end.
    """

    usage: dict[str, Column]
    tickets: dict[str, Column]
    surveys: dict[str, Column]
    payments: dict[str, Column]
    changes: dict[str, Column]
    truth: dict[str, Column]
    end: Condition


@dataclass
class _Diary:
    """The logs of a chunk, and the next free numbers of sessions, tickets and invoices."""

    usage: Log
    tickets: Log
    surveys: Log
    payments: Log
    changes: Log
    truth: Log
    sessions: int = 0
    ticket_count: int = 0
    invoices: int = 0


def live(people: Population, world: World, plan: SimulationPlan, rng: np.random.Generator) -> Story:
    """Let a chunk of customers live through the simulated weeks."""
    now = Condition(people, rng)
    diary = _Diary(
        usage_log(), ticket_log(), survey_log(), payment_log(), change_log(),
        Log(customer=np.int64, week=np.int16, state=np.int8, frustration=np.float32),
    )  # fmt: skip
    _warm_up(now, people, plan, rng)
    for number in range(plan.weeks):
        week = Week(number, number * 7, min(7, plan.days - number * 7), plan.start_s)
        _live_a_week(diary, now, people, world, plan, week, rng)
    return Story(
        usage=_known(diary.usage, plan),
        tickets=_said_before_exit(_known(diary.tickets, plan), now, by_support=True),
        surveys=_said_before_exit(_known(diary.surveys, plan), now),
        payments=_known(diary.payments, plan),
        changes=_known(diary.changes, plan),
        truth=diary.truth.table(),
        end=now,
    )


def _warm_up(
    now: Condition, people: Population, plan: SimulationPlan, rng: np.random.Generator
) -> None:
    """Spread the customers over the states as years before the start would have."""
    for number in range(-WARM_UP_WEEKS, 0):
        _drift(now, people, plan, rng)
        trouble = 0.25 * rng.random(people.size) * (rng.random(people.size) < 0.3)
        trouble += 0.5 * (now.problem_weeks > 0)
        trouble[people.signup_day >= number * 7] = 0.0
        _feel(now, people, plan, trouble)
        move(
            now, people, plan.preset.hazards, first_day=number * 7,
            price_rise_day=np.full(3, 10**6), start_s=plan.start_s, rng=rng, exits=False,
        )  # fmt: skip


def _live_a_week(
    diary: _Diary,
    now: Condition,
    people: Population,
    world: World,
    plan: SimulationPlan,
    week: Week,
    rng: np.random.Generator,
) -> None:
    preset = plan.preset
    _drift(now, people, plan, rng)
    move(
        now, people, preset.hazards, first_day=week.first_day,
        price_rise_day=world.price_rise_day, start_s=week.start_s, rng=rng,
    )  # fmt: skip
    chance = daily_chance(now, people, preset, world, week)
    active = rng.random(chance.shape) < chance
    trouble = trouble_level(now, people, world, week)
    visits, friction = record_visits(
        diary.usage, active, trouble, now, people, preset, week, diary.sessions, rng
    )
    diary.sessions += visits
    met = FELT_PER_FRICTION * friction + FELT_PER_TROUBLE * (active * trouble).sum(axis=1)
    felt = preset.trouble.felt_per_week * (1.0 - np.exp(-met))
    felt += _be_billed(diary, now, people, world, plan, week, rng)
    tickets, waited = record_tickets(
        diary.tickets, now, people, preset.trouble, world, week, diary.ticket_count, rng
    )
    diary.ticket_count += tickets
    diary.ticket_count += record_goodbyes(diary.tickets, now, week, diary.ticket_count, rng)
    record_surveys(diary.surveys, now, people, preset.trouble.survey_every_weeks, week, rng)
    _feel(now, people, plan, felt + waited)
    _note_truth(diary.truth, now, people, week)


def _be_billed(
    diary: _Diary,
    now: Condition,
    people: Population,
    world: World,
    plan: SimulationPlan,
    week: Week,
    rng: np.random.Generator,
) -> Floats:
    """Bill, raise prices, pause and resume; return the frustration of failed payments."""
    billing = plan.preset.billing
    if billing is None:
        return np.zeros(people.size)
    record_price_rises(diary.changes, now, people, world, week)
    invoices, felt = record_invoices(
        diary.payments, now, people, billing, world, week, diary.invoices, rng
    )
    diary.invoices += invoices
    end_pauses(diary.changes, now, week)
    here = (now.state <= State.AT_RISK) & (people.signup_day < week.first_day)
    start_pauses(diary.changes, now, plan.preset.rhythm.pause_rate, here, week, rng)
    return felt


def _drift(
    now: Condition, people: Population, plan: SimulationPlan, rng: np.random.Generator
) -> None:
    """Let moods, vacations and personal problems come and go."""
    rhythm, n = plan.preset.rhythm, people.size
    memory = rhythm.mood_memory
    now.mood = memory * now.mood + np.sqrt(1 - memory**2) * rng.standard_normal(n)
    leaves = (now.away_weeks <= 1) & (rng.random(n) < rhythm.vacation_rate)
    now.away_weeks = np.where(leaves, 1 + rng.geometric(0.65, size=n).clip(1, 3), now.away_weeks)
    now.away_weeks = np.maximum(now.away_weeks - 1, 0)
    starts = (now.problem_weeks <= 1) & (rng.random(n) < plan.preset.trouble.personal_rate)
    length = 1 + rng.geometric(1 / PROBLEM_LENGTH_WEEKS, size=n).clip(1, 8)
    now.problem_weeks = np.maximum(np.where(starts, length, now.problem_weeks) - 1, 0)


def _feel(now: Condition, people: Population, plan: SimulationPlan, felt: Floats) -> None:
    """Frustration decays by its half-life and grows with what was felt this week."""
    keep = 2.0 ** (-1.0 / plan.preset.trouble.half_life_weeks)
    now.frustration = keep * now.frustration + people.sensitivity * felt


def _note_truth(truth: Log, now: Condition, people: Population, week: Week) -> None:
    who = np.flatnonzero(people.signup_day < week.end_day)
    truth.add(
        customer=who, week=week.number, state=now.state[who], frustration=now.frustration[who]
    )


def _known(log: Log, plan: SimulationPlan) -> dict[str, Column]:
    """Keep what happened before the end of the simulation."""
    table = log.table()
    return _rows(table, table["at_s"] < plan.end_s)


def _said_before_exit(
    table: dict[str, Column], now: Condition, *, by_support: bool = False
) -> dict[str, Column]:
    """Drop what a customer would have said after leaving; support may still close a ticket."""
    said = table["at_s"] <= now.exit_s[table["customer"]]
    if by_support:
        said |= table["action"] == SOLVED
    return _rows(table, said)


def _rows(table: dict[str, Column], kept: Flags) -> dict[str, Column]:
    return {name: column[kept] for name, column in table.items()}
