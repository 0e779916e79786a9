"""What would come after the end under each action: the truth that a policy is judged by."""

from __future__ import annotations

import numpy as np

from analytics.simulation.hidden import Archetype, State
from analytics.simulation.hidden_life.campaigns import contact
from analytics.simulation.hidden_life.life import live_a_week
from analytics.simulation.hidden_life.noise import draw_noise
from analytics.simulation.hidden_life.population import Population
from analytics.simulation.hidden_life.states import WeeklyState
from analytics.simulation.hidden_life.world import Ints, World
from analytics.simulation.log import ColumnValues
from analytics.simulation.presets.plan import (
    FUTURE_WEEKS,
    CustomerChunk,
    SimulationPlan,
    Stream,
)

#: Futures lived for each customer: more where there are few customers.
MOST_REPEATS, LEAST_REPEATS, REPEATED_CUSTOMERS = 40, 2, 200_000
#: Those whom some contact can move; the lives of the others are the same under every arm.
MOVED = (Archetype.PERSUADABLE, Archetype.DO_NOT_DISTURB)


def repeats_of(plan: SimulationPlan) -> int:
    """Return how many futures of each customer are lived."""
    return int(np.clip(REPEATED_CUSTOMERS // plan.customers, LEAST_REPEATS, MOST_REPEATS))


def future_rows(
    now: WeeklyState, people: Population, world: World, plan: SimulationPlan, chunk: CustomerChunk
) -> dict[str, ColumnValues]:
    """Return one row a customer who is still there and arm: shares of the futures in which the
    customer has gone silently, or left in any way, by `FUTURE_WEEKS` after the end.

    Every arm of a customer meets the same chance, so that differences between arms are effects.
    """
    there = now.state_before_day(plan.days) < State.GONE_SILENTLY
    who = np.flatnonzero(there & (people.signup_day < plan.days))
    arms, group = plan.preset.campaigns.arms, people.take(who)
    moved = np.flatnonzero(np.isin(group.archetype, MOVED))
    repeats = repeats_of(plan)
    silent = np.zeros((len(arms), len(who)))
    left = np.zeros((2, len(arms), len(who)))  # every second future apart
    for repeat in range(repeats):
        for arm, life in enumerate(_lives(now, group, who, moved, world, plan, chunk, repeat)):
            rows = moved if arm else slice(None)
            silent[arm, rows] += life.state == State.GONE_SILENTLY
            left[repeat % 2, arm, rows] += ~life.stays
    unmoved = np.setdiff1d(np.arange(len(who)), moved)
    silent[1:, unmoved] = silent[0, unmoved]
    left[:, 1:, unmoved] = left[:, :1, unmoved]
    return {
        "customer": np.tile(who, len(arms)),
        "arm": np.repeat(np.arange(len(arms)), len(who)),
        "gone_silently_share": silent.ravel() / repeats,
        "left_share": left.sum(axis=0).ravel() / repeats,
        "left_share_first": left[0].ravel() / ((repeats + 1) // 2),
        "left_share_second": left[1].ravel() / (repeats // 2),
    }


def _lives(
    now: WeeklyState,
    group: Population,
    who: Ints,
    moved: Ints,
    world: World,
    plan: SimulationPlan,
    chunk: CustomerChunk,
    repeat: int,
) -> list[WeeklyState]:
    """Live one future under every arm: everybody left alone, and the moved under each action."""
    preset, some = plan.preset, group.take(moved)
    lives = [now.take(who), *(now.take(who[moved]) for _ in preset.campaigns.actions)]
    for life, action in zip(lives[1:], preset.campaigns.actions, strict=True):
        contact(life, some, preset, np.arange(len(moved)), action)
    rng = chunk.rng(Stream.FUTURE, repeat)
    for number in range(plan.weeks, plan.weeks + FUTURE_WEEKS):
        noise = draw_noise(len(who), rng, orders=preset.purchase_rate > 0)
        live_a_week(lives[0], group, world, plan, plan.week(number), noise)
        mine = noise.take(moved)
        for life in lives[1:]:
            live_a_week(life, some, world, plan, plan.week(number), mine)
    return lives
