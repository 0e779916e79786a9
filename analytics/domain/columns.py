"""The columns of the customers table: one definition for screen, CSV, SQL and glossary."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from analytics.domain.action_columns import ACTION_COLUMNS
from analytics.domain.column import Column, Unit
from analytics.domain.customer_facts import CUSTOMER_FACTS
from analytics.domain.frustration_columns import FRUSTRATION_COLUMNS
from analytics.domain.risk_columns import RISK_COLUMNS
from analytics.domain.segment_columns import SEGMENT_COLUMNS
from analytics.domain.value_columns import VALUE_COLUMNS

__all__ = ["CUSTOMER_COLUMN", "CUSTOMER_COLUMNS", "Column", "Unit"]

CUSTOMER_COLUMNS: tuple[Column, ...] = (
    *CUSTOMER_FACTS,
    *RISK_COLUMNS,
    *FRUSTRATION_COLUMNS,
    *VALUE_COLUMNS,
    *SEGMENT_COLUMNS,
    *ACTION_COLUMNS,
)

CUSTOMER_COLUMN: Mapping[str, Column] = MappingProxyType(
    {one.name: one for one in CUSTOMER_COLUMNS}
)
