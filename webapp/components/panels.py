"""A panel of a page, the head of a page, and a chart with its table twin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from analytics.domain.words.counting import counted
from webapp.components.attributes import aria, data

GRAPH_CONFIG: Any = {"displayModeBar": False, "responsive": True, "showTips": False}


def page_head(
    title: str, question: str, stamp_id: str, notices_id: str, *actions: Component
) -> Component:
    """Return the head of a page: what it is, what it answers, which data it shows."""
    return html.Header(
        [
            html.Div(
                [
                    html.Div([html.H1(title), html.P(question, className="question")]),
                    html.Div(list(actions), className="head-actions no-print"),
                ],
                className="head-row",
            ),
            html.Div(id=stamp_id, className="stamp-slot"),
            html.Div(id=notices_id),
        ],
        className="page-head",
    )


def panel(
    title: Any,
    *content: Any,
    note: Any = None,
    aside: Any = None,
    class_name: str = "",
) -> Component:
    """Return a white panel with a heading."""
    head = html.Div(
        [
            html.Div(
                [html.H2(title), html.P(note, className="panel-note") if note is not None else None]
            ),
            html.Div(aside, className="panel-aside") if aside is not None else None,
        ],
        className="panel-head",
    )
    return html.Section([head, *content], className=f"panel {class_name}".strip())


def chart(graph_id: str, table_id: str, label: str, height: int = 240) -> Component:
    """Return the place of a chart, with the place of the same numbers as a table.

    A figure's role with a label, not an image's: the chart may hold focusable parts.
    """
    graph = dcc.Graph(
        id=graph_id, config=GRAPH_CONFIG, style={"height": f"{height}px"}, className="graph"
    )
    return _with_twin(graph, html.Div(id=table_id, className="table-scroll"), label)


def drawn_chart(
    drawing: dict[str, Any], twin: Component, label: str, height: int = 240
) -> Component:
    """Return a chart that comes with its figure and its table, where their number varies."""
    graph = dcc.Graph(
        figure=drawing, config=GRAPH_CONFIG, style={"height": f"{height}px"}, className="graph"
    )
    return _with_twin(graph, scrolling(twin, f"{label}, as a table"), label)


def _with_twin(graph: Component, twin: Component, label: str) -> Component:
    return html.Div(
        [
            html.Div(graph, role="figure", **aria(label=label)),
            html.Details([html.Summary("Show as table"), twin], className="twin"),
        ]
    )


def loading(content: Component) -> Component:
    """Keep old content visible, but faint, while new content is on its way."""
    return dcc.Loading(
        content,
        delay_show=250,
        overlay_style={"visibility": "visible", "opacity": 0.5},
        custom_spinner=html.Div(className="spinner", **aria(hidden="true")),
    )


def export_link(href: str, rows: int, what: str = "customer") -> Component:
    """Return the link to a CSV file, saying how many rows it has."""
    return html.A(
        f"Download CSV · {counted(rows, what)}",
        href=href,
        className="button-ghost export",
        **data(rows=str(rows)),
    )


def table(
    head: Sequence[Any],
    rows: Sequence[Sequence[Any]],
    *,
    numeric: Sequence[int] = (),
    caption: str = "",
    class_name: str = "",
) -> Component:
    """Return a plain table; the numeric columns stand to the right."""
    right = set(numeric)

    def style_of(position: int) -> str:
        return "num" if position in right else ""

    return html.Table(
        [
            html.Caption(caption, className="visually-hidden") if caption else None,
            html.Thead(
                html.Tr(
                    [
                        html.Th(cell, scope="col", className=style_of(position))
                        for position, cell in enumerate(head)
                    ]
                )
            ),
            html.Tbody(
                [
                    html.Tr(
                        [
                            html.Th(cell, scope="row", className=style_of(position))
                            if position == 0
                            else html.Td(cell, className=style_of(position))
                            for position, cell in enumerate(row)
                        ]
                    )
                    for row in rows
                ]
            ),
        ],
        className=f"table-plain {class_name}".strip(),
    )


def scrolling(content: Component, label: str, *, tall: bool = False) -> Component:
    """Let a wide (or long) table scroll inside its panel; reachable by keyboard."""
    return html.Div(
        content,
        className="table-scroll tall" if tall else "table-scroll",
        tabIndex="0",
        role="region",
        **aria(label=label),
    )
