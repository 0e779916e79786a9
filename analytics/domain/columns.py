"""The columns of the customers table: one definition for screen, CSV, SQL and glossary."""

from __future__ import annotations

from analytics.domain.action_columns import ActionColumns
from analytics.domain.column import Column, Unit
from analytics.domain.customer_facts import CustomerFacts
from analytics.domain.frustration_columns import FrustrationColumns
from analytics.domain.risk_columns import RiskColumns
from analytics.domain.run_row import RunRow
from analytics.domain.segment_columns import SegmentColumns
from analytics.domain.value_columns import ValueColumns

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
