"""What happened in past months: flagged, caught, missed, false alarms, money."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from analytics.domain.numbers import formatting
from analytics.domain.numbers.measures import Interval
from analytics.domain.tables.flag_tables import PastMonth
from analytics.domain.words.counting import counted
from analytics.domain.words.share_words import CountedShare, base_rate_of_flags, percent
from analytics.services.evidence.evidence_results import EvidenceResult
from webapp.components.panels import drawn_chart, table
from webapp.components.states import nothing_here
from webapp.components.terms import assumption_badge, field_term
from webapp.figures.past_month_charts import past_month_bar_chart
from webapp.pages.evidence.wording import finding

NO_MONTHS = "No past date is old enough to know what came of those who were flagged."
_COUNTS = (
    "scored", "flagged", "caught", "false_alarms", "missed", "caught_by_silence", "expected",
)  # fmt: skip
_MONEY = ("value_caught", "value_missed", "value_false_alarms")


def past_months_view(result: EvidenceResult) -> list[Any]:
    """Return what became of the flags, as words, stacked bars and a table."""
    months, currency = result.of(PastMonth), result.stamp.currency
    if not months:
        return [nothing_here(NO_MONTHS)]
    return [
        finding(past_months_words(months, result.claim.alert_precision)),
        _money_words(months, currency),
        drawn_chart(
            past_month_bar_chart(months),
            _table(months, currency),
            "Customers caught, missed and flagged in vain, by date",
            340,
        ),
    ]


def past_months_words(months: Sequence[PastMonth], drawn: Interval | None = None) -> str:
    """Say how many flags came true, how many leavers had none, and what silence would catch.

    Parameters
    ----------
    drawn
        Share of the flags that came true, with the interval of the run.
    """
    false_alarms, missed = (
        sum(month.false_alarms for month in months),
        sum(month.missed for month in months),
    )
    flags = CountedShare.counted(
        sum(month.caught for month in months),
        sum(month.flagged for month in months),
        base_rate=base_rate_of_flags(
            (month.flagged, month.scored, month.went_silent) for month in months
        ),
        drawn=None if drawn is None else (drawn.low, drawn.high),
    )
    dates = counted(len(months), "past date", "past dates")
    if not flags.of:
        return f"On {dates} nobody was flagged; {counted(missed, 'customer', 'customers')} left."
    said = f"On {dates} we flagged {counted(flags.of, 'customer', 'customers')} as critical or high"
    worth = flags.worth("the flags")
    if flags.few:
        return f"{said}, {worth or 'too few to judge'} ({flags.figures})."
    said += (
        f": {formatting.count(flags.hits)} of them went silent within their horizon "
        f"({flags.figures}){f', {worth}' if worth else ''}. "
        f"{formatting.count(false_alarms)} stayed. {formatting.count(missed)} more went silent "
        "without a flag"
    )
    if flags.hits + missed:
        said += f", so the flags caught {percent(flags.hits / (flags.hits + missed))} of all"
    silence = [month.caught_by_silence for month in months]
    known = [caught for caught in silence if caught is not None]
    if len(known) < len(months):
        return f"{said}."
    return (
        f"{said}. Flagging as many by days of silence alone would have caught "
        f"{formatting.count(sum(known))}."
    )


def _money_words(months: Sequence[PastMonth], currency: str) -> Component:
    caught, missed, vain = (
        formatting.money(sum(getattr(month, name) or 0.0 for month in months), currency)
        for name in _MONEY
    )
    return html.P(
        [
            f"Value at stake over twelve months of those caught: {caught}; of those missed: "
            f"{missed}; of those flagged who stayed: {vain}. A customer counts once on each date. ",
            assumption_badge(),
        ],
        className="prose-line quiet",
    )


def _table(months: Sequence[PastMonth], currency: str) -> Component:
    head = ("Date", *(field_term(PastMonth, name) for name in (*_COUNTS, *_MONEY)))
    rows = [
        (
            formatting.day(month.observation_date),
            *(formatting.count(getattr(month, name)) for name in _COUNTS),
            *(formatting.money(getattr(month, name), currency) for name in _MONEY),
        )
        for month in reversed(months)
    ]
    return table(
        head,
        rows,
        numeric=range(1, len(head)),
        caption="What became of the flags, by date",
        class_name="compact dated",
    )
