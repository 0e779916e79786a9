"""Reads the tables of a run into the classes of their rows."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import ColumnElement, select

from analytics.database.mart import order_of, table_of
from analytics.domain.tables.run_row import RunRow
from analytics.services.current_run.run_access import OpenRun

Row = TypeVar("Row", bound=RunRow)

_MOST_ROWS = 500


def rows_of(
    opened: OpenRun, row: type[Row], *where: ColumnElement[bool], limit: int = _MOST_ROWS
) -> tuple[Row, ...]:
    """Return rows of a run in the order of their table; what is missing is None."""
    columns = [table_of(row).c[name] for name in row.table.column_names]
    statement = select(*columns).where(*where).order_by(*order_of(row)).limit(limit)
    return tuple(row(**found) for found in opened.reader.rows(statement))
