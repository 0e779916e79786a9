"""What the billing system writes: attempts to collect, pauses, price rises, other plans."""

from __future__ import annotations

import numpy as np

from analytics.simulation.hidden import State
from analytics.simulation.hidden_life.billing import Invoices
from analytics.simulation.hidden_life.life import Lived
from analytics.simulation.hidden_life.population import Population
from analytics.simulation.hidden_life.states import WeeklyState
from analytics.simulation.hidden_life.world import Floats, Ints, World
from analytics.simulation.log import Log
from analytics.simulation.presets.business import Billing, Preset
from analytics.simulation.presets.plan import DAY_S, Week

PAID, FAILED = 0, 1
PAYMENT_RESULTS = ("paid", "failed")
PAUSED, RESUMED, PRICE_RAISED, UPGRADED, DOWNGRADED = 0, 1, 2, 3, 4
CHANGES = ("paused", "resumed", "price_raised", "upgraded", "downgraded")

RETRY_DAYS = (3, 7, 14)


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
    due: Invoices,
    now: WeeklyState,
    people: Population,
    preset: Preset,
    world: World,
    week: Week,
    first_invoice: int,
    rng: np.random.Generator,
) -> int:
    """Write the week's invoices and the attempts that follow; return the number of invoices."""
    who, day = due.who, due.day
    amount = invoice_amounts(now, people, preset, world, who, day)
    invoice = first_invoice + np.arange(len(who))
    at_s = week.start_s + day * DAY_S + 5 * 3600
    log.add(
        customer=who, at_s=at_s, invoice=invoice, result=due.failed.astype(np.int8), amount=amount
    )
    failed = due.failed
    works_at = rng.integers(0, 2, size=len(who))
    works_at = np.where(due.unpaid, len(RETRY_DAYS), works_at)
    for attempt, later in enumerate(RETRY_DAYS):
        tried = failed & (attempt <= works_at)
        log.add(
            customer=who[tried],
            at_s=at_s[tried] + later * DAY_S,
            invoice=invoice[tried],
            result=np.where(works_at[tried] == attempt, PAID, FAILED),
            amount=amount[tried],
        )
    return len(who)


def invoice_amounts(
    now: WeeklyState, people: Population, preset: Preset, world: World, who: Ints, day: Ints
) -> Floats:
    """Return what an invoice of that day asks for: a month, or a year of those billed yearly."""
    billing: Billing | None = preset.billing
    if billing is None:
        return np.zeros(len(who))
    raised = world.price_rise_day[now.plan[who]] <= day
    months = np.where(people.annual[who], 12.0, 1.0)
    factor = np.where(raised, 1 + billing.price_rise_share, 1.0)
    price = people.monthly_price(preset, now.plan)[who]
    amount: Floats = np.round(price * months * factor, 2)
    return amount


def record_changes(
    log: Log, lived: Lived, now: WeeklyState, people: Population, world: World, week: Week
) -> None:
    """Write pauses, other plans and the price rises of this week."""
    start_s = week.start_s + week.first_day * DAY_S + 7 * 3600
    for change, rows, at_s in (
        (PAUSED, lived.paused, start_s + 6 * DAY_S),
        (RESUMED, lived.resumed, start_s + 6 * DAY_S),
        (UPGRADED, lived.switched == 1, start_s + 2 * DAY_S),
        (DOWNGRADED, lived.switched == -1, start_s + 2 * DAY_S),
    ):
        log.add(customer=np.flatnonzero(rows), at_s=at_s, change=change)
    for plan, day in enumerate(world.price_rise_day):
        if week.first_day <= day < week.end_day:
            told = (
                (now.plan == plan)
                & (people.signup_day < day)
                & (now.state < State.GONE_SILENTLY)
                & ~people.prepaid
            )
            log.add(
                customer=np.flatnonzero(told),
                at_s=week.start_s + int(day) * DAY_S + 6 * 3600,
                change=PRICE_RAISED,
            )
