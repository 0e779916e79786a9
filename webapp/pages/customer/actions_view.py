"""What to do for this customer, what else could be done, and what that rests on."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from analytics.domain.numbers import formatting
from analytics.domain.profiles.no_action import NO_ACTION_ADVICE, NOT_SCORED_ADVICE, why_none
from analytics.domain.profiles.profile import NO_ACTION
from analytics.services.results import ActionOption, CustomerResult
from webapp.components.panels import scrolling, table
from webapp.components.states import nothing_here
from webapp.components.terms import column_term, page_term, term


def actions_view(result: CustomerResult) -> Component:
    """Return the recommended action, its numbers and the other options."""
    recommended = str(result.record.get("recommended_action") or NO_ACTION)
    best = next((option for option in result.actions if option.action == recommended), None)
    currency = result.stamp.currency
    return html.Div(
        [
            html.P(_advice(result, best), className="advice"),
            _numbers(result, best, currency) if best else None,
            _others(result.actions, currency),
            html.Details(
                [
                    html.Summary("What this assumes"),
                    html.Ul([html.Li(line) for line in result.stamp.assumptions]),
                ],
                className="twin",
            ),
        ]
    )


def action_options(result: CustomerResult) -> list[dict[str, str]]:
    """Return the actions somebody may take on, the recommended one first."""
    recommended = result.record.get("recommended_action")
    ordered = sorted(result.actions, key=lambda one: one.action != recommended)
    return [{"label": option.label, "value": option.action} for option in ordered]


def _advice(result: CustomerResult, best: ActionOption | None) -> str:
    if result.record.get("holdout"):
        return (
            "Leave alone. This customer is in the holdout, by which the effect of all actions "
            "is measured."
        )
    if best is not None:
        return best.label
    record = result.record
    why = why_none(str(record.get("action_label") or ""), str(record["risk_tier"]))
    return NOT_SCORED_ADVICE if why is None else NO_ACTION_ADVICE[why]


def _numbers(result: CustomerResult, best: ActionOption, currency: str) -> Component:
    value, at_risk = best.expected_net_value, result.record.get("revenue_at_risk")
    avoidable = result.record.get("avoidable_loss")
    rest = (
        at_risk - avoidable if isinstance(at_risk, float) and isinstance(avoidable, float) else None
    )
    rows: list[tuple[Any, str]] = [
        (column_term("avoidable_loss"), formatting.money(_known(avoidable), currency)),
        (term("unavoidable_loss"), formatting.money(rest, currency)),
        (column_term("expected_net_value"), formatting.money(value.value, currency)),
        (page_term("interval_80"), formatting.interval(value, currency)),
        (column_term("action_cost"), formatting.money_exact(best.expected_cost, currency)),
        (page_term("assumed_save_rate"), formatting.share(best.assumed_save_rate)),
        (column_term("break_even_save_rate"), formatting.share(best.break_even_save_rate)),
    ]
    return html.Dl(
        [html.Div([html.Dt(name), html.Dd(text)]) for name, text in rows], className="facts"
    )


def _known(value: object) -> float | None:
    return value if isinstance(value, float) else None


def _others(options: tuple[ActionOption, ...], currency: str) -> Component:
    if not options:
        return nothing_here("No action of the profile is an option for this customer.")
    rows = [
        (
            option.label,
            formatting.money(option.expected_net_value.value, currency),
            formatting.money_exact(option.expected_cost, currency),
            formatting.share(option.break_even_save_rate),
        )
        for option in options
    ]
    head = (
        "Option",
        column_term("expected_net_value", "Net value"),
        column_term("action_cost", "Cost"),
        column_term("break_even_save_rate", "Break-even"),
    )
    return scrolling(
        table(head, rows, numeric=(1, 2, 3), caption="All options", class_name="compact"),
        "All options",
    )
