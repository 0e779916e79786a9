"""The tables of a run that tell of segments: cut points, clusters, moves, steadiness."""

from __future__ import annotations

from analytics.domain.columns import Column, Unit
from analytics.domain.run_table import RunTable

_C, _M, _S, _R, _T = Unit.COUNT, Unit.MONEY, Unit.SHARE, Unit.RATIO, Unit.TEXT

RFM_CUTS = RunTable(
    "rfm_cuts",
    "One row a measure and score; the cut points of the first run, kept by all that follow it.",
    (
        Column("measure", _T, "Measure", "recency, frequency or money."),
        Column(
            "score",
            _C,
            "Score",
            "From 1 to 5; 5 is the best fifth of the customers of the first run who had neither "
            "lapsed nor left (of recency the best third of those within their rhythm).",
        ),
        Column(
            "from_value",
            _R,
            "From",
            "Least value of the score: days since the last activity with the sign turned, active "
            "days in 180, money a month. Empty for the lowest score, and for recency up to 3: 1 is "
            "who has lapsed or left, 2 who is late against the own rhythm.",
        ),
        Column("cut_by", _T, "Cut by", "Run whose customers made the cuts."),
    ),
)

CLUSTERS = RunTable(
    "clusters",
    "One row a behavioural cluster and factor; no rows where no clustering is stable.",
    (
        Column(
            "cluster", _T, "Cluster", "Name of the cluster, made of what is high and low in it."
        ),
        Column("factor", _T, "Factor", "What was clustered by, in words."),
        Column("center", _R, "Centre", "Mean of the factor on the scale that was clustered."),
        Column("center_sd", _R, "Against all", "Centre in standard deviations from all customers."),
        Column("typical", _R, "Typical value", "Median of the factor in the cluster, in its unit."),
        Column("typical_all", _R, "Typical of all", "Median of the factor over all clustered."),
        Column("customers", _C, "Customers", "Customers in the cluster."),
        Column("silhouette", _R, "Separation", "Mean silhouette of the cluster's customers."),
        Column("kept_name", Unit.FLAG, "Name kept", "The last run had this cluster already."),
    ),
)

SEGMENT_MOVES = RunTable(
    "segment_moves",
    "One row a kind of segment, the one then and the one now; no rows without a former run.",
    (
        Column("kind", _T, "Kind", "named_segment, risk_tier or customer_state."),
        Column("was", _T, "Then", "Segment in the last run; empty for who was not in it."),
        Column("became", _T, "Now", "Segment in this run; empty for who is no longer in it."),
        Column("customers", _C, "Customers", "Customers who made this move, or stayed."),
        Column("monthly_revenue", _M, "Monthly revenue", "Of these customers, now; else then."),
        Column("risk_before", _M, "Revenue at risk then", "In the last run.", assumption=True),
        Column("risk_now", _M, "Revenue at risk now", "In this run.", assumption=True),
        Column("former_run", _T, "Last run", "Run that this one is held against."),
        Column("former_as_of", _T, "Then as of", "Date of the last run's data."),
    ),
)

SEGMENT_STABILITY = RunTable(
    "segment_stability",
    "One row a measure of how steady tiers and segments are.",
    (
        Column("measure", _T, "Measure", "Name of the measure."),
        Column("label", _T, "Measure", "The measure in words."),
        Column("value", _R, "Value", "Share, or adjusted Rand index; empty where not measured."),
        Column("goal", _R, "Goal", "What we hold good: at most for flips, at least for the rest."),
        Column("reached", Unit.FLAG, "Reached", "The value meets the goal; empty without either."),
        Column("note", _T, "How measured", "On what, and by which model."),
    ),
)

SEGMENT_TABLES: tuple[RunTable, ...] = (RFM_CUTS, CLUSTERS, SEGMENT_MOVES, SEGMENT_STABILITY)
