"""Customers as CSV: one statement and one form of line, whoever asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Select, literal_column, select

from analytics.database.mart import CUSTOMERS
from analytics.domain.numbers.measures import CUSTOMER_COLUMNS
from analytics.exports.csv_lines import csv_cell_sql, csv_line
from analytics.runs.faults import disk_faults
from analytics.runs.run_store import PublishedRun
from analytics.runs.serving_store import RunReader, ServingStore
from analytics.written_file import written_stream

#: The name that users know the file by.
FRUSTRATION_CSV = "customer_frustration_analysis.csv"


def whole_customers() -> Select[Any]:
    """Return the select of every column of customers, in the order of the table."""
    return select(*(CUSTOMERS.c[customer_column.name] for customer_column in CUSTOMER_COLUMNS))


def lines_of(reader: RunReader, statement: Select[Any], zone: str) -> Iterator[str]:
    """Return the CSV of whole customers: the header first, then many lines at a time.

    Times are written in `zone`.

    The database writes the lines itself, in the form of `csv_line`: a million rows of Python
    objects would take minutes.
    """
    yield csv_line(customer_column.name for customer_column in CUSTOMER_COLUMNS)
    cells = ", ".join(csv_cell_sql(customer_column, zone) for customer_column in CUSTOMER_COLUMNS)
    line: ColumnElement[str] = literal_column(f"concat_ws(',', {cells})")
    for part in reader.stream(statement.with_only_columns(line, maintain_column_froms=True)):
        yield "".join(f"{row[0]}\r\n" for row in part)


def write_frustration_csv(run: PublishedRun, path: Path) -> Path:
    """Write all customers of a run with all columns, most revenue at risk first.

    Parameters
    ----------
    path
        The file to write, by custom `data/exports/customer_frustration_analysis.csv`; it is
        replaced as a whole.

    Raises
    ------
    EnvironmentFault
        The disk refused it; a file that was there is as it was.
    """
    reader = ServingStore(run.folder.parent.parent).reader(run)
    order = (CUSTOMERS.c.revenue_at_risk.desc().nulls_last(), CUSTOMERS.c.customer_id)
    lines = lines_of(reader, whole_customers().order_by(*order), run.summary.zone)
    write_lines(path, lines)
    return path


def write_lines(path: Path, lines: Iterable[str]) -> int:
    """Write lines into a file that appears as a whole, or into a stream; return their bytes."""
    size = 0
    with disk_faults(path), written_stream(path) as file:
        for line in lines:
            size += file.write(line.encode())
    return size
