"""How early: days from the first lasting alert to the silence, and what the alerts cost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from analytics.domain.numbers import formatting
from analytics.domain.tables.flag_tables import (
    DAYS_AHEAD_COUNTED,
    RULE_SILENT_DAYS,
    AlertLeadTime,
)
from analytics.domain.words.counting import counted, verb_of
from analytics.domain.words.share_words import CountedShare, percent
from analytics.services.evidence.evidence_results import EvidenceResult
from webapp.components.panels import drawn_chart, table
from webapp.components.states import nothing_here
from webapp.components.terms import defined, field_term
from webapp.figures.lead_time_chart import DAYS_AHEAD, lead_time_bar_chart, shares_ahead
from webapp.pages.evidence.past_dates.no_leavers import no_leavers_words
from webapp.pages.evidence.wording import finding, with_interval

#: How the other ways to alert are named within a sentence.
_BY = {"recency": "by days of silence", "random": "at random"}
_FOUND = ("leavers", "alerted", "mean_days_ahead", "alert_precision", "days_before_rule")
_FIRST = ("first_alerted", "first_days_before_rule", "first_before_last_activity")


def lead_time_view(result: EvidenceResult) -> list[Any]:
    """Return how early the alerts were, as words, bars and a table."""
    ways = result.of(AlertLeadTime)
    if not ways or not any(way.leavers for way in ways):
        return [nothing_here(no_leavers_words(result))]
    return [
        finding(*lead_time_words(ways)),
        html.Div(
            [
                drawn_chart(
                    lead_time_bar_chart(ways),
                    _table(ways),
                    "Share of the leavers alerted so many days ahead",
                    300,
                ),
                html.Dl([_price(way) for way in ways], className="facts price"),
            ],
            className="grid-two-one",
        ),
    ]


def lead_time_words(ways: Sequence[AlertLeadTime]) -> list[str]:
    """Say how many leavers were alerted, how early, and how days of silence compare."""
    own = next((way for way in ways if way.alert == "champion"), ways[0])
    luck = next((way for way in ways if way.alert == "random" and way.leavers), None)
    share = CountedShare.counted(
        own.alerted, own.leavers, base_rate=luck.alerted / luck.leavers if luck else None
    )
    if share.few:
        gone = counted(own.leavers, "customer", "customers")
        return [f"Only {gone} went silent, too few to say how early alerts come."]
    at_random = "" if share.base_rate is None else f"; {percent(share.base_rate)} at random"
    said = [
        f"Of {counted(own.leavers, 'customer')} who went silent, {own.alerted:,} "
        f"({percent(share.share)}, 95% interval {percent(share.low)} to {percent(share.high)}"
        f"{at_random}) {verb_of(own.alerted, 'was', 'were')} under an "
        f"alert when a fixed rule, {RULE_SILENT_DAYS} days of silence, would have noticed. ",
        *_days_ahead(own, ways),
    ]
    if own.days_before_rule is not None:
        said.append(
            f"Half of those alerts began at least {formatting.days(own.days_before_rule)} before "
            f"the rule (middle half: {_span(own)})"
        )
        said.append(f"; {_against_last_activity(own)}. ")
    if own.alerted_before_last_activity is not None:
        said.append(
            f"{formatting.share(own.alerted_before_last_activity)} of the leavers were alerted "
            "while they were still active. "
        )
    said += _first_alerts(own, ways)
    other = next((way for way in ways if way.alert == "recency"), None)
    if other is not None and other.days_before_rule is not None:
        short = other.label.partition(":")[0]
        said.append(
            f"With as many alerts a week by {short[:1].lower()}{short[1:]}: "
            f"{other.alerted:,} alerted, half of them at least "
            f"{formatting.days(other.days_before_rule)} before the rule."
        )
    return said


def _days_ahead(own: AlertLeadTime, ways: Sequence[AlertLeadTime]) -> list[str]:
    """Say how many days ahead alerts were per leaver, the missed ones too, and how often wrong."""
    if own.mean_days_ahead is None:
        return []
    mean, low, high = (
        formatting.number(days)
        for days in (own.mean_days_ahead, own.mean_days_ahead_low, own.mean_days_ahead_high)
    )
    said = (
        f"Over all leavers the first alert of the last {DAYS_AHEAD_COUNTED} days came a mean of "
        f"{mean} days before the rule (95% interval {low} to {high}), one who was missed counting 0"
    )
    of_way = {way.alert: way.mean_days_ahead for way in ways if way.mean_days_ahead is not None}
    others = [f"{formatting.number(of_way[way])} {by}" for way, by in _BY.items() if way in of_way]
    if others:
        said += f"; {' and '.join(others)}"
    if own.alert_precision is None:
        return [f"{said}. "]
    right = formatting.share(own.alert_precision)
    return [f"{said}. {right} of a week's alerts went silent within their horizon. "]


def _first_alerts(own: AlertLeadTime, ways: Sequence[AlertLeadTime]) -> list[str]:
    """Say how early the first alerts came, lasting or not, and what luck alone would do."""
    if own.first_alerted is None or own.first_days_before_rule is None:
        return []
    said = (
        f"Counting alerts that were taken back as well, {formatting.share(own.first_alerted)} of "
        "the leavers had one before the rule, half of them at least "
        f"{formatting.days(own.first_days_before_rule)} before it"
    )
    luck = next((way for way in ways if way.alert == "random"), None)
    if luck is None or luck.first_days_before_rule is None:
        return [f"{said}. "]
    named = formatting.share(luck.first_alerted)
    early = formatting.days(luck.first_days_before_rule)
    return [
        f"{said}. By luck alone, as many alerts drawn at random name {named}, half of them at "
        f"least {early} before. A median of those alerted leaves out the missed and rewards old "
        "alarms, so that a lottery scores high there; days ahead per leaver do neither. "
    ]


def _span(one: AlertLeadTime) -> str:
    low, high = one.days_before_rule_low, one.days_before_rule_high
    return f"{formatting.number(low, 0)} to {formatting.days(high)}"


def _against_last_activity(one: AlertLeadTime) -> str:
    days = one.days_before_last_activity
    if days is None:
        return "how that stands to their last activity is not known"
    if days == 0:
        return "the median alert began on the day of their last activity"
    where = "before" if days > 0 else "after"
    return f"the median alert began {formatting.days(abs(days))} {where} their last activity"


def _price(one: AlertLeadTime) -> Component:
    """Return what the alerts cost: how often they are wrong."""
    precision = formatting.share(one.alert_precision)
    if one.alert_precision_low is not None and one.alert_precision_high is not None:
        ends = (one.alert_precision_low, one.alert_precision_high)
        low, high = map(formatting.share, ends)
        precision += f" (95% interval {low} to {high})"
    return html.Div(
        [
            html.Dt(html.Strong(one.label)),
            html.Dd(
                [
                    *_ahead(one),
                    html.Span(f"{precision} of a week's alerts went silent", className="sub"),
                    html.Span(
                        f"{formatting.share(one.weekly_false_alert_share)} of those who stayed are "
                        "alerted in a week",
                        className="sub",
                    ),
                    html.Span(f"Measured over {counted(one.weeks, 'week')}", className="quiet sub"),
                ]
            ),
        ]
    )


def _ahead(one: AlertLeadTime) -> list[Component]:
    if one.mean_days_ahead is None:
        return []
    ahead = formatting.number(one.mean_days_ahead)
    return [html.Span(f"{ahead} days ahead of the rule per leaver", className="sub")]


def _table(ways: Sequence[AlertLeadTime]) -> Component:
    head = (
        "Alert",
        *(field_term(AlertLeadTime, name) for name in _FOUND),
        field_term(AlertLeadTime, "days_before_last_activity"),
        field_term(AlertLeadTime, "alerted_before_last_activity"),
        *(field_term(AlertLeadTime, name) for name in _FIRST),
        *(defined(f"{days} days ahead", "Of the rule; share of the leavers.")
          for days in DAYS_AHEAD),
        field_term(AlertLeadTime, "weekly_alert_share"),
        field_term(AlertLeadTime, "weekly_false_alert_share"),
    )  # fmt: skip
    return table(
        head,
        [_row(way) for way in ways],
        numeric=range(1, len(head)),
        caption="How early the alerts were",
        class_name="compact dated",
    )


def _row(one: AlertLeadTime) -> list[Any]:
    ahead = (one.mean_days_ahead, one.mean_days_ahead_low, one.mean_days_ahead_high)
    rule = (one.days_before_rule, one.days_before_rule_low, one.days_before_rule_high)
    right = (one.alert_precision, one.alert_precision_low, one.alert_precision_high)
    return [
        one.label,
        formatting.count(one.leavers),
        formatting.count(one.alerted),
        with_interval(*(formatting.number(value) for value in ahead)),
        with_interval(*map(formatting.share, right)),
        with_interval(*(formatting.number(value, 0) for value in rule)),
        formatting.number(one.days_before_last_activity, 0).replace("-", "−"),
        formatting.share(one.alerted_before_last_activity),
        formatting.share(one.first_alerted),
        formatting.number(one.first_days_before_rule, 0),
        formatting.share(one.first_before_last_activity),
        *(formatting.share(value) for value in shares_ahead(one)),
        formatting.share(one.weekly_alert_share),
        formatting.share(one.weekly_false_alert_share),
    ]
