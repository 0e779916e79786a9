"""The recommendations page as a function of its result."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from analytics.domain.numbers import formatting
from analytics.domain.words.counting import counted, verb_of
from analytics.services.results import RecommendationsResult
from webapp.address import MINUTES_AN_HOUR, Address, link, with_choice
from webapp.components.badges import notices, run_stamp
from webapp.components.bar_table import BarRow, bar_table
from webapp.components.panels import export_link, table
from webapp.components.states import no_match, nothing_here
from webapp.components.terms import assumption_badge, column_term, page_term, term
from webapp.figures.marginal_value_chart import marginal_value_line_chart
from webapp.pages.recommendations.plan_grid import plan_rows

PATH = "/recommendations"
NO_ROOM = "The budget and the working time leave room for no contact, though some would pay."


def render_recommendations(
    result: RecommendationsResult, here: Address, customers: int
) -> dict[str, Any]:
    """Return everything that the page shows, by the name of its place.

    Parameters
    ----------
    customers
        Customers in the filter; with none of them there is nothing to recommend.
    """
    currency = result.stamp.currency
    return {
        "stamp": run_stamp(result.stamp),
        "notices": notices(result.stamp),
        "empty": no_match(PATH) if customers == 0 else None,
        "hide_body": customers == 0,
        "export": export_link(f"/export/plan.csv{here.to_search()}", result.plan_size, "contact"),
        "totals": _totals(result),
        "by_action": _by_action(result, here),
        "marginal": marginal_value_line_chart(
            result.marginal, planned=result.plan_size, currency=currency
        ),
        "marginal_table": _marginal_table(result),
        "holdout": _holdout(result),
        "plan": plan_rows(result.plan),
        "plan_note": _plan_note(result),
    }


def _totals(result: RecommendationsResult) -> list[Component]:
    currency, value = result.stamp.currency, result.plan_net_value
    hours, capacity = (
        result.plan_minutes / MINUTES_AN_HOUR,
        result.capacity_minutes / MINUTES_AN_HOUR,
    )
    budget = "no limit set" if result.budget is None else formatting.money(result.budget, currency)
    return [
        _card(
            [term("net_value", "Expected net value of the plan"), assumption_badge()],
            formatting.money(value.value, currency),
            f"80% interval {formatting.interval(value, currency)}",
        ),
        _card(
            ["Contacts in the plan"],
            formatting.count(result.plan_size),
            f"of {result.worth_contacting:,} worth contacting",
        ),
        _card(
            [column_term("action_cost", "Cost of the plan")],
            formatting.money(result.plan_cost, currency),
            f"budget: {budget}",
        ),
        _card(
            ["Working time"],
            f"{formatting.number(hours, 0)} h",
            f"of {formatting.number(capacity, 0)} h this week",
        ),
    ]


def _card(label: list[Any], value: str, note: str) -> Component:
    return html.Article(
        [
            html.Div(label, className="kpi-label"),
            html.Div(html.Span(value, className="kpi-value"), className="kpi-row"),
            html.P(note, className="kpi-note"),
        ],
        className="panel kpi",
    )


def _by_action(result: RecommendationsResult, here: Address) -> Component:
    if not result.by_action:
        return nothing_here(result.nothing_to_do or NO_ROOM)
    chosen, currency = here.chosen, result.stamp.currency
    bars = [
        BarRow(
            row.label,
            row.totals.net_value,
            (
                formatting.count(row.totals.customers),
                formatting.money(row.totals.net_value, currency),
            ),
            href=link(PATH, with_choice(chosen, action=row.key)),
            style="bar-accent",
            chosen=chosen.action == (row.key,),
        )
        for row in result.by_action
    ]
    head = ("Action", term("customers"), term("net_value", "Net value"))
    return bar_table(head, bars, caption="Customers by recommended action")


def _marginal_table(result: RecommendationsResult) -> Component:
    rows = [
        (formatting.count(contacts), formatting.money_exact(value, result.stamp.currency))
        for contacts, value in result.marginal
    ]
    return table((page_term("contacts_planned"), term("net_value")), rows, numeric=(0, 1))


def _holdout(result: RecommendationsResult) -> Component:
    held = result.holdout_customers
    return html.Div(
        [
            html.P(
                [
                    html.Strong(counted(held, "customer")),
                    f" of this choice {verb_of(held)} left alone, drawn at random. Comparing "
                    "them with the "
                    "customers who were contacted is the only way to measure what an action "
                    "really changes.",
                ]
            ),
            html.P(
                "Until that has been measured, every save rate here is an assumption of the "
                "profile. The break-even save rate says how right it has to be."
            ),
        ],
        className="prose",
    )


def _plan_note(result: RecommendationsResult) -> str:
    shown = len(result.plan)
    money = f"Money in {result.stamp.currency}."
    if shown < result.plan_size:
        return (
            f"The first {shown:,} of {counted(result.plan_size, 'contact')}; the CSV has all. "
            f"{money}"
        )
    return f"{counted(shown, 'contact')}, best first. {money}"
