"""What is billed and what else happens to a subscription: failures, pauses, price rises."""

from __future__ import annotations

import numpy as np

from analytics.simulation.business import Billing
from analytics.simulation.log import Log
from analytics.simulation.plan import DAY_S
from analytics.simulation.population import NO_DAY, Population
from analytics.simulation.states import Condition, State
from analytics.simulation.visits import Week
from analytics.simulation.world import Flags, Floats, Ints, World

PAID, FAILED = 0, 1
PAYMENT_RESULTS = ("paid", "failed")
PAUSED, RESUMED, PRICE_RAISED = 0, 1, 2
CHANGES = ("paused", "resumed", "price_raised")

RETRY_DAYS = (3, 7, 14)
CLOSED_AFTER_DAYS = 21
FAILURE_WEIGHT = 0.45


def payment_log() -> Log:
    """Return an empty log of attempts to collect an invoice."""
    return Log(
        customer=np.int64, at_s=np.int64, invoice=np.int64, result=np.int8, amount=np.float64
    )


def change_log() -> Log:
    """Return an empty log of changes of a subscription."""
    return Log(customer=np.int64, at_s=np.int64, change=np.int8)


def record_invoices(
    log: Log,
    now: Condition,
    people: Population,
    billing: Billing,
    world: World,
    week: Week,
    first_invoice: int,
    rng: np.random.Generator,
) -> tuple[int, Floats]:
    """Write the week's invoices; return their number and the frustration of failed payments.

    Who leaves silently is often billed for a while yet: nobody noticed that they are gone.
    """
    due, day = _due(people, now, world, week)
    failed = now.stays[due] & (rng.random(len(due)) < billing.failure_rate)
    amount = _amounts(people, billing, world, due, day)
    invoice = first_invoice + np.arange(len(due))
    at_s = week.start_s + day * DAY_S + 5 * 3600
    log.add(customer=due, at_s=at_s, invoice=invoice, result=failed.astype(np.int8), amount=amount)
    _retry(log, now, due[failed], day[failed], at_s[failed], invoice[failed], amount[failed],
           billing.unpaid_share, rng)  # fmt: skip
    felt = np.zeros(people.size)
    felt[due[failed]] = FAILURE_WEIGHT
    return len(due), felt


def _retry(
    log: Log,
    now: Condition,
    who: Ints,
    day: Ints,
    at_s: Ints,
    invoice: Ints,
    amount: Floats,
    unpaid_share: float,
    rng: np.random.Generator,
) -> None:
    """Try again after some days; most payments go through, the others end in closure."""
    never = rng.random(len(who)) < unpaid_share
    now.closes_on_day[who[never]] = day[never] + CLOSED_AFTER_DAYS
    succeeds_at = np.where(never, len(RETRY_DAYS), rng.integers(0, 2, size=len(who)))
    for attempt, later in enumerate(RETRY_DAYS):
        tried = attempt <= succeeds_at
        log.add(
            customer=who[tried],
            at_s=at_s[tried] + later * DAY_S,
            invoice=invoice[tried],
            result=np.where(succeeds_at[tried] == attempt, PAID, FAILED),
            amount=amount[tried],
        )


def _due(people: Population, now: Condition, world: World, week: Week) -> tuple[Ints, Ints]:
    days = np.arange(week.first_day, week.end_day)
    hits = people.billed_on_day[:, None] == world.day_of_month[days][None, :]
    hits &= ~people.annual[:, None] | (
        people.billed_in_month[:, None] == world.month[days][None, :]
    )
    hits &= (days[None, :] > people.signup_day[:, None]) & (
        days[None, :] < np.minimum(now.billed_until_day, now.closes_on_day)[:, None]
    )
    hits[now.paused_weeks > 0] = False
    who, offset = np.nonzero(hits)
    return who, week.first_day + offset


def _amounts(people: Population, billing: Billing, world: World, who: Ints, day: Ints) -> Floats:
    raised = world.price_rise_day[people.plan[who]] <= day
    months = np.where(people.annual[who], 12.0, 1.0)
    raise_factor = np.where(raised, 1 + billing.price_rise_share, 1.0)
    amount: Floats = np.round(people.monthly_price[who] * months * raise_factor, 2)
    return amount


def start_pauses(
    log: Log, now: Condition, rate: float, here: Flags, week: Week, rng: np.random.Generator
) -> None:
    """Let some customers pause for four to ten weeks."""
    chosen = rng.random(len(here)) < rate
    who = np.flatnonzero(here & chosen & (now.paused_weeks == 0) & (now.closes_on_day == NO_DAY))
    now.paused_weeks[who] = rng.integers(4, 11, size=len(who))
    log.add(customer=who, at_s=week.start_s + week.first_day * DAY_S + 7 * 3600, change=PAUSED)


def end_pauses(log: Log, now: Condition, week: Week) -> None:
    """Count a week of every pause, and record those that are over."""
    over = np.flatnonzero(now.paused_weeks == 1)
    now.paused_weeks[now.paused_weeks > 0] -= 1
    log.add(customer=over, at_s=week.start_s + week.end_day * DAY_S + 7 * 3600, change=RESUMED)


def record_price_rises(
    log: Log, now: Condition, people: Population, world: World, week: Week
) -> None:
    """Write the price rises of this week for every customer of the plan."""
    for plan, day in enumerate(world.price_rise_day):
        if week.first_day <= day < week.end_day:
            told = (
                (people.plan == plan)
                & (people.signup_day < day)
                & (now.state < State.GONE_SILENTLY)
            )
            log.add(
                customer=np.flatnonzero(told),
                at_s=week.start_s + int(day) * DAY_S + 6 * 3600,
                change=PRICE_RAISED,
            )
