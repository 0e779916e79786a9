"""The tables of a published run: their files, columns and grain."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.domain.measures import CUSTOMER_COLUMNS, Column, Unit


@dataclass(frozen=True)
class RunTable:
    """One Parquet file of a run."""

    name: str
    grain: str
    columns: tuple[Column, ...]

    @property
    def file(self) -> str:
        """File name inside the run's folder."""
        return f"{self.name}.parquet"

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(one.name for one in self.columns)


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
        Column("at_risk", _C, "At risk", "In the tiers critical and high."),
        Column("expected_silent", _C, "Expected to go silent", "Sum of the churn risks."),
        Column("revenue_at_risk", _M, "Revenue at risk", "Expected loss.", assumption=True),
        Column("frustrated", _C, "Frustrated", "With a frustration index of 40 or more."),
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
            "risk: why the risk is what it is. change: what moved in 28 days. "
            "frustration: what the index is made of.",
        ),
        Column("rank", _C, "Rank", "1 weighs most."),
        Column("theme", _T, "Theme", "Group of features the reason belongs to."),
        Column(
            "points",
            _R,
            "Points",
            "Change of the risk in percentage points against the median "
            "customer (kind risk) or against 28 days ago (change); index points (frustration).",
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

BACKTEST = RunTable(
    "backtest",
    "One row a test observation date (or all of them), model and slice.",
    (
        Column("observation_date", _T, "Observation date", "ISO date, or all for all test dates."),
        Column("model", _T, "Model", "Name of the model."),
        Column("slice", _T, "Slice", "all, or early_warning: customers seen in the last 14 days."),
        Column("customers", _C, "Customers", "Customers in the slice."),
        Column("positives", _C, "Went silent", "Of them, how many went silent."),
        Column(
            "auc", _R, "AUC", "Chance that a leaver is ranked above a stayer.", higher_is="good"
        ),
        Column("auc_low", _R, "AUC, low", "Lower end of the 95% interval.", higher_is="good"),
        Column("auc_high", _R, "AUC, high", "Upper end of the 95% interval.", higher_is="good"),
        Column("average_precision", _R, "Average precision", "Area under precision and recall."),
        Column(
            "brier",
            _R,
            "Brier score",
            "Mean squared error of the probability; empty for a rank without probability.",
            higher_is="bad",
        ),
        Column("ece", _S, "Calibration error", "Mean gap between said and seen.", higher_is="bad"),
        Column(
            "lift_top_decile",
            _R,
            "Lift of the top tenth",
            "Churn among the riskiest tenth, divided by churn of all.",
            higher_is="good",
        ),
    ),
)

CALIBRATION = RunTable(
    "calibration",
    "One row a bin of the champion's probabilities on the test dates.",
    (
        Column("bin", _C, "Bin", "1 is the lowest risk."),
        Column("customers", _C, "Customers", "Customers in the bin."),
        Column("predicted", _S, "Said", "Mean churn risk."),
        Column("observed", _S, "Seen", "Share who went silent."),
        Column("observed_low", _S, "Seen, low", "Lower end of the 95% interval."),
        Column("observed_high", _S, "Seen, high", "Upper end of the 95% interval."),
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
    BACKTEST,
    CALIBRATION,
)

EVENTS_FILE = "events.parquet"
SUMMARY_FILE = "summary.json"
