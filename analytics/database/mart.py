"""The tables of a run as SQLAlchemy sees them: in the serving store, and in a BI database.

Names carry the prefix `churn_`, so that they cannot meet a team's own tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
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

from analytics.domain.measures import Column, Unit
from analytics.domain.numbers import definition
from analytics.domain.run_tables import RUN_TABLES, RunTable

PREFIX = "churn_"

METADATA = MetaData()

#: Text columns that are looked up or grouped by; short enough for an index on MariaDB.
_SHORT = {
    "customer_id",
    "risk_tier",
    "previous_risk_tier",
    "frustration_band",
    "value_band",
    "value_form",
    "segment",
    "plan",
    "region",
    "channel",
    "recommended_action",
    "action",
    "kind",
    "theme",
    "reason_theme",
    "likely_cause",
    "model",
    "slice",
    "policy",
    "gate",
    "rule",
    "part",
    "ranking",
    "run_id",
    "customer_state",
    "named_segment",
    "rfm_group",
    "behaviour_cluster",
    "cluster",
    "measure",
    "was",
    "became",
}
_SHORT_LENGTH = 255


def column_type(column: Column) -> TypeEngine[Any]:
    """Return the type of a run table's column in any database; times are UTC."""
    if column.name == "observation_date" and column.unit is Unit.TIME:
        return Date()
    if column.unit is Unit.COUNT and column.name != "expected_silent":
        return BigInteger()
    if column.unit is Unit.TEXT:
        return _text(column.name)
    if column.unit is Unit.TIME:
        return DateTime().with_variant(DATETIME(fsp=6), "mysql", "mariadb")
    if column.unit is Unit.FLAG:
        return Boolean()
    return Float(53).with_variant(DOUBLE(), "mysql", "mariadb")


def _text(name: str) -> TypeEngine[Any]:
    if name not in _SHORT:
        return Text()
    exact = VARCHAR(_SHORT_LENGTH, charset="utf8mb4", collation="utf8mb4_bin")
    return String(_SHORT_LENGTH).with_variant(exact, "mysql", "mariadb")


def _table(table: RunTable) -> Table:
    columns = [
        SqlColumn(one.name, column_type(one), comment=definition(one)) for one in table.columns
    ]
    made = Table(f"{PREFIX}{table.name}", METADATA, *columns, comment=table.grain)
    if "customer_id" in table.column_names:
        Index(f"ix_{made.name}_customer_id", made.c.customer_id)
    return made


#: By the run table's own name, without the prefix.
MART_TABLES: Mapping[str, Table] = MappingProxyType({one.name: _table(one) for one in RUN_TABLES})

CUSTOMERS = MART_TABLES["customers"]
RISK_HISTORY = MART_TABLES["risk_history"]
PORTFOLIO_HISTORY = MART_TABLES["portfolio_history"]
REASONS = MART_TABLES["reasons"]
ACTION_OPTIONS = MART_TABLES["action_options"]
BACKTEST = MART_TABLES["backtest"]
CALIBRATION = MART_TABLES["calibration"]
LADDER_STEPS = MART_TABLES["ladder"]
PAST_MONTHS = MART_TABLES["past_months"]
PAST_REVENUE = MART_TABLES["past_revenue"]
LEAD_TIME = MART_TABLES["lead_time"]
PAST_LOSSES = MART_TABLES["past_losses"]
CAPACITY = MART_TABLES["capacity"]
PROFIT = MART_TABLES["profit"]
GATES = MART_TABLES["gates"]
RULES = MART_TABLES["rules"]
FRUSTRATION_WEIGHTS = MART_TABLES["frustration_weights"]
FRUSTRATION_JUDGED = MART_TABLES["frustration_judged"]
FRUSTRATION_CHECKS = MART_TABLES["frustration_checks"]
FRUSTRATION_GROUPS = MART_TABLES["frustration_groups"]
CLUSTERS = MART_TABLES["clusters"]
RFM_CUTS = MART_TABLES["rfm_cuts"]
SEGMENT_MOVES = MART_TABLES["segment_moves"]
SEGMENT_STABILITY = MART_TABLES["segment_stability"]

#: One row: the run that the other tables come from.
RUN = Table(
    f"{PREFIX}run",
    METADATA,
    SqlColumn("run_id", _text("run_id"), comment="Which run all tables come from."),
    SqlColumn("data_as_of", DateTime().with_variant(DATETIME(fsp=6), "mysql", "mariadb")),
    SqlColumn("published_at", DateTime().with_variant(DATETIME(fsp=6), "mysql", "mariadb")),
    SqlColumn("profile", Text()),
    SqlColumn("currency", Text()),
    SqlColumn("simulated", Boolean(), comment="True where the data come from the simulator."),
    SqlColumn("champion", Text(), comment="Model whose probabilities are shown."),
    SqlColumn("base_rate", Float(53).with_variant(DOUBLE(), "mysql", "mariadb")),
    SqlColumn("shock_sd", Float(53).with_variant(DOUBLE(), "mysql", "mariadb")),
    SqlColumn("revenue_at_risk", Float(53).with_variant(DOUBLE(), "mysql", "mariadb")),
    SqlColumn("revenue_at_risk_low", Float(53).with_variant(DOUBLE(), "mysql", "mariadb")),
    SqlColumn("revenue_at_risk_high", Float(53).with_variant(DOUBLE(), "mysql", "mariadb")),
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
