"""How many should we contact? Customers caught and money, by how many are contacted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from analytics.domain.numbers import formatting
from analytics.domain.numbers.numbers import definition
from analytics.domain.tables.flag_tables import CapacityPoint, ModelProfit
from analytics.domain.words.counting import counted
from analytics.services.evidence.evidence_results import EvidenceResult
from webapp.components.panels import drawn_chart, scrolling, table
from webapp.components.states import nothing_here
from webapp.components.terms import assumption_badge, defined
from webapp.figures.capacity_charts import (
    by_policy,
    caught_line_chart,
    net_value_line_chart,
    policy_words,
)
from webapp.pages.evidence.wording import finding, unbroken, with_interval

NO_CAPACITY = "No past date tells what contacting more or fewer customers would have given."


def capacity_view(result: EvidenceResult) -> list[Any]:
    """Return how many contacts paid best, as words, two charts and tables."""
    points, currency = result.of(CapacityPoint), result.stamp.currency
    parts: list[Any] = [nothing_here(NO_CAPACITY)]
    if points:
        parts = [
            finding(*capacity_words(points, currency), assumption_badge()),
            html.Div(
                [
                    _part("Caught", drawn_chart(
                        caught_line_chart(points),
                        _table(points, "caught", currency),
                        "Customers caught by customers contacted",
                        300,
                    )),
                    _part(["Net value ", assumption_badge()], drawn_chart(
                        net_value_line_chart(points, currency=currency),
                        _table(points, "net_value", currency),
                        "Net value by customers contacted",
                        300,
                    )),
                ],
                className="grid-halves",
            ),
        ]  # fmt: skip
    return [*parts, _profit(result.of(ModelProfit), result.claim.champion, currency)]


def capacity_words(points: Sequence[CapacityPoint], currency: str) -> list[str]:
    """Say which number of contacts would have paid best, and whom it would have caught."""
    policies = by_policy(points)
    own = policies.get("champion", [])
    paying = [point for point in own if point.contacted and (point.net_value or 0.0) > 0]
    tried = [point for point in own if point.contacted]
    if not tried:
        return ["The run kept no curve for the churn risk. "]
    if not paying:
        return [
            "With the profile's costs, margin and save rate no number of contacts chosen by churn "
            "risk alone would have paid. "
        ]
    best = max(paying, key=lambda one: one.net_value or 0.0)
    end = " (the most that was tried)" if best is tried[-1] else ""
    ends = (best.net_value, best.net_value_low, best.net_value_high)
    net, low, high = (unbroken(formatting.money(bound, currency)) for bound in ends)
    return [
        f"Contacting the {counted(best.contacted, 'customer', 'customers')} of highest risk on a "
        f"test date{end} would have paid best of all numbers: {net} net a date (80% range {low} "
        f"to {high}). On average it reaches {formatting.number(best.caught, 0)} of those who went "
        f"silent ({formatting.share(best.recall)}), and "
        f"{formatting.number(best.false_alarms, 0)} who stayed. ",
        _others(best, policies),
        _by_value(best, policies.get("value_at_risk", []), currency),
    ]


def _by_value(best: CapacityPoint, by_value: Sequence[CapacityPoint], currency: str) -> str:
    """Say where choosing by risk times value would have paid more."""
    top = max(by_value, key=lambda one: one.net_value or 0.0, default=best)
    if (top.net_value or 0.0) <= (best.net_value or 0.0):
        return ""
    return (
        f"Choosing by risk times value would have paid more: "
        f"{formatting.money(top.net_value, currency)} with {formatting.count(top.contacted)} "
        "contacts. "
    )


def _others(best: CapacityPoint, policies: dict[str, list[CapacityPoint]]) -> str:
    same = {
        name: point.caught
        for name, rows in policies.items()
        for point in rows
        if point.contacted == best.contacted and point.caught is not None
    }
    known = [
        f"{formatting.number(same[name], 0)} {words}"
        for name, words in (("recency", "by days of silence"), ("random", "at random"))
        if name in same
    ]
    return f"As many contacts would have reached {' and '.join(known)}. " if known else ""


def _part(title: Any, chart: Component) -> Component:
    return html.Div([html.H3(title), chart])


def _table(points: Sequence[CapacityPoint], measure: str, currency: str) -> Component:
    policies = by_policy(points)
    at = {(point.policy, point.contacted): point for point in points}
    meaning = definition(CapacityPoint.table.column[measure])
    head = ("Contacted", *(defined(policy_words(name), meaning) for name in policies))
    rows = [
        [
            formatting.count(contacted),
            *(_cell(at.get((name, contacted)), measure, currency) for name in policies),
        ]
        for contacted in sorted({point.contacted for point in points})
    ]
    return table(head, rows, numeric=range(len(head)), class_name="compact")


def _cell(point: CapacityPoint | None, measure: str, currency: str) -> Any:
    if point is None:
        return formatting.MISSING
    if measure == "caught":
        return formatting.number(point.caught, 1)
    ends = (point.net_value, point.net_value_low, point.net_value_high)
    return with_interval(*(formatting.money(end, currency) for end in ends))


def _profit(models: Sequence[ModelProfit], champion: str, currency: str) -> Component | None:
    if not models:
        return None
    title = "What each model's ranking could earn"
    head = (
        "Model",
        defined(
            "Most profit a customer",
            "Per scored customer, at the best share to contact for each possible save rate "
            "(Verbraken, Verbeke, Baesens 2013), with the profile's costs and the mean value.",
        ),
        defined("Best share to contact", "Mean over the possible save rates."),
    )
    rows = [
        [
            html.Span([model.label, " ", _shown(model.model == champion)]),
            formatting.money_exact(model.expected_maximum_profit, currency),
            formatting.share(model.best_share_contacted),
        ]
        for model in models
    ]
    return html.Div(
        [
            html.H3([f"{title} ", assumption_badge()], className="spaced"),
            scrolling(
                table(head, rows, numeric=(1, 2), caption=title, class_name="compact"), title
            ),
        ]
    )


def _shown(champion: bool) -> Component | None:
    return html.Span("in use", className="pill pill-fresh") if champion else None
