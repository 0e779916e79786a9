"""The tables of a run that say what its flags and alerts were worth, and could earn."""

from __future__ import annotations

from datetime import date, datetime

from analytics.domain.tables.column import Unit
from analytics.domain.tables.run_row import RunRow, column

#: The rule that a team without a model goes by: an alert after so many silent days.
RULE_SILENT_DAYS = 30
#: Alerts so many days before that rule fires, or fewer, count as days ahead: earlier ones are early
#: by chance as well.
DAYS_AHEAD_COUNTED = 56


class PastMonth(
    RunRow,
    name="past_months",
    grain="One row a test observation date: what the flags of the day were worth.",
    sorted_by=("observation_date",),
):
    """What the flags of one test date were worth; a customer counts once a date."""

    observation_date: date = column(
        Unit.TIME, "Observation date", "Only what was known by then is used."
    )
    scored: int = column(Unit.COUNT, "Scored customers", "Customers with a risk on that date.")
    flagged: int = column(Unit.COUNT, "Flagged", "Of them, in the tiers critical and high.")
    went_silent: int = column(Unit.COUNT, "Went silent", "Of the scored, within their own horizon.")
    caught: int = column(Unit.COUNT, "Caught", "Flagged, and went silent.")
    missed: int = column(Unit.COUNT, "Missed", "Not flagged, and went silent.")
    false_alarms: int = column(Unit.COUNT, "False alarms", "Flagged, and stayed.")
    expected: float | None = column(
        Unit.RATIO, "Expected to go silent", "Sum of the risks predicted that day."
    )
    value_caught: float | None = column(
        Unit.MONEY, "Value caught", "Value at stake of those caught.", assumption=True
    )
    value_missed: float | None = column(
        Unit.MONEY, "Value missed", "Value at stake of those missed.", assumption=True
    )
    value_false_alarms: float | None = column(
        Unit.MONEY,
        "Value of false alarms",
        "Value at stake of those flagged who stayed.",
        assumption=True,
    )
    caught_by_silence: int | None = column(
        Unit.COUNT,
        "Caught by silence alone",
        "Caught if as many had been flagged by days of silence.",
    )


class AlertLeadTime(
    RunRow,
    name="lead_time",
    grain="One row a way to alert: how early it was, judged by what happened later.",
    sorted_by=("alert",),
):
    """How early one way to alert was, held against what happened later."""

    alert: str = column(
        Unit.TEXT, "Alert", "champion, recency or random: as many alerts each week."
    )
    label: str = column(Unit.TEXT, "Alert", "The way to alert in words.")
    weeks: int = column(Unit.COUNT, "Weeks", "Weeks that were scored.")
    leavers: int = column(
        Unit.COUNT, "Leavers", "Customers who went silent and were scored before."
    )
    alerted: int = column(Unit.COUNT, "Alerted", "Of them, under an alert when the rule fired.")
    mean_days_ahead: float | None = column(
        Unit.DAYS,
        "Days ahead per leaver",
        f"Mean days from the first alert of the last {DAYS_AHEAD_COUNTED} days to the "
        f"{RULE_SILENT_DAYS}th day of silence, over all leavers; one who was missed counts 0.",
        higher_is="good",
    )
    mean_days_ahead_low: float | None = column(
        Unit.DAYS, "Days ahead, low", "Lower end of the 95% interval."
    )
    mean_days_ahead_high: float | None = column(
        Unit.DAYS, "Days ahead, high", "Upper end of the 95% interval."
    )
    days_before_rule: float | None = column(
        Unit.DAYS,
        "Days before the rule",
        f"Median days from the alert's start to the {RULE_SILENT_DAYS}th day of silence; of those "
        "alerted.",
        higher_is="good",
    )
    days_before_rule_low: float | None = column(
        Unit.DAYS, "Lower quartile", "A quarter had fewer days."
    )
    days_before_rule_high: float | None = column(
        Unit.DAYS, "Upper quartile", "A quarter had more days."
    )
    first_alerted: float | None = column(
        Unit.SHARE,
        "Ever alerted",
        "Share of the leavers with any alert before the rule fired, taken back or not.",
        higher_is="good",
    )
    first_days_before_rule: float | None = column(
        Unit.DAYS,
        "First alert before the rule",
        "Median days from the first alert, taken back or not, to the "
        f"{RULE_SILENT_DAYS}th day of silence.",
        higher_is="good",
    )
    first_before_last_activity: float | None = column(
        Unit.SHARE,
        "First alert before they stopped",
        "Share of the leavers whose first alert, taken back or not, came before their last "
        "activity.",
        higher_is="good",
    )
    days_before_last_activity: float | None = column(
        Unit.DAYS,
        "Days before they stopped",
        "Median days from the alert's start to the last activity; negative is after it.",
        higher_is="good",
    )
    alerted_before_last_activity: float | None = column(
        Unit.SHARE, "Alerted before they stopped", "Share of the leavers.", higher_is="good"
    )
    alerted_14_days_ahead: float | None = column(
        Unit.SHARE, "14 days ahead", "Of the rule; share of the leavers."
    )
    alerted_30_days_ahead: float | None = column(
        Unit.SHARE, "30 days ahead", "Of the rule; share of the leavers."
    )
    alerted_60_days_ahead: float | None = column(
        Unit.SHARE, "60 days ahead", "Of the rule; share of the leavers."
    )
    alerted_90_days_ahead: float | None = column(
        Unit.SHARE, "90 days ahead", "Of the rule; share of the leavers."
    )
    weekly_alert_share: float | None = column(
        Unit.SHARE,
        "Alerted a week",
        "Mean share of the scored customers that a week may alert, learned from the weeks whose "
        "outcomes were known by then so that false alerts stay near 5% of those who stay.",
    )
    weekly_false_alert_share: float | None = column(
        Unit.SHARE,
        "Weekly false alerts",
        "Mean share of the customers who stayed that a week alerts.",
        higher_is="bad",
    )
    alert_precision: float | None = column(
        Unit.SHARE,
        "Alert precision",
        "Share of a week's alerts that went silent within their horizon.",
        higher_is="good",
    )
    alert_precision_low: float | None = column(
        Unit.SHARE, "Precision, low", "Lower end of the 95% interval."
    )
    alert_precision_high: float | None = column(
        Unit.SHARE, "Precision, high", "Upper end of the 95% interval."
    )


