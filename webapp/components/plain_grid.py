"""A list of few rows: all of them go to the browser, as plain values."""

from __future__ import annotations

from typing import Any

import dash_ag_grid as dag
from dash import html
from dash.development.base_component import Component

from webapp.components.attributes import aria
from webapp.components.data_grid import GRID_OPTIONS

_OPTIONS = (
    "theme",
    "ensureDomOrder",
    "rowHeight",
    "headerHeight",
    "suppressMovableColumns",
    "tooltipShowDelay",
    "animateRows",
)


def plain_grid(
    grid_id: str,
    label: str,
    columns: list[dict[str, Any]],
    *,
    height: int,
    row_id: str | None = None,
) -> Component:
    """Return the empty list; its rows are set through `rowData`.

    Parameters
    ----------
    label
        What the list is, for those who cannot see it.
    row_id
        Field that identifies a row, so that it keeps its place when rows change.
    """
    keyed = {"getRowId": f"params.data.{row_id}.toString()"} if row_id else {}
    grid = dag.AgGrid(
        id=grid_id,
        columnDefs=columns,
        rowData=[],
        defaultColDef={"sortable": True, "resizable": True, "wrapHeaderText": True},
        dashGridOptions={name: GRID_OPTIONS[name] for name in _OPTIONS},
        className="grid",
        style={"height": f"{height}px", "width": "100%"},
        **keyed,
    )
    return html.Section(
        [
            html.A("Skip the list", href=f"#{grid_id}-end", className="skip-link"),
            grid,
            html.Span(id=f"{grid_id}-end", tabIndex="-1"),
        ],
        **aria(label=label),
    )
