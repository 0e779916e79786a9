"""The overview before its numbers come."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from webapp.components.panels import chart, loading, page_head, panel
from webapp.components.states import loading_row, skeleton
from webapp.pages.overview.ids import OverviewIds as Ids


def layout(_tail: str = "") -> Component:
    """Return the frame of the overview."""
    return html.Div(
        [
            page_head(
                "Overview",
                "Who is leaving without saying so, what does it cost, and what do we do today?",
                Ids.STAMP,
                Ids.NOTICES,
                html.Div(id=Ids.EXPORT),
            ),
            html.Div(id=Ids.EMPTY),
            html.Div(
                [
                    html.P(skeleton("line"), id=Ids.HEADLINE, className="headline"),
                    loading(
                        html.Div(loading_row("kpi", 5), id=Ids.KPIS, className="kpi-grid"),
                    ),
                    _do_today(),
                    html.Div(_why_and_where(), className="grid-three"),
                    html.Div(_trends(), className="grid-three"),
                ],
                id=Ids.BODY,
            ),
        ]
    )


def _do_today() -> Component:
    return panel(
        "Do today",
        loading(html.Div(skeleton("table"), id=Ids.WATCH)),
        note="The ten customers whose recommended action is worth most, outside the holdout.",
        aside=html.Span(id=Ids.PLAN_LINK),
        class_name="do-today",
    )


def _why_and_where() -> list[Component]:
    return [
        panel(
            "Likely causes",
            loading(html.Div(skeleton("bars"), id=Ids.CAUSES)),
            note="What is assumed to have pulled hardest when they were last engaged. A lead, not "
            "a proof.",
        ),
        panel(
            "How likely",
            loading(html.Div(skeleton("bars"), id=Ids.TIERS)),
            html.Div(id=Ids.STATES, className="second-bars"),
            note="Tiers with their revenue at risk, and states against the own past. A name is a "
            "link: it narrows the page.",
        ),
        panel(
            html.Span("Where", id=Ids.GROUPS_TITLE),
            loading(html.Div(skeleton("bars"), id=Ids.GROUPS)),
            note="Revenue at risk of all scored customers of each group, the most first.",
        ),
    ]


def _trends() -> list[Component]:
    note = "All customers, whatever the filters; by today's model on what was known at each date."
    return [
        panel(
            "At risk over time",
            chart(Ids.AT_RISK, Ids.AT_RISK_TABLE, "Customers at risk by observation date"),
            note=note,
        ),
        panel(
            "Revenue at risk over time",
            chart(Ids.REVENUE, Ids.REVENUE_TABLE, "Revenue at risk by observation date"),
            note=note,
        ),
        panel(
            "Predicted and observed",
            chart(
                Ids.PREDICTED_OBSERVED,
                Ids.PREDICTED_OBSERVED_TABLE,
                "Silent churn share predicted and observed by observation date",
            ),
            note="What was predicted then, and what came. The last dates are still open.",
        ),
    ]
