"""What is written of every change that people make: when, who, what, and of what."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from sqlalchemy import Connection, insert

from analytics.database.state_tables import AUDIT


def in_utc(moment: datetime) -> datetime:
    """Return a time as the state database keeps it: UTC without a zone."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def record(
    connection: Connection, done_at: datetime, who: str, what: str, subject: str, **detail: object
) -> None:
    """Write one line of the audit, in the transaction of the change itself."""
    connection.execute(
        insert(AUDIT).values(
            done_at=done_at,
            who=who,
            what=what,
            subject=subject,
            detail=json.dumps(detail, sort_keys=True),
        )
    )
