"""Writes what is true: states, frustration, exits, traits, what would have been.

Only `analytics.evaluation` may read it; an import contract and tests hold everything else off.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from types import TracebackType

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from analytics.simulation.company_records import columns
from analytics.simulation.company_records.story import NEVER_S, Story
from analytics.simulation.company_records.strangers import Strangers
from analytics.simulation.hidden import (
    ARCHETYPE_NAMES,
    DRIVER_NAMES,
    STATE_NAMES,
    State,
)
from analytics.simulation.hidden_life.population import Population
from analytics.simulation.hidden_life.world import NO_DAY
from analytics.simulation.log import ColumnValues
from analytics.simulation.parquet_file import parquet_writer
from analytics.simulation.presets.plan import SimulationPlan

CUSTOMERS_FILE, WEEKS_FILE = "customers.parquet", "weeks.parquet"
OUTCOMES_FILE, FUTURES_FILE = "outcomes.parquet", "futures.parquet"
STRANGERS_FILE = "strangers.parquet"


#: Over all futures, and over every second one: who chooses by the one half is judged by the other.
LEFT_SHARES = ("left_share", "left_share_first", "left_share_second")


class TruthFiles(AbstractContextManager["TruthFiles"]):
    """Appends chunk after chunk to the files of a folder.

    Attributes
    ----------
    tally
        Customers in each state at the end.
    """

    def __init__(self, folder: Path, plan: SimulationPlan) -> None:
        folder.mkdir(parents=True)
        self.tally = dict.fromkeys(STATE_NAMES, 0)
        self._folder, self._plan = folder, plan
        self._open = ExitStack()
        self._writers: dict[str, pq.ParquetWriter] = {}

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close all files."""
        self._open.close()

    def write(
        self,
        people: Population,
        story: Story,
        strangers: Strangers,
        futures: dict[str, ColumnValues],
    ) -> None:
        """Append one chunk of customers."""
        ids = columns.numbered("A", people.first + np.arange(people.size))
        arms = self._plan.preset.campaigns.arms
        self._append(WEEKS_FILE, _week_rows(story, ids))
        self._append(CUSTOMERS_FILE, self._customer_rows(people, story, ids))
        self._append(STRANGERS_FILE, _stranger_rows(strangers, ids))
        self._append(FUTURES_FILE, _future_rows(futures, ids, arms))
        for name, rows in story.outcomes.items():
            self._append(OUTCOMES_FILE, _outcome_rows(name, rows, ids, arms, self._plan))
        final = story.end.state_before_day(self._plan.days)
        for name, count in zip(STATE_NAMES, np.bincount(final, minlength=len(State)), strict=True):
            self.tally[name] += int(count)

    def _append(self, file: str, rows: pa.Table) -> None:
        if file not in self._writers:
            writer = parquet_writer(self._folder / file, rows.schema)
            self._writers[file] = self._open.enter_context(writer)
        self._writers[file].write_table(rows)

    def _customer_rows(self, people: Population, story: Story, ids: pa.Array) -> pa.Table:
        plan, end = self._plan, story.end
        final = end.state_before_day(plan.days)
        stays = final < State.GONE_SILENTLY
        never = story.last_visit_s == NEVER_S
        return pa.table(
            {
                "customer_id": ids,
                "signed_up_at": columns.times(people.signup_s),
                "final_state": columns.words(final, STATE_NAMES),
                "exit_at": columns.times(np.where(stays, 0, end.exit_s), missing=stays),
                "driver": columns.words(np.where(stays, 0, end.driver), DRIVER_NAMES),
                "last_visit_at": columns.times(
                    np.where(never, 0, story.last_visit_s), missing=never
                ),
                "rate": people.rate,
                "frailty": people.frailty,
                "complains": people.complains,
                "exposure": people.exposure,
                "sensitivity": people.sensitivity,
                "fade": people.fade,
                "archetype": columns.words(people.archetype, ARCHETYPE_NAMES),
                "seasonal": people.rest_day < NO_DAY,
                "rest_day": np.where(people.rest_day < NO_DAY, people.rest_day, -1),
                "monthly_price": people.monthly_price(plan.preset, end.plan),
                "spend": people.spend,
                "start": pa.array([plan.start.isoformat()] * people.size),
            }
        )


def _week_rows(story: Story, ids: pa.Array) -> pa.Table:
    weeks = story.weeks
    plain = ("week", "frustration", "weeks_at_risk", "away", "paused", "price_rose")
    return pa.table(
        {
            "customer_id": columns.coded(weeks["customer"], ids),
            "state": columns.coded(weeks["state"], STATE_NAMES),
            "driver": columns.coded(weeks["driver"], DRIVER_NAMES),
            **{name: weeks[name] for name in plain},
        }
    )


def _stranger_rows(strangers: Strangers, ids: pa.Array) -> pa.Table:
    kinds = ["bot"] * len(strangers.bots) + ["test"] * len(strangers.testers)
    kinds += ["second_id"] * len(strangers.second_ids)
    numbers = np.concatenate([strangers.numbers, strangers.second_ids])
    nobody = pa.nulls(len(strangers.numbers), pa.string())
    kept = pa.concat_arrays([nobody, ids.take(pa.array(strangers.merged))])
    return pa.table(
        {
            "account_id": columns.numbered("A", numbers),
            "kind": pa.array(kinds, pa.string()),
            "kept_id": kept,
        }
    )


def _outcome_rows(
    name: str,
    rows: dict[str, ColumnValues],
    ids: pa.Array,
    arms: tuple[str, ...],
    plan: SimulationPlan,
) -> pa.Table:
    left_s = plan.start_s + np.minimum(rows["exit_day"], 10**6) * 86_400
    return pa.table(
        {
            "campaign": pa.array([name] * len(rows["arm"]), pa.string()),
            "customer_id": columns.coded(rows["customer"], ids),
            "action": columns.coded(rows["arm"], arms),
            "assigned": rows["assigned"],
            "state": columns.coded(rows["state"], STATE_NAMES),
            "exit_at": columns.times(left_s, missing=rows["exit_day"] == NO_DAY),
        }
    )


def _future_rows(
    futures: dict[str, ColumnValues], ids: pa.Array, arms: tuple[str, ...]
) -> pa.Table:
    return pa.table(
        {
            "customer_id": columns.coded(futures["customer"], ids),
            "action": columns.coded(futures["arm"], arms),
            "gone_silently_share": futures["gone_silently_share"],
            **{name: futures[name] for name in LEFT_SHARES},
        }
    )
