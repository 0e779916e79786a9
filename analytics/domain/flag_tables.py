"""The tables of a run that say what its flags and alerts were worth, and could earn."""

from __future__ import annotations

from analytics.domain.columns import Column, Unit
from analytics.domain.run_table import RunTable

_C, _D, _M, _S = Unit.COUNT, Unit.DAYS, Unit.MONEY, Unit.SHARE
_T, _W, _R = Unit.TEXT, Unit.TIME, Unit.RATIO

_MODEL = Column("model", _T, "Model", "Name of the model.")
_ON = Column("observation_date", _W, "Observation date", "Only what was known by then is used.")
_CUSTOMER = Column("customer_id", _T, "Customer", "Identifies the customer in every table.")

PAST_MONTHS = RunTable(
    "past_months",
    "One row a test observation date: what the flags of the day were worth.",
    (
        _ON,
        Column("scored", _C, "Scored customers", "Customers with a risk on that date."),
        Column("flagged", _C, "Flagged", "Of them, in the tiers critical and high."),
        Column("went_silent", _C, "Went silent", "Of the scored, within their own horizon."),
        Column("caught", _C, "Caught", "Flagged, and went silent."),
        Column("missed", _C, "Missed", "Not flagged, and went silent."),
        Column("false_alarms", _C, "False alarms", "Flagged, and stayed."),
        Column("expected", _R, "Expected to go silent", "Sum of the risks said that day."),
        Column(
            "value_caught",
            _M,
            "Value caught",
            "Value at stake of those caught.",
            assumption=True,
        ),
        Column(
            "value_missed",
            _M,
            "Value missed",
            "Value at stake of those missed.",
            assumption=True,
        ),
        Column(
            "value_false_alarms",
            _M,
            "Value of false alarms",
            "Value at stake of those flagged who stayed.",
            assumption=True,
        ),
        Column(
            "caught_by_silence",
            _C,
            "Caught by silence alone",
            "Caught if as many had been flagged by days of silence.",
        ),
    ),
)

LEAD_TIME = RunTable(
    "lead_time",
    "One row a way to alert: how early it was, judged by what happened later.",
    (
        Column("alert", _T, "Alert", "champion, recency or random: as many alerts each week."),
        Column("label", _T, "Alert", "The way to alert in words."),
        Column("weeks", _C, "Weeks", "Weeks that were scored."),
        Column("leavers", _C, "Leavers", "Customers who went silent and were scored before."),
        Column("alerted", _C, "Alerted", "Of them, under an alert when the rule fired."),
        Column(
            "days_before_rule",
            _D,
            "Days before the rule",
            "Median days from the alert's start to the 30th day of silence; of those alerted.",
            higher_is="good",
        ),
        Column("days_before_rule_low", _D, "Lower quartile", "A quarter had fewer days."),
        Column("days_before_rule_high", _D, "Upper quartile", "A quarter had more days."),
        Column(
            "first_alerted",
            _S,
            "Ever alerted",
            "Share of the leavers with any alert before the rule fired, taken back or not.",
            higher_is="good",
        ),
        Column(
            "first_days_before_rule",
            _D,
            "First alert before the rule",
            "Median days from the first alert, taken back or not, to the 30th day of silence.",
            higher_is="good",
        ),
        Column(
            "first_before_last_activity",
            _S,
            "First alert before they stopped",
            "Share of the leavers whose first alert, taken back or not, came before their last "
            "activity.",
            higher_is="good",
        ),
        Column(
            "days_before_last_activity",
            _D,
            "Days before they stopped",
            "Median days from the alert's start to the last activity; negative is after it.",
            higher_is="good",
        ),
        Column(
            "alerted_before_last_activity",
            _S,
            "Alerted before they stopped",
            "Share of the leavers.",
            higher_is="good",
        ),
        Column("alerted_14_days_ahead", _S, "14 days ahead", "Of the rule; share of the leavers."),
        Column("alerted_30_days_ahead", _S, "30 days ahead", "Of the rule; share of the leavers."),
        Column("alerted_60_days_ahead", _S, "60 days ahead", "Of the rule; share of the leavers."),
        Column("alerted_90_days_ahead", _S, "90 days ahead", "Of the rule; share of the leavers."),
        Column(
            "weekly_false_alert_share",
            _S,
            "Weekly false alerts",
            "Mean share of the customers who stayed that a week alerts.",
            higher_is="bad",
        ),
        Column(
            "alert_precision",
            _S,
            "Alert precision",
            "Share of a week's alerts that went silent within their horizon.",
            higher_is="good",
        ),
        Column("alert_precision_low", _S, "Precision, low", "Lower end of the 95% interval."),
        Column("alert_precision_high", _S, "Precision, high", "Upper end of the 95% interval."),
    ),
)

PAST_LOSSES = RunTable(
    "past_losses",
    "One row a customer who went silent in the tested weeks: what was said before.",
    (
        _CUSTOMER,
        Column("last_activity_on", _W, "Last activity", "Nothing since."),
        Column("value_at_stake", _M, "Value at stake", "Twelve months.", assumption=True),
        Column(
            "said_90_days_before",
            _S,
            "Risk 90 days before",
            "Said in the last scored week by then; empty before the first tested week.",
        ),
        Column("said_60_days_before", _S, "Risk 60 days before", "Likewise."),
        Column("said_30_days_before", _S, "Risk 30 days before", "Likewise."),
        Column("said_at_last_activity", _S, "Risk when they stopped", "Likewise."),
        Column("alert_began_on", _W, "Alert began", "Start of the alert that lasted; empty: none."),
    ),
)

CAPACITY = RunTable(
    "capacity",
    "One row a way to choose and a number of customers contacted a month.",
    (
        Column("policy", _T, "Chosen by", "champion, value_at_risk, recency or random."),
        Column("contacted", _C, "Contacted", "Mean number of customers a test date."),
        Column("share", _S, "Share contacted", "Of the scored customers."),
        Column("caught", _R, "Caught", "Mean number of them who went silent."),
        Column("false_alarms", _R, "False alarms", "Mean number of them who stayed."),
        Column("recall", _S, "Share caught", "Of all who went silent.", higher_is="good"),
        Column(
            "net_value",
            _M,
            "Net value",
            "With the profile's costs, margin and assumed save rate, a date.",
            assumption=True,
        ),
        Column("net_value_low", _M, "Net value, low", "10% quantile.", assumption=True),
        Column("net_value_high", _M, "Net value, high", "90% quantile.", assumption=True),
    ),
)

PROFIT = RunTable(
    "profit",
    "One row a model: what its ranking could earn.",
    (
        _MODEL,
        Column("label", _T, "Model", "The model in words."),
        Column(
            "expected_maximum_profit",
            _M,
            "Most profit a customer",
            "Expected maximum profit per scored customer, at the best share to contact for each "
            "possible save rate "
            "(Verbraken, Verbeke, Baesens 2013), with the profile's costs and the mean value.",
            assumption=True,
            higher_is="good",
        ),
        Column(
            "best_share_contacted",
            _S,
            "Best share to contact",
            "Mean over the possible save rates.",
            assumption=True,
        ),
    ),
)
