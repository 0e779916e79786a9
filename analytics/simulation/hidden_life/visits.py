"""What customers do in a week and what goes wrong meanwhile: visits, orders, friction."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.simulation.hidden_life.fading import visits_left
from analytics.simulation.hidden_life.habits import habit_level
from analytics.simulation.hidden_life.noise import Noise
from analytics.simulation.hidden_life.population import Population
from analytics.simulation.hidden_life.states import WeeklyState
from analytics.simulation.hidden_life.world import (
    NO_DAY,
    Flags,
    Floats,
    IncidentKind,
    SimulatedIncident,
    World,
)
from analytics.simulation.presets.business import Preset
from analytics.simulation.presets.plan import Week

OFF_SEASON_DAYS, OFF_SEASON_LEVEL = 50, 0.04
PERSONAL_SEVERITY = 0.9
WORST_TROUBLE = 2.5
MET_PER_LATE_ORDER, MET_PER_RETURN = 0.9, 0.3
LATE_RETURN_CHANCE = 0.2


@dataclass(frozen=True)
class Orders:
    """A week's orders; flags of shape (customers, days).

    Parameters
    ----------
    trouble
        What is met because of them, felt in the week after.
    """

    bought: Flags
    late: Flags
    returned: Flags
    trouble: Floats


def daily_chance(
    now: WeeklyState, people: Population, preset: Preset, world: World, week: Week
) -> Floats:
    """Chance of an active day. Shape: (customers, days of the week)."""
    rhythm = preset.rhythm
    level = visits_left(now, people, preset)
    level[(now.away_weeks > 0) | (now.paused_weeks > 0)] = 0.0
    spread = rhythm.mood_sd
    level *= people.rate * np.exp(spread * now.mood - spread**2 / 2)
    days = np.arange(week.first_day, week.end_day)
    expected = np.multiply.outer(level, world.level[days])
    expected *= habit_level(people.habits, preset, world, week)
    rests = np.flatnonzero(people.rest_day < NO_DAY)
    resting = (days[None, :] - people.rest_day[rests, None]) % 365 < OFF_SEASON_DAYS
    expected[rests] *= np.where(resting, OFF_SEASON_LEVEL, 1.0)
    known = (days[None, :] >= people.signup_day[:, None]) & (days[None, :] < now.exit_day[:, None])
    chance: Floats = np.where(known, 1.0 - np.exp(-expected), 0.0)
    return chance


def trouble_level(now: WeeklyState, people: Population, world: World, week: Week) -> Floats:
    """Severity of what is wrong for a customer on a day. Shape: (customers, days of the week)."""
    level = np.zeros((people.size, week.days))
    for incident in world.incidents_in(week.first_day, week.end_day):
        if incident.kind in {IncidentKind.OUTAGE, IncidentKind.RELEASE}:
            hit = (
                people.region == incident.hits
                if incident.kind is IncidentKind.OUTAGE
                else people.relies_on[:, incident.hits]
            )
            level[hit, _days_of(incident, week)] += incident.severity
    level[now.problem_weeks > 0] += PERSONAL_SEVERITY
    return level


def friction_rate(preset: Preset, people: Population, trouble: Floats) -> Floats:
    """Mean friction events a visit. Shape: as the trouble."""
    rate = preset.trouble.friction_per_visit + preset.trouble.friction_in_trouble * np.minimum(
        trouble, WORST_TROUBLE
    )
    result: Floats = rate * people.exposure[:, None]
    return result


def place_orders(
    active: Flags, people: Population, preset: Preset, world: World, week: Week, noise: Noise
) -> Orders | None:
    """Return who bought on which day, and whether it came late or was sent back."""
    if not preset.purchase_rate:
        return None
    days = slice(0, week.days)
    bought = active & (noise.bought[:, days] < preset.purchase_rate)
    if preset.billing is not None:
        bought &= people.prepaid[:, None]
    if not preset.words.late:
        never = np.zeros_like(bought)
        return Orders(bought, never, never, np.zeros(people.size))
    late_chance = np.full(bought.shape, preset.trouble.late_share)
    for incident in world.incidents_in(week.first_day, week.end_day):
        if incident.kind is IncidentKind.DELIVERY:
            hit = people.region == incident.hits
            late_chance[hit, _days_of(incident, week)] += incident.severity
    late = bought & (noise.late[:, days] < late_chance)
    returns = np.where(late, LATE_RETURN_CHANCE, 0.0) + preset.trouble.return_share
    returned = bought & (noise.returned[:, days] < returns)
    met = MET_PER_LATE_ORDER * late.sum(axis=1) + MET_PER_RETURN * returned.sum(axis=1)
    return Orders(bought, late, returned, met)


def _days_of(incident: SimulatedIncident, week: Week) -> slice:
    """Return the days of the week that an incident covers."""
    first = max(incident.first_day - week.first_day, 0)
    return slice(first, min(incident.end_day - week.first_day, week.days))