class PastLoss(
    RunRow,
    name="past_losses",
    grain="One row a customer who went silent in the tested weeks: what was predicted before.",
    sorted_by=("value_at_stake desc", "customer_id"),
):
    """One customer who went silent, and what was predicted before."""

    customer_id: str = column(
        Unit.TEXT, "Customer", "Identifies the customer in every table.", lookup=True
    )
    last_activity_on: datetime = column(Unit.TIME, "Last activity", "Nothing since.")
    value_at_stake: float | None = column(
        Unit.MONEY, "Value at stake", "Twelve months.", assumption=True
    )
    predicted_90_days_before: float | None = column(
        Unit.SHARE,
        "Risk 90 days before",
        "Predicted in the last scored week by then; empty before the first tested week.",
        former="said_90_days_before",
    )
    predicted_60_days_before: float | None = column(
        Unit.SHARE, "Risk 60 days before", "Likewise.", former="said_60_days_before"
    )
    predicted_30_days_before: float | None = column(
        Unit.SHARE, "Risk 30 days before", "Likewise.", former="said_30_days_before"
    )
    predicted_at_last_activity: float | None = column(
        Unit.SHARE, "Risk when they stopped", "Likewise.", former="said_at_last_activity"
    )
    alert_began_on: datetime | None = column(
        Unit.TIME, "Alert began", "Start of the alert that lasted; empty: none."
    )


class CapacityPoint(
    RunRow,
    name="capacity",
    grain="One row a way to choose and a number of customers contacted a month.",
    sorted_by=("policy", "contacted"),
):
    """What one way to choose gives for one number of customers contacted."""

    policy: str = column(
        Unit.TEXT, "Chosen by", "champion, value_at_risk, recency or random.", lookup=True
    )
    contacted: int = column(Unit.COUNT, "Contacted", "Mean number of customers a test date.")
    share: float | None = column(Unit.SHARE, "Share contacted", "Of the scored customers.")
    caught: float | None = column(Unit.RATIO, "Caught", "Mean number of them who went silent.")
    false_alarms: float | None = column(
        Unit.RATIO, "False alarms", "Mean number of them who stayed."
    )
    recall: float | None = column(
        Unit.SHARE, "Share caught", "Of all who went silent.", higher_is="good"
    )
    net_value: float | None = column(
        Unit.MONEY,
        "Net value",
        "With the profile's costs, margin and assumed save rate, a date.",
        assumption=True,
    )
    net_value_low: float | None = column(
        Unit.MONEY, "Net value, low", "10% quantile.", assumption=True
    )
    net_value_high: float | None = column(
        Unit.MONEY, "Net value, high", "90% quantile.", assumption=True
    )


class ModelProfit(
    RunRow,
    name="profit",
    grain="One row a model: what its ranking could earn.",
    sorted_by=("expected_maximum_profit desc", "model"),
):
    """What one model's ranking could earn."""

    model: str = column(Unit.TEXT, "Model", "Name of the model.", lookup=True)
    label: str = column(Unit.TEXT, "Model", "The model in words.")
    expected_maximum_profit: float | None = column(
        Unit.MONEY,
        "Most profit a customer",
        "Expected maximum profit per scored customer, at the best share to contact for each "
        "possible save rate (Verbraken, Verbeke, Baesens 2013), with the profile's costs and the "
        "mean value.",
        higher_is="good",
        assumption=True,
    )
    best_share_contacted: float | None = column(
        Unit.SHARE, "Best share to contact", "Mean over the possible save rates.", assumption=True
    )
