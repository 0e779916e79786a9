"""What people wrote and took on, joined to the answers; missing while its database is away."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select

from analytics.database.mart import CUSTOMERS, table_of
from analytics.database.state_store import StateStore
from analytics.database.work_items import revision_of
from analytics.domain.event_log.local_days import zone_info
from analytics.domain.tables.history_tables import PossibleAction
from analytics.domain.work_list import MAX_NAME_LENGTH, MAX_NOTE_LENGTH
from analytics.errors import EnvironmentFault, UnknownCustomer, UsageError
from analytics.services.current_run.run_access import OpenRun
from analytics.services.results import CustomerResult, Note, PlanRow, RunStamp, WorkItem

STATE_AWAY = (
    "Notes and the work list cannot be read now, nor written; the numbers are not affected."
)


def with_work(result: CustomerResult, state: StateStore) -> CustomerResult:
    """Add the notes and work items of a customer; say so where they cannot be read."""
    customer_id, zone = str(result.record["customer_id"]), zone_info(result.stamp.zone)
    try:
        notes, items = state.notes(customer_id), state.work_items(customer_id)
    except EnvironmentFault:
        return replace(result, stamp=_warned(result.stamp))
    return replace(
        result,
        notes=tuple(
            Note(_utc(note["written_at"]).astimezone(zone), note["author"], note["text"])
            for note in notes
        ),
        work_items=tuple(_work_item(item) for item in items),
    )


def plan_with_work(
    rows: tuple[PlanRow, ...], stamp: RunStamp, state: StateStore
) -> tuple[tuple[PlanRow, ...], RunStamp]:
    """Add status and owner from the work list to the lines of a plan."""
    try:
        items = state.latest_items([row.customer.customer_id for row in rows])
    except EnvironmentFault:
        return rows, _warned(stamp)
    return tuple(_taken(row, items.get(row.customer.customer_id)) for row in rows), stamp


def add_note(
    state: StateStore, opened: OpenRun, customer_id: str, text: str, author: str, now: datetime
) -> None:
    """Write a note about a customer of the current run."""
    _check_customer(opened, customer_id)
    written = _text("A note", text, MAX_NOTE_LENGTH, lines=True)
    state.add_note(customer_id, written, _text("An author", author, MAX_NAME_LENGTH), now)


def author_of(given: str) -> str:
    """Return the name of the person who writes; raises `UsageError` for none."""
    return _text("An author", given, MAX_NAME_LENGTH)


def take_on(
    state: StateStore,
    opened: OpenRun,
    customer_id: str,
    action: str,
    owner: str,
    due_on: date | None,
    now: datetime,
    seen: str | None,
) -> None:
    """Take on one of a customer's actions, or hand over the open one that was seen.

    Raises
    ------
    SomebodyWasFirst
        Somebody else has it.
    """
    _check_customer(opened, customer_id)
    label = _action_label(opened, customer_id, action)
    person = _text("An owner", owner, MAX_NAME_LENGTH)
    run_id = opened.run.run_id
    state.take_on(customer_id, action, label, person, due_on, run_id, now, seen=seen)


def _check_customer(opened: OpenRun, customer_id: str) -> None:
    statement = select(CUSTOMERS.c.customer_id).where(CUSTOMERS.c.customer_id == customer_id)
    if opened.reader.row(statement) is None:
        raise UnknownCustomer(
            f"A customer must be one of the current run. Got {customer_id[:60]!r}.",
            rule="customer_known",
            got=customer_id[:60],
        )


def _action_label(opened: OpenRun, customer_id: str, action: str) -> str:
    options = table_of(PossibleAction).c
    statement = select(options.action, options.label).where(options.customer_id == customer_id)
    known = {row["action"]: str(row["label"]) for row in opened.reader.rows(statement)}
    if action not in known:
        offered = ", ".join(sorted(known)) or "none"
        raise UsageError(
            f"An action must be one of this customer's ({offered}). Got {action[:60]!r}.",
            rule="action_known",
            got=action[:60],
        )
    return known[action]


def _text(what: str, given: str, longest: int, *, lines: bool = False) -> str:
    kept = "".join(c for c in given if c.isprintable() or (lines and c == "\n")).strip()
    if not kept or len(kept) > longest:
        raise UsageError(
            f"{what} must have 1 to {longest:,} characters. Got {len(kept):,}.",
            rule="text_length",
            got=len(kept),
        )
    return kept


def _work_item(row: Any) -> WorkItem:
    kept = {name: row[name] for name in WorkItem.__dataclass_fields__ if name in row}
    kept |= {"updated_at": _utc(row["updated_at"]), "revision": revision_of(row)}
    return WorkItem(**kept)


def _taken(row: PlanRow, item: Any) -> PlanRow:
    return row if item is None else replace(row, status=item["status"], owner=item["owner"])


def _warned(stamp: RunStamp) -> RunStamp:
    return replace(stamp, warnings=(*stamp.warnings, STATE_AWAY))


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC)
