"""The customer list of the company, as it stands on the last day."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analytics.simulation.company_records import columns
from analytics.simulation.company_records.dirt import lost
from analytics.simulation.company_records.story import Story
from analytics.simulation.company_records.strangers import Strangers
from analytics.simulation.hidden import State
from analytics.simulation.hidden_life.population import Population
from analytics.simulation.hidden_life.states import NO_TIME
from analytics.simulation.hidden_life.world import Flags, Ints, World
from analytics.simulation.presets.plan import DAY_S, SimulationPlan

NOTICE_DAYS = 14
OLD_CUSTOMER_DAYS = 365


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
    words, dirt, n = plan.preset.words, plan.dirt, people.size
    closed_s, open_still, reason = _closures(people, story, plan, rng)
    price, priced = _prices(people, story, plan, world)
    old = people.signup_day < -OLD_CUSTOMER_DAYS
    unnoted = rng.random(n) < dirt.missing_not_at_random * np.where(old, 4 / 3, 2 / 3)
    rows = pa.table(
        {
            "account_id": ids,
            "company": columns.company_names(rng, n),
            "created_at": columns.written(people.signup_s, "%Y-%m-%d %H:%M:%S"),
            "plan": _plan_names(story.end.plan, plan),
            "seats": people.seats,
            "segment": columns.words(_without(people.segment, lost(n, dirt.missing, rng)),
                                     words.segments),
            "region": columns.words(_without(people.region, lost(n, dirt.missing, rng)),
                                    words.regions),
            "channel": columns.words(_without(people.channel, unnoted), words.channels),
            "mrr": pa.array(price, mask=~priced),
            "renews_on": columns.written(
                _renewals(people, plan), "%Y-%m-%d", missing=~(people.annual & open_still)
            ),
            "closed_at": columns.written(closed_s, "%Y-%m-%d %H:%M:%S", missing=open_still),
            "closed_because": columns.words(reason, ("cancelled", "unpaid")),
        }
    )  # fmt: skip
    if people.first or not dirt.broken:
        return rows
    return pa.concat_tables([rows, _changed(rows, account_id="", company="TEST do not use")])


def stranger_rows(like: pa.Table, strangers: Strangers, plan: SimulationPlan) -> pa.Table:
    """Return the rows of bots and testers, which look like any other account."""
    numbers = strangers.numbers
    names = ["Uptime Monitor"] * len(strangers.bots) + ["TEST Account"] * len(strangers.testers)
    rows = like.take(np.arange(len(numbers)) % max(like.num_rows, 1))
    return _changed(
        rows,
        account_id=columns.numbered("A", numbers),
        company=pa.array(names, pa.string()),
        created_at=columns.written(np.full(len(numbers), plan.start_s), "%Y-%m-%d %H:%M:%S"),
        renews_on="",
        closed_at="",
        closed_because=None,
    )


def _changed(rows: pa.Table, **values: pa.Array | str | None) -> pa.Table:
    """Return the rows with other values in some columns; the first row only for single values."""
    single = all(isinstance(value, str) for value in values.values())
    rows = rows.slice(0, 1) if single else rows
    for name, value in values.items():
        place = rows.column_names.index(name)
        if value is None or isinstance(value, str):
            value = pa.array([value] * rows.num_rows, pa.string())
        rows = rows.set_column(place, name, value)
    return rows


def _without(numbers: Ints, gone: Flags) -> Ints:
    return np.where(gone, -1, numbers)


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


def _prices(
    people: Population, story: Story, plan: SimulationPlan, world: World
) -> tuple[pa.Array, Flags]:
    billing, now = plan.preset.billing, story.end.plan
    if billing is None:
        return np.zeros(people.size), np.zeros(people.size, dtype=bool)
    raised = world.price_rise_day[now] < plan.days
    factor = 1 + billing.price_rise_share * raised
    price = np.round(people.monthly_price(plan.preset, now) * factor, 2)
    return price, np.ones(people.size, dtype=bool)


def _plan_names(numbers: Ints, plan: SimulationPlan) -> pa.Array:
    names = plan.preset.billing.plans if plan.preset.billing else ("",)
    return pc.fill_null(columns.words(numbers, names), "")


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
