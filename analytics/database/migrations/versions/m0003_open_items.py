"""One open work item a customer and action, held by the database; ids of 512 characters."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from analytics.database.state_tables import open_key

revision = "0003"
down_revision: str | None = "0002"

_WIDENED = (("work_items", "customer_id"), ("notes", "customer_id"), ("audit", "subject"))
_ITEMS = sa.table(
    "work_items",
    *(sa.column(name) for name in ("item_id", "customer_id", "action", "owner", "status")),
)


def upgrade() -> None:
    """Make the table of open items and fill it from the work list."""
    if not sa.inspect(op.get_bind()).has_table("open_items"):
        op.create_table(
            "open_items",
            sa.Column("open_key", sa.String(64), primary_key=True),
            sa.Column("item_id", sa.BigInteger(), nullable=False, unique=True),
        )
        _fill(op.get_bind())
    if op.get_context().dialect.name != "sqlite":  # which keeps no lengths
        for table, column in _WIDENED:
            op.alter_column(
                table,
                column,
                type_=sa.String(512),
                existing_type=sa.String(255),
                existing_nullable=False,
            )


def downgrade() -> None:
    """Remove the table; the work list itself is as it was."""
    op.drop_table("open_items")


def _fill(connection: sa.Connection) -> None:
    """Keep the latest open item of each customer and action; drop earlier ones, and say so."""
    holders = sa.table("open_items", sa.column("open_key"), sa.column("item_id"))
    found = connection.execute(
        sa.select(_ITEMS).where(_ITEMS.c.status == "open").order_by(_ITEMS.c.item_id.desc())
    ).mappings()
    seen: set[str] = set()
    for item in list(found):
        key = open_key(item["customer_id"], item["action"])
        if key in seen:
            _drop(connection, item)
            continue
        seen.add(key)
        connection.execute(sa.insert(holders).values(open_key=key, item_id=item["item_id"]))


def _drop(connection: sa.Connection, item: sa.RowMapping) -> None:
    own = _ITEMS.c.item_id == item["item_id"]
    connection.execute(sa.update(_ITEMS).where(own).values(status="dropped"))
    audit = sa.table(
        "audit", *(sa.column(name) for name in ("done_at", "who", "what", "subject", "detail"))
    )
    connection.execute(
        sa.insert(audit).values(
            done_at=datetime.now(UTC).replace(tzinfo=None),
            who=item["owner"],
            what="double_dropped",
            subject=item["customer_id"],
            detail=json.dumps({"item_id": item["item_id"], "action": item["action"]}),
        )
    )
