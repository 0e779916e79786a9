"""Rows of the company's other systems: help desk, surveys, billing, campaigns, merged accounts."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from analytics.domain.profiles.profile import NO_ACTION
from analytics.simulation.company_records import columns
from analytics.simulation.company_records.billing_records import CHANGES, PAID, PAYMENT_RESULTS
from analytics.simulation.company_records.contact_records import TICKET_ACTIONS, TICKET_TOPICS
from analytics.simulation.company_records.dirt import broken
from analytics.simulation.company_records.story import Story
from analytics.simulation.company_records.strangers import Strangers
from analytics.simulation.log import ColumnValues
from analytics.simulation.presets.plan import DAY_S, SimulationPlan

Table = dict[str, ColumnValues]
CORRECTED_BY = (0.05, 0.4)


class Numbers:
    """Numbers that go on from chunk to chunk."""

    def __init__(self) -> None:
        self._next: dict[str, int] = {}

    def rows(self, name: str, given: Table) -> ColumnValues:
        """Number rows on from those of the chunks before."""
        return self.more(name, len(given["at_s"]))

    def more(self, name: str, count: int) -> ColumnValues:
        """Return so many new numbers."""
        first = self._next.get(name, 0)
        self._next[name] = first + count
        return first + np.arange(count)

    def after(self, name: str, used: ColumnValues) -> int:
        """Return the numbers used up by the chunks before, and count those of this one."""
        before = self._next.get(name, 0)
        self._next[name] = before + (int(used.max()) + 1 if len(used) else 0)
        return before


def ticket_rows(
    given: Table,
    ids: pa.Array,
    strangers: Strangers,
    second: pa.Array,
    plan: SimulationPlan,
    numbers: Numbers,
    rng: np.random.Generator,
) -> pa.Table:
    """Return what happened to tickets; before a merge they stand under a customer's second id."""
    entry = numbers.rows("tickets", given)
    nobody, timeless = broken(len(entry), plan.dirt, rng)
    at = columns.written(given["at_s"], "%Y-%m-%d %H:%M:%S")
    ticket = given["ticket"] + numbers.after("ticket_ids", given["ticket"])
    return pa.table(
        {
            "entry_id": entry,
            "ticket_id": columns.numbered("T", ticket),
            "account_id": columns.blanked(_at_the_time(given, ids, strangers, second), nobody),
            "logged_at": columns.blanked(at, timeless, "n/a"),
            "action": columns.words(given["action"], TICKET_ACTIONS),
            "topic": columns.words(given["topic"], TICKET_TOPICS),
        }
    )


def _at_the_time(given: Table, ids: pa.Array, strangers: Strangers, second: pa.Array) -> pa.Array:
    """Return the ids under which tickets were opened."""
    place = np.full(len(ids), -1)
    place[strangers.merged] = np.arange(len(strangers.merged))
    merged_s = np.append(strangers.merged_s, 0)
    mine = place[given["customer"]]
    old = (mine >= 0) & (given["at_s"] < merged_s[mine])
    both = pa.concat_arrays([ids.cast(pa.string()), second.cast(pa.string())])
    return both.take(pa.array(np.where(old, len(ids) + mine, given["customer"])))


def merge_rows(strangers: Strangers, second: pa.Array, ids: pa.Array) -> pa.Table:
    """Return which second ids were merged into which accounts."""
    return pa.table(
        {
            "kept_id": ids.take(pa.array(strangers.merged)),
            "merged_id": second.cast(pa.string()),
            "merged_on": columns.written(strangers.merged_s, "%Y-%m-%d"),
        }
    )


def survey_rows(
    given: Table, ids: pa.Array, plan: SimulationPlan, numbers: Numbers, rng: np.random.Generator
) -> pa.Table:
    """Return the answers to surveys."""
    response = numbers.rows("surveys", given)
    nobody, timeless = broken(len(response), plan.dirt, rng)
    answered = columns.written(given["at_s"], "%d.%m.%Y %H:%M")
    return pa.table(
        {
            "response_id": response,
            "account_id": columns.blanked(ids.take(pa.array(given["customer"])), nobody),
            "sent": columns.written(given["sent_s"], "%d.%m.%Y %H:%M"),
            "answered": columns.blanked(answered, timeless, "00.00.0000 00:00"),
            "score": pa.array(given["score"]).cast(pa.string()),
        }
    )


def invoice_rows(
    given: Table, ids: pa.Array, plan: SimulationPlan, numbers: Numbers, rng: np.random.Generator
) -> pa.Table:
    """Return attempts to collect, and credits that correct some of them the day after."""
    wrong = (rng.random(len(given["at_s"])) < plan.dirt.corrected) & (given["result"] == PAID)
    wrong &= given["at_s"] + DAY_S < plan.end_s
    credit = {name: column[wrong] for name, column in given.items()}
    credit["at_s"] = credit["at_s"] + DAY_S
    part = rng.uniform(*CORRECTED_BY, size=len(credit["at_s"]))
    credit["amount"] = -np.round(credit["amount"] * part, 2)
    rows = {name: np.concatenate([column, credit[name]]) for name, column in given.items()}
    invoice = rows["invoice"] + numbers.after("invoice_ids", given["invoice"])
    return pa.table(
        {
            "attempt_id": numbers.rows("invoices", rows),
            "invoice_id": columns.numbered("R", invoice),
            "account_id": columns.coded(rows["customer"], ids),
            "attempted_at": columns.times(rows["at_s"]),
            "result": columns.coded(rows["result"], PAYMENT_RESULTS),
            "amount": rows["amount"],
        }
    )


def change_rows(given: Table, ids: pa.Array, numbers: Numbers) -> pa.Table:
    """Return pauses, price rises and other plans."""
    return pa.table(
        {
            "change_id": numbers.rows("plan_changes", given),
            "account_id": ids.take(pa.array(given["customer"])),
            "changed_at": columns.written(given["at_s"], "%Y-%m-%d %H:%M:%S"),
            "change": columns.words(given["change"], CHANGES),
        }
    )


def contact_rows(story: Story, ids: pa.Array, plan: SimulationPlan, numbers: Numbers) -> pa.Table:
    """Return the campaigns' decisions; those left alone at random are there, with their chance."""
    settings = plan.preset.campaigns
    costs = np.array([0.0, *(action.cost for action in settings.actions)])
    parts = [
        {
            "campaign": np.full(len(contact.who), contact.name),
            "who": contact.who,
            "at_s": contact.at_s,
            "arm": contact.arm,
            "propensity": contact.propensity,
        }
        for contact in story.contacts
    ]
    empty = {"campaign": np.empty(0, str), "who": np.empty(0, np.int64), "at_s": np.empty(0, int),
             "arm": np.empty(0, int), "propensity": np.empty(0)}  # fmt: skip
    joined = {name: np.concatenate([part[name] for part in (empty, *parts)]) for name in empty}
    left_alone = joined["arm"] == 0
    return pa.table(
        {
            "contact_id": numbers.more("contacts", len(left_alone)),
            "campaign": pa.array(joined["campaign"].tolist(), pa.string()),
            "account_id": ids.take(pa.array(joined["who"])),
            "decided_at": columns.written(joined["at_s"], "%Y-%m-%d %H:%M:%S"),
            "action": columns.words(joined["arm"], (NO_ACTION, *settings.arms[1:])),
            "arm": pa.array(np.where(left_alone, "holdout", "treatment").tolist(), pa.string()),
            "probability": pa.array(
                joined["propensity"], mask=np.isnan(joined["propensity"].astype(float))
            ),
            "cost": costs[joined["arm"]],
        }
    )
