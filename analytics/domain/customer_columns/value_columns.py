"""What the customer is worth and what is at risk."""

from __future__ import annotations

from analytics.domain.tables.column import Unit, Wording
from analytics.domain.tables.run_row import RunRow, column


class ValueColumns(RunRow):
    """What the customer is worth and what is at risk."""

    monthly_revenue: float | None = column(
        Unit.MONEY,
        "Monthly revenue",
        "Recurring revenue a month; else the average monthly purchases of the last 180 days.",
        formula="recurring revenue; else purchases of 180 days / months known",
        window="180 days",
        source="your customer table or events",
    )
    value_band: str = column(
        Unit.TEXT,
        "Value",
        "Third of all customers by value if they stay.",
        formula="third of all customers by value if stays",
        window="12 months",
        source="a rule of ours",
        lookup=True,
    )
    value_form: str = column(
        Unit.TEXT,
        "Value from",
        "What the value is made from: subscription (monthly revenue, or paid invoices), purchases "
        "(expected number times expected spend), recent_purchases (their monthly average, where "
        "too few bought twice) or default (the profile's amount: nothing is known).",
        source="a rule of ours",
        lookup=True,
        wording=Wording.VALUE_FORM,
    )
    value_if_stays: float | None = column(
        Unit.MONEY,
        "Value if stays",
        "Margin expected over twelve months if the customer does not go silent within the own "
        "horizon, discounted.",
        formula="sum over months of margin * expected revenue * discount",
        window="12 months",
        source="the profile's assumptions",
        assumption=True,
    )
    value_if_leaves: float | None = column(
        Unit.MONEY,
        "Value if leaves",
        "Margin still expected over twelve months if the customer goes silent: the committed term "
        "of a subscription, or the purchases of those who come back later.",
        formula="committed term, or purchases of those who come back, discounted",
        window="12 months",
        source="the profile's assumptions",
        assumption=True,
    )
    revenue_at_risk: float | None = column(
        Unit.MONEY,
        "Revenue at risk",
        "Churn risk times (value if stays minus value if leaves).",
        formula="churn risk * (value if stays - value if leaves)",
        window="12 months",
        source="the run's model and the profile's assumptions",
        higher_is="bad",
        assumption=True,
    )
    revenue_at_risk_low: float | None = column(
        Unit.MONEY,
        "Revenue at risk, low",
        "Lower end of the 80% interval, from the churn risk's and from the value's.",
        formula="10% quantile, from the risk's and the value's spread",
        window="12 months",
        source="the run's model and the profile's assumptions",
        assumption=True,
    )
    revenue_at_risk_high: float | None = column(
        Unit.MONEY,
        "Revenue at risk, high",
        "Upper end of the 80% interval, from the churn risk's and from the value's.",
        formula="90% quantile, from the risk's and the value's spread",
        window="12 months",
        source="the run's model and the profile's assumptions",
        assumption=True,
    )
    revenue_variance: float | None = column(
        Unit.MONEY,
        "Variance of the loss",
        "Risk times (1 minus risk) times squared value at stake, plus risk times the variance of "
        "that value; makes the interval of a total.",
        formula="risk * (1 - risk) * stake^2 + risk * variance of the stake",
        window="12 months",
        source="the run's model",
        inner=True,
    )
    revenue_shock: float | None = column(
        Unit.MONEY,
        "Sensitivity to a shared shock",
        "Change of the loss for one unit of shared log-odds; makes the interval of a total.",
        formula="risk * (1 - risk) * stake",
        window="12 months",
        source="the run's model",
        inner=True,
    )
