"""The verdict on a model in plain sentences: how well it ranks, and what its flags were worth."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

import pandas as pd

from analytics.domain.tables.flag_tables import RULE_SILENT_DAYS
from analytics.domain.words.prose import day_in_prose, within_sentence
from analytics.domain.words.share_words import CountedShare, base_rate_of_flags, percent
from analytics.modelling.measuring.alerts import (
    CHAMPION_ALERT,
    RANDOM_ALERT,
    RECENCY_ALERT,
)
from analytics.modelling.models.estimators import LADDER, RECENCY

_LABELS = {rung.name: rung.label for rung in LADDER}
_BY = {RECENCY_ALERT: "by days of silence", RANDOM_ALERT: "at random"}
_DAYS_A_MONTH = 30.4
#: Risks that are so far off on average, and by so many times what chance makes of right ones, are
#: said to be.
MISCALIBRATED = 0.05
_TIMES_CHANCE = 2.0


def ranking_in_words(metrics: pd.DataFrame, champion: str, dates: int, *, first: str) -> str:
    """Say in plain sentences how well the champion ranks, against counting days of silence.

    A second sentence says where its probabilities cannot be taken at their word.

    Parameters
    ----------
    first
        The simplest model of the ladder.
    """
    overall = metrics[(metrics["observation_date"] == "all") & (metrics["slice"] == "all")]
    rows = overall.set_index("model")
    best = _figures(rows, champion)
    when = "one past date" if dates == 1 else f"{dates} past dates"
    label = within_sentence(_LABELS.get(champion, champion))
    return f"{_ranked(rows, champion, label, when, first)}{_off_in_words(best)}"


def _ranked(rows: pd.DataFrame, champion: str, label: str, when: str, first: str) -> str:
    best = _figures(rows, champion)
    tested = f"Tested on {when} with what was known then, the model ({label})"
    if math.isnan(best["auc"]):
        return (
            f"{tested} cannot be judged by its ranking: on none of the dates did some go silent "
            "and some stay."
        )
    ranked = (
        f"{tested} put a customer who went silent above one of the same date who stayed in "
        f"{best['auc']:.0%} of pairs "
        f"(95% interval {best['auc_low']:.0%} to {best['auc_high']:.0%})"
    )
    if champion == RECENCY:
        return f"{ranked}; no model beat counting the days of silence, the simplest."
    if champion == first:
        return f"{ranked}; no model beat the simplest."
    if RECENCY not in rows.index:
        return f"{ranked}."
    silence = _figures(rows, RECENCY)
    return (
        f"{ranked}, against {silence['auc']:.0%} by counting days of silence"
        f"{_why_all_the_same(best, silence)}; the "
        f"riskiest tenth went silent {best['lift_top_decile']:.1f} times as often as all."
    )


def _why_all_the_same(best: Mapping[str, float], silence: Mapping[str, float]) -> str:
    """Say why the champion won although days of silence rank better; empty where they do not."""
    ours, theirs = (figures.get("brier", math.nan) for figures in (best, silence))
    if f"{best['auc']:.0%}" == f"{silence['auc']:.0%}":
        return "" if best["auc"] >= silence["auc"] else ", which rank as well"
    if best["auc"] < silence["auc"] and ours < theirs:
        return (
            ", which rank better; it is in use all the same because its risks are closer to what "
            f"came (Brier score {ours:.4f} against {theirs:.4f})"
        )
    return ""


def _figures(rows: pd.DataFrame, model: str) -> dict[str, float]:
    chosen = rows.drop(columns=["observation_date", "slice"]).astype("float64").loc[model]
    return {str(name): float(value) for name, value in chosen.to_dict().items()}


def _off_in_words(best: Mapping[str, float]) -> str:
    """Say that the risks are off on average, where they are by more than chance makes."""
    error, chance, seen = (
        best.get(name, math.nan) for name in ("ece", "ece_by_chance", "observed_over_expected")
    )
    if not error >= max(MISCALIBRATED, _TIMES_CHANCE * chance):
        return ""
    way = "high" if seen < 1 else "low"
    return (
        f" Do not take its risks at their word: they were off by {100 * error:.0f} points on "
        f"average (calibration error; {100 * chance:.1f} would be chance), too {way} on the whole: "
        f"{seen:.2f} times as many went silent as they predicted."
    )


def flags_in_words(
    past_months: pd.DataFrame,
    lead_time: pd.DataFrame,
    *,
    as_of: date,
    drawn: tuple[float, float] | None = None,
) -> str:
    """Say what the flags of the past dates were worth, and how early the weekly alerts were.

    Parameters
    ----------
    past_months, lead_time
        Rows of the run tables of those names.
    drawn
        95% interval of the share of flags that came true, from draws of whole customers.
    """
    flags = flags_share(past_months, drawn=drawn)
    when = _when(past_months["observation_date"], as_of)
    if not flags.of:
        return f"{when}, no customer was in the tiers critical or high, so there was no flag."
    if flags.few:
        were = "customer was" if flags.of == 1 else "customers were"
        return (
            f"{when}, only {flags.of} {were} flagged (tiers critical and high): "
            f"{flags.worth('flags') or 'too few to judge'} ({flags.figures})"
            f"{_how_early(lead_time)}."
        )
    worth = flags.worth("the flags")
    return (
        f"{when}, {flags.counts} customers we flagged (tiers critical and high) went silent within "
        f"their horizon ({flags.figures}){f', {worth}' if worth else ''}{_how_early(lead_time)}."
    )


def flags_share(
    past_months: pd.DataFrame, *, drawn: tuple[float, float] | None = None
) -> CountedShare:
    """Return how many of the flags of the past dates came true, beside as many at random."""
    counts = past_months[["flagged", "scored", "went_silent"]].astype("int64")
    return CountedShare.counted(
        int(past_months["caught"].sum()),
        int(past_months["flagged"].sum()),
        base_rate=base_rate_of_flags(counts.itertuples(index=False, name=None)),
        drawn=drawn,
    )


def _when(dates: pd.Series, as_of: date) -> str:
    if len(dates) == 1:
        return f"On {day_in_prose(min(dates))}, the one past date tested"
    months = max(round((as_of - min(dates)).days / _DAYS_A_MONTH), 1)
    return f"On {len(dates)} dates in the last {f'{months} months' if months > 1 else 'month'}"


def _how_early(lead_time: pd.DataFrame) -> str:
    rows = lead_time[lead_time["alert"] == CHAMPION_ALERT]
    if rows.empty or not int(rows["leavers"].iloc[0]):
        return ""
    row = rows.iloc[0]
    alert = f"alert (the riskiest {float(row['weekly_alert_share']):.1%} of a week)"
    rule = f"a rule of {RULE_SILENT_DAYS} silent days"
    if not int(row["alerted"]):
        return f". No one who went silent was under a weekly {alert} when {rule} would have fired"
    at_random = lead_time[lead_time["alert"] == RANDOM_ALERT]
    found = CountedShare.counted(
        int(row["alerted"]),
        int(row["leavers"]),
        base_rate=None
        if at_random.empty
        else float((at_random["alerted"] / at_random["leavers"]).iloc[0]),
    )
    if found.few:
        return (
            f". Only {found.of:,} went silent since the first of these dates and did not come "
            "back, too few to say how early alerts come"
        )
    before = round(float(row["days_before_last_activity"]))
    if before > 0:
        began = f"a median of {_days(before)} before they stopped"
    else:
        seen = f"{_days(-before)} after they were" if before else "on the day they were"
        ahead = _days(round(float(row["days_before_rule"])))
        began = f"a median of {seen} last seen, {ahead} before {rule} would have fired"
        if not before:
            began = began.replace("a median of on", "typically on")
    lot = "" if found.base_rate is None else f"; {percent(found.base_rate)} at random"
    return (
        f". Of the {found.of:,} who went silent since the first of these dates and did not come "
        f"back, {found.hits:,} ({percent(found.share)}, 95% interval {percent(found.low)} to "
        f"{percent(found.high)}{lot}) were under a weekly {alert} by their "
        f"{RULE_SILENT_DAYS}th day of silence; it began {began}{_days_ahead(row, lead_time)}"
    )


def _days_ahead(row: pd.Series, lead_time: pd.DataFrame) -> str:
    """Say the mean days ahead per leaver beside the simpler ways, and how many alerts were right.

    Medians of those alerted leave out the missed ones, so that a lottery scores high there.
    """
    if not row["mean_days_ahead"] >= 0:
        return ""
    ways = lead_time.set_index("alert")["mean_days_ahead"]
    others = [f"{ways[way]:.1f} {by}" for way, by in _BY.items() if way in ways.index]
    against = f" ({', '.join(others)})" if others else ""
    right = row["alert_precision"]
    precision = f"; {percent(right)} of a week's alerts were right" if right >= 0 else ""
    return (
        ". Per leaver, one who was missed counting 0, alerts came a mean of "
        f"{row['mean_days_ahead']:.1f} days before the {RULE_SILENT_DAYS}th silent day"
        f"{against}{precision}"
    )


def _days(number: int) -> str:
    return f"{number} day" if number == 1 else f"{number} days"
