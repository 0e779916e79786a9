"""The tables of a run that say more of each customer, and of past dates."""

from __future__ import annotations

from datetime import date

from analytics.domain.customer.risk_tier import FRUSTRATED_FROM
from analytics.domain.tables.column import Unit
from analytics.domain.tables.run_row import RunRow, column


class PastRisk(
    RunRow,
    name="risk_history",
    grain="One row a customer and past observation date.",
    sorted_by=("customer_id", "observation_date"),
):
    """A customer's scores on a past observation date, by today's model."""

    customer_id: str = column(
        Unit.TEXT, "Customer", "Identifies the customer in every table.", lookup=True
    )
    observation_date: date = column(
        Unit.TIME, "Observation date", "Only what was known by then is used."
    )
    churn_risk: float | None = column(
        Unit.SHARE, "Churn risk", "Today's model applied to that date's features."
    )
    risk_tier: str = column(Unit.TEXT, "Risk tier", "The churn risk in words.", lookup=True)
    frustration_index: float | None = column(
        Unit.INDEX, "Frustration index", "As of that date.", assumption=True
    )


class PastPortfolio(
    RunRow,
    name="portfolio_history",
    grain="One row a past observation date.",
    sorted_by=("observation_date",),
):
    """All customers on one past observation date."""

    observation_date: date = column(
        Unit.TIME, "Observation date", "Only what was known by then is used."
    )
    customers: int = column(Unit.COUNT, "Customers", "Customers known by then.")
    eligible: int = column(
        Unit.COUNT, "Scored customers", "With enough rhythm, not lapsed, not gone."
    )
    at_risk: int = column(Unit.COUNT, "At risk", "Critical and high, by today's model.")
    expected_silent: float = column(
        Unit.COUNT, "Expected to go silent", "Sum of the risks, by today's model."
    )
    revenue_at_risk: float = column(
        Unit.MONEY, "Revenue at risk", "Expected loss, by today's model.", assumption=True
    )
    frustrated: int = column(
        Unit.COUNT, "Frustrated", f"With an index of {FRUSTRATED_FROM} or more, by today's weights."
    )
    silent_churn_share: float | None = column(
        Unit.SHARE,
        "Went silent",
        "Share of the scored customers who did go silent; empty while their horizons run.",
    )
    predicted_share: float | None = column(
        Unit.SHARE,
        "Predicted to go silent",
        "Mean churn risk given then by a model that had seen only earlier data; empty where the "
        "backtest has no such date.",
    )


class CustomerReason(
    RunRow,
    name="reasons",
    grain="One row a customer, kind and rank.",
    sorted_by=("customer_id", "kind", "rank"),
):
    """One reason in words: why a risk is what it is, what moved it, or what would lower it."""

    customer_id: str = column(
        Unit.TEXT, "Customer", "Identifies the customer in every table.", lookup=True
    )
    kind: str = column(
        Unit.TEXT,
        "Kind",
        "risk: why the risk is what it is. change: what moved in 28 days. nearest_change: the "
        "smallest change of ours that would lower the tier in the model's eyes. frustration: what "
        "the index is made of.",
        lookup=True,
    )
    rank: int = column(Unit.COUNT, "Rank", "1 comes first.")
    theme: str = column(
        Unit.TEXT,
        "Theme",
        "Group of features the reason belongs to; empty where no sign stands out and the text "
        "says where the customer stands.",
        lookup=True,
    )
    is_cause: bool | None = column(
        Unit.FLAG,
        "Likely cause",
        "Named because it is assumed to have pulled hardest when the customer was last engaged, "
        "not because the model weighs it: its points may be none, or lower the risk.",
    )
    points: float | None = column(
        Unit.RATIO,
        "Points",
        "The theme's share of the risk in percentage points (Shapley value): all themes add up to "
        "the risk minus that of the median customer (kind risk) or of 28 days ago (change). What "
        "the risk would fall by (nearest_change); index points (frustration). Empty for a fact of "
        "the customer that the model does not weigh.",
    )
    points_alone: float | None = column(
        Unit.RATIO,
        "Points alone",
        "What the risk loses with this theme alone at its reference, in percentage points.",
    )
    risk_at_reference: float | None = column(
        Unit.SHARE,
        "Risk at the reference",
        "What the model says with this theme alone like the median customer's (risk), as 28 days "
        "ago (change), or after the change (nearest_change).",
    )
    share_with_less: float | None = column(
        Unit.SHARE,
        "Customers with less",
        "Share of the scored customers who have less of a likely cause.",
    )
    refit_share: float | None = column(
        Unit.SHARE,
        "Among the first three",
        "Share of the refits on other draws of the customers in which the theme is among the "
        "three that raise the risk most.",
        higher_is="good",
    )
    stable: bool | None = column(
        Unit.FLAG,
        "Stable",
        "False for an uncertain reason: among the first three of fewer than 60% of the refits, or "
        "another cause stands out nearly as much.",
    )
    text: str = column(Unit.TEXT, "Reason", "The reason in words, with the number behind it.")


class PossibleAction(
    RunRow,
    name="action_options",
    grain="One row a customer and action that could be taken, best first.",
    sorted_by=("customer_id", "rank"),
):
    """One action that could be taken for a customer."""

    customer_id: str = column(
        Unit.TEXT, "Customer", "Identifies the customer in every table.", lookup=True
    )
    rank: int = column(Unit.COUNT, "Rank", "1 has the highest expected net value.")
    action: str = column(Unit.TEXT, "Action", "Name of the action in the profile.", lookup=True)
    label: str = column(Unit.TEXT, "Action", "The action in words.")
    expected_net_value: float = column(
        Unit.MONEY,
        "Expected net value",
        "Assumed save rate times revenue at risk, minus the expected cost.",
        assumption=True,
    )
    expected_net_value_low: float = column(
        Unit.MONEY, "Net value, low", "10% quantile.", assumption=True
    )
    expected_net_value_high: float = column(
        Unit.MONEY, "Net value, high", "90% quantile.", assumption=True
    )
    expected_cost: float = column(
        Unit.MONEY, "Expected cost", "Contact and offer.", assumption=True
    )
    break_even_save_rate: float = column(
        Unit.SHARE,
        "Break-even save rate",
        "Share of would-be leavers it must keep to pay for itself.",
    )
    assumed_save_rate: float = column(
        Unit.SHARE, "Assumed save rate", "Mean of the prior.", assumption=True
    )
