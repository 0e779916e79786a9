"""Writes what a company would have: its files, with the dirt of real ones and no truth."""

from __future__ import annotations

from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from types import TracebackType

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from analytics.simulation import columns
from analytics.simulation.account_rows import account_rows
from analytics.simulation.billing import CHANGES, PAYMENT_RESULTS
from analytics.simulation.contacts import TICKET_ACTIONS, TICKET_TOPICS
from analytics.simulation.dirt import LOST_CLOCK_S, broken, double_some, receive
from analytics.simulation.log import Column
from analytics.simulation.parquet_file import parquet_writer
from analytics.simulation.plan import SimulationPlan
from analytics.simulation.population import Population
from analytics.simulation.story import Story
from analytics.simulation.visits import usage_events
from analytics.simulation.world import World

Table = dict[str, Column]

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
        self._numbered: dict[str, int] = {}
        self._sessions = self._tickets = self._invoices = 0

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close all files."""
        self._open.close()

    def write(self, people: Population, story: Story, rng: np.random.Generator) -> None:
        """Append one chunk of customers to every file."""
        ids = columns.numbered("A", people.first + np.arange(people.size))
        self._append(
            "customers.csv", account_rows(people, story, self._plan, self._world, ids, rng)
        )
        self._append("usage.parquet", self._usage(story.usage, ids, rng))
        self._append("tickets.csv", self._ticket_rows(story.tickets, ids, rng))
        self._append("surveys.csv", self._survey_rows(story.surveys, ids, rng))
        if self._plan.preset.billing is not None:
            self._append("invoices.parquet", self._invoice_rows(story.payments, ids))
            self._append("plan_changes.csv", self._change_rows(story.changes, ids))

    def _usage(self, given: Table, ids: pa.Array, rng: np.random.Generator) -> pa.Table:
        event_id = self._numbers("usage.parquet", given)
        received_s = receive(given["at_s"], rng)
        arrived = received_s < self._plan.end_s
        rows = {**given, "event_id": event_id, "received_s": received_s}
        rows = double_some({name: column[arrived] for name, column in rows.items()}, rng)
        nobody, timeless = broken(len(rows["at_s"]), rng)
        rows["customer"][nobody] = -1
        rows["at_s"][timeless] = LOST_CLOCK_S
        preset = self._plan.preset
        return pa.table(
            {
                "event_id": rows["event_id"],
                "account_id": columns.coded(rows["customer"], ids),
                "event": columns.coded(rows["event"], usage_events(preset)),
                "occurred_at": columns.times(rows["at_s"]),
                "received_at": columns.times(rows["received_s"]),
                "session_id": rows["session"] + self._next("_sessions", given["session"]),
                "feature": columns.coded(rows["feature"], preset.words.features),
                "amount": pa.array(rows["amount"], mask=np.isnan(rows["amount"])),
            }
        )

    def _ticket_rows(self, given: Table, ids: pa.Array, rng: np.random.Generator) -> pa.Table:
        entry = self._numbers("tickets.csv", given)
        nobody, timeless = broken(len(entry), rng)
        at = columns.written(given["at_s"], "%Y-%m-%d %H:%M:%S")
        ticket = given["ticket"] + self._next("_tickets", given["ticket"])
        return pa.table(
            {
                "entry_id": entry,
                "ticket_id": columns.numbered("T", ticket),
                "account_id": columns.blanked(ids.take(pa.array(given["customer"])), nobody),
                "logged_at": columns.blanked(at, timeless, "n/a"),
                "action": columns.words(given["action"], TICKET_ACTIONS),
                "topic": columns.words(given["topic"], TICKET_TOPICS),
            }
        )

    def _survey_rows(self, given: Table, ids: pa.Array, rng: np.random.Generator) -> pa.Table:
        response = self._numbers("surveys.csv", given)
        nobody, timeless = broken(len(response), rng)
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

    def _invoice_rows(self, given: Table, ids: pa.Array) -> pa.Table:
        invoice = given["invoice"] + self._next("_invoices", given["invoice"])
        return pa.table(
            {
                "attempt_id": self._numbers("invoices.parquet", given),
                "invoice_id": columns.numbered("R", invoice),
                "account_id": columns.coded(given["customer"], ids),
                "attempted_at": columns.times(given["at_s"]),
                "result": columns.coded(given["result"], PAYMENT_RESULTS),
                "amount": given["amount"],
            }
        )

    def _change_rows(self, given: Table, ids: pa.Array) -> pa.Table:
        return pa.table(
            {
                "change_id": self._numbers("plan_changes.csv", given),
                "account_id": ids.take(pa.array(given["customer"])),
                "changed_at": columns.written(given["at_s"], "%Y-%m-%d %H:%M:%S"),
                "change": columns.words(given["change"], CHANGES),
            }
        )

    def _numbers(self, file: str, given: Table) -> Column:
        """Number the rows on from those of the chunks before."""
        first = self._numbered.get(file, 0)
        self._numbered[file] = first + len(given["at_s"])
        return first + np.arange(len(given["at_s"]))

    def _next(self, counter: str, used: Column) -> int:
        """Return the numbers used up by the chunks before, and count those of this one."""
        before: int = getattr(self, counter)
        setattr(self, counter, before + (int(used.max()) + 1 if len(used) else 0))
        return before

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
