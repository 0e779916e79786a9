"""Habits that mean nothing for who leaves: the usual weekday, busy and quiet spells."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from analytics.simulation.hidden_life.world import NO_DAY, Flags, Floats, Ints, World
from analytics.simulation.presets.build_settings import Build
from analytics.simulation.presets.business import Preset
from analytics.simulation.presets.plan import FUTURE_WEEKS, SimulationPlan, Week

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
    quiet
        Whether a week belongs to a quiet spell; shape (customers, weeks).
    switches
        Whether the customer has busy and quiet spells at all.
    """

    weekday: Ints
    later_weekday: Ints
    moves_on_day: Ints
    quiet: Flags
    switches: Flags

    def take(self, who: Ints) -> Habits:
        """Return those of some of the customers."""
        return Habits(
            **{declared.name: getattr(self, declared.name)[who] for declared in fields(self)}
        )


def draw_habits(plan: SimulationPlan, size: int, rng: np.random.Generator) -> Habits:
    """Draw the habits of customers; in the usual build they have no effect."""
    build = plan.preset.build
    weekday = rng.integers(_WORKDAYS, size=size)
    moves = rng.random(size) < build.moving_share
    return Habits(
        weekday=weekday,
        later_weekday=(weekday + rng.integers(1, _WORKDAYS, size=size)) % _WORKDAYS,
        moves_on_day=np.where(moves, rng.integers(plan.days, size=size), NO_DAY),
        quiet=_quiet_weeks(plan, size, rng),
        switches=rng.random(size) < build.two_mode_share,
    )


def habit_level(habits: Habits, preset: Preset, world: World, week: Week) -> Floats:
    """Return the factor that habits put on each day. Shape: (customers, days of the week)."""
    level = np.ones((len(habits.weekday), week.days))
    if preset.build.habit_strength:
        level *= _weekday_level(habits, preset, world, week)
    if preset.build.two_mode_share:
        level *= _spell_level(habits, preset.build, week)[:, None]
    return level


def _quiet_weeks(plan: SimulationPlan, size: int, rng: np.random.Generator) -> Flags:
    """Draw spells of random length, quiet and busy in turn, to beyond the end."""
    weeks = plan.weeks + FUTURE_WEEKS
    switched = rng.random((size, weeks)) < 1.0 / plan.preset.build.spell_weeks
    begins_quiet = rng.random(size) < 0.5
    quiet: Flags = (np.cumsum(switched, axis=1) + begins_quiet[:, None]) % 2 == 1
    return quiet


def _spell_level(habits: Habits, build: Build, week: Week) -> Floats:
    """Return the level of the week's spell; busy and quiet weeks make up the usual activity."""
    level = np.where(habits.quiet[:, week.number], build.quiet_level, 2.0 - build.quiet_level)
    return np.where(habits.switches, level, 1.0)


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
