"""The overview as a function of its result."""

from __future__ import annotations

from typing import Any

from dash import dcc, html

from analytics.domain.customer.filter import CustomerFilter
from analytics.domain.customer.trend_words import course_sentence
from analytics.domain.customer_columns.group_columns import field_of
from analytics.domain.numbers import formatting
from analytics.domain.words.theme_words import theme_word
from analytics.services.results import CustomerRow, OverviewResult, RunStamp
from webapp import address
from webapp.components.badges import held_mark, notices, run_stamp, tier_badge
from webapp.components.bar_table import BarRow, bar_table
from webapp.components.kpi_card import kpi_card
from webapp.components.panels import export_link, scrolling, table
from webapp.components.states import no_match, nothing_here
from webapp.components.terms import assumption_badge, column_term, page_term, term
from webapp.figures.trend_charts import (
    at_risk_bar_chart,
    predicted_and_observed_line_chart,
    revenue_at_risk_line_chart,
)
from webapp.pages.overview.kpis import kpis_of
from webapp.pages.overview.tiers_view import states_view, tiers_view
from webapp.pages.overview.trend import expected_then_and_now


def render_overview(result: OverviewResult, chosen: CustomerFilter) -> dict[str, Any]:
    """Return everything that the overview shows, by the name of its place."""
    return {
        **_frame(result, chosen),
        "headline": _headline(result, chosen),
        "kpis": [kpi_card(kpi) for kpi in kpis_of(result, chosen)],
        "watch": _watch_list(result),
        "plan_link": dcc.Link(
            "Whole plan", href=address.link("/recommendations", chosen), className="more-link"
        ),
        "causes": _causes(result),
        "tiers": tiers_view(result, chosen),
        "states": states_view(result, chosen),
        "groups_title": f"Where: by {_words(result.group_column)}"
        if result.group_column
        else "Where",
        "groups": _groups(result, chosen),
        **_trends(result),
    }


def _frame(result: OverviewResult, chosen: CustomerFilter) -> dict[str, Any]:
    nobody = result.totals.customers == 0
    href = f"/export/customers.csv{address.Address(chosen).to_search()}"
    return {
        "stamp": run_stamp(result.stamp),
        "notices": notices(result.stamp),
        "empty": no_match("/") if nobody else None,
        "hide_body": nobody,
        "export": export_link(href, result.totals.customers),
    }


def _headline(result: OverviewResult, chosen: CustomerFilter) -> list[Any]:
    totals, currency = result.totals, result.stamp.currency
    revenue = totals.revenue_at_risk
    whom = "customers are" if chosen.is_everyone else "of the chosen customers are"
    course = course_sentence(*expected_then_and_now(result)) if chosen.is_everyone else ""
    return [
        html.Strong(f"{totals.at_risk:,} {whom} at risk of leaving without a word. "),
        f"{course} " if course else "",
        "Over all scored customers here we expect to lose ",
        html.Strong(formatting.money(revenue.value, currency)),
        f" within twelve months ({formatting.interval(revenue, currency)}). ",
        *_avoidable(result),
        html.Span(_since_then(result, chosen), className="since-then"),
        dcc.Link(_first_sentence(result.stamp.verdict), href="/evidence", className="verdict"),
    ]


def _avoidable(result: OverviewResult) -> list[Any]:
    """Say which part of the loss the recommended actions are assumed to avert."""
    totals, currency = result.totals, result.stamp.currency
    if not totals.revenue_at_risk.value or totals.avoidable_loss is None:
        return []
    return [
        f"{formatting.money(totals.avoidable_loss, currency)} of it is ",
        term("avoidable_loss", "avoidable"),
        " by the recommended actions ",
        assumption_badge(),
        f" and {formatting.money(totals.unavoidable_loss, currency)} is ",
        term("unavoidable_loss", "not"),
        ". ",
    ]


def _since_then(result: OverviewResult, chosen: CustomerFilter) -> str:
    """Say what became of those at risk then; a choice by where they stand today cannot tell."""
    return "" if chosen.tier or chosen.early else result.since_then.sentence()


