"""Who speaks up in a week, about what, and how long they wait for an answer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.simulation.hidden_life.noise import Noise
from analytics.simulation.hidden_life.population import Population
from analytics.simulation.hidden_life.states import WeeklyState
from analytics.simulation.hidden_life.world import Flags, Floats, Ints, World
from analytics.simulation.presets.business import Trouble
from analytics.simulation.presets.plan import Week

SOLVED_IN_MEDIAN_H, SOLVED_IN_SLOW_WEEKS_H, SOLVED_SPREAD = 18.0, 90.0, 0.9
LONG_WAIT_H, LONG_WAIT_WEIGHT = 96.0, 0.3


@dataclass(frozen=True)
class Tickets:
    """A week's tickets, at most one a customer.

    Parameters
    ----------
    who
        Customers who opened one.
    question
        It is a plain question, no problem.
    took_h
        Hours to the answer.
    felt
        Frustration of waiting too long, one entry a customer of the whole group.
    """

    who: Ints
    question: Flags
    took_h: Floats
    felt: Floats


def speak(
    now: WeeklyState, people: Population, trouble: Trouble, world: World, week: Week, noise: Noise
) -> Tickets:
    """Return the week's tickets.

    Only frustration times the propensity to complain makes people speak, so that there are
    frustrated customers who never do.
    """
    can_speak = now.stays & (people.signup_day < week.first_day) & (now.paused_weeks == 0)
    anger = now.frustration * people.complains
    rate = trouble.tickets_per_frustration * anger + trouble.idle_ticket_rate
    who = np.flatnonzero(can_speak & (noise.ticket < 1 - np.exp(-rate)))
    question = noise.ticket[who] < 1 - np.exp(-trouble.idle_ticket_rate)
    slow = world.slow_support[week.number]
    median_h = SOLVED_IN_SLOW_WEEKS_H if slow else SOLVED_IN_MEDIAN_H
    took_h = median_h * np.exp(SOLVED_SPREAD * noise.wait[who])
    felt = np.zeros(people.size)
    felt[who] = LONG_WAIT_WEIGHT * (took_h > LONG_WAIT_H)
    return Tickets(who, question, took_h, felt)
