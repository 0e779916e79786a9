"""Who speaks up: customers who are there, from the day after their sign-up on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from analytics.simulation.hidden import State
from analytics.simulation.hidden_life.contacts import speak
from analytics.simulation.hidden_life.noise import draw_noise
from analytics.simulation.hidden_life.population import draw_population
from analytics.simulation.hidden_life.states import first_weekly_state
from analytics.simulation.hidden_life.world import draw_world
from analytics.simulation.presets.plan import SimulationPlan, Stream
from analytics.simulation.presets.preset import SAAS


def test_nobody_opens_a_ticket_before_having_signed_up_or_after_having_left() -> None:
    plan = SimulationPlan(SAAS, 5, 140, 2, date(2026, 3, 1))
    chunk, week = next(plan.chunks()), plan.week(4)
    people = draw_population(plan, chunk, chunk.rng(Stream.TRAITS))
    life = chunk.rng(Stream.LIFE)
    now = first_weekly_state(people, life)
    day = week.first_day
    people = replace(people, signup_day=np.array([day - 1, day, day + 1, day - 90, day - 90]))
    now.state[3] = State.GONE_SILENTLY
    now.paused_weeks[4] = 2
    everybody_would = replace(draw_noise(5, life, orders=False), ticket=np.zeros(5))
    tickets = speak(now, people, SAAS.trouble, draw_world(plan), week, everybody_would)
    assert tickets.who.tolist() == [0]
    assert tickets.question.tolist() == [True]
