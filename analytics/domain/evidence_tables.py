"""The tables of a run that say how far its numbers can be believed."""

from __future__ import annotations

from analytics.domain.columns import Column, Unit
from analytics.domain.run_table import RunTable

_C, _D, _M, _S = Unit.COUNT, Unit.DAYS, Unit.MONEY, Unit.SHARE
_T, _F, _W, _R = Unit.TEXT, Unit.FLAG, Unit.TIME, Unit.RATIO

_MODEL = Column("model", _T, "Model", "Name of the model.")
_ON = Column("observation_date", _W, "Observation date", "Only what was known by then is used.")
_CUSTOMER = Column("customer_id", _T, "Customer", "Identifies the customer in every table.")

BACKTEST = RunTable(
    "backtest",
    "One row a test observation date (or all of them), model and slice.",
    (
        Column("observation_date", _T, "Observation date", "ISO date, or all for all test dates."),
        _MODEL,
        Column(
            "slice",
            _T,
            "Slice",
            "all; early_warning: customers seen lately; unseen: not in that date's training; or a "
            "group of customers as of the date, such as cadence: often. A group too small to "
            "measure has its counts only.",
        ),
        Column("customers", _C, "Customers", "Customers in the slice."),
        Column("positives", _C, "Went silent", "Of them, how many went silent."),
        Column(
            "auc", _R, "AUC", "Chance that a leaver is ranked above a stayer.", higher_is="good"
        ),
        Column("auc_low", _R, "AUC, low", "Lower end of the 95% interval.", higher_is="good"),
        Column("auc_high", _R, "AUC, high", "Upper end of the 95% interval.", higher_is="good"),
        Column(
            "average_precision",
            _R,
            "Average precision",
            "Area under precision and recall; chance gives the share who went silent.",
            higher_is="good",
        ),
        Column(
            "brier",
            _R,
            "Brier score",
            "Mean squared error of the probability; empty for a rank without probability.",
            higher_is="bad",
        ),
        Column(
            "brier_skill",
            _S,
            "Skill",
            "Share of the Brier score of always saying the average that the model saves.",
            higher_is="good",
        ),
        Column("log_loss", _R, "Log loss", "Mean surprise at what came, in nats.", higher_is="bad"),
        Column(
            "ece",
            _S,
            "Calibration error",
            "Mean gap between said and seen over 15 bins of equal size.",
            higher_is="bad",
        ),
        Column(
            "ece_by_chance",
            _S,
            "Error by chance",
            "Calibration error that a perfect model would show on so few customers.",
        ),
        Column(
            "calibration_slope",
            _R,
            "Slope",
            "1 is right; below 1 the risks are too far apart, above 1 too close together.",
        ),
        Column(
            "observed_over_expected",
            _R,
            "Seen over said",
            "Customers who went silent, divided by the sum of their risks; 1 is right.",
        ),
        Column(
            "observed_over_expected_low",
            _R,
            "Seen over said, low",
            "Lower end of the 95% interval.",
        ),
        Column(
            "observed_over_expected_high",
            _R,
            "Seen over said, high",
            "Upper end of the 95% interval.",
        ),
        Column(
            "lift_top_decile",
            _R,
            "Lift of the top tenth",
            "Churn among the riskiest tenth, divided by churn of all.",
            higher_is="good",
        ),
        Column(
            "recall_top_decile",
            _S,
            "Caught by the top tenth",
            "Share of those who went silent who were in the riskiest tenth.",
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
        Column(
            "observed_low", _S, "Seen, low", "Lower end of the 95% interval over whole customers."
        ),
        Column(
            "observed_high", _S, "Seen, high", "Upper end of the 95% interval over whole customers."
        ),
    ),
)

LADDER_STEPS = RunTable(
    "ladder",
    "One row a model, in the order of the ladder.",
    (
        Column("rung", _C, "Rung", "1 is the simplest."),
        _MODEL,
        Column("label", _T, "Model", "The model in words."),
        Column("against", _T, "Compared with", "The best model below it."),
        Column(
            "auc_gain",
            _R,
            "AUC gained",
            "Difference in AUC on the test dates, for the same customers.",
            higher_is="good",
        ),
        Column("auc_gain_low", _R, "AUC gained, low", "Lower end of the 95% interval."),
        Column("auc_gain_high", _R, "AUC gained, high", "Upper end of the 95% interval."),
        Column(
            "brier_gain",
            _R,
            "Brier gained",
            "How much smaller the Brier score is, for the same customers.",
            higher_is="good",
        ),
        Column("brier_gain_low", _R, "Brier gained, low", "Lower end of the 95% interval."),
        Column("brier_gain_high", _R, "Brier gained, high", "Upper end of the 95% interval."),
        Column(
            "taken",
            _F,
            "Taken",
            "It beat the best below it: whole interval above zero, and by enough to matter.",
        ),
        Column("champion", _F, "Champion", "The risks on every page come from it."),
    ),
)

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
        Column("alert", _T, "Alert", "champion or recency: the same number of alerts each week."),
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
            "Expected maximum profit",
            "Per scored customer, at the best share to contact for each possible save rate "
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

GATES = RunTable(
    "gates",
    "One row a check that the numbers do not flatter.",
    (
        Column("gate", _T, "Check", "Name of the check."),
        Column("label", _T, "Check", "The check in words."),
        Column("passed", _F, "Passed", "A run with a failed leak check is not published."),
        Column("found", _R, "Found", "What was measured."),
        Column("bound", _R, "Bound", "What would have failed."),
        Column("meaning", _T, "Meaning", "What was done, in words."),
    ),
)

RULES = RunTable(
    "rules",
    "One row a plain rule that needs no model, with what it was worth on past dates.",
    (
        Column("rule", _T, "Rule", "Name of the rule."),
        Column("label", _T, "Rule", "The rule in words."),
        Column("customers_now", _C, "Customers now", "Scored customers for whom it holds today."),
        Column("tested", _C, "Tested", "Customer dates in the past for which it held."),
        Column("went_silent", _C, "Went silent", "Of them, within their own horizon."),
        Column("share_silent", _S, "Share silent", "Of those for whom it held."),
        Column("base_rate", _S, "Share of all", "Of all scored customers on the same dates."),
        Column(
            "lift",
            _R,
            "Lift",
            "Share silent where the rule held, divided by the share of all; 1 says nothing.",
            higher_is="good",
        ),
        Column("lift_low", _R, "Lift, low", "Lower end of the 95% interval."),
        Column("lift_high", _R, "Lift, high", "Upper end of the 95% interval."),
    ),
)

EVIDENCE_TABLES: tuple[RunTable, ...] = (
    BACKTEST,
    CALIBRATION,
    LADDER_STEPS,
    PAST_MONTHS,
    LEAD_TIME,
    PAST_LOSSES,
    CAPACITY,
    PROFIT,
    GATES,
    RULES,
)
