"""The verdict on a model in plain sentences: how well it ranks, and what its flags were worth."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.modelling.alerts import ALERTED_SHARE, CHAMPION_ALERT, RULE_SILENT_DAYS
from analytics.modelling.estimators import LADDER, RECENCY

_LABELS = {one.name: one.label for one in LADDER}
_DAYS_A_MONTH = 30.4


def ranking_in_words(metrics: pd.DataFrame, champion: str, dates: int, *, first: str) -> str:
    """Say in one plain sentence how well the champion ranks, against counting days of silence.

    Parameters
    ----------
    first
        The simplest model of the ladder.
    """
    overall = metrics[(metrics["observation_date"] == "all") & (metrics["slice"] == "all")]
    rows = overall.set_index("model")[["auc", "auc_low", "auc_high", "lift_top_decile"]]
    best = {str(name): float(value) for name, value in rows.loc[champion].to_dict().items()}
    when = "one past date" if dates == 1 else f"{dates} past dates"
    label = _LABELS.get(champion, champion).lower()
    ranked = (
        f"Tested on {when} with what was known then, the model ({label}) "
        f"put a customer who went silent above one who stayed in {best['auc']:.0%} of pairs "
        f"(95% interval {best['auc_low']:.0%} to {best['auc_high']:.0%})"
    )
    if champion == RECENCY:
        return f"{ranked}; no model beat counting the days of silence, the simplest."
    if champion == first:
        return f"{ranked}; no model beat the simplest."
    if RECENCY not in rows.index:
        return f"{ranked}."
    counting = float(rows["auc"][RECENCY])
    return (
        f"{ranked}, against {counting:.0%} by counting days of silence; "
        f"the riskiest tenth went silent {best['lift_top_decile']:.1f} times as often as all."
    )


def flags_in_words(past_months: pd.DataFrame, lead_time: pd.DataFrame, *, as_of: date) -> str:
    """Say what the flags of the past dates were worth, and how early the weekly alerts were.

    Parameters
    ----------
    past_months, lead_time
        Rows of the run tables of those names.
    """
    flagged, caught = int(past_months["flagged"].sum()), int(past_months["caught"].sum())
    when = _when(past_months["observation_date"], as_of)
    if not flagged:
        return f"{when}, no customer was in the tiers critical or high, so there was no flag."
    went = "was" if _out_of_ten(caught, flagged).startswith("1 ") else "were"
    return (
        f"{when}, {_out_of_ten(caught, flagged)} customers we flagged (tiers critical and high) "
        f"{went} silent within their horizon{_how_early(lead_time)}."
    )


def _when(dates: pd.Series, as_of: date) -> str:
    if len(dates) == 1:
        return f"On {min(dates).isoformat()}, the one past date tested"
    months = max(round((as_of - min(dates)).days / _DAYS_A_MONTH), 1)
    return f"On {len(dates)} dates in the last {months} months"


def _out_of_ten(part: int, whole: int) -> str:
    """Write a share as so many of ten; of a hundred near the ends; exactly where there are few."""
    for size in (10, 100):
        rounded = round(size * part / whole)
        if whole > size and (0 < rounded < size or part in (0, whole)):
            return f"{rounded} of {size}"
    return f"{part:,} of {whole:,}"


def _how_early(lead_time: pd.DataFrame) -> str:
    rows = lead_time[lead_time["alert"] == CHAMPION_ALERT]
    if rows.empty or not int(rows["leavers"].iloc[0]):
        return ""
    row = rows.iloc[0]
    alert = f"alert (the riskiest {ALERTED_SHARE:.1%} of a week)"
    rule = f"a rule of {RULE_SILENT_DAYS} silent days"
    if not int(row["alerted"]):
        return f". No one who went silent was under a weekly {alert} when {rule} would have fired"
    share = int(row["alerted"]) / int(row["leavers"])
    before = round(float(row["days_before_last_activity"]))
    if before > 0:
        began = f"a median of {_days(before)} before they stopped"
    else:
        seen = f"{_days(-before)} after they were" if before else "on the day they were"
        ahead = _days(round(float(row["days_before_rule"])))
        began = f"a median of {seen} last seen, {ahead} before {rule} would have fired"
        if not before:
            began = began.replace("a median of on", "typically on")
    return (
        f". Of the {int(row['leavers']):,} who went silent since the first of these "
        f"dates and did not come back, {share:.0%} were under a weekly {alert} by their "
        f"{RULE_SILENT_DAYS}th day of silence; it began {began}"
    )


def _days(number: int) -> str:
    return f"{number} day" if number == 1 else f"{number} days"
