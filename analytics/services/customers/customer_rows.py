"""Lists of customers: rows, blocks of the grid, and the jump-to search."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, case, func, select

from analytics.database.mart import CUSTOMERS
from analytics.domain.customer.filter import CustomerFilter
from analytics.errors import UsageError
from analytics.exports.customer_csv import whole_customers
from analytics.services.current_run.queries import (
    DEFAULT_SORT,
    RowCondition,
    Sort,
    conditions,
    in_utc,
    order_by,
    text_in,
)
from analytics.services.current_run.run_access import OpenRun
from analytics.services.results import CustomerRow

MAX_BLOCK_ROWS = 1_000
_ROW_COLUMNS = tuple(CustomerRow.__dataclass_fields__)


def customer_rows(
    opened: OpenRun,
    chosen: CustomerFilter,
    *further: RowCondition,
    sort: Sort = DEFAULT_SORT,
    limit: int = 10,
) -> tuple[CustomerRow, ...]:
    """Return the first customers of a choice in an order."""
    statement = (
        select(*(CUSTOMERS.c[name] for name in _ROW_COLUMNS))
        .where(*conditions(chosen), *further)
        .order_by(*order_by(sort))
        .limit(limit)
    )
    return as_customer_rows(opened.reader.rows(statement))


def as_customer_rows(rows: Iterable[dict[str, Any]]) -> tuple[CustomerRow, ...]:
    """Return rows that have at least the columns of a list."""
    return tuple(CustomerRow(**{name: row[name] for name in _ROW_COLUMNS}) for row in rows)


def every_column(chosen: CustomerFilter, sort: Sort) -> Select[Any]:
    """Return the select of whole customers in an order: what the grid and the CSV show."""
    return whole_customers().where(*conditions(chosen)).order_by(*order_by(sort or DEFAULT_SORT))


def block(
    opened: OpenRun, chosen: CustomerFilter, *, start: int, end: int, sort: Sort
) -> tuple[dict[str, object], ...]:
    """Return the customers from one place up to another, whole.

    Raises
    ------
    UsageError
        The block is no block, or too large, or a column is unknown.
    """
    if not 0 <= start <= end <= start + MAX_BLOCK_ROWS:
        raise UsageError(
            f"A block must have 0 to {MAX_BLOCK_ROWS} rows. Got {start} to {end}.",
            rule="block_size",
            got=f"{start}-{end}",
        )
    statement = every_column(chosen, sort)
    if start == 0:
        statement = statement.limit(end)
    else:  # Deep in the list, ordering ids and then fetching rows is several times faster.
        wanted = statement.with_only_columns(CUSTOMERS.c.customer_id)
        wanted = wanted.offset(start).limit(end - start)
        order = order_by(sort or DEFAULT_SORT)
        statement = whole_customers().where(CUSTOMERS.c.customer_id.in_(wanted)).order_by(*order)
    return tuple(in_utc(row) for row in opened.reader.rows(statement))


def count(opened: OpenRun, chosen: CustomerFilter) -> int:
    """Return how many customers are in a choice."""
    statement = select(func.count().label("n")).select_from(CUSTOMERS).where(*conditions(chosen))
    return int(opened.reader.rows(statement)[0]["n"])


def find(opened: OpenRun, text: str, limit: int) -> tuple[CustomerRow, ...]:
    """Return customers whose id or name contains a text: exact ids first, then the riskiest."""
    wanted = text.strip()
    if not wanted:
        return ()
    lowered = func.lower(CUSTOMERS.c.customer_id)
    nearness = case(
        (lowered == wanted.lower(), 0),
        (lowered.startswith(wanted.lower(), autoescape=True), 1),
        else_=2,
    )
    statement = (
        select(*(CUSTOMERS.c[name] for name in _ROW_COLUMNS))
        .where(text_in(wanted))
        .order_by(nearness, *order_by(DEFAULT_SORT))
        .limit(max(1, min(limit, 50)))
    )
    return as_customer_rows(opened.reader.rows(statement))
