"""How much of the product the customer uses, and how evenly."""

from __future__ import annotations

from analytics.features.record import FEATURE_NAMES_USED, Accumulator, Feature, Grain, Kind, Theme


def _over_uses(name: str, sql: str) -> Accumulator:
    """Return an accumulator over the product's features that a customer ever used."""
    return Accumulator(name, sql, Grain.USES, needs=(FEATURE_NAMES_USED,))


_USED = _over_uses("features_used_28d_sum", "SUM(CASE WHEN uses_28d > 0 THEN 1 ELSE 0 END)")
_DROPPED = _over_uses(
    "features_dropped_28d_sum",
    "SUM(CASE WHEN uses_28d = 0 AND uses_56d_prior > 0 THEN 1 ELSE 0 END)",
)
_ALL = _over_uses("feature_uses_28d_sum", "SUM(uses_28d)")
_MOST = _over_uses("feature_uses_28d_most", "MAX(uses_28d)")
_N_LOG_N = _over_uses("feature_n_log_n_28d_sum", "SUM(n_log_n_28d)")
_ALL_PRIOR = _over_uses("feature_uses_28d_to_84d_sum", "SUM(uses_56d_prior)")
_N_LOG_N_PRIOR = _over_uses("feature_n_log_n_28d_to_84d_sum", "SUM(n_log_n_56d_prior)")


def _entropy(n_log_n: Accumulator, uses: Accumulator) -> str:
    """Return SQL for the entropy of counts: ln N - sum(n ln n) / N, never below zero."""
    exact = f"LN({uses.name}) - {n_log_n.name} / 1000000.0 / {uses.name}"
    return f"CASE WHEN {uses.name} > 0 THEN GREATEST({exact}, 0) END"


_NO_USE = "no named feature was used in 28 days"

BREADTH = (
    Feature(
        "features_used_28d",
        "features",
        28,
        Theme.ACTIVITY,
        Kind.DIVERSITY,
        "Different features used in the last 28 days.",
        "distinct features in 28 days",
        f"CAST({_USED.name} AS DOUBLE)",
        (_USED,),
        shown_as="Used {value:.0f} different features in 28 days.",
        speaks=False,
    ),
    Feature(
        "feature_entropy_28d",
        "score",
        28,
        Theme.ACTIVITY,
        Kind.DIVERSITY,
        "How evenly use spreads over features in the last 28 days; 0 where it is one feature only.",
        "- sum of share * ln(share) over features in 28 days",
        _entropy(_N_LOG_N, _ALL),
        (_N_LOG_N, _ALL),
        default=None,
        missing_when=_NO_USE,
        shown_as="Use spreads over features with an entropy of {value:.2f}.",
        speaks=False,
    ),
    Feature(
        "top_feature_share_28d",
        "share",
        28,
        Theme.ACTIVITY,
        Kind.SHARE,
        "Share of the most used feature in all feature use of the last 28 days.",
        "uses of the most used feature / uses of all features in 28 days",
        f"CAST({_MOST.name} AS DOUBLE) / NULLIF({_ALL.name}, 0)",
        (_MOST, _ALL),
        default=None,
        missing_when=_NO_USE,
        shown_as="{value:.0%} of the use is one feature.",
        speaks=False,
    ),
    Feature(
        "feature_entropy_change_28d",
        "score",
        84,
        Theme.TREND,
        Kind.CHANGE,
        "Entropy of feature use in the last 28 days minus that of the 56 days before.",
        "entropy in 28 days - entropy in the 56 days before",
        f"({_entropy(_N_LOG_N, _ALL)}) - ({_entropy(_N_LOG_N_PRIOR, _ALL_PRIOR)})",
        (_N_LOG_N, _ALL, _N_LOG_N_PRIOR, _ALL_PRIOR),
        default=None,
        missing_when="no named feature was used in 28 days, or in the 56 days before",
        self_relative=True,
        shown_as="Use has narrowed to fewer features.",
        speaks=False,
    ),
    Feature(
        "features_dropped_28d",
        "features",
        84,
        Theme.TREND,
        Kind.CHANGE,
        "Features used in the 56 days before the last 28 and not since.",
        "features used in the 56 days before and not in 28 days",
        f"CAST({_DROPPED.name} AS DOUBLE)",
        (_DROPPED,),
        self_relative=True,
        shown_as="Features given up in the last 28 days: {value:.0f}.",
    ),
)
