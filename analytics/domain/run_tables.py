"""The tables of a published run: the classes of their rows, and the files beside them."""

from __future__ import annotations

from analytics.domain.customer_columns.columns import Customer
from analytics.domain.tables.evidence_tables import EVIDENCE_ROWS
from analytics.domain.tables.frustration_tables import FRUSTRATION_ROWS
from analytics.domain.tables.history_tables import (
    CustomerReason,
    PastPortfolio,
    PastRisk,
    PossibleAction,
)
from analytics.domain.tables.run_row import RunRow
from analytics.domain.tables.run_table import RunTable
from analytics.domain.tables.segment_tables import SEGMENT_ROWS

CUSTOMERS = Customer.table

#: Everything a run keeps as tables. `events.parquet` (the landed events known by the run's date)
#: and `summary.json` lie beside them.
RUN_ROWS: tuple[type[RunRow], ...] = (
    Customer,
    PastRisk,
    PastPortfolio,
    CustomerReason,
    PossibleAction,
    *EVIDENCE_ROWS,
    *FRUSTRATION_ROWS,
    *SEGMENT_ROWS,
)
RUN_TABLES: tuple[RunTable, ...] = tuple(row.table for row in RUN_ROWS)

#: Tables that runs of former versions may lack.
LATE_TABLES: tuple[RunTable, ...] = tuple(
    row.table for row in (*EVIDENCE_ROWS, *FRUSTRATION_ROWS, *SEGMENT_ROWS)
)

EVENTS_FILE = "events.parquet"
SUMMARY_FILE = "summary.json"
