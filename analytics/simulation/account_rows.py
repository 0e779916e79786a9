"""The customer list of the company, as it stands on the last day."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analytics.simulation import columns
from analytics.simulation.plan import DAY_S, SimulationPlan
from analytics.simulation.population import Population
from analytics.simulation.states import NO_TIME, State
from analytics.simulation.story import Story
from analytics.simulation.world import Flags, Ints, World

NOTICE_DAYS = 14


def account_rows(
    people: Population,
    story: Story,
    plan: SimulationPlan,
    world: World,
    ids: pa.Array,
    rng: np.random.Generator,
) -> pa.Table:
    """Return one row a customer, and one test account that somebody forgot to number.

    Only exits that a company learns of are there: who goes silently stays on the list.
    """
    words = plan.preset.words
    closed_s, open_still, reason = _closures(people, story, plan, rng)
    price, priced = _prices(people, plan, world)
    rows = pa.table(
        {
            "account_id": ids,
            "company": columns.company_names(rng, people.size),
            "created_at": columns.written(people.signup_s, "%Y-%m-%d %H:%M:%S"),
            "plan": _plan_names(people, plan),
            "seats": people.seats,
            "segment": columns.words(people.segment, words.segments),
            "region": columns.words(people.region, words.regions),
            "channel": columns.words(people.channel, words.channels),
            "mrr": pa.array(price, mask=~priced),
            "renews_on": columns.written(
                _renewals(people, plan), "%Y-%m-%d", missing=~(people.annual & open_still)
            ),
            "closed_at": columns.written(closed_s, "%Y-%m-%d %H:%M:%S", missing=open_still),
            "closed_because": columns.words(reason, ("cancelled", "unpaid")),
        }
    )
    if people.first:
        return rows
    test_account = rows.slice(0, 1)
    for name, value in (("account_id", ""), ("company", "TEST do not use")):
        place = test_account.column_names.index(name)
        test_account = test_account.set_column(place, name, pa.array([value]))
    return pa.concat_tables([rows, test_account])


def _closures(
    people: Population, story: Story, plan: SimulationPlan, rng: np.random.Generator
) -> tuple[Ints, Flags, Ints]:
    """Vocal leavers are closed after their notice, unpaid accounts at once."""
    state, exit_s = story.end.state, story.end.exit_s
    vocal, unpaid = state == State.LEFT_VOCALLY, state == State.CLOSED_UNPAID
    notice_s = rng.integers(0, NOTICE_DAYS * DAY_S, size=people.size)
    closed_s = np.where(vocal, exit_s + notice_s, exit_s)
    open_still = ~(vocal | unpaid) | (closed_s >= plan.end_s)
    closed_s = np.where(open_still | (closed_s >= NO_TIME), 0, closed_s)
    reason = np.where(open_still, -1, np.where(unpaid, 1, 0))
    return closed_s, open_still, reason


def _prices(people: Population, plan: SimulationPlan, world: World) -> tuple[pa.Array, Flags]:
    billing = plan.preset.billing
    if billing is None:
        return np.zeros(people.size), np.zeros(people.size, dtype=bool)
    raised = world.price_rise_day[people.plan] < plan.days
    price = np.round(people.monthly_price * (1 + billing.price_rise_share * raised), 2)
    return price, np.ones(people.size, dtype=bool)


def _plan_names(people: Population, plan: SimulationPlan) -> pa.Array:
    names = plan.preset.billing.plans if plan.preset.billing else ("",)
    return pc.fill_null(columns.words(people.plan, names), "")


def _renewals(people: Population, plan: SimulationPlan) -> Ints:
    """Next yearly billing date after the end, in seconds since 1970."""
    month0 = people.billed_in_month - 1
    year = np.int64(plan.end.year - 1970)
    day = people.billed_on_day - 1
    this_year = (year * 12 + month0).astype("datetime64[M]").astype("datetime64[D]") + day
    next_year = (year * 12 + 12 + month0).astype("datetime64[M]").astype("datetime64[D]") + day
    due = np.where(this_year > np.datetime64(plan.end), this_year, next_year)
    seconds: Ints = due.astype("datetime64[s]").astype(np.int64)
    return seconds
