"""One customer's page as a function of its result."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from analytics.domain.numbers import formatting
from analytics.services.results import CustomerResult
from webapp.components.badges import notices, run_stamp
from webapp.components.panels import table
from webapp.components.states import not_found
from webapp.components.terms import page_term
from webapp.figures.customer_charts import (
    activity_bar_chart,
    frustration_line_chart,
    risk_line_chart,
)
from webapp.pages.customer.actions_view import action_options, actions_view
from webapp.pages.customer.head_view import head_view
from webapp.pages.customer.nearest_change_view import nearest_change_view
from webapp.pages.customer.reasons_view import reasons_view
from webapp.pages.customer.records_view import event_rows, events_note, facts_view
from webapp.pages.customer.work_view import notes_view, seen_items, work_view

#: A risk that moved by more than this did move, whether or not a sign says so.
_MOVED = 0.05


def _without_changes(result: CustomerResult) -> str:
    """Say why no change is listed: without two scores there is nothing to compare."""
    now, before = (result.record[name] for name in ("churn_risk", "churn_risk_28d_ago"))
    if not isinstance(now, float) or not isinstance(before, float):
        return "Not scored on both dates, so there is no change to explain."
    if abs(now - before) >= _MOVED:
        said = f"The risk went from {formatting.share(before)} to {formatting.share(now)}"
        return f"{said}; no single sign explains it."
    return "Nothing moved much in 28 days."


def render_customer(result: CustomerResult) -> dict[str, Any]:
    """Return everything that a customer's page shows, by the name of its place."""
    options = action_options(result)
    return {
        "stamp": run_stamp(result.stamp),
        "notices": notices(result.stamp),
        "empty": None,
        "hide_body": False,
        "head": head_view(result),
        "reasons": reasons_view(
            result.reasons,
            "percentage points",
            "No reason stands out.",
            otherwise="With this alone at the typical level",
        ),
        "changes": reasons_view(
            result.changes,
            "percentage points",
            _without_changes(result),
            otherwise="With this alone as 28 days ago",
        ),
        "nearest_change": nearest_change_view(result),
        "parts": reasons_view(
            result.frustration_parts, "points of the index", "No friction was met.", signed=False
        ),
        **_charts(result),
        "actions": actions_view(result),
        "work": work_view(result.work_items),
        "work_seen": seen_items(result.work_items),
        "work_options": options,
        "work_action": options[0]["value"] if options else "",
        "notes": notes_view(result.notes),
        "facts": facts_view(result),
        "events": event_rows(result),
        "events_note": events_note(result),
    }


def render_unknown(customer_id: str) -> dict[str, Any]:
    """Return the page of a customer that the current run does not have."""
    return {
        "empty": not_found(f"The current run has no customer “{customer_id}”."),
        "hide_body": True,
    }


def _charts(result: CustomerResult) -> dict[str, Any]:
    weeks = [
        (
            formatting.day(week.week),
            f"{week.active_days}",
            formatting.count(week.friction_events),
            formatting.count(week.voice_events),
        )
        for week in reversed(result.weeks)
    ]
    history = list(reversed(result.history))
    risk = [(formatting.day(p.observation_date), formatting.share(p.churn_risk)) for p in history]
    frustration = [
        (formatting.day(p.observation_date), formatting.number(p.frustration_index, 0))
        for p in history
    ]
    return {
        "activity": activity_bar_chart(result.weeks, usual=result.usual_active_days_per_week),
        "activity_table": _week_table(weeks),
        "risk": risk_line_chart(result.history),
        "risk_table": table(("Date", "Churn risk"), risk, numeric=(1,)),
        "frustration": frustration_line_chart(result.history),
        "frustration_table": table(("Date", "Frustration index"), frustration, numeric=(1,)),
    }


def _week_table(weeks: list[tuple[str, str, str, str]]) -> Component:
    head = (
        "Week of",
        *(page_term(f"{name}_a_week") for name in ("active_days", "friction", "contacts")),
    )
    return html.Div(table(head, weeks, numeric=(1, 2, 3)))
