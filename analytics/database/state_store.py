"""What people did: work items, notes, and who did it when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, RowMapping, func, insert, inspect, select
from sqlalchemy.exc import SQLAlchemyError

from analytics.connections import WRITES, ProcessEngine, database_faults, read_url
from analytics.database import saved_segments, work_items
from analytics.database.audit import in_utc, record
from analytics.database.migrate import VERSION_TABLE, check_version, migrate
from analytics.database.state_file import Identity, StateFile
from analytics.database.state_tables import AUDIT, NOTES, SAVED_SEGMENTS, WORK_ITEMS
from analytics.database.turns import Turns
from analytics.domain.work_list import WORK_STATUSES
from analytics.errors import EnvironmentFault, UsageError
from analytics.private_files import make_private_folder

_IDS_AT_ONCE = 500

Result = TypeVar("Result")


class StateStore:
    """The state database: made and migrated when first written to.

    Parameters
    ----------
    address
        A database address; SQLite where nothing else is set.
    lock_folder
        Where processes take turns at migrating.
    wait_s
        Seconds that a write waits for others.
    """

    def __init__(self, address: str, lock_folder: Path, *, wait_s: float = 20.0) -> None:
        self._url = read_url(address)
        self._engine = ProcessEngine(self._url, busy_s=wait_s)
        self._file = StateFile(self._url)
        self._lock_file = lock_folder / ".state-migration.lock"
        self._turns = Turns(wait_s)
        self._ready: Identity | None = None
        self._readable: set[tuple[Identity | None, str]] = set()

    def notes(self, customer_id: str) -> list[RowMapping]:
        """Return the notes on a customer, newest first.

        Raises
        ------
        EnvironmentFault
            The database cannot be read.
        """
        statement = select(NOTES).where(NOTES.c.customer_id == customer_id)
        return self._read(statement.order_by(NOTES.c.written_at.desc(), NOTES.c.note_id.desc()))

    def work_items(self, customer_id: str) -> list[RowMapping]:
        """Return what was taken on for a customer, newest first."""
        statement = select(WORK_ITEMS).where(WORK_ITEMS.c.customer_id == customer_id)
        return self._read(statement.order_by(WORK_ITEMS.c.item_id.desc()))

    def latest_items(self, customer_ids: Sequence[str]) -> dict[str, RowMapping]:
        """Return the latest work item of each customer who has one."""
        found: dict[str, RowMapping] = {}
        for start in range(0, len(customer_ids), _IDS_AT_ONCE):
            part = customer_ids[start : start + _IDS_AT_ONCE]
            newest = (
                select(func.max(WORK_ITEMS.c.item_id))
                .where(WORK_ITEMS.c.customer_id.in_(part))
                .group_by(WORK_ITEMS.c.customer_id)
            )
            for row in self._read(select(WORK_ITEMS).where(WORK_ITEMS.c.item_id.in_(newest))):
                found[row["customer_id"]] = row
        return found

    def add_note(self, customer_id: str, text: str, author: str, now: datetime) -> None:
        """Write a note about a customer."""
        values = {
            "customer_id": customer_id,
            "written_at": in_utc(now),
            "author": author,
            "text": text,
        }

        def write(connection: Connection) -> None:
            connection.execute(insert(NOTES).values(values))
            record(connection, in_utc(now), author, "note_added", customer_id, length=len(text))

        self._write(write)

    def take_on(
        self,
        customer_id: str,
        action: str,
        action_label: str,
        owner: str,
        due_on: date | None,
        run_id: str,
        now: datetime,
        *,
        seen: str | None = None,
    ) -> int:
        """Take an action on, or hand an open one over; return the item's id.

        Parameters
        ----------
        seen
            `revision_of` the open item that the person looked at. Without it an action that
            somebody else has is not taken over.

        Raises
        ------
        SomebodyWasFirst
            Somebody else has it; the message says who.
        """
        at = in_utc(now)

        def write(connection: Connection) -> int:
            item_id = work_items.take_on(
                connection, customer_id, action, action_label, owner, due_on, run_id, at, seen
            )
            detail = {"item_id": item_id, "action": action, "due_on": str(due_on or "")}
            record(connection, at, owner, "taken_on", customer_id, **detail)
            return item_id

        return self._write(write)

    def set_status(
        self, item_id: int, status: str, now: datetime, *, seen: str | None = None
    ) -> None:
        """Say what became of a work item.

        Parameters
        ----------
        seen
            `revision_of` the item that the person looked at; without it an item that is closed
            already can only be opened again.

        Raises
        ------
        UsageError
            There is no such item, or no such status.
        SomebodyWasFirst
            Somebody else changed it in between.
        """
        if status not in WORK_STATUSES:
            raise UsageError(
                f"A status must be one of {', '.join(WORK_STATUSES)}. Got {status[:40]!r}.",
                rule="status_known",
                got=status[:40],
            )

        def write(connection: Connection) -> None:
            item = work_items.set_status(connection, item_id, status, in_utc(now), seen)
            if item is not None:
                who, subject = item["owner"], item["customer_id"]
                detail = {"item_id": item_id, "status": status}
                record(connection, in_utc(now), who, "status_set", subject, **detail)

        self._write(write)

    def saved_segments(self) -> list[RowMapping]:
        """Return the segments that people saved, by name; none where no table holds them yet."""
        with database_faults(self._url):
            if not self._can_be_read(SAVED_SEGMENTS.name):
                return []
        return self._read(select(SAVED_SEGMENTS).order_by(SAVED_SEGMENTS.c.name_key))

    def save_segment(self, name: str, query: str, author: str, now: datetime) -> int:
        """Save a choice of customers under a new name; return its id.

        Raises
        ------
        UsageError
            The name is taken.
        """

        def write(connection: Connection) -> int:
            made = saved_segments.save(connection, name, query, author, in_utc(now))
            record(connection, in_utc(now), author, "segment_saved", name, query=query)
            return made

        return self._write(write)

    def rename_segment(self, segment_id: int, name: str, author: str, now: datetime) -> None:
        """Give a saved segment another name; raises `UsageError` as `save_segment`."""

        def write(connection: Connection) -> None:
            former = saved_segments.rename(connection, segment_id, name, in_utc(now))
            record(connection, in_utc(now), author, "segment_renamed", name, former=former)

        self._write(write)

    def delete_segment(self, segment_id: int, author: str, now: datetime) -> None:
        """Delete a saved segment; the audit keeps its name and choice."""

        def write(connection: Connection) -> None:
            former = saved_segments.delete(connection, segment_id)
            detail = {"segment_id": segment_id, "query": former["query"]}
            record(connection, in_utc(now), author, "segment_deleted", former["name"], **detail)

        self._write(write)

    def audit(self) -> list[RowMapping]:
        """Return who did what, oldest first."""
        return self._read(select(AUDIT).order_by(AUDIT.c.audit_id))

    def close(self) -> None:
        """Close the connections of this process; the next statement opens one anew."""
        self._engine.close()

    def after_fork(self) -> None:
        """Forget what a forked worker must not share with its parent."""
        self._turns = Turns(self._turns.wait_s)
        self._engine.after_fork()

    def _read(self, statement: Any) -> list[RowMapping]:
        with database_faults(self._url):
            if not self._can_be_read():
                return []
            with self._engine.get().connect() as connection:
                return list(connection.execute(statement).mappings())

    def _can_be_read(self, table: str = WORK_ITEMS.name) -> bool:
        """Tell whether anything was ever written: reading must not make a database, nor migrate."""
        if self._file.is_new():
            return False
        key = (self._file.identity(), table)
        if key not in self._readable:
            with self._engine.get().connect() as connection:
                check_version(connection)
                if not inspect(connection).has_table(table):
                    return False
            self._readable.add(key)
            self._file.note_use()
        return True

    def _write(self, work: Callable[[Connection], Result]) -> Result:
        """Do one piece of work in one transaction: wait for others, begin anew where they won."""
        with database_faults(self._url), self._turns.turn(self._file.path is not None):
            try:
                return self._turns.until_done(lambda: self._write_once(work))
            except SQLAlchemyError:
                self._ready = None  # look again at what is there before the next try
                raise

    def _write_once(self, work: Callable[[Connection], Result]) -> Result:
        self._make_ready()
        before = self._file.identity()
        engine = self._engine.get().execution_options(**WRITES)
        with engine.begin() as connection:
            done = work(connection)
        self._file.check_unchanged(before)
        return done

    def _make_ready(self) -> None:
        """Make or migrate the database where this process has not seen it as it should be."""
        is_new = self._file.is_new()
        if not is_new and self._ready == self._file.identity():
            return
        try:
            make_private_folder(self._lock_file.parent)
            if self._file.was_used:
                self._refuse_emptied()
            migrate(self._engine.get(), self._lock_file)
        except OSError as error:
            raise EnvironmentFault(
                f"{self._lock_file.parent} must be writable. Got: {error.strerror or error}.",
                rule="environment",
                got=self._lock_file.parent,
            ) from error
        self._file.note_use()
        self._ready = self._file.identity()

    def _refuse_emptied(self) -> None:
        if not inspect(self._engine.get()).has_table(VERSION_TABLE):
            raise self._file.lost("one without its tables")
