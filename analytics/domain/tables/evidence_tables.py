"""The tables of a run that say how far its numbers can be believed."""

from __future__ import annotations

from analytics.domain.tables.column import Unit
from analytics.domain.tables.flag_tables import (
    AlertLeadTime,
    CapacityPoint,
    ModelProfit,
    PastLoss,
    PastMonth,
)
from analytics.domain.tables.run_row import RunRow, column
from analytics.domain.tables.value_tables import PastRevenue


class BacktestScore(
    RunRow,
    name="backtest",
    grain="One row a test observation date (or all of them), model and slice.",
    sorted_by=("observation_date", "model", "slice"),
):
    """How one model did on one test date, or all of them, for one slice of the customers."""

    observation_date: str = column(
        Unit.TEXT, "Observation date", "ISO date, or all for all test dates."
    )
    model: str = column(Unit.TEXT, "Model", "Name of the model.", lookup=True)
    slice: str = column(
        Unit.TEXT,
        "Slice",
        "all; recently_active: customers seen lately; unseen: not in that date's training; or a "
        "group of customers as of the date, such as cadence: often. A group too small to measure "
        "has its counts only.",
        lookup=True,
        former_words=(("early_warning", "recently_active"),),
    )
    customers: int = column(Unit.COUNT, "Customers", "Customers in the slice.")
    positives: int = column(Unit.COUNT, "Went silent", "Of them, how many went silent.")
    auc: float | None = column(
        Unit.RATIO,
        "AUC",
        "Chance that a leaver is ranked above a stayer of the same date; dates count by their "
        "number of such pairs, and saying the same of everybody gives 0.5.",
        higher_is="good",
    )
    auc_low: float | None = column(
        Unit.RATIO, "AUC, low", "Lower end of the 95% interval.", higher_is="good"
    )
    auc_high: float | None = column(
        Unit.RATIO, "AUC, high", "Upper end of the 95% interval.", higher_is="good"
    )
    average_precision: float | None = column(
        Unit.RATIO,
        "Average precision",
        "Area under precision and recall within each date, averaged by number of leavers; chance "
        "gives the share who went silent.",
        higher_is="good",
    )
    brier: float | None = column(
        Unit.RATIO,
        "Brier score",
        "Mean squared error of the probability; empty for a rank without probability.",
        higher_is="bad",
    )
    brier_skill: float | None = column(
        Unit.SHARE,
        "Skill",
        "Share of the Brier score of always saying the average that the model saves.",
        higher_is="good",
    )
    log_loss: float | None = column(
        Unit.RATIO, "Log loss", "Mean surprise at what came, in nats.", higher_is="bad"
    )
    ece: float | None = column(
        Unit.SHARE,
        "Calibration error",
        "Mean gap between predicted and observed over 15 bins of about equal size; equal risks "
        "share a bin.",
        higher_is="bad",
    )
    ece_by_chance: float | None = column(
        Unit.SHARE,
        "Error by chance",
        "Calibration error that a perfect model would show on so few customers.",
    )
    calibration_slope: float | None = column(
        Unit.RATIO,
        "Slope",
        "1 is right; below 1 the risks are too far apart, above 1 too close together.",
    )
    observed_over_expected: float | None = column(
        Unit.RATIO,
        "Observed over predicted",
        "Customers who went silent, divided by the sum of their risks; 1 is right.",
    )
    observed_over_expected_low: float | None = column(
        Unit.RATIO, "Observed over predicted, low", "Lower end of the 95% interval."
    )
    observed_over_expected_high: float | None = column(
        Unit.RATIO, "Observed over predicted, high", "Upper end of the 95% interval."
    )
    lift_top_decile: float | None = column(
        Unit.RATIO,
        "Lift of the top tenth",
        "Churn among each date's riskiest tenth, divided by churn of all on those dates.",
        higher_is="good",
    )
    recall_top_decile: float | None = column(
        Unit.SHARE,
        "Caught by the top tenth",
        "Share of those who went silent who were in their date's riskiest tenth.",
        higher_is="good",
    )


class RiskBin(
    RunRow,
    name="calibration",
    grain="One row a bin of the champion's probabilities on the test dates.",
    sorted_by=("bin",),
):
    """What was predicted and what was observed, for customers of like risk."""

    bin: int = column(Unit.COUNT, "Bin", "1 is the lowest risk.")
    customers: int = column(Unit.COUNT, "Customers", "Customers in the bin.")
    predicted: float | None = column(Unit.SHARE, "Predicted", "Mean churn risk.")
    observed: float | None = column(Unit.SHARE, "Observed", "Share who went silent.")
    observed_low: float | None = column(
        Unit.SHARE, "Observed, low", "Lower end of the 95% interval over whole customers."
    )
    observed_high: float | None = column(
        Unit.SHARE, "Observed, high", "Upper end of the 95% interval over whole customers."
    )


