"""What is billed and what else happens to a subscription: failures, pauses, plans."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.simulation.hidden import State
from analytics.simulation.hidden_life.noise import Noise
from analytics.simulation.hidden_life.population import Population
from analytics.simulation.hidden_life.states import WeeklyState
from analytics.simulation.hidden_life.world import NO_DAY, Flags, Floats, IncidentKind, Ints, World
from analytics.simulation.presets.business import Billing
from analytics.simulation.presets.plan import Week

CLOSED_AFTER_DAYS = 21
FAILURE_WEIGHT = 0.45
PAUSE_WEEKS = (4, 11)
PLAN_CHANGE_TENURE_DAYS = 56


@dataclass(frozen=True)
class Invoices:
    """A week's invoices, at most one a customer.

    Parameters
    ----------
    who, day
        Customers billed, and the day from the start of the simulation.
    failed, unpaid
        The first attempt fails; it is never paid.
    felt
        Frustration of failed payments, one entry a customer of the whole group.
    """

    who: Ints
    day: Ints
    failed: Flags
    unpaid: Flags
    felt: Floats


def fall_due(
    now: WeeklyState,
    people: Population,
    billing: Billing | None,
    world: World,
    week: Week,
    noise: Noise,
) -> Invoices | None:
    """Return the week's invoices; whoever never pays is closed some weeks later.

    Who leaves silently is often billed for a while yet: nobody noticed that they are gone.
    """
    if billing is None:
        return None
    who, day = _due(people, now, world, week)
    failing = np.full(len(who), billing.failure_rate)
    for incident in world.incidents_in(week.first_day, week.end_day):
        if incident.kind is IncidentKind.PAYMENT:
            hit = (now.plan[who] == incident.hits) & (incident.first_day <= day)
            failing[hit & (day < incident.end_day)] += incident.severity
    failed = now.stays[who] & (noise.payment[who] < failing)
    # In an incident of the payment provider nobody is short of money: only the usual share of the
    # failures ends in closure.
    unpaid = failed & (noise.payment[who] < billing.failure_rate * billing.unpaid_share)
    now.closes_on_day[who[unpaid]] = day[unpaid] + CLOSED_AFTER_DAYS
    felt = np.zeros(people.size)
    felt[who[failed]] = FAILURE_WEIGHT
    return Invoices(who, day, failed, unpaid, felt)


def _due(people: Population, now: WeeklyState, world: World, week: Week) -> tuple[Ints, Ints]:
    days = np.arange(week.first_day, week.end_day)
    hits = people.billed_on_day[:, None] == world.day_of_month[days][None, :]
    hits &= ~people.annual[:, None] | (
        people.billed_in_month[:, None] == world.month[days][None, :]
    )
    hits &= (days[None, :] > people.signup_day[:, None]) & (
        days[None, :] < np.minimum(now.billed_until_day, now.closes_on_day)[:, None]
    )
    hits[(now.paused_weeks > 0) | people.prepaid] = False
    who, offset = np.nonzero(hits)
    return who, week.first_day + offset


def pause_and_resume(
    now: WeeklyState, people: Population, rate: float, week: Week, noise: Noise
) -> tuple[Flags, Flags]:
    """Let some pause for four to ten weeks, and end the pauses that are over.

    Returns
    -------
    Whose pause began, and whose ended.
    """
    over: Flags = now.paused_weeks == 1
    now.paused_weeks = np.maximum(now.paused_weeks - 1, 0)
    here = (now.state <= State.AT_RISK) & (people.signup_day < week.first_day)
    here &= (now.paused_weeks == 0) & (now.closes_on_day == NO_DAY) & ~over
    begins: Flags = here & (noise.pause < rate)
    low, high = PAUSE_WEEKS
    length = low + ((high - low) * noise.pause_length).astype(np.int64)
    now.paused_weeks = np.where(begins, length, now.paused_weeks)
    return begins, over


def switch_plans(
    now: WeeklyState, people: Population, billing: Billing | None, week: Week, noise: Noise
) -> Ints:
    """Move some engaged customers one plan up and some at risk one down; return 1, 0 or -1."""
    if billing is None:
        return np.zeros(people.size, dtype=np.int64)
    may_switch = (people.signup_day < week.first_day - PLAN_CHANGE_TENURE_DAYS) & ~people.prepaid
    may_switch &= (now.paused_weeks == 0) & (now.closes_on_day == NO_DAY)
    up = may_switch & (now.state == State.ENGAGED) & (noise.plan < billing.upgrade_rate)
    up &= now.plan < len(billing.plans) - 1
    down = may_switch & (now.state == State.AT_RISK) & (noise.plan < billing.downgrade_rate)
    down &= now.plan > 0
    switched: Ints = up.astype(np.int64) - down.astype(np.int64)
    now.plan = now.plan + switched
    return switched
