"""Active days, gaps and what follows from them, in pandas."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Rhythm:
    """Who is active when, and the features that need no more.

    Parameters
    ----------
    active_days
        One row a customer and active day, with its age.
    rate
        Each customer's own daily chance of activity.
    silent
        Days since the last activity.
    """

    people: pd.DataFrame
    active_days: pd.DataFrame
    features: pd.DataFrame
    rate: pd.Series
    silent: pd.Series

    def days(self, first: int, past: int) -> pd.Series:
        """Return each customer's active days in a window."""
        return _days(self.active_days, self.people.index, first, past)


def rhythm_features(active: pd.DataFrame, people: pd.DataFrame) -> Rhythm:
    """Return the features of recency, activity, regularity and trend."""
    index = people.index
    days = active[["customer_id", "age"]].drop_duplicates()
    days = days.sort_values(["customer_id", "age"], ascending=[True, False])
    by_customer = days.groupby("customer_id", observed=True)["age"]
    silent, ever = by_customer.min().reindex(index), by_customer.size().reindex(index, fill_value=0)
    rate = _rate(days, people)
    counts = {window: _days(days, index, 0, window) for window in (7, 14, 28, 56, 90, 180)}
    found = pd.DataFrame(
        {
            "days_since_last_activity": silent,
            "silence_over_usual_gap": silent * rate,
            "silence_surprise": -silent * np.log(1 - rate),
            "tenure_days": people["tenure"],
            "age_at_last_activity_share": 1 - silent / people["tenure"].clip(lower=1),
            **{f"active_days_{window}d": count for window, count in counts.items()},
            "active_days_ever": ever,
            "active_day_share_ever": (ever / (people["observed"] - silent).clip(lower=1)).fillna(0),
            "expected_gap_days": 1 / rate,
            "activity_ratio_28d": counts[28] / (28 * rate),
            "activity_ratio_14d": counts[14] / (14 * rate),
            "active_days_change_14d": counts[14] - _days(days, index, 14, 28),
        }
    )
    found = found.join(_gaps(days, silent))
    old = people["tenure"] >= 84
    for first, second, start in ((28, 56, 28), (7, 28, 7)):
        recent, before = counts[first], _days(days, index, start, start + second)
        times = second / first
        own = np.log((recent + 1) / (before / times + 1))
        fleet = np.log((recent[old].sum() + 1) / (before[old].sum() / times + 1))
        found[f"active_days_log_ratio_{first}d_{second}d"] = own
        found[f"active_days_log_ratio_vs_fleet_{first}d_{second}d"] = own - fleet
    return Rhythm(people, days, found, rate, silent)


def _days(days: pd.DataFrame, index: pd.Index, first: int, past: int) -> pd.Series:
    chosen = days[(days["age"] >= first) & (days["age"] < past)]
    return chosen.groupby("customer_id", observed=True).size().reindex(index, fill_value=0)


def _rate(days: pd.DataFrame, people: pd.DataFrame) -> pd.Series:
    """Return the own daily chance, without the last 14 days, drawn toward that of all."""
    active = _days(days, people.index, 14, 180)
    seen = (people["observed"].clip(upper=180) - 14).clip(lower=1)
    ever = active > 0
    fleet = active[ever].sum() / seen[ever].sum() if ever.any() else 0.01
    return ((active + 2) / (seen + 2 / fleet)).clip(upper=0.95)


def _gaps(days: pd.DataFrame, silent: pd.Series) -> pd.DataFrame:
    gaps = -days.groupby("customer_id", observed=True)["age"].diff().dropna()
    who = days.loc[gaps.index, "customer_id"]
    own = gaps.groupby(who, observed=True)
    mean = own.mean()
    survived = (gaps <= silent.reindex(who).to_numpy()).groupby(who, observed=True).mean()
    median = own.quantile(0.5, interpolation="lower")
    return pd.DataFrame(
        {
            "gaps_survived_share": survived,
            "silence_over_median_gap": silent.reindex(mean.index) / median,
            "mean_gap_days": mean,
            "median_gap_days": median,
            "gap_variation": own.std(ddof=0) / mean,
            "longest_gap_days": own.max(),
            "silence_over_longest_gap": silent.reindex(mean.index) / own.max(),
        }
    )
