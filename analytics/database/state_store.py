"""What people did: work items, notes, and who did it when."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, RowMapping, func, insert, inspect, select, update

from analytics.database import saved_segments
from analytics.database.engines import ProcessEngine, database_faults, read_url
from analytics.database.migrate import migrate
from analytics.database.state_tables import AUDIT, NOTES, SAVED_SEGMENTS, WORK_ITEMS
from analytics.errors import EnvironmentFault, UsageError

STATUSES = ("open", "done", "dropped")
_IDS_AT_ONCE = 500


class StateStore:
    """The state database: made and migrated when first written to.

    Parameters
    ----------
    address
        A database address; SQLite where nothing else is set.
    lock_folder
        Where processes take turns at migrating.
    """

    def __init__(self, address: str, lock_folder: Path) -> None:
        self._url = read_url(address)
        self._engine = ProcessEngine(self._url)
        self._lock_file = lock_folder / ".state-migration.lock"
        self._lock = threading.Lock()
        self._is_migrated = False
        self._tables: set[str] = set()

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
        written_at = _plain(now)
        with self._writing() as connection:
            connection.execute(
                insert(NOTES).values(
                    customer_id=customer_id, written_at=written_at, author=author, text=text
                )
            )
            _record(connection, written_at, author, "note_added", customer_id, length=len(text))

    def take_on(
        self,
        customer_id: str,
        action: str,
        action_label: str,
        owner: str,
        due_on: date | None,
        run_id: str,
        now: datetime,
    ) -> int:
        """Take an action on, or hand an open one over; return the item's id."""
        values = {"owner": owner, "due_on": due_on, "updated_at": _plain(now)}
        with self._writing() as connection:
            known = connection.execute(
                select(WORK_ITEMS.c.item_id).where(
                    WORK_ITEMS.c.customer_id == customer_id,
                    WORK_ITEMS.c.action == action,
                    WORK_ITEMS.c.status == "open",
                )
            ).scalar()
            if known is not None:
                own = WORK_ITEMS.c.item_id == known
                connection.execute(update(WORK_ITEMS).where(own).values(values))
                item_id = int(known)
            else:
                values |= {
                    "customer_id": customer_id,
                    "action": action,
                    "action_label": action_label,
                    "status": "open",
                    "created_at": _plain(now),
                    "run_id": run_id,
                }
                made = connection.execute(insert(WORK_ITEMS).values(values)).inserted_primary_key
                item_id = int(made[0]) if made else 0
            detail = {"item_id": item_id, "action": action, "due_on": str(due_on or "")}
            _record(connection, _plain(now), owner, "taken_on", customer_id, **detail)
        return item_id

    def set_status(self, item_id: int, status: str, now: datetime) -> None:
        """Say what became of a work item.

        Raises
        ------
        UsageError
            There is no such item, or no such status.
        """
        if status not in STATUSES:
            raise UsageError(
                f"A status must be one of {', '.join(STATUSES)}. Got {status[:40]!r}.",
                rule="status_known",
                got=status[:40],
            )
        own = WORK_ITEMS.c.item_id == item_id
        with self._writing() as connection:
            item = connection.execute(select(WORK_ITEMS).where(own)).mappings().first()
            if item is None:
                raise UsageError(
                    f"A work item must be one of those taken on. Got {item_id}.",
                    rule="work_item_known",
                    got=item_id,
                )
            changed = update(WORK_ITEMS).where(own).values(status=status, updated_at=_plain(now))
            connection.execute(changed)
            detail = {"item_id": item_id, "status": status}
            _record(
                connection, _plain(now), item["owner"], "status_set", item["customer_id"], **detail
            )

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
        with self._writing() as connection:
            made = saved_segments.save(connection, name, query, author, _plain(now))
            _record(connection, _plain(now), author, "segment_saved", name, query=query)
        return made

    def rename_segment(self, segment_id: int, name: str, author: str, now: datetime) -> None:
        """Give a saved segment another name; raises `UsageError` as `save_segment`."""
        with self._writing() as connection:
            former = saved_segments.rename(connection, segment_id, name, _plain(now))
            _record(connection, _plain(now), author, "segment_renamed", name, former=former)

    def delete_segment(self, segment_id: int, author: str, now: datetime) -> None:
        """Delete a saved segment; the audit keeps its name and choice."""
        with self._writing() as connection:
            former = saved_segments.delete(connection, segment_id)
            detail = {"segment_id": segment_id, "query": former["query"]}
            _record(connection, _plain(now), author, "segment_deleted", former["name"], **detail)

    def audit(self) -> list[RowMapping]:
        """Return who did what, oldest first."""
        return self._read(select(AUDIT).order_by(AUDIT.c.audit_id))

    def close(self) -> None:
        """Close the connections of this process; the next statement opens one anew."""
        self._engine.close()

    def after_fork(self) -> None:
        """Forget what a forked worker must not share with its parent."""
        self._lock = threading.Lock()
        self._engine.after_fork()

    def _read(self, statement: Any) -> list[RowMapping]:
        with database_faults(self._url):
            if not self._can_be_read():
                return []
            with self._engine.get().connect() as connection:
                return list(connection.execute(statement).mappings())

    def _can_be_read(self, table: str = WORK_ITEMS.name) -> bool:
        """Tell whether anything was ever written: reading must not make a database, nor migrate."""
        if table in self._tables:
            return True
        if self._sqlite_file is not None and not self._sqlite_file.exists():
            return False
        if inspect(self._engine.get()).has_table(table):
            self._tables.add(table)
        return table in self._tables

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with database_faults(self._url):
            self._migrate_once()
            with self._engine.get().begin() as connection:
                yield connection

    def _migrate_once(self) -> None:
        if self._is_migrated:
            return
        with self._lock:
            try:
                self._lock_file.parent.mkdir(parents=True, exist_ok=True)
                migrate(self._engine.get(), self._lock_file)
            except OSError as error:
                raise EnvironmentFault(
                    f"{self._lock_file.parent} must be writable. Got: {error.strerror or error}.",
                    rule="environment",
                    got=self._lock_file.parent,
                ) from error
            self._is_migrated = True

    @property
    def _sqlite_file(self) -> Path | None:
        is_file = self._url.get_backend_name() == "sqlite" and self._url.database
        return Path(str(self._url.database)) if is_file else None


def _plain(moment: datetime) -> datetime:
    """Return a time as the state database keeps it: UTC without a zone."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def _record(
    connection: Connection, done_at: datetime, who: str, what: str, subject: str, **detail: object
) -> None:
    connection.execute(
        insert(AUDIT).values(
            done_at=done_at,
            who=who,
            what=what,
            subject=subject,
            detail=json.dumps(detail, sort_keys=True),
        )
    )
