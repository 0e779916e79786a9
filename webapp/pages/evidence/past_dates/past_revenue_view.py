"""Did we lose what we predicted? Revenue at risk of past dates against what was lost."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from dash import html
from dash.development.base_component import Component

from analytics.domain.customer.risk_tier import SCORED_TIERS
from analytics.domain.numbers import formatting
from analytics.domain.numbers.measures import CUSTOMER_COLUMN
from analytics.domain.tables.value_tables import PastRevenue
from analytics.domain.words.counting import counted
from analytics.services.evidence.evidence_results import EvidenceResult
from webapp.components.badges import tier_word
from webapp.components.panels import drawn_chart, scrolling, table
from webapp.components.states import nothing_here
from webapp.components.terms import assumption_badge, field_term, page_term
from webapp.figures.past_revenue_chart import past_revenue_chart
from webapp.pages.evidence.wording import finding, unbroken

NO_REVENUE = "No past date is old enough to know what was lost."
ALL, RISK_TIER = "all", "risk_tier"
#: Share of intervals that should hold what was lost.
SHOULD_HOLD = 0.8
#: A bias below this is called none.
_SMALL = 0.005
_NONE_GIVEN = "Not given"


def past_revenue_view(result: EvidenceResult) -> list[Any]:
    """Return what was predicted and lost: words, a figure, and tables by date and group."""
    rows, currency = result.of(PastRevenue), result.stamp.currency
    dates = [row for row in rows if row.kind == ALL]
    if not dates:
        return [nothing_here(NO_REVENUE)]
    parts = [row for row in rows if row.kind != ALL]
    return [
        finding(past_revenue_words(dates, currency), " ", cells_words(parts)),
        html.P(
            [
                "Lost is the value at stake, as known on the day, of those who then went silent "
                "within their horizon: no payment is traced, and margin, discount and survival are "
                "the same on both sides. A customer counts once on each date; segment and plan "
                "are today's. ",
                assumption_badge(),
            ],
            className="prose-line quiet",
        ),
        drawn_chart(
            past_revenue_chart(dates, currency=currency),
            _by_date(dates, currency),
            "Revenue at risk predicted and lost, by date",
            300,
        ),
        *([scrolling(_by_group(parts, currency), "Predicted and lost, by group")] if parts else []),
    ]


def past_revenue_words(dates: Sequence[PastRevenue], currency: str) -> str:
    """Say how much was predicted and lost on the past dates, and how often the interval held it."""
    predicted, lost = sum(date.predicted for date in dates), sum(date.lost for date in dates)
    held = sum(date.held for date in dates)
    many = counted(len(dates), "past date", "past dates")
    begun = (
        f"On {many} we predicted that {formatting.money(predicted, currency)} would be lost; "
        f"value of {formatting.money(lost, currency)} was"
    )
    interval = f"The 80% interval held it on {held} of {len(dates)}."
    return f"{begun}: {bias_words(predicted, lost)}. {interval}"


def bias_words(predicted: float, lost: float) -> str:
    """Say by how much too much or too little was predicted."""
    if not lost:
        return "nothing was" if not predicted else "all of it too much"
    off = predicted / lost - 1
    if abs(off) < _SMALL:
        return "what was predicted"
    return f"we predicted {formatting.share(abs(off))} too {'much' if off > 0 else 'little'}"


def cells_words(parts: Sequence[PastRevenue]) -> str:
    """Say how many intervals of single groups on single dates held what was lost there."""
    if not parts:
        return ""
    held = sum(part.held for part in parts)
    return (
        f"By tier, segment and plan on each date it held {held} of {len(parts)} "
        f"({formatting.share(held / len(parts))}; {formatting.share(SHOULD_HOLD)} would be right)."
    )


def _by_date(dates: Sequence[PastRevenue], currency: str) -> Component:
    before, after = ("scored", "expected", "went_silent", "predicted"), ("lost", "held")
    head = (
        "Date",
        *(field_term(PastRevenue, name) for name in before),
        page_term("interval_80"),
        *(field_term(PastRevenue, name) for name in after),
    )
    rows = [
        (
            formatting.day(date.observation_date),
            *(formatting.count(getattr(date, name)) for name in ("scored", "expected")),
            formatting.count(date.went_silent),
            formatting.money(date.predicted, currency),
            _range(date.predicted_low, date.predicted_high, currency),
            formatting.money(date.lost, currency),
            "yes" if date.held else "no",
        )
        for date in reversed(dates)
    ]
    caption = "Revenue at risk predicted and lost, by date"
    return table(head, rows, numeric=range(1, 7), caption=caption, class_name="compact dated")


def _by_group(parts: Sequence[PastRevenue], currency: str) -> Component:
    """Return one row a group: sums over all dates, and on how many the interval held."""
    head = (
        "Group",
        field_term(PastRevenue, "predicted"),
        field_term(PastRevenue, "lost"),
        page_term("off_by"),
        page_term("interval_held"),
    )
    ordered = sorted(parts, key=_place)
    rows = [
        _group_row(list(of_group), currency)
        for _, of_group in groupby(ordered, key=lambda one: (one.kind, one.part))
    ]
    caption = "Revenue at risk predicted and lost over all past dates, by group"
    return table(head, rows, numeric=range(1, 5), caption=caption, class_name="compact")


def _group_row(rows: Sequence[PastRevenue], currency: str) -> tuple[Any, ...]:
    first, predicted, lost = (
        rows[0],
        sum(row.predicted for row in rows),
        sum(row.lost for row in rows),
    )
    off = (
        formatting.signed(predicted - lost, formatting.share(abs(predicted / lost - 1)))
        if lost
        else None
    )
    return (
        html.Span(
            [_part(first), html.Span(CUSTOMER_COLUMN[first.kind].label, className="quiet sub")]
        ),
        formatting.money(predicted, currency),
        formatting.money(lost, currency),
        off or formatting.MISSING,
        f"{sum(row.held for row in rows)} of {counted(len(rows), 'date', 'dates')}",
    )


def _place(one: PastRevenue) -> tuple[int, int, str]:
    """Return where a group stands: tiers by risk first, then the company's own groups by name."""
    kinds = (RISK_TIER, "segment", "plan")
    tiers = [str(tier) for tier in SCORED_TIERS]
    tier = tiers.index(one.part) if one.kind == RISK_TIER and one.part in tiers else 0
    return (kinds.index(one.kind) if one.kind in kinds else len(kinds), tier, one.part)


def _part(one: PastRevenue) -> str:
    if one.kind == RISK_TIER:
        return tier_word(one.part)
    return one.part or _NONE_GIVEN


def _range(low: float, high: float, currency: str) -> str:
    return unbroken(f"{formatting.money(low, currency)} to {formatting.money(high, currency)}")
