"""The plan as a list: few rows, so all of them go to the browser."""

from __future__ import annotations

from typing import Any

from dash.development.base_component import Component

from analytics.domain.numbers.measures import CUSTOMER_COLUMN
from analytics.domain.numbers.numbers import definition
from analytics.services.results import PlanRow
from webapp.address import customer_path
from webapp.components.plain_grid import plain_grid

_MONEY = "churnMoney(params.value)"
_SHARE = "churnShare(params.value)"
_WHOLE = "churnNumber(params.value, 0)"


def plan_grid(grid_id: str) -> Component:
    """Return the empty list."""
    return plain_grid(grid_id, "Plan", _columns(), height=520, row_id="customer_id")


def plan_rows(plan: tuple[PlanRow, ...]) -> list[dict[str, Any]]:
    """Return the rows of the list: plain values only."""
    return [
        {
            "rank": rank,
            "customer_id": row.customer.customer_id,
            "customer_path": customer_path(row.customer.customer_id),
            "name": row.customer.name,
            "risk_tier": row.customer.risk_tier,
            "tier_held": row.customer.tier_held,
            "churn_risk": row.customer.churn_risk,
            "reason_1": row.customer.reason_1,
            "action_label": row.customer.action_label,
            "expected_net_value": row.expected_net_value.value,
            "expected_net_value_low": row.expected_net_value.low,
            "expected_net_value_high": row.expected_net_value.high,
            "action_cost": row.expected_cost,
            "action_minutes": row.minutes,
            "break_even_save_rate": row.break_even_save_rate,
            "status": row.status or "not taken on",
            "owner": row.owner,
        }
        for rank, row in enumerate(plan, start=1)
    ]


def _columns() -> list[dict[str, Any]]:
    return [
        {"field": "rank", "headerName": "#", "width": 60, "pinned": "left"},
        _column("customer_id", 110, cellRenderer="CustomerLink", pinned="left"),
        _column("name", 140, tooltipField="name"),
        _column("risk_tier", 110, cellRenderer="TierBadge"),
        _number("churn_risk", 95, _SHARE),
        _column("reason_1", 240, tooltipField="reason_1"),
        _column("action_label", 205, tooltipField="action_label"),
        _number("expected_net_value", 130, _MONEY),
        {"field": "status", "headerName": "Status", "width": 115},
        {"field": "owner", "headerName": "Owner", "width": 120, "tooltipField": "owner"},
        _number("expected_net_value_low", 120, _MONEY),
        _number("expected_net_value_high", 120, _MONEY),
        _number("action_cost", 120, _MONEY),
        _number("action_minutes", 100, _WHOLE),
        _number("break_even_save_rate", 130, _SHARE),
    ]


def _column(name: str, width: int, **more: Any) -> dict[str, Any]:
    one = CUSTOMER_COLUMN[name]
    return {
        "field": name,
        "headerName": one.label,
        "headerTooltip": definition(one),
        "width": width,
        **more,
    }


def _number(name: str, width: int, function: str) -> dict[str, Any]:
    return _column(name, width, type="rightAligned", valueFormatter={"function": function})
