"""Tables of what people did: precious, migrated, never derived."""

from __future__ import annotations

import hashlib

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    DateTime,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

STATE = MetaData()

_ID = BigInteger().with_variant(Integer(), "sqlite")

WORK_ITEMS = Table(
    "work_items",
    STATE,
    Column("item_id", _ID, primary_key=True, autoincrement=True),
    Column("customer_id", String(512), nullable=False),
    Column("action", String(120), nullable=False),
    Column("action_label", String(255), nullable=False),
    Column("owner", String(120), nullable=False),
    Column("due_on", Date()),
    Column("status", String(20), nullable=False),
    Column("created_at", DateTime(), nullable=False),
    Column("updated_at", DateTime(), nullable=False),
    Column("run_id", String(120), nullable=False),
)
Index("ix_work_items_customer_id", WORK_ITEMS.c.customer_id)
Index("ix_work_items_status", WORK_ITEMS.c.status)

#: Which item of a customer and action is open: the key lets the database hold one at most, on any
#: server and under any collation.
OPEN_ITEMS = Table(
    "open_items",
    STATE,
    Column("open_key", String(64), primary_key=True),
    Column("item_id", BigInteger(), nullable=False, unique=True),
)

NOTES = Table(
    "notes",
    STATE,
    Column("note_id", _ID, primary_key=True, autoincrement=True),
    Column("customer_id", String(512), nullable=False),
    Column("written_at", DateTime(), nullable=False),
    Column("author", String(120), nullable=False),
    Column("text", Text(), nullable=False),
)
Index("ix_notes_customer_id", NOTES.c.customer_id)

#: Choices of customers that people named, for all to use. Names are unique whatever their case:
#: `name_key` is the name in lower case.
SAVED_SEGMENTS = Table(
    "saved_segments",
    STATE,
    Column("segment_id", _ID, primary_key=True, autoincrement=True),
    Column("name", String(80), nullable=False),
    Column("name_key", String(160), nullable=False, unique=True),
    Column("query", Text(), nullable=False),
    Column("saved_by", String(120), nullable=False),
    Column("saved_at", DateTime(), nullable=False),
    Column("updated_at", DateTime(), nullable=False),
)

#: Who did what when; rows are only ever added.
AUDIT = Table(
    "audit",
    STATE,
    Column("audit_id", _ID, primary_key=True, autoincrement=True),
    Column("done_at", DateTime(), nullable=False),
    Column("who", String(120), nullable=False),
    Column("what", String(60), nullable=False),
    Column("subject", String(512), nullable=False),
    Column("detail", Text(), nullable=False),
)


def open_key(customer_id: str, action: str) -> str:
    """Return what tells the open item of a customer and action from every other."""
    return hashlib.sha256(f"{customer_id}\0{action}".encode()).hexdigest()
