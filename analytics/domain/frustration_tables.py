"""The tables of a run that say how far its frustration index can be believed."""

from __future__ import annotations

from analytics.domain.columns import Column, Unit
from analytics.domain.run_table import RunTable

_C, _S, _T, _F, _R = Unit.COUNT, Unit.SHARE, Unit.TEXT, Unit.FLAG, Unit.RATIO

FRUSTRATION_WEIGHTS = RunTable(
    "frustration_weights",
    "One row a part of the frustration index.",
    (
        Column("part", _T, "Part", "Name of the part."),
        Column("label", _T, "Part", "The part in words."),
        Column(
            "half_life_days",
            _C,
            "Half-life",
            "Days after which one event counts half; empty for the part of open tickets.",
        ),
        Column("customers_with", _C, "Customers with it", "Customers today who have any of it."),
        Column(
            "expert_weight", _R, "Expert weight", "Set by judgement, published.", assumption=True
        ),
        Column(
            "fitted_weight",
            _R,
            "Fitted weight",
            "Learned from complaints, tickets and bad survey answers within 28 days after past "
            "dates, drawn toward the expert weight; empty where the data teach none.",
        ),
        Column("weight_in_use", _R, "Weight in use", "What the index of every page is made with."),
    ),
)

FRUSTRATION_JUDGED = RunTable(
    "frustration_judged",
    "One row a way to rank customers by how likely they are to complain in the next 28 days.",
    (
        Column("ranking", _T, "Ranking", "Name of the ranking."),
        Column("label", _T, "Ranking", "The ranking in words."),
        Column("dates", _C, "Dates", "Test dates, all later than what was learned from."),
        Column("customer_dates", _C, "Customer dates", "Customers on the test dates."),
        Column(
            "voiced",
            _C,
            "Spoke up",
            "Of them, with a complaint, ticket, refund request or bad survey answer in 28 days.",
        ),
        Column(
            "auc",
            _R,
            "AUC",
            "Chance that who spoke up is ranked above who did not, of the same date.",
            higher_is="good",
        ),
        Column("auc_low", _R, "AUC, low", "Lower end of the 95% interval."),
        Column("auc_high", _R, "AUC, high", "Upper end of the 95% interval."),
        Column(
            "gain",
            _R,
            "Against expert weights",
            "AUC minus that of the expert weights, for the same customers.",
            higher_is="good",
        ),
        Column("gain_low", _R, "Gain, low", "Lower end of the 95% interval."),
        Column("gain_high", _R, "Gain, high", "Upper end of the 95% interval."),
        Column("in_use", _F, "In use", "The index of every page is made with these weights."),
    ),
)

FRUSTRATION_CHECKS = RunTable(
    "frustration_checks",
    "One row a check of the frustration index.",
    (
        Column("place", _C, "Place", "1 comes first."),
        Column("check_name", _T, "Check", "Name of the check."),
        Column("label", _T, "Check", "The check in words."),
        Column("customer_dates", _C, "Customer dates", "Customers and dates measured on."),
        Column("found", _R, "Found", "What was measured; empty where the data cannot tell."),
        Column("found_low", _R, "Found, low", "Lower end of the 95% interval."),
        Column("found_high", _R, "Found, high", "Upper end of the 95% interval."),
        Column("hoped_for", _T, "Hoped for", "What a good index would show."),
        Column("outcome", _T, "Outcome", "as_hoped, weaker, not_as_hoped or cannot_tell."),
        Column("meaning", _T, "Meaning", "What was found, in words."),
    ),
)

FRUSTRATION_GROUPS = RunTable(
    "frustration_groups",
    "One row a group of customers on past dates: frustrated or not, heard of or not.",
    (
        Column("place", _C, "Place", "1 comes first."),
        Column("group_name", _T, "Group", "Name of the group."),
        Column("label", _T, "Group", "The group in words."),
        Column("customers_now", _C, "Customers today", "In the group as of the data."),
        Column(
            "customer_dates", _C, "Customer dates", "In the group on past dates, by expert weights."
        ),
        Column(
            "spoke_share",
            _S,
            "Spoke up",
            "With a ticket, complaint, refund request or bad survey answer within 28 days after.",
        ),
        Column("spoke_low", _S, "Spoke up, low", "Lower end of the 95% interval."),
        Column("spoke_high", _S, "Spoke up, high", "Upper end of the 95% interval."),
        Column("scored", _C, "Scored", "Of the customer dates, with a known outcome."),
        Column(
            "silent_share",
            _S,
            "Left",
            "Of them, who went silent, left with a word or unpaid within their own horizon.",
        ),
        Column("silent_low", _S, "Left, low", "Lower end of the 95% interval."),
        Column("silent_high", _S, "Left, high", "Upper end of the 95% interval."),
    ),
)

FRUSTRATION_TABLES: tuple[RunTable, ...] = (
    FRUSTRATION_WEIGHTS,
    FRUSTRATION_JUDGED,
    FRUSTRATION_CHECKS,
    FRUSTRATION_GROUPS,
)
