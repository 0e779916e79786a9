"""The tables of a run that tell of segments: cut points, clusters, moves, steadiness."""

from __future__ import annotations

from analytics.domain.tables.column import Unit
from analytics.domain.tables.run_row import RunRow, column


class RfmCut(
    RunRow,
    name="rfm_cuts",
    grain="One row a measure and score; the cut points of the first run, kept by all that follow "
    "it.",
    sorted_by=("measure", "score"),
):
    """The least value of one score of recency, frequency or money."""

    measure: str = column(Unit.TEXT, "Measure", "recency, frequency or money.", lookup=True)
    score: int = column(
        Unit.COUNT,
        "Score",
        "From 1 to 5; 5 is the best fifth of the customers of the first run who had neither "
        "lapsed nor left (of recency the best third of those within their rhythm).",
    )
    from_value: float | None = column(
        Unit.RATIO,
        "From",
        "Least value of the score: days since the last activity with the sign turned, active days "
        "in 180, money a month. Empty for the lowest score, and for recency up to 3: 1 is who has "
        "lapsed or left, 2 who is late against the own rhythm.",
    )
    cut_by: str = column(Unit.TEXT, "Cut by", "Run whose customers made the cuts.")


class ClusterCentre(
    RunRow,
    name="clusters",
    grain="One row a behavioural cluster and factor; no rows where no clustering is stable.",
    sorted_by=("customers desc", "cluster", "factor"),
):
    """One factor of a behavioural cluster: how far from all customers, and its typical value."""

    cluster: str = column(
        Unit.TEXT,
        "Cluster",
        "Name of the cluster, made of what is high and low in it.",
        lookup=True,
    )
    factor: str = column(Unit.TEXT, "Factor", "What was clustered by, in words.")
    center: float = column(
        Unit.RATIO, "Centre", "Mean of the factor on the scale that was clustered."
    )
    center_sd: float = column(
        Unit.RATIO, "Against all", "Centre in standard deviations from all customers."
    )
    typical: float | None = column(
        Unit.RATIO, "Typical value", "Median of the factor in the cluster, in its unit."
    )
    typical_all: float | None = column(
        Unit.RATIO, "Typical of all", "Median of the factor over all clustered."
    )
    customers: int = column(Unit.COUNT, "Customers", "Customers in the cluster.")
    silhouette: float = column(
        Unit.RATIO, "Separation", "Mean silhouette of the cluster's customers."
    )
    kept_name: bool = column(Unit.FLAG, "Name kept", "The last run had this cluster already.")


class SegmentMove(
    RunRow,
    name="segment_moves",
    grain="One row a kind of segment, the one then and the one now; no rows without a former run.",
    sorted_by=("customers desc", "kind", "was", "became"),
):
    """Customers who were in one segment in the last run and are in another now."""

    kind: str = column(
        Unit.TEXT, "Kind", "named_segment, risk_tier or customer_state.", lookup=True
    )
    was: str = column(
        Unit.TEXT, "Then", "Segment in the last run; empty for who was not in it.", lookup=True
    )
    became: str = column(
        Unit.TEXT, "Now", "Segment in this run; empty for who is no longer in it.", lookup=True
    )
    customers: int = column(Unit.COUNT, "Customers", "Customers who made this move, or stayed.")
    monthly_revenue: float = column(
        Unit.MONEY, "Monthly revenue", "Of these customers, now; else then."
    )
    risk_before: float = column(
        Unit.MONEY, "Revenue at risk then", "In the last run.", assumption=True
    )
    risk_now: float = column(Unit.MONEY, "Revenue at risk now", "In this run.", assumption=True)
    former_run: str = column(Unit.TEXT, "Last run", "Run that this one is held against.")
    former_as_of: str = column(Unit.TEXT, "Then as of", "Date of the last run's data.")


class Steadiness(
    RunRow,
    name="segment_stability",
    grain="One row a measure of how steady tiers and segments are.",
    sorted_by=("measure",),
):
    """One measure of how steady tiers and segments are."""

    measure: str = column(Unit.TEXT, "Measure", "Name of the measure.", lookup=True)
    label: str = column(Unit.TEXT, "Measure", "The measure in words.")
    value: float | None = column(
        Unit.RATIO, "Value", "Share, or adjusted Rand index; empty where not measured."
    )
    goal: float | None = column(
        Unit.RATIO, "Goal", "What we hold good: at most for flips, at least for the rest."
    )
    reached: bool | None = column(
        Unit.FLAG, "Reached", "The value meets the goal; empty without either."
    )
    note: str = column(Unit.TEXT, "How measured", "On what, and by which model.")


SEGMENT_ROWS: tuple[type[RunRow], ...] = (RfmCut, ClusterCentre, SegmentMove, Steadiness)
