"""The segments page as a function of its result."""

from __future__ import annotations

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from analytics.domain.customer.filter import CustomerFilter
from analytics.domain.customer.risk_tier import FrustrationBand
from analytics.domain.customer_columns.group_columns import COMPARED_COLUMNS, field_of
from analytics.domain.numbers import formatting
from analytics.domain.numbers.measures import CUSTOMER_COLUMN
from analytics.domain.words.counting import counted
from analytics.services.results import FilterChoices, GroupRow, Totals
from analytics.services.segments.segment_results import SegmentsResult
from webapp.address import Address, link, with_choice
from webapp.components.attributes import aria
from webapp.components.badges import notices, run_stamp
from webapp.components.bar_table import BarRow, bar_table
from webapp.components.panels import export_link, scrolling, table
from webapp.components.states import no_match, nothing_here
from webapp.components.terms import column_term, page_term, term
from webapp.pages.segments.clusters_view import clusters_view
from webapp.pages.segments.matrix_view import matrix_view
from webapp.pages.segments.moves_view import moves_view, steadiness_view
from webapp.pages.segments.named_view import named_view

PATH = "/segments"


def render_segments(result: SegmentsResult, here: Address) -> dict[str, Any]:
    """Return everything that the segments page shows, by the name of its place."""
    nobody = result.totals.customers == 0
    currency = result.stamp.currency
    href = f"/export/customers.csv{Address(here.chosen).to_search()}"
    return {
        "stamp": run_stamp(result.stamp),
        "notices": notices(result.stamp),
        "empty": no_match(PATH) if nobody else None,
        "hide_body": nobody,
        "export": export_link(href, result.totals.customers),
        "matrix": matrix_view(result.matrix, here.chosen, currency),
        "named": named_view(result.named, here.chosen, currency),
        "clusters": clusters_view(result, here.chosen),
        "moves": moves_view(result.moves, currency),
        "steady": steadiness_view(result.steadiness),
        "bands": _bands(result.by_band, here.chosen),
        "groups": _groups(result, here),
        "count": f"{counted(result.totals.customers, 'customer')}, sorted and paged on the server. "
        f"Money in {currency}.",
    }


def varying_columns(choices: FilterChoices) -> tuple[str, ...]:
    """Return the columns along which the customers of this run differ; never empty."""
    return (
        tuple(name for name in COMPARED_COLUMNS if choices.of(field_of(name)))
        or COMPARED_COLUMNS[:1]
    )


def column_options(names: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the columns to compare by, as a select shows them."""
    return [{"label": CUSTOMER_COLUMN[name].label, "value": name} for name in names]


def _bands(rows: tuple[GroupRow, ...], chosen: CustomerFilter) -> Component:
    bars = [
        BarRow(
            FrustrationBand(row.key).label if row.key in set(FrustrationBand) else row.label,
            row.totals.customers,
            (
                formatting.count(row.totals.customers),
                formatting.count(row.totals.at_risk),
                formatting.count(row.totals.suppressed),
            ),
            href=link(PATH, with_choice(chosen, band=row.key))
            if row.key in set(FrustrationBand)
            else "",
            style=f"bar-band-{row.key}",
            chosen=chosen.band == (row.key,),
        )
        for row in rows
    ]
    if not bars:
        return nothing_here("No frustration index is known here.")
    head = (
        column_term("frustration_band"),
        term("customers"),
        term("at_risk"),
        term("suppressed", "Silent"),
    )
    return bar_table(head, bars, caption="Customers by frustration band")


def _groups(result: SegmentsResult, here: Address) -> Component:
    column, currency = result.group_column, result.stamp.currency
    if not result.groups or not column:
        return nothing_here("This column does not vary in these data.")
    head = (
        column_term(column) if column in CUSTOMER_COLUMN else column,
        term("customers"),
        term("at_risk"),
        page_term("share_at_risk"),
        term("revenue_at_risk"),
        page_term("interval_80"),
        term("avoidable_loss"),
        term("expected_silent"),
        term("suppressed"),
        term("mean_frustration"),
    )
    highest = max((_share_at_risk(row.totals) for row in result.groups), default=0.0) or 1.0
    rows = [_group_row(row, column, here, currency, highest) for row in result.groups]
    return scrolling(
        table(head, rows, numeric=range(1, len(head)), caption=f"Groups by {column}"),
        f"Groups by {column}",
        tall=True,
    )


def _share_at_risk(totals: Totals) -> float:
    return totals.at_risk / totals.eligible if totals.eligible else 0.0


def _group_row(
    row: GroupRow, column: str, here: Address, currency: str, highest: float
) -> list[Any]:
    totals = row.totals
    narrowed = (
        here.with_filter(with_choice(here.chosen, **{field_of(column): row.key}))
        if row.key
        else here
    )
    label = dcc.Link(row.label, href=f"{PATH}{narrowed.to_search()}") if row.key else row.label
    return [
        label,
        formatting.count(totals.customers),
        formatting.count(totals.at_risk),
        _meter(_share_at_risk(totals), highest) if totals.eligible else formatting.MISSING,
        formatting.money(totals.revenue_at_risk.value, currency),
        formatting.interval(totals.revenue_at_risk, currency),
        formatting.money(totals.avoidable_loss, currency),
        formatting.count(totals.expected_silent),
        formatting.count(totals.suppressed),
        formatting.number(totals.mean_frustration, 0),
    ]


def _meter(value: float, highest: float) -> Component:
    width = {"width": f"{100 * value / highest:.1f}%"}
    return html.Span(
        [
            html.Span(html.Span(style=width), className="meter", **aria(hidden="true")),
            html.Span(formatting.share(value), className="meter-text"),
        ],
        className="meter-cell",
    )
