"""The life of a chunk of customers, week by week: what is recorded, and what is true."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from analytics.simulation.company_records.billing_records import (
    change_log,
    payment_log,
    record_changes,
    record_invoices,
)
from analytics.simulation.company_records.contact_records import (
    SOLVED,
    record_goodbyes,
    record_surveys,
    record_tickets,
    survey_log,
    ticket_log,
)
from analytics.simulation.company_records.visit_records import LATE, record_visits, usage_log
from analytics.simulation.hidden_life.campaigns import (
    Contacts,
    OtherLives,
    contact,
    decide,
    outcome_rows,
    planned,
)
from analytics.simulation.hidden_life.life import Lived, live_a_week, warm_up
from analytics.simulation.hidden_life.noise import draw_noise
from analytics.simulation.hidden_life.population import Population
from analytics.simulation.hidden_life.states import (
    WeeklyState,
    first_weekly_state,
    price_rose,
)
from analytics.simulation.hidden_life.world import Flags, Ints, World
from analytics.simulation.log import ColumnValues, Log
from analytics.simulation.presets.plan import (
    DAY_S,
    CustomerChunk,
    SimulationPlan,
    Stream,
    Week,
)

Table = dict[str, ColumnValues]
NEVER_S = -(2**62)


@dataclass(frozen=True)
class Story:
    """What happened to a chunk of customers; tables of equally long arrays.

    Parameters
    ----------
    usage, tickets, surveys, payments, changes
        What the company recorded; `customer` counts within the chunk.
    contacts
        Its campaigns.
    weeks
        Truth: the condition of each customer at the end of each week, from sign-up on.
    outcomes
        Truth: what each arm of each campaign would have led to.
    end
        WeeklyState at the end.
    last_visit_s
        Last recorded visit of each customer.
    """

    usage: Table
    tickets: Table
    surveys: Table
    payments: Table
    changes: Table
    contacts: tuple[Contacts, ...]
    weeks: Table
    outcomes: dict[str, Table]
    end: WeeklyState
    last_visit_s: Ints


@dataclass
class _Diary:
    """The logs of a chunk, and the next free numbers of sessions, tickets and invoices."""

    last_visit_s: Ints
    usage: Log = field(default_factory=usage_log)
    tickets: Log = field(default_factory=ticket_log)
    surveys: Log = field(default_factory=survey_log)
    payments: Log = field(default_factory=payment_log)
    changes: Log = field(default_factory=change_log)
    weeks: Log = field(
        default_factory=lambda: Log(
            customer=np.int64, week=np.int16, state=np.int8, frustration=np.float32,
            weeks_at_risk=np.int16, driver=np.int8, away=np.bool_, paused=np.bool_,
            price_rose=np.bool_,
        )
    )  # fmt: skip
    sessions: int = 0
    ticket_count: int = 0
    invoices: int = 0


def live(people: Population, world: World, plan: SimulationPlan, chunk: CustomerChunk) -> Story:
    """Let a chunk of customers live through the simulated weeks."""
    life, records = chunk.rng(Stream.LIFE), chunk.rng(Stream.RECORDS)
    now = first_weekly_state(people, life)
    diary = _Diary(np.full(people.size, NEVER_S, dtype=np.int64))
    warm_up(now, people, plan, life)
    campaigns: list[OtherLives] = []
    outcomes: dict[str, Table] = {}
    for number in range(plan.weeks):
        week = plan.week(number)
        if name := planned(plan, number):
            campaigns.append(_run_campaign(name, now, people, plan, week, campaigns, diary, life))
        noise = draw_noise(people.size, life, orders=plan.preset.purchase_rate > 0)
        lived = live_a_week(now, people, world, plan, week, noise)
        for other in campaigns:
            if number < other.until_week:
                other.live(world, plan, week, noise)
            if number == min(other.until_week, plan.weeks) - 1:
                arms = plan.preset.campaigns.arms
                outcomes[other.contacts.name] = outcome_rows(other, arms, week)
        _record(diary, lived, now, people, world, plan, week, records)
    usage, tickets = _known(diary.usage, plan), _known(diary.tickets, plan)
    return Story(
        usage=_before_exit(usage, now, or_else=usage["event"] == LATE),
        tickets=_before_exit(tickets, now, or_else=tickets["action"] == SOLVED),
        surveys=_before_exit(_known(diary.surveys, plan), now),
        payments=_known(diary.payments, plan),
        changes=_known(diary.changes, plan),
        contacts=tuple(campaign.contacts for campaign in campaigns),
        weeks=diary.weeks.table(),
        outcomes=outcomes,
        end=now,
        last_visit_s=diary.last_visit_s,
    )


def _run_campaign(
    name: str,
    now: WeeklyState,
    people: Population,
    plan: SimulationPlan,
    week: Week,
    before: list[OtherLives],
    diary: _Diary,
    rng: np.random.Generator,
) -> OtherLives:
    """Decide, keep a copy of every customer for every arm, and let the contacts work."""
    done = np.zeros(people.size, dtype=bool)
    for earlier in before:
        done[earlier.contacts.who] = True
    week_s = plan.start_s + week.first_day * DAY_S
    quiet_days = (week_s - np.maximum(diary.last_visit_s, people.signup_s)) / DAY_S
    contacts = decide(name, now, people, quiet_days, done, plan, week, rng)
    other = OtherLives(contacts, now, people, plan.preset, week)
    for arm, action in enumerate(plan.preset.campaigns.actions, start=1):
        contact(now, people, plan.preset, contacts.who[contacts.arm == arm], action)
    return other


def _record(
    diary: _Diary,
    lived: Lived,
    now: WeeklyState,
    people: Population,
    world: World,
    plan: SimulationPlan,
    week: Week,
    rng: np.random.Generator,
) -> None:
    """Write down what the company's systems see of a week, and the truth apart."""
    preset = plan.preset
    visits, who, at_s = record_visits(
        diary.usage, lived, now, people, preset, week, diary.sessions, rng
    )
    diary.sessions += visits
    np.maximum.at(diary.last_visit_s, who, at_s)
    diary.ticket_count += record_tickets(
        diary.tickets, lived.tickets, lived.frustration, plan.dirt.reopened, week,
        diary.ticket_count, rng,
    )  # fmt: skip
    diary.ticket_count += record_goodbyes(diary.tickets, now, week, diary.ticket_count, rng)
    record_surveys(diary.surveys, now, people, preset.trouble.survey_every_weeks, week, rng)
    if lived.invoices is not None:
        diary.invoices += record_invoices(
            diary.payments, lived.invoices, now, people, preset, world, week, diary.invoices, rng
        )
        record_changes(diary.changes, lived, now, people, world, week)
    _note_truth(diary.weeks, now, people, world, week)


def _note_truth(log: Log, now: WeeklyState, people: Population, world: World, week: Week) -> None:
    who = np.flatnonzero(people.signup_day < week.end_day)
    state = now.state_before_day(week.end_day)
    log.add(
        customer=who, week=week.number, state=state[who], frustration=now.frustration[who],
        weeks_at_risk=now.weeks_at_risk[who], driver=now.driver[who],
        away=now.away_weeks[who] > 0, paused=now.paused_weeks[who] > 0,
        price_rose=price_rose(now, who, week.first_day, world),
    )  # fmt: skip


def _known(log: Log, plan: SimulationPlan) -> Table:
    """Keep what happened before the end of the simulation."""
    table = log.table()
    return _rows(table, table["at_s"] < plan.end_s)


def _before_exit(table: Table, now: WeeklyState, *, or_else: Flags | None = None) -> Table:
    """Drop what a customer would have done after leaving, but not what others do even then:
    support closes a ticket, a carrier is late."""
    kept = table["at_s"] <= now.exit_s[table["customer"]]
    return _rows(table, kept if or_else is None else kept | or_else)


def _rows(table: Table, kept: Flags) -> Table:
    return {name: column[kept] for name, column in table.items()}
