"""Why nothing can be said of the lost: the weeks with scores reach back too short a time."""

from __future__ import annotations

from analytics.domain.numbers import formatting
from analytics.domain.tables.flag_tables import AlertLeadTime, PastMonth
from analytics.domain.words.counting import counted
from analytics.services.evidence.evidence_results import EvidenceResult


def no_leavers_words(result: EvidenceResult) -> str:
    """Say whom this needs, how many weeks there are, and how many went silent all the same."""
    weeks = max((way.weeks for way in result.of(AlertLeadTime)), default=0)
    there = (
        f"of those scored in the {counted(weeks, 'past week')} of this run, none is known to be "
        "one of them yet"
        if weeks
        else "this run kept no past weeks with scores"
    )
    return (
        "This needs customers who were scored before a silence that has since outlasted their own "
        f"horizon: {there}. {_silent_all_the_same(result)}"
    ).strip()


def _silent_all_the_same(result: EvidenceResult) -> str:
    """Say how many went silent on the latest test date; empty where nobody did."""
    latest = max(result.of(PastMonth), key=lambda one: one.observation_date, default=None)
    if latest is None or not latest.went_silent:
        return ""
    gone = f"{formatting.count(latest.went_silent)} of {formatting.count(latest.scored)}"
    return (
        "The history is too short for it, not free of losses: of the customers scored on the "
        f"test date {formatting.day(latest.observation_date)}, {gone} went silent."
    )
