"""The mart's tables as SQL text, one file a kind of database: what `sql/schema` ships."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Dialect, Table
from sqlalchemy.dialects import mysql, postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable, SetColumnComment, SetTableComment

from analytics.database.mart import METADATA

_DIALECTS: dict[str, Any] = {
    "postgresql": postgresql.dialect,
    "mariadb": mysql.dialect,
    "sqlite": sqlite.dialect,
}

SCHEMA_FILES = tuple(f"{name}.sql" for name in _DIALECTS)


def schema_text(database: str) -> str:
    """Return the statements that make the mart's empty tables.

    Parameters
    ----------
    database
        postgresql, mariadb or sqlite.
    """
    dialect: Dialect = _DIALECTS[database]()
    parts = [
        f"-- The tables of a published run, for {database}. Times are UTC.\n"
        "-- `silent-churn bi publish --to URL` makes and fills them; this file is for reading and\n"
        "-- for those who make their tables themselves. It is written from analytics/database.\n"
    ]
    parts += [_table_text(sorted_table, dialect) for sorted_table in METADATA.sorted_tables]
    return "\n".join(parts)


def _table_text(table: Table, dialect: Dialect) -> str:
    lines = [f"-- {table.comment}", _said(CreateTable(table), dialect)]
    lines += [
        _said(CreateIndex(table_index), dialect)
        for table_index in sorted(table.indexes, key=lambda index: str(index.name))
    ]
    if dialect.supports_comments and not dialect.inline_comments:
        lines.append(_said(SetTableComment(table), dialect))
        commented = (column for column in table.columns if column.comment)
        lines += [
            _said(SetColumnComment(commented_column), dialect) for commented_column in commented
        ]
    return "\n".join(lines) + "\n"


def _said(statement: Any, dialect: Dialect) -> str:
    text = str(statement.compile(dialect=dialect)).strip().replace("\t", "    ").replace("%%", "%")
    return "\n".join(line.rstrip() for line in text.splitlines()) + ";"
