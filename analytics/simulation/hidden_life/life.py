"""One week of the hidden life of customers: what moves them, what they do, what they feel.

Nothing here is random: the week's chance comes as an argument, so that the same week can be lived
twice with another contact before it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.simulation.hidden_life.billing import (
    Invoices,
    fall_due,
    pause_and_resume,
    switch_plans,
)
from analytics.simulation.hidden_life.contacts import Tickets, speak
from analytics.simulation.hidden_life.noise import Noise, geometric
from analytics.simulation.hidden_life.population import Population
from analytics.simulation.hidden_life.states import WeeklyState, move
from analytics.simulation.hidden_life.visits import (
    Orders,
    daily_chance,
    friction_rate,
    place_orders,
    trouble_level,
)
from analytics.simulation.hidden_life.world import Flags, Floats, Ints, World
from analytics.simulation.presets.business import Preset
from analytics.simulation.presets.plan import SimulationPlan, Week

PROBLEM_LENGTH_WEEKS = 3.0
VACATION_STOP_CHANCE = 0.65
LONGEST_ABSENCE_WEEKS = 26
#: More is felt than is recorded.
FELT_PER_FRICTION, FELT_PER_TROUBLE = 0.1, 0.4
WARM_UP_WEEKS = 16


@dataclass(frozen=True)
class Lived:
    """What happened in a week, of which the company records some.

    Parameters
    ----------
    active
        Active days; shape (customers, days).
    trouble
        Severity of what was wrong; shape (customers, days).
    frustration
        At the start of the week.
    paused, resumed
        Pauses that began and ended.
    switched
        1 for a larger plan, -1 for a smaller one.
    """

    active: Flags
    trouble: Floats
    frustration: Floats
    orders: Orders | None
    invoices: Invoices | None
    tickets: Tickets
    paused: Flags
    resumed: Flags
    switched: Ints


def live_a_week(
    now: WeeklyState,
    people: Population,
    world: World,
    plan: SimulationPlan,
    week: Week,
    noise: Noise,
) -> Lived:
    """Let customers live through one week; `now` moves on."""
    preset, before = plan.preset, now.frustration
    _drift(now, preset, noise)
    move(now, people, preset.hazards, world, plan, week, noise)
    chance = daily_chance(now, people, preset, world, week)
    active = noise.active[:, : week.days] < chance
    trouble = trouble_level(now, people, world, week)
    orders = place_orders(active, people, preset, world, week, noise)
    invoices = fall_due(now, people, preset.billing, world, week, noise)
    switched = switch_plans(now, people, preset.billing, week, noise)
    paused, resumed = pause_and_resume(now, people, preset.rhythm.pause_rate, week, noise)
    tickets = speak(now, people, preset.trouble, world, week, noise)
    met = FELT_PER_TROUBLE * trouble + FELT_PER_FRICTION * friction_rate(preset, people, trouble)
    felt = _felt(now, preset, (active * met).sum(axis=1), orders)
    felt += tickets.felt + (invoices.felt if invoices else 0.0)
    _feel(now, people, preset, felt)
    return Lived(
        active, trouble, before, orders, invoices, tickets, paused, resumed, switched
    )  # fmt: skip


def warm_up(
    now: WeeklyState, people: Population, plan: SimulationPlan, rng: np.random.Generator
) -> None:
    """Spread the customers over the states as years before the start would have."""
    from analytics.simulation.hidden_life.noise import draw_noise

    for number in range(-WARM_UP_WEEKS, 0):
        week = plan.week(number)
        noise = draw_noise(people.size, rng, orders=False)
        _drift(now, plan.preset, noise)
        trouble = 0.25 * noise.ticket * (noise.payment < 0.3) + 0.5 * (now.problem_weeks > 0)
        _feel(now, people, plan.preset, np.where(people.signup_day < week.first_day, trouble, 0.0))
        move(now, people, plan.preset.hazards, None, plan, week, noise)


def _drift(now: WeeklyState, preset: Preset, noise: Noise) -> None:
    """Let moods, vacations, personal problems and the traces of contacts come and go."""
    rhythm = preset.rhythm
    memory = rhythm.mood_memory
    now.mood = memory * now.mood + np.sqrt(1 - memory**2) * noise.mood
    leaves = (now.away_weeks <= 1) & (noise.leaves < rhythm.vacation_rate)
    now.away_weeks = np.maximum(
        np.where(leaves, _absence_weeks(noise, preset), now.away_weeks) - 1, 0
    )
    starts = (now.problem_weeks <= 1) & (noise.problem < preset.trouble.personal_rate)
    length = 1 + geometric(noise.problem_length, 1 / PROBLEM_LENGTH_WEEKS).clip(1, 8).astype(int)
    now.problem_weeks = np.maximum(np.where(starts, length, now.problem_weeks) - 1, 0)
    now.push = now.push * 2.0 ** (-1.0 / preset.campaigns.half_life_weeks)


def _absence_weeks(noise: Noise, preset: Preset) -> Ints:
    """Return how long absences last that begin this week: a week or a few, or by a Pareto law."""
    if tail := preset.build.absence_tail:
        weeks = np.ceil((1.0 - noise.away) ** (-1.0 / tail)).clip(1, LONGEST_ABSENCE_WEEKS)
    else:
        weeks = geometric(noise.away, VACATION_STOP_CHANCE).clip(1, 3)
    return 1 + weeks.astype(np.int64)


def _felt(now: WeeklyState, preset: Preset, met: Floats, orders: Orders | None) -> Floats:
    """Return the frustration of what was met this week; bad orders are felt the week after."""
    met = met + now.pending
    now.pending = np.zeros(len(met)) if orders is None else orders.trouble
    felt: Floats = preset.trouble.felt_per_week * (1.0 - np.exp(-met))
    return felt


def _feel(now: WeeklyState, people: Population, preset: Preset, felt: Floats) -> None:
    """Frustration decays by its half-life and grows with what was felt this week."""
    keep = 2.0 ** (-1.0 / preset.trouble.half_life_weeks)
    now.frustration = keep * now.frustration + people.sensitivity * felt
