"""A bar chart that is a table: label, bar, number; each label may be a link that filters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component


@dataclass(frozen=True)
class BarRow:
    """One line of a bar table.

    Parameters
    ----------
    size
        Length of the bar, 0 or more; the longest fills the column.
    figures
        Texts of the columns right of the bar.
    href
        Where a click leads; empty for nowhere.
    style
        Class that colours the bar by its meaning.
    chosen
        True where the filter stands on just this line.
    """

    label: Any
    size: float
    figures: tuple[str, ...]
    href: str = ""
    style: str = ""
    chosen: bool = False


def bar_table(
    head: Sequence[Any], bars: Sequence[BarRow], *, caption: str, class_name: str = ""
) -> Component:
    """Return the table; `head` names the label column and each column of figures."""
    longest = max((bar.size for bar in bars), default=0.0) or 1.0
    columns = [
        html.Th(head[0], scope="col"),
        html.Th(html.Span("Bar", className="visually-hidden"), scope="col", className="bar-col"),
        *(html.Th(name, scope="col", className="num") for name in head[1:]),
    ]
    return html.Table(
        [
            html.Caption(caption, className="visually-hidden"),
            html.Thead(html.Tr(columns)),
            html.Tbody([_row(bar, longest) for bar in bars]),
        ],
        className=f"bar-table {class_name}".strip(),
    )


def _row(bar: BarRow, longest: float) -> Component:
    label = dcc.Link(bar.label, href=bar.href, className="bar-link") if bar.href else bar.label
    width = {"width": f"{100 * max(bar.size, 0.0) / longest:.1f}%"}
    return html.Tr(
        [
            html.Th(label, scope="row"),
            html.Td(
                html.Div(className=f"bar {bar.style}".strip(), style=width)
                if bar.size > 0
                else None,
                className="bar-col",
            ),
            *(html.Td(figure, className="num") for figure in bar.figures),
        ],
        className="chosen" if bar.chosen else "",
    )
