"""Who the customer is, and the five numbers that matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from analytics.domain.customer.trend_words import LOOK_BACK_AGO
from analytics.domain.customer.value_form import ValueForm
from analytics.domain.customer_columns.group_columns import OWN_COLUMNS
from analytics.domain.numbers import formatting
from analytics.domain.numbers.measures import CUSTOMER_COLUMN, Unit
from analytics.services.results import CustomerResult
from webapp.components.attributes import data
from webapp.components.badges import band_badge, held_mark, state_badge, tier_badge, tier_word
from webapp.components.terms import assumed, column_term

Record = Mapping[str, Any]


def head_view(result: CustomerResult) -> list[Component]:
    """Return the head of the page."""
    record = result.record
    name = str(record.get("name") or record["customer_id"])
    return [
        dcc.Link("Customers", href="/customers", className="crumb no-print"),
        html.Div(
            [
                html.H1(name),
                _tier(result),
                *_state(record),
                *_marks(record),
            ],
            className="customer-title",
        ),
        html.P(_identity(record, name), className="question"),
        html.P(str(record.get("state_reason") or ""), className="state-reason"),
        html.Div(_numbers(result), className="fact-strip"),
    ]


def _tier(result: CustomerResult) -> Component:
    tier = str(result.record["risk_tier"])
    return tier_badge(tier, result.stamp.tier_meaning(tier))


def _state(record: Record) -> list[Component]:
    """Return the state as a badge; a run of a version without states shows none."""
    state = str(record.get("customer_state") or "")
    return [state_badge(state)] if state else []


def _marks(record: Record) -> list[Component]:
    marks: list[Component] = []
    if (held := held_mark(bool(record.get("tier_held")))) is not None:
        marks.append(held)
    if record.get("risk_is_unsure"):
        meaning = CUSTOMER_COLUMN["risk_is_unsure"].meaning
        marks.append(html.Span("Not sure", className="pill", tabIndex="0", **data(tip=meaning)))
    if record.get("suppressed_frustration"):
        marks.append(html.Span("Frustrated but silent", className="pill pill-stale"))
    if record.get("unusual"):
        marks.append(html.Span("Unusual behaviour", className="pill"))
    if record.get("holdout"):
        marks.append(html.Span("Holdout: do not contact", className="pill"))
    return marks


def _identity(record: Record, name: str) -> str:
    parts = [str(record["customer_id"])] if name != record["customer_id"] else []
    parts += [str(record[field]) for field in OWN_COLUMNS if record.get(field)]
    since = record.get("signed_up_at")
    if since is not None and not formatting.is_missing(since):
        parts.append(f"customer since {formatting.by_unit(since, Unit.TIME, '')}")
    return " · ".join(parts)


def _numbers(result: CustomerResult) -> list[Component]:
    record, currency = result.record, result.stamp.currency
    interval = result.risk_interval
    band = record.get("frustration_band")
    return [
        _fact(
            "churn_risk",
            formatting.share(_number(record, "churn_risk")),
            f"80% interval {formatting.share_interval(interval)}"
            if interval
            else "not scored: too little rhythm, lapsed or gone",
            _risk_before(record),
        ),
        _fact(
            "revenue_at_risk",
            formatting.money(_number(record, "revenue_at_risk"), currency),
            _value_words(record, currency),
            _form_words(record, currency),
        ),
        _fact(
            "frustration_index",
            formatting.number(_number(record, "frustration_index"), 0),
            band_badge(str(band)) if band else "",
            _stale(record)
            or f"contacts in 90 days: {formatting.count(_number(record, 'contacts_90d'))}",
        ),
        _fact(
            "days_since_last_activity",
            formatting.days(_number(record, "days_since_last_activity")),
            f"usual gap {formatting.days(_number(record, 'usual_gap_days'))}",
            f"own horizon {formatting.days(_number(record, 'horizon_days'))}",
        ),
    ]


def _value_words(record: Record, currency: str) -> str:
    """Say the value if the customer stays, and what would still come if not."""
    stays, leaves = _number(record, "value_if_stays"), _number(record, "value_if_leaves")
    said = f"{formatting.money(stays, currency)} if they stay"
    return f"{said}, {formatting.money(leaves, currency)} if not" if leaves else said


def _form_words(record: Record, currency: str) -> str:
    """Say how much comes a month, and what the value is made from where that is not it."""
    monthly = formatting.money(_number(record, "monthly_revenue"), currency)
    form = str(record.get("value_form") or "")
    if form == ValueForm.PURCHASES:
        return f"from expected purchases; lately {monthly} a month"
    if form == ValueForm.DEFAULT:
        return f"{monthly} a month is assumed: no amount is known"
    return f"{monthly} a month"


def _stale(record: Record) -> str:
    """Say as of when an index is that tells of the last activity, not of today."""
    if not record.get("frustration_stale"):
        return ""
    last = record.get("last_activity_at")
    if last is None or formatting.is_missing(last):
        return "stale: no activity is known"
    return f"stale, as of {formatting.by_unit(last, Unit.TIME, '')}"


def _risk_before(record: Record) -> str:
    """Say the risk of 28 days ago; the tier where there was none."""
    risk = formatting.share(_number(record, "churn_risk_28d_ago"))
    if risk != formatting.MISSING:
        return f"{LOOK_BACK_AGO} {risk}"
    tier = str(record.get("previous_risk_tier") or "")
    return (
        f"{LOOK_BACK_AGO}: {tier_word(tier).lower()} then" if tier else f"not known {LOOK_BACK_AGO}"
    )


def _fact(column: str, value: str, first: Any, second: str) -> Component:
    return html.Div(
        [
            html.Div([column_term(column), assumed(column)], className="kpi-label"),
            html.Div(value, className="kpi-value"),
            html.Div(first, className="kpi-note"),
            html.Div(second, className="kpi-note"),
        ],
        className="fact",
    )


def _number(record: Record, column: str) -> float | None:
    value = record.get(column)
    return float(value) if isinstance(value, int | float) else None
