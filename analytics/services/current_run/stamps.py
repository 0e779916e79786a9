"""The stamp on every answer: which run it comes from and how old that is."""

from __future__ import annotations

from datetime import datetime

from analytics.domain.words.share_words import CountedShare
from analytics.runs.run_store import PublishedRun
from analytics.services.results import RunStamp
from analytics.settings import Settings

_HOUR_S = 3600.0


def stamp_of(run: PublishedRun, settings: Settings, now: datetime) -> RunStamp:
    """Return the stamp of a run at a moment.

    Age is that of the data, not of the computation. Simulated data are never stale: nobody waits
    for newer ones.
    """
    summary = run.summary
    age = max((now - summary.as_of_time).total_seconds() / _HOUR_S, 0.0)
    return RunStamp(
        run_id=run.run_id,
        as_of=summary.as_of_time.astimezone(summary.zone_info),
        published_at=datetime.fromisoformat(summary.published_at),
        age_hours=age,
        freshness="fresh" if summary.simulated else _freshness(age, settings),
        currency=summary.currency,
        simulated=summary.simulated,
        profile_title=summary.profile_title,
        champion_label=summary.champion_label,
        verdict=summary.verdict,
        warnings=(*run.warnings, *summary.warnings),
        assumptions=summary.assumptions,
        alert_words=_alert_words(summary.alert_precision),
        no_prediction_reason=summary.no_prediction_reason,
        rules=summary.rules,
        tiers=summary.tiers,
        zone=summary.zone,
    )


def _alert_words(precision: dict[str, float] | None) -> str:
    """Say what it meant in the past to be flagged as critical or high.

    Runs of former versions kept no counts of hits and no base rate.
    """
    if not precision:
        return ""
    flagged = round(precision["flagged"])
    found = CountedShare(
        round(precision.get("caught", precision["value"] * flagged)),
        flagged,
        precision["low"],
        precision["high"],
        precision.get("base_rate"),
    )
    whom = "whose score alone was critical or high on past dates"
    worth = found.worth("flags")
    if found.few:
        one = "customer" if flagged == 1 else "customers"
        return f"{flagged} {one} {whom}: {worth or 'too few to judge'} ({found.figures})"
    return (
        f"Of {flagged:,} customers {whom}, {found.hits:,} went silent ({found.figures})"
        f"{f', {worth}' if worth else ''}"
    )


def _freshness(age_hours: float, settings: Settings) -> str:
    if age_hours > settings.very_stale_after_h:
        return "very_stale"
    return "stale" if age_hours > settings.stale_after_h else "fresh"
