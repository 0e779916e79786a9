"""Writes what is true: states, frustration, exits and traits; only evaluation may read it."""

from __future__ import annotations

from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from types import TracebackType

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from analytics.simulation import columns
from analytics.simulation.parquet_file import parquet_writer
from analytics.simulation.plan import SimulationPlan
from analytics.simulation.population import NO_DAY, Population
from analytics.simulation.states import NO_TIME, Driver, State
from analytics.simulation.story import Story

STATE_NAMES = tuple(one.name.lower() for one in State)
DRIVER_NAMES = tuple(one.name.lower() for one in Driver)


class TruthFiles(AbstractContextManager["TruthFiles"]):
    """Appends chunk after chunk to states.parquet and customers.parquet.

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
        """Close both files."""
        self._open.close()

    def write(self, people: Population, story: Story) -> None:
        """Append one chunk of customers."""
        ids = columns.numbered("A", people.first + np.arange(people.size))
        self._append("states.parquet", _state_rows(story, ids))
        self._append("customers.parquet", _customer_rows(people, story, self._plan, ids))
        counts = np.bincount(story.end.state, minlength=len(State))
        for name, count in zip(STATE_NAMES, counts, strict=True):
            self.tally[name] += int(count)

    def _append(self, file: str, rows: pa.Table) -> None:
        if file not in self._writers:
            writer = parquet_writer(self._folder / file, rows.schema)
            self._writers[file] = self._open.enter_context(writer)
        self._writers[file].write_table(rows)


def _state_rows(story: Story, ids: pa.Array) -> pa.Table:
    truth = story.truth
    return pa.table(
        {
            "customer_id": columns.coded(truth["customer"], ids),
            "week": truth["week"],
            "state": columns.coded(truth["state"], STATE_NAMES),
            "frustration": truth["frustration"],
        }
    )


def _customer_rows(
    people: Population, story: Story, plan: SimulationPlan, ids: pa.Array
) -> pa.Table:
    end = story.end
    stays = end.stays
    return pa.table(
        {
            "customer_id": ids,
            "signed_up_at": columns.times(people.signup_s),
            "final_state": columns.words(end.state, STATE_NAMES),
            "exit_at": columns.times(np.where(stays, 0, end.exit_s), missing=stays),
            "driver": columns.words(np.where(stays, 0, end.driver), DRIVER_NAMES),
            "last_visit_at": columns.times(
                np.maximum(end.last_visit_s, 0), missing=end.last_visit_s == -NO_TIME
            ),
            "rate": people.rate,
            "frailty": people.frailty,
            "complains": people.complains,
            "exposure": people.exposure,
            "sensitivity": people.sensitivity,
            "seasonal": people.rest_day < NO_DAY,
            "first_week": np.maximum(people.signup_day, 0) // 7,
            "start": pa.array([plan.start.isoformat()] * people.size),
        }
    )
