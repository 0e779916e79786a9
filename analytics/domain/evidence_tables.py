"""The tables of a run that say how far its numbers can be believed."""

from __future__ import annotations

from analytics.domain.columns import Column, Unit
from analytics.domain.flag_tables import CAPACITY, LEAD_TIME, PAST_LOSSES, PAST_MONTHS, PROFIT
from analytics.domain.frustration_tables import FRUSTRATION_TABLES
from analytics.domain.run_table import RunTable
from analytics.domain.value_tables import PAST_REVENUE

_C, _S, _T, _F, _R = Unit.COUNT, Unit.SHARE, Unit.TEXT, Unit.FLAG, Unit.RATIO

_MODEL = Column("model", _T, "Model", "Name of the model.")

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
            "auc",
            _R,
            "AUC",
            "Chance that a leaver is ranked above a stayer of the same date; dates count by their "
            "number of such pairs, and saying the same of everybody gives 0.5.",
            higher_is="good",
        ),
        Column("auc_low", _R, "AUC, low", "Lower end of the 95% interval.", higher_is="good"),
        Column("auc_high", _R, "AUC, high", "Upper end of the 95% interval.", higher_is="good"),
        Column(
            "average_precision",
            _R,
            "Average precision",
            "Area under precision and recall within each date, averaged by number of leavers; "
            "chance gives the share who went silent.",
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
            "Mean gap between said and seen over 15 bins of about equal size; equal risks share a "
            "bin.",
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
            "Churn among each date's riskiest tenth, divided by churn of all on those dates.",
            higher_is="good",
        ),
        Column(
            "recall_top_decile",
            _S,
            "Caught by the top tenth",
            "Share of those who went silent who were in their date's riskiest tenth.",
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
            "Difference in AUC (within dates) on the test dates, for the same customers.",
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

GATES = RunTable(
    "gates",
    "One row a check that the numbers do not flatter.",
    (
        Column("gate", _T, "Check", "Name of the check."),
        Column("label", _T, "Check", "The check in words."),
        Column(
            "passed",
            _F,
            "Passed",
            "A run with a failed leak check is not published; empty where it could not be made.",
        ),
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
    PAST_REVENUE,
    LEAD_TIME,
    PAST_LOSSES,
    CAPACITY,
    PROFIT,
    GATES,
    RULES,
    *FRUSTRATION_TABLES,
)
