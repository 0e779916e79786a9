"""One definition of every number, for screen, CSV, SQL, command line and glossary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from analytics.domain.customer.risk_tier import FRUSTRATED_FROM
from analytics.domain.customer_columns.columns import (
    CUSTOMER_COLUMN,
    CUSTOMER_COLUMNS,
    Column,
    Unit,
)

__all__ = [
    "CUSTOMER_COLUMN",
    "CUSTOMER_COLUMNS",
    "MEASURE",
    "MEASURES",
    "NORMAL_90",
    "Column",
    "Interval",
    "Measure",
    "Unit",
    "revenue_interval",
]


@dataclass(frozen=True)
class Measure:
    """A number over a set of customers.

    Parameters
    ----------
    sql
        Aggregate over the `customers` table, in the SQL that DuckDB, PostgreSQL, MariaDB and
        SQLite share. A constant of ours, never user text.
    window
        The time it looks at.
    """

    name: str
    unit: Unit
    label: str
    meaning: str
    sql: str
    assumption: bool = False
    higher_is: str = ""
    window: str = "now"


_C, _M, _I = Unit.COUNT, Unit.MONEY, Unit.INDEX

_AT_RISK = "risk_tier in ('critical', 'high')"

MEASURES: tuple[Measure, ...] = (
    Measure(
        "customers", _C, "Customers", "Customers in the choice, whatever their tier.", "count(*)"
    ),
    Measure(
        "eligible",
        _C,
        "Scored customers",
        "Customers with enough rhythm who are neither lapsed nor gone.",
        "coalesce(sum(case when eligible then 1 else 0 end), 0)",
    ),
    Measure(
        "at_risk",
        _C,
        "At risk",
        "Customers in the tiers critical and high.",
        f"coalesce(sum(case when {_AT_RISK} then 1 else 0 end), 0)",
        higher_is="bad",
    ),
    Measure(
        "expected_silent",
        _C,
        "Expected to go silent",
        "Sum of all churn risks: how many we expect to lose within their horizons.",
        "coalesce(sum(churn_risk), 0)",
        higher_is="bad",
        window="each own horizon, after 7 days",
    ),
    Measure(
        "lapsed",
        _C,
        "Lapsed",
        "Already silent for longer than their own rhythm explains.",
        "coalesce(sum(case when risk_tier = 'lapsed' then 1 else 0 end), 0)",
        higher_is="bad",
    ),
    Measure(
        "revenue_at_risk",
        _M,
        "Revenue at risk",
        "Expected loss over twelve months: churn risk times value at stake, summed over all scored "
        "customers, those at low risk included.",
        "coalesce(sum(revenue_at_risk), 0)",
        assumption=True,
        higher_is="bad",
        window="12 months",
    ),
    Measure(
        "exposure",
        _M,
        "Exposure",
        "Value at stake of everyone in the tiers critical and high: what would be lost if all of "
        "them left. Revenue at risk also counts the lower tiers, so it can be larger.",
        f"coalesce(sum(case when {_AT_RISK} then value_if_stays - value_if_leaves else 0 end), 0)",
        assumption=True,
        higher_is="bad",
        window="12 months",
    ),
    Measure(
        "avoidable_loss",
        _M,
        "Avoidable loss",
        "Part of the revenue at risk that the recommended actions are assumed to avert, before "
        "their cost: assumed save rate times revenue at risk. Those kept out as a holdout count.",
        "sum(avoidable_loss)",
        assumption=True,
        window="12 months",
    ),
    Measure(
        "unavoidable_loss",
        _M,
        "Unavoidable loss",
        "Rest of the revenue at risk: leavers whom the assumed actions do not keep, and customers "
        "without a recommended action, low risks included.",
        "coalesce(sum(revenue_at_risk), 0) - sum(avoidable_loss)",
        assumption=True,
        higher_is="bad",
        window="12 months",
    ),
    Measure(
        "frustrated",
        _C,
        "Frustrated",
        f"Customers whose frustration index is {FRUSTRATED_FROM} or more.",
        "coalesce(sum(case when frustration_band in ('frustrated', 'critical') "
        "then 1 else 0 end), 0)",
        higher_is="bad",
    ),
    Measure(
        "suppressed",
        _C,
        "Frustrated but silent",
        "Frustrated customers with no ticket, complaint or request in 90 days.",
        "coalesce(sum(case when suppressed_frustration then 1 else 0 end), 0)",
        higher_is="bad",
        window="90 days",
    ),
    Measure(
        "mean_frustration",
        _I,
        "Mean frustration",
        "Mean frustration index of the choice.",
        "avg(frustration_index)",
        assumption=True,
        higher_is="bad",
    ),
    Measure(
        "monthly_revenue",
        _M,
        "Monthly revenue",
        "Monthly revenue of the choice, without customers who have left.",
        "coalesce(sum(case when risk_tier <> 'ended' then monthly_revenue else 0 end), 0)",
    ),
    Measure(
        "revenue_variance",
        _M,
        "Variance of the loss",
        "Makes the interval of revenue at risk.",
        "coalesce(sum(revenue_variance), 0)",
        window="12 months",
    ),
    Measure(
        "revenue_shock",
        _M,
        "Sensitivity to a shared shock",
        "Makes the interval of revenue at risk.",
        "coalesce(sum(revenue_shock), 0)",
        window="12 months",
    ),
    Measure(
        "net_value",
        _M,
        "Expected net value",
        "Of all recommended actions outside the holdout.",
        "coalesce(sum(case when recommended_action <> 'none' and not holdout "
        "then expected_net_value else 0 end), 0)",
        assumption=True,
        higher_is="good",
        window="12 months",
    ),
)

MEASURE: Mapping[str, Measure] = MappingProxyType({measure.name: measure for measure in MEASURES})


@dataclass(frozen=True)
class Interval:
    """A number with the ends of its 80% interval."""

    value: float
    low: float
    high: float


#: Standard normal quantile of 90%: two of them span 80%.
NORMAL_90 = 1.2815515655446004


def revenue_interval(total: float, *, variance: float, shock: float, shock_sd: float) -> Interval:
    """Return the 80% interval of a portfolio's revenue at risk.

    Customers leave one by one (`variance`), and good or bad periods move everyone together
    (`shock`, the change for one unit of shared log-odds, times `shock_sd`, measured from origin to
    origin in the backtest). Without the shared part the interval would be far too narrow.
    """
    spread = NORMAL_90 * (variance + (shock * shock_sd) ** 2) ** 0.5
    return Interval(total, max(total - spread, 0.0), total + spread)
