"""What the help desk and the survey tool write: tickets, goodbyes, answers."""

from __future__ import annotations

import numpy as np

from analytics.simulation.hidden import State
from analytics.simulation.hidden_life.contacts import Tickets
from analytics.simulation.hidden_life.population import Population
from analytics.simulation.hidden_life.states import WeeklyState
from analytics.simulation.hidden_life.world import Floats, Ints
from analytics.simulation.log import Log
from analytics.simulation.presets.plan import DAY_S, Week

OPENED, SOLVED, REOPENED = 0, 1, 2
TICKET_ACTIONS = ("opened", "solved", "reopened")
QUESTION, PROBLEM, COMPLAINT, CANCELLATION = 0, 1, 2, 3
TICKET_TOPICS = ("question", "problem", "complaint", "cancellation")

COMPLAINT_BEFORE_LEAVING = 0.45
ANGRY_REOPEN = 0.1


def ticket_log() -> Log:
    """Return an empty log of what happened to tickets."""
    return Log(customer=np.int64, at_s=np.int64, ticket=np.int64, action=np.int8, topic=np.int8)


def survey_log() -> Log:
    """Return an empty log of answered surveys."""
    return Log(customer=np.int64, at_s=np.int64, sent_s=np.int64, score=np.int8)


def record_tickets(
    log: Log,
    tickets: Tickets,
    frustration: Floats,
    reopened_share: float,
    week: Week,
    first_ticket: int,
    rng: np.random.Generator,
) -> int:
    """Write a week's tickets; return their number."""
    who, n = tickets.who, len(tickets.who)
    z = frustration[who]
    grave = rng.random(n) < np.minimum(0.08 + 0.08 * z, 0.5)
    topic = np.where(tickets.question, QUESTION, np.where(grave, COMPLAINT, PROBLEM))
    at_s = office_hours(week, n, rng)
    ticket = first_ticket + np.arange(n)
    log.add(customer=who, at_s=at_s, ticket=ticket, action=OPENED, topic=topic)
    solved_s = at_s + (tickets.took_h * 3600).astype(np.int64)
    log.add(customer=who, at_s=solved_s, ticket=ticket, action=SOLVED, topic=topic)
    anger = ANGRY_REOPEN * np.minimum(z / 2, 1) if reopened_share else np.zeros(n)
    back = rng.random(n) < reopened_share + anger
    again_s = solved_s + rng.integers(3600, 3 * DAY_S, size=n)
    log.add(
        customer=who[back], at_s=again_s[back], ticket=ticket[back], action=REOPENED,
        topic=topic[back],
    )  # fmt: skip
    return n


def record_goodbyes(
    log: Log, now: WeeklyState, week: Week, first_ticket: int, rng: np.random.Generator
) -> int:
    """Write the requests to cancel of those who left vocally this week; some complain first."""
    who = np.flatnonzero((now.state == State.LEFT_VOCALLY) & (now.exit_day >= week.first_day))
    ticket = first_ticket + np.arange(len(who))
    loud = rng.random(len(who)) < COMPLAINT_BEFORE_LEAVING
    before_s = now.exit_s[who] - rng.integers(1800, 2 * 3600, size=len(who))
    log.add(
        customer=who[loud], at_s=before_s[loud], ticket=ticket[loud], action=OPENED,
        topic=COMPLAINT,
    )  # fmt: skip
    log.add(
        customer=who, at_s=now.exit_s[who], ticket=ticket + len(who), action=OPENED,
        topic=CANCELLATION,
    )  # fmt: skip
    return 2 * len(who)


def record_surveys(
    log: Log,
    now: WeeklyState,
    people: Population,
    every_weeks: int,
    week: Week,
    rng: np.random.Generator,
) -> None:
    """Write answers to surveys: few answer, the angry and outspoken rather than the others."""
    turn = (people.billed_in_month + people.billed_on_day + week.number) % max(every_weeks, 1) == 0
    reached = turn & (now.state <= State.AT_RISK) & (people.signup_day < week.first_day - 28)
    z, c = now.frustration, people.complains
    answers = np.clip(0.1 + 0.15 * c + 0.1 * np.minimum(z, 2.0), 0.1, 0.4)
    who = np.flatnonzero(reached & (rng.random(people.size) < answers))
    sent_s = office_hours(week, len(who), rng)
    delay_s = (rng.exponential(20.0, size=len(who)) * 3600).astype(np.int64) + 120
    score = np.round(4.3 - 0.55 * z[who] + 0.7 * rng.standard_normal(len(who))).clip(1, 5)
    log.add(customer=who, at_s=sent_s + delay_s, sent_s=sent_s, score=score)


def office_hours(week: Week, n: int, rng: np.random.Generator) -> Ints:
    """Draw times of the week at which an office works."""
    day = week.first_day + rng.integers(0, week.days, size=n)
    return week.start_s + day * DAY_S + rng.integers(8 * 3600, 18 * 3600, size=n)
