"""The tables of a run as SQLAlchemy sees them: in the serving store, and in a BI database.

They are made from the classes of their rows: `table_of(PastMonth)`.

Names carry the prefix `churn_`, so that they cannot meet a team's own tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Date,
    DateTime,
    Float,
    Index,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy import Column as SqlColumn
from sqlalchemy.dialects.mysql import DATETIME, DOUBLE, VARCHAR
from sqlalchemy.types import TypeEngine

from analytics.domain.customer_columns.columns import Customer
from analytics.domain.numbers.numbers import definition
from analytics.domain.run_tables import RUN_ROWS
from analytics.domain.tables.column import Column, ValueType
from analytics.domain.tables.run_row import RunRow
from analytics.domain.tables.run_table import RunTable

PREFIX = "churn_"

METADATA = MetaData()

_SHORT_LENGTH = 255


def column_type(column: Column) -> TypeEngine[Any]:
    """Return the type of a run table's column in any database; times are UTC."""
    if column.type is ValueType.TEXT:
        return _short_text() if column.lookup else Text()
    return _TYPES[column.type]


def _short_text() -> TypeEngine[Any]:
    """Return the type of a text that fits an index on MariaDB and is compared exactly."""
    exact = VARCHAR(_SHORT_LENGTH, charset="utf8mb4", collation="utf8mb4_bin")
    return String(_SHORT_LENGTH).with_variant(exact, "mysql", "mariadb")


_MOMENT = DateTime().with_variant(DATETIME(fsp=6), "mysql", "mariadb")
_NUMBER = Float(53).with_variant(DOUBLE(), "mysql", "mariadb")
_TYPES: Mapping[ValueType, TypeEngine[Any]] = MappingProxyType(
    {
        ValueType.WHOLE: BigInteger(),
        ValueType.NUMBER: _NUMBER,
        ValueType.FLAG: Boolean(),
        ValueType.DAY: Date(),
        ValueType.MOMENT: _MOMENT,
    }
)


def _table(table: RunTable) -> Table:
    columns = [
        SqlColumn(table_column.name, column_type(table_column), comment=definition(table_column))
        for table_column in table.columns
    ]
    made = Table(f"{PREFIX}{table.name}", METADATA, *columns, comment=table.grain)
    if "customer_id" in table.column_names:
        Index(f"ix_{made.name}_customer_id", made.c.customer_id)
    return made


_TABLES: Mapping[type[RunRow], Table] = MappingProxyType(
    {run_row: _table(run_row.table) for run_row in RUN_ROWS}
)


def table_of(row: type[RunRow]) -> Table:
    """Return the SQL table whose rows are of a class."""
    return _TABLES[row]


def order_of(row: type[RunRow]) -> list[ColumnElement[Any]]:
    """Return the order that a table is read in; what is missing comes last."""
    named = (order.removesuffix(" desc") for order in row.table.sorted_by)
    columns = zip(row.table.sorted_by, (table_of(row).c[name] for name in named), strict=True)
    return [
        (column.desc() if asked.endswith(" desc") else column.asc()).nulls_last()
        for asked, column in columns
    ]


#: The table that nearly every question is about.
CUSTOMERS = table_of(Customer)

#: One row: the run that the other tables come from.
RUN = Table(
    f"{PREFIX}run",
    METADATA,
    SqlColumn("run_id", _short_text(), comment="Which run all tables come from."),
    SqlColumn("data_as_of", _MOMENT),
    SqlColumn("published_at", _MOMENT),
    SqlColumn("profile", Text()),
    SqlColumn("currency", Text()),
    SqlColumn("simulated", Boolean(), comment="True where the data come from the simulator."),
    SqlColumn("champion", Text(), comment="Model whose probabilities are shown."),
    SqlColumn("base_rate", _NUMBER),
    SqlColumn("shock_sd", _NUMBER),
    SqlColumn("revenue_at_risk", _NUMBER),
    SqlColumn("revenue_at_risk_low", _NUMBER),
    SqlColumn("revenue_at_risk_high", _NUMBER),
    SqlColumn("verdict", Text(), comment="How far the model can be believed, in a sentence."),
    comment="One row: the run that all tables come from.",
)

#: Events as the serving store keeps them; they are not sent to BI databases.
_SERVING = MetaData()
EVENTS = Table(
    f"{PREFIX}events",
    _SERVING,
    SqlColumn("customer_id", String()),
    SqlColumn("occurred_at", DateTime()),
    SqlColumn("event_type", String()),
    SqlColumn("value", Float()),
    SqlColumn("feature", String()),
)
