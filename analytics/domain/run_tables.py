"""The tables of a published run: their files, columns and grain."""

from __future__ import annotations

from analytics.domain.evidence_tables import (
    BACKTEST,
    CALIBRATION,
    EVIDENCE_TABLES,
    GATES,
    LADDER_STEPS,
    RULES,
)
from analytics.domain.flag_tables import CAPACITY, LEAD_TIME, PAST_LOSSES, PAST_MONTHS, PROFIT
from analytics.domain.measures import CUSTOMER_COLUMNS, Column, Unit
from analytics.domain.run_table import RunTable
from analytics.domain.segment_tables import SEGMENT_TABLES
from analytics.domain.value_tables import PAST_REVENUE

_C, _D, _M, _S, _I = Unit.COUNT, Unit.DAYS, Unit.MONEY, Unit.SHARE, Unit.INDEX
_T, _F, _W, _R = Unit.TEXT, Unit.FLAG, Unit.TIME, Unit.RATIO

CUSTOMERS = RunTable("customers", "One row a customer, as of the run's date.", CUSTOMER_COLUMNS)

RISK_HISTORY = RunTable(
    "risk_history",
    "One row a customer and past observation date.",
    (
        Column("customer_id", _T, "Customer", "Identifies the customer in every table."),
        Column("observation_date", _W, "Observation date", "Only what was known by then is used."),
        Column("churn_risk", _S, "Churn risk", "Today's model applied to that date's features."),
        Column("risk_tier", _T, "Risk tier", "The churn risk in words."),
        Column("frustration_index", _I, "Frustration index", "As of that date.", assumption=True),
    ),
)

PORTFOLIO_HISTORY = RunTable(
    "portfolio_history",
    "One row a past observation date.",
    (
        Column("observation_date", _W, "Observation date", "Only what was known by then is used."),
        Column("customers", _C, "Customers", "Customers known by then."),
        Column("eligible", _C, "Scored customers", "With enough rhythm, not lapsed, not gone."),
        Column("at_risk", _C, "At risk", "Critical and high, by today's model."),
        Column(
            "expected_silent", _C, "Expected to go silent", "Sum of the risks, by today's model."
        ),
        Column(
            "revenue_at_risk",
            _M,
            "Revenue at risk",
            "Expected loss, by today's model.",
            assumption=True,
        ),
        Column("frustrated", _C, "Frustrated", "With an index of 40 or more, by today's weights."),
        Column(
            "silent_churn_share",
            _S,
            "Went silent",
            "Share of the scored customers who did go silent; empty while their horizons run.",
        ),
        Column(
            "predicted_share",
            _S,
            "Predicted to go silent",
            "Mean churn risk given then by a model that had seen only earlier data; empty where "
            "the backtest has no such date.",
        ),
    ),
)

REASONS = RunTable(
    "reasons",
    "One row a customer, kind and rank.",
    (
        Column("customer_id", _T, "Customer", "Identifies the customer in every table."),
        Column(
            "kind",
            _T,
            "Kind",
            "risk: why the risk is what it is. change: what moved in 28 days. nearest_change: the "
            "smallest change of ours that would lower the tier in the model's eyes. "
            "frustration: what the index is made of.",
        ),
        Column("rank", _C, "Rank", "1 comes first."),
        Column(
            "theme",
            _T,
            "Theme",
            "Group of features the reason belongs to; empty where no sign stands out and the text "
            "says where the customer stands.",
        ),
        Column(
            "is_cause",
            _F,
            "Likely cause",
            "Named because the customer has more of it than most others, not because the model "
            "weighs it: its points may be none, or lower the risk.",
        ),
        Column(
            "points",
            _R,
            "Points",
            "The theme's share of the risk in percentage points (Shapley value): all themes add up "
            "to the risk minus that of the median customer (kind risk) or of 28 days ago (change). "
            "What the risk would fall by (nearest_change); index points (frustration). Empty for a "
            "fact of the customer that the model does not weigh.",
        ),
        Column(
            "points_alone",
            _R,
            "Points alone",
            "What the risk loses with this theme alone at its reference, in percentage points.",
        ),
        Column(
            "risk_at_reference",
            _S,
            "Risk at the reference",
            "What the model says with this theme alone like the median customer's (risk), as 28 "
            "days ago (change), or after the change (nearest_change).",
        ),
        Column(
            "share_with_less",
            _S,
            "Customers with less",
            "Share of the scored customers who have less of a likely cause.",
        ),
        Column(
            "refit_share",
            _S,
            "Among the first three",
            "Share of the refits on other draws of the customers in which the theme is among the "
            "three that raise the risk most.",
            higher_is="good",
        ),
        Column(
            "stable",
            _F,
            "Stable",
            "False for an uncertain reason: among the first three of fewer than 60% of the refits, "
            "or another cause stands out nearly as much.",
        ),
        Column("text", _T, "Reason", "The reason in words, with the number behind it."),
    ),
)

ACTION_OPTIONS = RunTable(
    "action_options",
    "One row a customer and action that could be taken, best first.",
    (
        Column("customer_id", _T, "Customer", "Identifies the customer in every table."),
        Column("rank", _C, "Rank", "1 has the highest expected net value."),
        Column("action", _T, "Action", "Name of the action in the profile."),
        Column("label", _T, "Action", "The action in words."),
        Column(
            "expected_net_value",
            _M,
            "Expected net value",
            "Assumed save rate times revenue at risk, minus the expected cost.",
            assumption=True,
        ),
        Column("expected_net_value_low", _M, "Net value, low", "10% quantile.", assumption=True),
        Column("expected_net_value_high", _M, "Net value, high", "90% quantile.", assumption=True),
        Column("expected_cost", _M, "Expected cost", "Contact and offer.", assumption=True),
        Column(
            "break_even_save_rate",
            _S,
            "Break-even save rate",
            "Share of would-be leavers it must keep to pay for itself.",
        ),
        Column("assumed_save_rate", _S, "Assumed save rate", "Mean of the prior.", assumption=True),
    ),
)

#: Everything a run keeps as tables. `events.parquet` (the landed events known by the run's date)
#: and `summary.json` lie beside them.
RUN_TABLES: tuple[RunTable, ...] = (
    CUSTOMERS,
    RISK_HISTORY,
    PORTFOLIO_HISTORY,
    REASONS,
    ACTION_OPTIONS,
    *EVIDENCE_TABLES,
    *SEGMENT_TABLES,
)

EVENTS_FILE = "events.parquet"
SUMMARY_FILE = "summary.json"

__all__ = [
    "ACTION_OPTIONS",
    "BACKTEST",
    "CALIBRATION",
    "CAPACITY",
    "CUSTOMERS",
    "EVENTS_FILE",
    "EVIDENCE_TABLES",
    "GATES",
    "LADDER_STEPS",
    "LEAD_TIME",
    "PAST_LOSSES",
    "PAST_MONTHS",
    "PAST_REVENUE",
    "PORTFOLIO_HISTORY",
    "PROFIT",
    "REASONS",
    "RISK_HISTORY",
    "RULES",
    "RUN_TABLES",
    "SEGMENT_TABLES",
    "SUMMARY_FILE",
    "RunTable",
]
