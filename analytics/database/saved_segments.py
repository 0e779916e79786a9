"""Rows of the saved segments: names unique whatever their case."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, RowMapping, insert, select, update
from sqlalchemy import delete as delete_from
from sqlalchemy.exc import IntegrityError

from analytics.database.state_tables import SAVED_SEGMENTS
from analytics.errors import UsageError


def save(connection: Connection, name: str, query: str, author: str, now: datetime) -> int:
    """Add a segment and return its id.

    Raises
    ------
    UsageError
        The name is taken.
    """
    _refuse_taken(connection, name, but=None)
    values = {
        "name": name,
        "name_key": name.casefold(),
        "query": query,
        "saved_by": author,
        "saved_at": now,
        "updated_at": now,
    }
    try:
        made = connection.execute(insert(SAVED_SEGMENTS).values(values)).inserted_primary_key
    except IntegrityError:  # somebody else took the name just now
        raise _taken(name) from None
    return int(made[0]) if made else 0


def rename(connection: Connection, segment_id: int, name: str, now: datetime) -> str:
    """Rename a segment and return its former name; raises `UsageError` as `save`."""
    former = _known(connection, segment_id)
    _refuse_taken(connection, name, but=segment_id)
    own = SAVED_SEGMENTS.c.segment_id == segment_id
    changed = {"name": name, "name_key": name.casefold(), "updated_at": now}
    try:
        connection.execute(update(SAVED_SEGMENTS).where(own).values(changed))
    except IntegrityError:
        raise _taken(name) from None
    return str(former["name"])


def delete(connection: Connection, segment_id: int) -> RowMapping:
    """Remove a segment and return what it was."""
    former = _known(connection, segment_id)
    own = SAVED_SEGMENTS.c.segment_id == segment_id
    connection.execute(delete_from(SAVED_SEGMENTS).where(own))
    return former


def _known(connection: Connection, segment_id: int) -> RowMapping:
    own = SAVED_SEGMENTS.c.segment_id == segment_id
    found = connection.execute(select(SAVED_SEGMENTS).where(own)).mappings().first()
    if found is None:
        raise UsageError(
            f"A saved segment must be one of the list. Got {segment_id}; somebody may have "
            "deleted it.",
            rule="saved_segment_known",
            got=segment_id,
        )
    return found


def _refuse_taken(connection: Connection, name: str, *, but: int | None) -> None:
    same = SAVED_SEGMENTS.c.name_key == name.casefold()
    found = connection.execute(select(SAVED_SEGMENTS.c.segment_id).where(same)).scalar()
    if found is not None and found != but:
        raise _taken(name)


def _taken(name: str) -> UsageError:
    return UsageError(
        f"A segment's name must not be taken, whatever its case. Got {name!r}, which is.",
        rule="segment_name_unique",
        got=name,
    )
