"""Rows of the work list: who has taken on what, one open item a customer and action."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from sqlalchemy import Connection, RowMapping, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from analytics.database.state_tables import OPEN_ITEMS, WORK_ITEMS, open_key
from analytics.errors import SomebodyWasFirst, UsageError


class TryAgain(Exception):
    """Somebody else wrote in between: what was read no longer holds, so begin anew."""


def revision_of(item: RowMapping) -> str:
    """Return what changes whenever anything about an item changes."""
    said = f"{item['owner']}\0{item['status']}\0{item['due_on']}\0{item['updated_at']}"
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def take_on(
    connection: Connection,
    customer_id: str,
    action: str,
    action_label: str,
    owner: str,
    due_on: date | None,
    run_id: str,
    now: datetime,
    seen: str | None,
) -> int:
    """Take an action on, or hand an open one over; return the item's id.

    Parameters
    ----------
    seen
        The revision of the open item that was looked at; only that one is handed over.

    Raises
    ------
    SomebodyWasFirst
        Somebody else has it.
    """
    key = open_key(customer_id, action)
    known = connection.execute(
        select(OPEN_ITEMS.c.item_id).where(OPEN_ITEMS.c.open_key == key)
    ).scalar()
    if known is not None:
        _hand_over(connection, int(known), owner, due_on, now, seen)
        return int(known)
    if seen is not None:
        raise SomebodyWasFirst(
            "An action that is handed over must still be open. Got one that somebody has closed; "
            "nothing was changed.",
            rule="work_item_open",
        )
    values = {
        "customer_id": customer_id,
        "action": action,
        "action_label": action_label,
        "owner": owner,
        "due_on": due_on,
        "status": "open",
        "created_at": now,
        "updated_at": now,
        "run_id": run_id,
    }
    made = connection.execute(insert(WORK_ITEMS).values(values)).inserted_primary_key
    item_id = int(made[0]) if made else 0
    _hold(connection, key, item_id)
    return item_id


def set_status(
    connection: Connection, item_id: int, status: str, now: datetime, seen: str | None
) -> RowMapping | None:
    """Say what became of an item; return it as it was, or None where nothing had to change.

    Raises
    ------
    UsageError
        There is no such item.
    SomebodyWasFirst
        It is not as it was seen, or somebody has closed it otherwise.
    """
    item = _locked(connection, item_id)
    if item is None:
        raise UsageError(
            f"A work item must be one of those taken on. Got {item_id}.",
            rule="work_item_known",
            got=item_id,
        )
    if item["status"] == status and seen in (None, revision_of(item)):
        return None
    is_other = item["status"] != "open" != status if seen is None else seen != revision_of(item)
    if is_other:
        raise SomebodyWasFirst(
            f"A status must be changed from the one that was seen. Got an item that is "
            f"{item['status']} by now (of {item['owner']}, changed {_moment(item)}); nothing was "
            "changed.",
            rule="work_item_unchanged",
            got=item["status"],
        )
    key = open_key(item["customer_id"], item["action"])
    if status == "open":
        _refuse_second(connection, key)
        _hold(connection, key, item_id)
    else:
        connection.execute(delete(OPEN_ITEMS).where(OPEN_ITEMS.c.item_id == item_id))
    own = WORK_ITEMS.c.item_id == item_id
    connection.execute(update(WORK_ITEMS).where(own).values(status=status, updated_at=now))
    return item


def _hand_over(
    connection: Connection,
    item_id: int,
    owner: str,
    due_on: date | None,
    now: datetime,
    seen: str | None,
) -> None:
    item = _locked(connection, item_id)
    if item is None or item["status"] != "open":
        raise TryAgain
    if item["owner"] != owner and seen != revision_of(item):
        raise _taken(item)
    own = WORK_ITEMS.c.item_id == item_id
    changed = {"owner": owner, "due_on": due_on, "updated_at": now}
    connection.execute(update(WORK_ITEMS).where(own).values(changed))


def _refuse_second(connection: Connection, key: str) -> None:
    held = select(OPEN_ITEMS.c.item_id).where(OPEN_ITEMS.c.open_key == key)
    item_id = connection.execute(held).scalar()
    if item_id is not None:
        item = _locked(connection, int(item_id))
        if item is None:
            raise TryAgain
        raise _taken(item)


def _hold(connection: Connection, key: str, item_id: int) -> None:
    try:
        connection.execute(insert(OPEN_ITEMS).values(open_key=key, item_id=item_id))
    except IntegrityError:
        raise TryAgain from None


def _locked(connection: Connection, item_id: int) -> RowMapping | None:
    """Return an item that nobody else can change until this transaction ends."""
    own = select(WORK_ITEMS).where(WORK_ITEMS.c.item_id == item_id).with_for_update()
    return connection.execute(own).mappings().first()


def _taken(item: RowMapping) -> SomebodyWasFirst:
    due = f", due {item['due_on']}" if item["due_on"] else ""
    return SomebodyWasFirst(
        f"An action must be free to be taken on. Got one that {item['owner']} has taken on "
        f"({_moment(item)}{due}); nothing was changed.",
        rule="work_item_free",
        got=item["owner"],
    )


def _moment(item: RowMapping) -> str:
    return f"{item['updated_at']:%d %B %Y, %H:%M} UTC"