def _watch_list(result: OverviewResult) -> Any:
    if not result.watch_list:
        return nothing_here(result.nothing_to_do)
    head = [
        column_term("customer_id"),
        column_term("risk_tier", "Risk"),
        column_term("days_since_last_activity"),
        column_term("reason_1", "Why"),
        column_term("action_label", "Do"),
        column_term("revenue_at_risk"),
        html.Span([column_term("expected_net_value", "Net value"), " ", assumption_badge()]),
    ]
    rows = [_watch_row(row, result.stamp) for row in result.watch_list]
    return scrolling(
        table(
            head, rows, numeric=(2, 5, 6), caption="Customers to act on today", class_name="watch"
        ),
        "Customers to act on today",
    )


def _watch_row(row: CustomerRow, stamp: RunStamp) -> list[Any]:
    currency = stamp.currency
    known_by = row.name if row.name != row.customer_id else row.segment
    return [
        html.Span(
            [
                dcc.Link(row.customer_id, href=address.customer_path(row.customer_id)),
                html.Span(known_by, className="quiet sub"),
            ]
        ),
        html.Span(
            [
                tier_badge(row.risk_tier, stamp.tier_meaning(row.risk_tier)),
                html.Span(formatting.share(row.churn_risk)),
                held_mark(row.tier_held),
            ],
            className="tier-and-share",
        ),
        formatting.number(row.days_since_last_activity, 0),
        row.reason_1,
        row.action_label,
        formatting.money(row.revenue_at_risk, currency),
        formatting.money(row.expected_net_value, currency),
    ]


def _first_sentence(verdict: str) -> str:
    """Return how a verdict begins; the Evidence page has all of it."""
    return verdict.partition(". ")[0].removesuffix(".") + ". How we know"


def _causes(result: OverviewResult) -> Any:
    if not result.by_cause:
        return nothing_here("Nobody is at risk here.")
    bars = [
        BarRow(
            theme_word(row.key) if row.key else "No cause stands out",
            row.totals.at_risk,
            (
                formatting.count(row.totals.at_risk),
                formatting.money(row.totals.revenue_at_risk.value, result.stamp.currency),
            ),
            style="bar-accent",
        )
        for row in result.by_cause
    ]
    head = ("Likely cause", term("at_risk"), term("revenue_at_risk", "Revenue"))
    return bar_table(head, bars, caption="Likely causes of the customers at risk")


def _groups(result: OverviewResult, chosen: CustomerFilter) -> Any:
    column, currency = result.group_column, result.stamp.currency
    if not column or not result.by_group:
        return nothing_here("No segment, plan, region or channel varies in these data.")
    field = field_of(column)
    bars = [
        BarRow(
            row.label,
            row.totals.revenue_at_risk.value,
            (
                formatting.count(row.totals.at_risk),
                formatting.money(row.totals.revenue_at_risk.value, currency),
            ),
            href=address.link("/", address.with_choice(chosen, **{field: row.key}))
            if row.key
            else "",
            style="bar-accent",
            chosen=getattr(chosen, field) == (row.key,),
        )
        for row in result.by_group[:8]
    ]
    head = (column_term(column), term("at_risk"), term("revenue_at_risk", "Revenue"))
    return bar_table(head, bars, caption=f"Customers at risk by {_words(column)}")


def _words(column: str) -> str:
    return column.replace("_", " ")


def _trends(result: OverviewResult) -> dict[str, Any]:
    trend, currency = result.trend, result.stamp.currency
    dates = [formatting.day(point.observation_date) for point in trend]
    at_risk = zip(dates, (formatting.count(point.at_risk) for point in trend), strict=True)
    revenue = zip(
        dates,
        (formatting.money_exact(point.revenue_at_risk, currency) for point in trend),
        strict=True,
    )
    predicted_observed = ("Date", page_term("predicted_then"), page_term("seen_since"))
    shares = [
        (when, formatting.share(point.predicted_share), formatting.share(point.silent_churn_share))
        for when, point in zip(dates, trend, strict=True)
    ]
    return {
        "at_risk": at_risk_bar_chart(trend),
        "at_risk_table": table(("Date", "At risk"), list(at_risk), numeric=(1,)),
        "revenue": revenue_at_risk_line_chart(trend, currency=currency),
        "revenue_table": table(("Date", "Revenue at risk"), list(revenue), numeric=(1,)),
        "predicted_observed": predicted_and_observed_line_chart(trend),
        "predicted_observed_table": table(predicted_observed, shares, numeric=(1, 2)),
    }
