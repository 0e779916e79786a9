"""The columns of the customers table: one definition for screen, CSV, SQL and glossary."""

from __future__ import annotations

from analytics.domain.customer_columns.action_columns import ActionColumns
from analytics.domain.customer_columns.facts import CustomerFacts
from analytics.domain.customer_columns.frustration_columns import FrustrationColumns
from analytics.domain.customer_columns.risk_columns import RiskColumns
from analytics.domain.customer_columns.segment_columns import SegmentColumns
from analytics.domain.customer_columns.value_columns import ValueColumns
from analytics.domain.tables.column import Column, Unit
from analytics.domain.tables.run_row import RunRow

__all__ = [
    "CUSTOMER_COLUMN",
    "CUSTOMER_COLUMNS",
    "INNER_COLUMNS",
    "Column",
    "Customer",
    "Unit",
]


class Customer(
    # The fields of the last base come first.
    ActionColumns,
    SegmentColumns,
    ValueColumns,
    FrustrationColumns,
    RiskColumns,
    CustomerFacts,
    RunRow,
    name="customers",
    grain="One row a customer, as of the run's date.",
    sorted_by=("customer_id",),
):
    """One customer with every number, text and time that a run knows."""


CUSTOMER_COLUMNS = Customer.table.columns
CUSTOMER_COLUMN = Customer.table.column
#: Names that no page shows, of columns and of the measures that add them up.
INNER_COLUMNS = frozenset(
    customer_column.name for customer_column in CUSTOMER_COLUMNS if customer_column.inner
)
