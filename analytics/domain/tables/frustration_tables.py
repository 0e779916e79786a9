"""The tables of a run that say how far its frustration index can be believed."""

from __future__ import annotations

from analytics.domain.tables.column import Unit
from analytics.domain.tables.run_row import RunRow, column


class PartWeight(
    RunRow,
    name="frustration_weights",
    grain="One row a part of the frustration index.",
    sorted_by=("expert_weight desc", "part"),
):
    """One part of the frustration index with its weights."""

    part: str = column(Unit.TEXT, "Part", "Name of the part.", lookup=True)
    label: str = column(Unit.TEXT, "Part", "The part in words.")
    half_life_days: int | None = column(
        Unit.COUNT,
        "Half-life",
        "Days after which one event counts half; empty for the part of open tickets.",
    )
    customers_with: int = column(
        Unit.COUNT, "Customers with it", "Customers today who have any of it."
    )
    expert_weight: float = column(
        Unit.RATIO, "Expert weight", "Set by judgement, published.", assumption=True
    )
    fitted_weight: float | None = column(
        Unit.RATIO,
        "Fitted weight",
        "Learned from complaints, tickets and bad survey answers within 28 days after past dates, "
        "drawn toward the expert weight; empty where the data teach none.",
    )
    weight_in_use: float = column(
        Unit.RATIO, "Weight in use", "What the index of every page is made with."
    )


class JudgedRanking(
    RunRow,
    name="frustration_judged",
    grain="One row a way to rank customers by how likely they are to complain in the next 28 days.",
    sorted_by=("ranking",),
):
    """One way to rank customers by how likely they are to speak up in the next 28 days."""

    ranking: str = column(Unit.TEXT, "Ranking", "Name of the ranking.", lookup=True)
    label: str = column(Unit.TEXT, "Ranking", "The ranking in words.")
    dates: int = column(Unit.COUNT, "Dates", "Test dates, all later than what was learned from.")
    customer_dates: int = column(Unit.COUNT, "Customer dates", "Customers on the test dates.")
    voiced: int = column(
        Unit.COUNT,
        "Spoke up",
        "Of them, with a complaint, ticket, refund request or bad survey answer in 28 days.",
    )
    auc: float | None = column(
        Unit.RATIO,
        "AUC",
        "Chance that who spoke up is ranked above who did not, of the same date.",
        higher_is="good",
    )
    auc_low: float | None = column(Unit.RATIO, "AUC, low", "Lower end of the 95% interval.")
    auc_high: float | None = column(Unit.RATIO, "AUC, high", "Upper end of the 95% interval.")
    gain: float | None = column(
        Unit.RATIO,
        "Against expert weights",
        "AUC minus that of the expert weights, for the same customers.",
        higher_is="good",
    )
    gain_low: float | None = column(Unit.RATIO, "Gain, low", "Lower end of the 95% interval.")
    gain_high: float | None = column(Unit.RATIO, "Gain, high", "Upper end of the 95% interval.")
    in_use: bool = column(
        Unit.FLAG, "In use", "The index of every page is made with these weights."
    )


class FrustrationCheck(
    RunRow,
    name="frustration_checks",
    grain="One row a check of the frustration index.",
    sorted_by=("place",),
):
    """One check of the index: what was found, what was hoped for, and what it means."""

    place: int = column(Unit.COUNT, "Place", "1 comes first.")
    check_name: str = column(Unit.TEXT, "Check", "Name of the check.")
    label: str = column(Unit.TEXT, "Check", "The check in words.")
    customer_dates: int = column(Unit.COUNT, "Customer dates", "Customers and dates measured on.")
    found: float | None = column(
        Unit.RATIO, "Found", "What was measured; empty where the data cannot tell."
    )
    found_low: float | None = column(Unit.RATIO, "Found, low", "Lower end of the 95% interval.")
    found_high: float | None = column(Unit.RATIO, "Found, high", "Upper end of the 95% interval.")
    hoped_for: str = column(Unit.TEXT, "Hoped for", "What a good index would show.")
    outcome: str = column(Unit.TEXT, "Outcome", "as_hoped, weaker, not_as_hoped or cannot_tell.")
    meaning: str = column(Unit.TEXT, "Meaning", "What was found, in words.")


class FrustrationGroup(
    RunRow,
    name="frustration_groups",
    grain="One row a group of customers on past dates: frustrated or not, heard of or not.",
    sorted_by=("place",),
):
    """Customers frustrated or not, heard of or not, and what became of such customers before."""

    place: int = column(Unit.COUNT, "Place", "1 comes first.")
    group_name: str = column(Unit.TEXT, "Group", "Name of the group.")
    label: str = column(Unit.TEXT, "Group", "The group in words.")
    customers_now: int = column(Unit.COUNT, "Customers today", "In the group as of the data.")
    customer_dates: int = column(
        Unit.COUNT, "Customer dates", "In the group on past dates, by expert weights."
    )
    spoke_share: float | None = column(
        Unit.SHARE,
        "Spoke up",
        "With a ticket, complaint, refund request or bad survey answer within 28 days after.",
    )
    spoke_low: float | None = column(Unit.SHARE, "Spoke up, low", "Lower end of the 95% interval.")
    spoke_high: float | None = column(
        Unit.SHARE, "Spoke up, high", "Upper end of the 95% interval."
    )
    scored: int = column(Unit.COUNT, "Scored", "Of the customer dates, with a known outcome.")
    silent_share: float | None = column(
        Unit.SHARE,
        "Left",
        "Of them, who went silent, left with a word or unpaid within their own horizon.",
    )
    silent_low: float | None = column(Unit.SHARE, "Left, low", "Lower end of the 95% interval.")
    silent_high: float | None = column(Unit.SHARE, "Left, high", "Upper end of the 95% interval.")


FRUSTRATION_ROWS: tuple[type[RunRow], ...] = (
    PartWeight,
    JudgedRanking,
    FrustrationCheck,
    FrustrationGroup,
)
