"""Saved segments: each with its size and money now and over the runs, renamed and deleted here."""

from __future__ import annotations

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from analytics.domain.customer.filter import FILTER_FIELDS, CustomerFilter
from analytics.domain.numbers import formatting
from analytics.services.segments.segment_results import PastSize, SavedSegment
from webapp.address import link
from webapp.components.panels import scrolling, table
from webapp.components.sparkline import sparkline
from webapp.components.states import nothing_here
from webapp.components.terms import column_term, term
from webapp.pages.segments.ids import DELETE_TYPE, RENAME_TYPE

PATH = "/segments"
NONE_SAVED = "None yet. Set filters above, name them here, and everybody can open them."


def saved_view(saved: Sequence[SavedSegment], currency: str) -> Component:
    """Return the list of saved segments."""
    if not saved:
        return nothing_here(NONE_SAVED)
    head = (
        "Segment",
        term("customers"),
        term("at_risk"),
        term("revenue_at_risk"),
        "Over the runs",
        "Saved",
        html.Span("Change", className="visually-hidden"),
    )
    rows = [_row(segment, currency) for segment in saved]
    return scrolling(
        table(head, rows, numeric=(1, 2, 3), caption="Saved segments", class_name="saved"),
        "Saved segments",
    )


def filter_words(chosen: CustomerFilter) -> str:
    """Return what a choice asks for, in words."""
    chosen_of = [
        (filter_field, getattr(chosen, filter_field.name)) for filter_field in FILTER_FIELDS
    ]
    parts = [
        f"{chosen_field.name}: {', '.join(value.replace('_', ' ') for value in values)}"
        for chosen_field, values in chosen_of
        if isinstance(values, tuple) and values
    ]
    parts += [chosen_field.label.lower() for chosen_field, value in chosen_of if value is True]
    parts += [f"contains “{chosen.search}”"] if chosen.search else []
    return "; ".join(parts) or "everyone"


def _row(one: SavedSegment, currency: str) -> list[object]:
    chosen = CustomerFilter.from_query(one.query)
    now = one.history[-1].totals if one.history else None
    return [
        html.Span(
            [
                dcc.Link(one.name, href=link(PATH, chosen)),
                html.Span(filter_words(chosen), className="quiet sub"),
            ]
        ),
        formatting.count(now.customers if now else None),
        formatting.count(now.at_risk if now else None),
        formatting.money(now.revenue_at_risk.value if now else None, currency),
        _over_the_runs(one, currency),
        html.Span([one.saved_by, html.Span(formatting.day(one.saved_at), className="quiet sub")]),
        _changes(one),
    ]


def _over_the_runs(one: SavedSegment, currency: str) -> Component:
    known = [past for past in one.history if past.totals is not None]
    if len(known) < 2:
        return html.Span("one run so far", className="quiet")
    sizes = [past.totals.customers if past.totals else None for past in one.history]
    drawn = sparkline(sizes, description=f"Customers in {one.name}, run by run")
    head = ("Run as of", "Customers", "At risk", column_term("revenue_at_risk"))
    rows = [_past(past, currency) for past in reversed(one.history)]
    return html.Details(
        [
            html.Summary([drawn, html.Span(_course(known[0], known[-1]), className="quiet sub")]),
            table(head, rows, numeric=(1, 2, 3), class_name="compact"),
        ],
        className="past-sizes",
    )


def _past(past: PastSize, currency: str) -> list[object]:
    if past.totals is None:
        return [
            formatting.day(past.as_of),
            "not known then",
            formatting.MISSING,
            formatting.MISSING,
        ]
    totals = past.totals
    return [
        formatting.day(past.as_of),
        formatting.count(totals.customers),
        formatting.count(totals.at_risk),
        formatting.money(totals.revenue_at_risk.value, currency),
    ]


def _course(first: PastSize, last: PastSize) -> str:
    before = first.totals.customers if first.totals else 0
    now = last.totals.customers if last.totals else 0
    return f"{before:,} to {now:,} since {formatting.day(first.as_of)}"


def _changes(one: SavedSegment) -> Component:
    """Return what may be done to a segment, behind a step so that nothing is done by a slip."""
    return html.Details(
        [
            html.Summary("Change"),
            html.Button(
                "Give it the name typed below",
                id={"type": RENAME_TYPE, "segment": one.segment_id},
                className="button-ghost",
                type="button",
            ),
            html.Button(
                "Delete for everybody",
                id={"type": DELETE_TYPE, "segment": one.segment_id},
                className="button-ghost",
                type="button",
            ),
        ],
        className="saved-changes no-print",
    )
