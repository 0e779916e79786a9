"""Habits in which customers differ without meaning to leave: which weekday is theirs."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from analytics.simulation.hidden_life.world import NO_DAY, Floats, Ints, World
from analytics.simulation.presets.business import Preset
from analytics.simulation.presets.plan import SimulationPlan, Week

_WORKDAYS = 5


@dataclass(frozen=True)
class Habits:
    """Habits of a chunk of customers, one entry each.

    Parameters
    ----------
    weekday, later_weekday
        Usual day of the week, Monday is 0, before and after it moves.
    moves_on_day
        Days from the start of the simulation; beyond its end for those who keep their day.
    """

    weekday: Ints
    later_weekday: Ints
    moves_on_day: Ints

    def take(self, who: Ints) -> Habits:
        """Return those of some of the customers."""
        return Habits(
            **{declared.name: getattr(self, declared.name)[who] for declared in fields(self)}
        )


def draw_habits(plan: SimulationPlan, size: int, rng: np.random.Generator) -> Habits:
    """Draw the habits of customers; in the usual build they have no effect."""
    weekday = rng.integers(_WORKDAYS, size=size)
    moves = rng.random(size) < plan.preset.build.moving_share
    return Habits(
        weekday=weekday,
        later_weekday=(weekday + rng.integers(1, _WORKDAYS, size=size)) % _WORKDAYS,
        moves_on_day=np.where(moves, rng.integers(plan.days, size=size), NO_DAY),
    )


def habit_level(habits: Habits, preset: Preset, world: World, week: Week) -> Floats:
    """Return the factor that habits put on each day. Shape: (customers, days of the week)."""
    if preset.build.habit_strength:
        return _weekday_level(habits, preset, world, week)
    return np.ones((len(habits.weekday), week.days))


def _weekday_level(habits: Habits, preset: Preset, world: World, week: Week) -> Floats:
    """Gather the week's activity on the usual day; the sum of a week stays what it was."""
    strength = preset.build.habit_strength
    days = np.arange(week.first_day, week.end_day)
    moved = days[None, :] >= habits.moves_on_day[:, None]
    usual = np.where(moved, habits.later_weekday[:, None], habits.weekday[:, None])
    share = np.array(preset.rhythm.weekday_shares)[usual]
    own = world.weekday[days][None, :] == usual
    level: Floats = np.where(own, strength / share, (1.0 - strength) / (1.0 - share))
    return level