class LadderStep(
    RunRow,
    name="ladder",
    grain="One row a model, in the order of the ladder.",
    sorted_by=("rung", "model"),
):
    """One model of the ladder against the best model below it."""

    rung: int = column(Unit.COUNT, "Rung", "1 is the simplest.")
    model: str = column(Unit.TEXT, "Model", "Name of the model.", lookup=True)
    label: str = column(Unit.TEXT, "Model", "The model in words.")
    against: str = column(Unit.TEXT, "Compared with", "The best model below it.")
    auc_gain: float | None = column(
        Unit.RATIO,
        "AUC gained",
        "Difference in AUC (within dates) on the test dates, for the same customers.",
        higher_is="good",
    )
    auc_gain_low: float | None = column(
        Unit.RATIO, "AUC gained, low", "Lower end of the 95% interval."
    )
    auc_gain_high: float | None = column(
        Unit.RATIO, "AUC gained, high", "Upper end of the 95% interval."
    )
    brier_gain: float | None = column(
        Unit.RATIO,
        "Brier gained",
        "How much smaller the Brier score is, for the same customers.",
        higher_is="good",
    )
    brier_gain_low: float | None = column(
        Unit.RATIO, "Brier gained, low", "Lower end of the 95% interval."
    )
    brier_gain_high: float | None = column(
        Unit.RATIO, "Brier gained, high", "Upper end of the 95% interval."
    )
    exit_gain: float | None = column(
        Unit.RATIO,
        "AUC gained by exits",
        "Difference in AUC when exits within eight weeks are ranked instead of silent churn by the "
        "label. Missing where the model did not learn from exits, or too few are known.",
        higher_is="good",
    )
    exit_gain_low: float | None = column(
        Unit.RATIO, "AUC gained by exits, low", "Lower end of the 95% interval."
    )
    exit_gain_high: float | None = column(
        Unit.RATIO, "AUC gained by exits, high", "Upper end of the 95% interval."
    )
    taken: bool = column(
        Unit.FLAG,
        "Taken",
        "It beat the best below it: whole interval above zero, and by enough to matter.",
    )
    champion: bool = column(Unit.FLAG, "Champion", "The risks on every page come from it.")


class LeakageCheck(
    RunRow,
    name="gates",
    grain="One row a check that the numbers do not flatter.",
    sorted_by=("passed", "gate"),
):
    """One check that the numbers do not flatter; `passed` is None where it could not be made."""

    gate: str = column(Unit.TEXT, "Check", "Name of the check.", lookup=True)
    label: str = column(Unit.TEXT, "Check", "The check in words.")
    passed: bool | None = column(
        Unit.FLAG,
        "Passed",
        "A run with a failed leakage check is not published; empty where it could not be made.",
    )
    found: float | None = column(Unit.RATIO, "Found", "What was measured.")
    bound: float | None = column(Unit.RATIO, "Bound", "What would have failed.")
    meaning: str = column(Unit.TEXT, "Meaning", "What was done, in words.")


class PlainRule(
    RunRow,
    name="rules",
    grain="One row a plain rule that needs no model, with what it was worth on past dates.",
    sorted_by=("lift desc", "rule"),
):
    """One rule that needs no model, with what it was worth on past dates."""

    rule: str = column(Unit.TEXT, "Rule", "Name of the rule.", lookup=True)
    label: str = column(Unit.TEXT, "Rule", "The rule in words.")
    customers_now: int = column(
        Unit.COUNT, "Customers today", "Scored customers for whom it holds today."
    )
    tested: int = column(Unit.COUNT, "Tested", "Customer dates in the past for which it held.")
    went_silent: int = column(Unit.COUNT, "Went silent", "Of them, within their own horizon.")
    share_silent: float | None = column(Unit.SHARE, "Share silent", "Of those for whom it held.")
    base_rate: float | None = column(
        Unit.SHARE, "Share of all", "Of all scored customers on the same dates."
    )
    lift: float | None = column(
        Unit.RATIO,
        "Lift",
        "Share silent where the rule held, divided by the share of all; 1 says nothing.",
        higher_is="good",
    )
    lift_low: float | None = column(Unit.RATIO, "Lift, low", "Lower end of the 95% interval.")
    lift_high: float | None = column(Unit.RATIO, "Lift, high", "Upper end of the 95% interval.")


#: What the Evidence page asks of the model, in the order of the tables.
EVIDENCE_ROWS: tuple[type[RunRow], ...] = (
    BacktestScore,
    RiskBin,
    LadderStep,
    PastMonth,
    PastRevenue,
    AlertLeadTime,
    PastLoss,
    CapacityPoint,
    ModelProfit,
    LeakageCheck,
    PlainRule,
)
