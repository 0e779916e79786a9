"""The named segments: who is in each, what to do, how many and how much money."""

from __future__ import annotations

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from analytics.domain.customer.filter import CustomerFilter
from analytics.domain.customer.named_segment import SEGMENT_ADVICE, SEGMENT_WHO, NamedSegment
from analytics.domain.numbers import formatting
from analytics.services.results import GroupRow
from webapp.address import link, with_choice
from webapp.components.panels import scrolling, table
from webapp.components.states import nothing_here, to_run
from webapp.components.terms import column_term, term

PATH = "/segments"


def named_view(rows: Sequence[GroupRow], chosen: CustomerFilter, currency: str) -> Component:
    """Return the segments that have customers; a name narrows the page, a count leads to them."""
    known = [row for row in rows if row.key in set(NamedSegment)]
    if not known:
        return to_run("This run is of a version without named segments.", "silent-churn run")
    there = [row for row in known if row.totals.customers]
    if not there:
        return nothing_here("Nobody here.")
    head = (
        column_term("named_segment"),
        "What to do",
        term("customers"),
        term("at_risk"),
        term("revenue_at_risk"),
        term("monthly_revenue"),
    )
    lines = [_line(row, chosen, currency) for row in there]
    return scrolling(
        table(head, lines, numeric=(2, 3, 4, 5), caption="Named segments", class_name="named"),
        "Named segments",
    )


def _line(row: GroupRow, chosen: CustomerFilter, currency: str) -> list[object]:
    one, totals = NamedSegment(row.key), row.totals
    narrowed = with_choice(chosen, named=row.key)
    whole = link("/customers", with_choice(CustomerFilter(), named=row.key))
    people = link("/customers", narrowed) if narrowed.named else whole
    return [
        html.Span(
            [
                dcc.Link(one.label, href=link(PATH, narrowed)),
                html.Span(SEGMENT_WHO[one], className="quiet sub"),
            ]
        ),
        SEGMENT_ADVICE[one],
        dcc.Link(formatting.count(totals.customers), href=people),
        formatting.count(totals.at_risk),
        formatting.money(totals.revenue_at_risk.value, currency),
        formatting.money(totals.monthly_revenue, currency),
    ]
