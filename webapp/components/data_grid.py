"""The customer list: sorted and paged on the server, ready for a million rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import dash_ag_grid as dag
from dash import Dash, Input, Output, State, html, no_update
from dash.development.base_component import Component

from analytics.domain.numbers.measures import CUSTOMER_COLUMN, Unit
from analytics.domain.numbers.numbers import definition
from analytics.domain.tables.column import Wording
from analytics.services.customers.customer_rows import MAX_BLOCK_ROWS
from webapp.address import customer_path
from webapp.components.attributes import aria
from webapp.components.browser_side import in_browser
from webapp.components.chosen import filter_or_everyone
from webapp.components.filter_ids import FilterIds

if TYPE_CHECKING:
    from analytics.services.analytics_service import AnalyticsService

BLOCK_ROWS = 100
MAX_SORT_COLUMNS = 3

#: Columns shown, with their width in pixels.
GRID_COLUMNS: dict[str, int] = {
    "customer_id": 130,
    "name": 190,
    "risk_tier": 165,
    "churn_risk": 120,
    "customer_state": 150,
    "named_segment": 150,
    "revenue_at_risk": 150,
    "frustration_index": 160,
    "days_since_last_activity": 130,
    "usual_gap_days": 120,
    "reason_1": 320,
    "action_label": 230,
    "expected_net_value": 170,
    "monthly_revenue": 160,
    "segment": 130,
    "plan": 120,
    "region": 120,
}
_FORMATS = {
    Unit.SHARE: "churnShare(params.value)",
    Unit.MONEY: "churnMoney(params.value)",
    Unit.INDEX: "churnNumber(params.value, 0)",
    Unit.DAYS: "churnNumber(params.value, 0)",
    Unit.COUNT: "churnNumber(params.value, 0)",
    Unit.RATIO: "churnNumber(params.value, 2)",
}
#: Not columns of their own: the tier's cell shows them.
_BESIDE_THE_TIER = ("risk_is_unsure", "tier_held")
_RENDERERS = {Wording.CUSTOMER: "CustomerLink", Wording.TIER: "TierBadge"}

GRID_OPTIONS: dict[str, Any] = {
    "theme": {"function": "churnTheme(agGrid)"},
    "cacheBlockSize": BLOCK_ROWS,
    "maxBlocksInCache": 10,
    # One at a time: the component gives an answer to whichever block asked last.
    "maxConcurrentDatasourceRequests": 1,
    "blockLoadDebounceMillis": 100,
    "infiniteInitialRowCount": 1,
    "ensureDomOrder": True,
    "rowHeight": 44,
    "headerHeight": 44,
    "suppressMovableColumns": True,
    "suppressCellFocus": False,
    "tooltipShowDelay": 300,
    "animateRows": False,
}


@dataclass(frozen=True)
class Block:
    """The rows that the grid asks for."""

    start: int
    end: int
    sort: tuple[tuple[str, bool], ...]


def customer_grid(grid_id: str) -> Component:
    """Return the empty grid; rows come when it asks for them."""
    grid = dag.AgGrid(
        id=grid_id,
        columnDefs=[_column(name, width) for name, width in GRID_COLUMNS.items()],
        defaultColDef={"sortable": True, "resizable": True, "wrapHeaderText": True},
        rowModelType="infinite",
        getRowId="params.data.customer_id.toString()",
        dashGridOptions=GRID_OPTIONS,
        className="grid",
        style={"height": "560px", "width": "100%"},
    )
    return html.Section(
        [
            html.A("Skip the list", href=f"#{grid_id}-end", className="skip-link"),
            grid,
            html.Span(id=f"{grid_id}-end", tabIndex="-1"),
        ],
        **aria(label="Customers"),
    )


def register_grid(app: Dash, service: AnalyticsService, grid_id: str) -> None:
    """Let a grid fetch its rows, anew whenever the filter changes."""

    @app.callback(
        Output(grid_id, "getRowsResponse"),
        Input(grid_id, "getRowsRequest"),
        State(FilterIds.STORE, "data"),
    )
    def give_rows(request: object, query: object) -> Any:
        block = read_block(request)
        if block is None:
            return no_update
        answer = service.customer_block(
            filter_or_everyone(query), start=block.start, end=block.end, sort=block.sort
        )
        return {"rowData": shown_rows(answer.rows), "rowCount": answer.total}

    in_browser(
        app,
        "grid",
        "refill",
        Output(grid_id, "className"),
        Input(FilterIds.STORE, "data"),
        State(grid_id, "id"),
        prevent_initial_call=True,
    )


def shown_rows(rows: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    """Return the rows with what the grid shows, the way to each customer, and nothing else."""
    return [
        {name: row.get(name) for name in (*GRID_COLUMNS, *_BESIDE_THE_TIER)}
        | {"customer_path": customer_path(str(row["customer_id"]))}
        for row in rows
    ]


def read_block(request: object) -> Block | None:
    """Read what a browser asks for; None for anything that a grid of ours would not ask."""
    if not isinstance(request, dict):
        return None
    start, end = request.get("startRow"), request.get("endRow")
    if not isinstance(start, int) or not isinstance(end, int):
        return None
    if not 0 <= start < end <= start + MAX_BLOCK_ROWS:
        return None
    return Block(start, end, _sort_of(request.get("sortModel")))


def _sort_of(model: object) -> tuple[tuple[str, bool], ...]:
    if not isinstance(model, list):
        return ()
    known = [
        (sort["colId"], sort.get("sort") == "desc")
        for sort in model[:MAX_SORT_COLUMNS]
        if isinstance(sort, dict) and sort.get("colId") in GRID_COLUMNS
    ]
    return tuple(known)


def _column(name: str, width: int) -> dict[str, Any]:
    one = CUSTOMER_COLUMN[name]
    column: dict[str, Any] = {
        "field": name,
        "headerName": one.label,
        "headerTooltip": definition(one),
        "width": width,
    }
    if one.unit in _FORMATS:
        column["valueFormatter"] = {"function": _FORMATS[one.unit]}
        column["type"] = "rightAligned"
        column["sortingOrder"] = ["desc", "asc", None]
    if one.wording is Wording.WORD:
        column["valueFormatter"] = {"function": "churnWord(params.value)"}
    if one.wording in _RENDERERS:
        column["cellRenderer"] = _RENDERERS[one.wording]
    if one.wording is Wording.CUSTOMER:
        column["pinned"] = "left"
    if name in {"reason_1", "action_label", "name"}:
        column["tooltipField"] = name
    return column
