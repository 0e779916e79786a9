"""Appends what a company would have to its files, chunk after chunk."""

from __future__ import annotations

from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from types import TracebackType

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from analytics.simulation.company_records import columns
from analytics.simulation.company_records.account_rows import account_rows, stranger_rows
from analytics.simulation.company_records.source_rows import (
    Numbers,
    change_rows,
    contact_rows,
    invoice_rows,
    merge_rows,
    survey_rows,
    ticket_rows,
)
from analytics.simulation.company_records.story import Story
from analytics.simulation.company_records.strangers import Strangers, draw_strangers, stranger_usage
from analytics.simulation.company_records.usage_rows import usage_tables
from analytics.simulation.hidden_life.population import Population
from analytics.simulation.hidden_life.world import World
from analytics.simulation.log import ColumnValues
from analytics.simulation.parquet_file import parquet_writer
from analytics.simulation.presets.plan import CustomerChunk, SimulationPlan, Stream

_SEMICOLONS = {"surveys.csv"}


class SourceFiles(AbstractContextManager["SourceFiles"]):
    """Appends chunk after chunk to the files of a folder.

    Attributes
    ----------
    rows
        Rows written to each file so far.
    """

    def __init__(self, folder: Path, plan: SimulationPlan, world: World) -> None:
        folder.mkdir(parents=True)
        self.rows: dict[str, int] = {}
        self._folder, self._plan, self._world = folder, plan, world
        self._open = ExitStack()
        self._writers: dict[str, pq.ParquetWriter | pa_csv.CSVWriter] = {}
        self._numbers = Numbers()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close all files."""
        self._open.close()

    def write(self, people: Population, story: Story, chunk: CustomerChunk) -> Strangers:
        """Append one chunk of customers to every file; return the strangers among them."""
        plan, numbers, rng = self._plan, self._numbers, chunk.rng(Stream.DIRT)
        strangers = draw_strangers(plan, chunk, rng)
        known = np.concatenate([people.first + np.arange(people.size), strangers.numbers])
        ids = columns.numbered("A", known)
        accounts = account_rows(people, story, plan, self._world, ids.slice(0, people.size), rng)
        self._append("customers.csv", accounts)
        if len(strangers.numbers):
            self._append("customers.csv", stranger_rows(accounts, strangers, plan))
        usage = _joined(story.usage, stranger_usage(strangers, plan, rng), people.size)
        for file, rows in usage_tables(usage, ids, plan, numbers, rng).items():
            self._append(file, rows)
        second = columns.numbered("A", strangers.second_ids)
        self._append("tickets.csv", ticket_rows(story.tickets, ids, strangers, second, plan,
                                                numbers, rng))  # fmt: skip
        self._append("surveys.csv", survey_rows(story.surveys, ids, plan, numbers, rng))
        self._append("merged_accounts.csv", merge_rows(strangers, second, ids))
        if plan.preset.campaigns.actions:
            self._append("campaigns.csv", contact_rows(story, ids, plan, numbers))
        if plan.preset.billing is not None:
            self._append("invoices.parquet", invoice_rows(story.payments, ids, plan, numbers, rng))
            self._append("plan_changes.csv", change_rows(story.changes, ids, numbers))
        return strangers

    def _append(self, file: str, rows: pa.Table) -> None:
        self.rows[file] = self.rows.get(file, 0) + rows.num_rows
        if file not in self._writers:
            self._writers[file] = self._open.enter_context(self._writer(file, rows.schema))
        self._writers[file].write_table(rows)

    def _writer(self, file: str, schema: pa.Schema) -> pq.ParquetWriter | pa_csv.CSVWriter:
        path = self._folder / file
        if path.suffix == ".parquet":
            return parquet_writer(path, schema)
        delimiter = ";" if file in _SEMICOLONS else ","
        options = pa_csv.WriteOptions(delimiter=delimiter, quoting_style="needed")
        return pa_csv.CSVWriter(path, schema, write_options=options)


def _joined(
    usage: dict[str, ColumnValues], strange: dict[str, ColumnValues], customers: int
) -> dict[str, ColumnValues]:
    """Append the usage of strangers, who count on from the customers of the chunk."""
    sessions = int(usage["session"].max()) + 1 if len(usage["session"]) else 0
    counted = {"customer": customers, "session": sessions}
    return {
        name: np.concatenate([column, strange[name] + counted.get(name, 0)]).astype(column.dtype)
        for name, column in usage.items()
    }
