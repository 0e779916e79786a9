"""The matrix of value, risk and frustration: every cell a link, shaded by its revenue at risk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dash import dcc, html
from dash.development.base_component import Component

from analytics.domain.customer.filter import CustomerFilter
from analytics.domain.customer.named_segment import NamedSegment
from analytics.domain.customer.risk_tier import (
    FRUSTRATED_BANDS,
    FrustrationBand,
    RiskTier,
    ValueBand,
)
from analytics.domain.numbers import formatting
from analytics.services.segments.segment_results import MatrixCell
from webapp.address import link
from webapp.components.badges import tier_word
from webapp.components.panels import scrolling
from webapp.components.terms import column_term

PATH = "/segments"
#: Frustration bands of each half of a value band.
BANDS = {
    True: tuple(sorted(str(band) for band in FRUSTRATED_BANDS)),
    False: tuple(sorted(str(band) for band in FrustrationBand if band not in FRUSTRATED_BANDS)),
}
_HALF = {True: "frustrated", False: "not frustrated"}


def matrix_view(cells: Sequence[MatrixCell], chosen: CustomerFilter, currency: str) -> Component:
    """Return the matrix: value bands in two halves by frustration, risk tiers across."""
    at = {(cell.value_band, cell.frustrated, cell.risk_tier): cell for cell in cells}
    most = max((cell.totals.revenue_at_risk.value for cell in cells), default=0.0) or 1.0
    rows = [
        html.Tr(
            [
                html.Th(
                    [f"{band.label} value, ", html.Span(_HALF[half], className="half-word")],
                    scope="row",
                    className=f"half half-{'frustrated' if half else 'calm'}",
                ),
                *(_cell(at.get((band, half, tier)), chosen, most, currency) for tier in RiskTier),
            ],
            className="first-half" if half else "",
        )
        for band in ValueBand
        for half in (True, False)
    ]
    head = [
        html.Th([column_term("value_band"), " and frustration"], scope="col"),
        *(html.Th(tier_word(tier), scope="col", className="num") for tier in RiskTier),
    ]
    heat = html.Table(
        [
            html.Caption("Customers by value, frustration and risk", className="visually-hidden"),
            html.Thead(html.Tr(head)),
            html.Tbody(rows),
        ],
        className="matrix",
    )
    return scrolling(heat, "Customers by value, frustration and risk")


def narrowed_to(cell: MatrixCell, chosen: CustomerFilter) -> CustomerFilter:
    """Return the choice of a cell; freed of it where it stands already."""
    wanted = replace(
        chosen,
        value=(cell.value_band,),
        tier=(cell.risk_tier,),
        band=BANDS[cell.frustrated],
    )
    return replace(chosen, value=(), tier=(), band=()) if wanted == chosen else wanted


def _cell(cell: MatrixCell | None, chosen: CustomerFilter, most: float, currency: str) -> Component:
    if cell is None or not cell.totals.customers:
        return html.Td(formatting.MISSING, className="cell cell-empty")
    revenue = cell.totals.revenue_at_risk.value
    wanted = narrowed_to(cell, chosen)
    here = bool(chosen.value and chosen.tier) and not wanted.value
    return html.Td(
        dcc.Link(
            [
                html.Span(formatting.count(cell.totals.customers), className="cell-count"),
                html.Span(
                    formatting.money(revenue, currency) if revenue else formatting.MISSING,
                    className="cell-money",
                ),
            ],
            href=link(PATH, wanted),
            title=NamedSegment(cell.named).label,
        ),
        className="cell chosen" if here else "cell",
        style={"--heat": f"{min(revenue / most, 1.0):.3f}"},
    )
