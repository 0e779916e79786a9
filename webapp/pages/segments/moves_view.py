"""Who moved between segments since the last run, with the money that moved along."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dash import html
from dash.development.base_component import Component

from analytics.domain.numbers import formatting
from analytics.domain.tables.segment_tables import SegmentMove, Steadiness
from analytics.domain.words.counting import counted, verb_of
from analytics.services.segments.segment_results import Moves
from webapp.components.badges import sentence_case, tier_word
from webapp.components.panels import scrolling, table
from webapp.components.states import nothing_here

KINDS = {
    "named_segment": "Named segments",
    "risk_tier": "Risk tiers",
    "customer_state": "States",
}
FIRST_RUN = (
    "There is no earlier run of the same kind of data to compare with; moves appear with the next."
)
_MOST_ROWS = 12
_PERCENT_OF = "tier_flips"


def moves_view(moves: Moves | None, currency: str) -> Component:
    """Return the largest moves of each kind, and how many stayed."""
    if moves is None:
        return nothing_here(FIRST_RUN)
    parts = [
        _kind(title, [move for move in moves.moves if move.kind == kind], currency)
        for kind, title in KINDS.items()
    ]
    day = formatting.day(date.fromisoformat(moves.former_as_of))
    since = f"Since the run as of {day}, over all customers, whatever the filters."
    return html.Div(
        [html.P(since, className="quiet"), html.Div([part for part in parts if part is not None])]
    )


def _kind(title: str, moves: Sequence[SegmentMove], currency: str) -> Component | None:
    if not moves:
        return None
    moved = sorted(
        (move for move in moves if move.was != move.became), key=lambda one: -one.customers
    )
    both = sum(move.customers for move in moves if move.was and move.became)
    stayed = sum(move.customers for move in moves if move.was == move.became)
    head = (
        "Was",
        "Is now",
        "Customers",
        "Monthly revenue",
        "Revenue at risk then",
        "Revenue at risk now",
    )
    rows = [
        (
            _word(shown_move.was, "Not there yet"),
            _word(shown_move.became, "No longer there"),
            formatting.count(shown_move.customers),
            formatting.money(shown_move.monthly_revenue, currency),
            formatting.money(shown_move.risk_before, currency),
            formatting.money(shown_move.risk_now, currency),
        )
        for shown_move in moved[:_MOST_ROWS]
    ]
    stay = formatting.share(stayed / both if both else None)
    left_out = len(moved) - len(rows)
    more = (
        f" The {counted(left_out, 'smallest move')} {verb_of(left_out)} left out."
        if left_out > 0
        else ""
    )
    return html.Details(
        [
            html.Summary(f"{title}: {stay} stayed where they were"),
            scrolling(table(head, rows, numeric=(2, 3, 4, 5), caption=f"{title}: moves"), title)
            if rows
            else nothing_here("Nobody moved."),
            html.P(
                f"{counted(both, 'customer')} {verb_of(both)} in both runs.{more}",
                className="quiet",
            ),
        ],
        open=title == KINDS["named_segment"],
        className="moves",
    )


def _word(key: str, nobody: str) -> str:
    if not key:
        return nobody
    word = tier_word(key)
    return word if word != key else sentence_case(key)


def steadiness_view(rows: Sequence[Steadiness]) -> Component:
    """Return how steady tiers and clusters are, each against what we hold good."""
    known = [row for row in rows if row.value is not None]
    if not known:
        return nothing_here("Not measured in this run.")
    lines = [
        html.Div(
            [
                html.Dt(row.label),
                html.Dd([html.Strong(_value(row)), f" {_goal(row)}"]),
                html.Dd(row.note, className="quiet"),
            ]
        )
        for row in known
    ]
    return html.Dl(lines, className="steady-list")


def _value(row: Steadiness) -> str:
    is_share = row.measure.startswith(_PERCENT_OF)
    return formatting.share(row.value) if is_share else formatting.number(row.value, 2)


def _goal(row: Steadiness) -> str:
    if row.goal is None:
        return ""
    share = row.measure.startswith(_PERCENT_OF)
    asked = f"at most {formatting.share(row.goal)}" if share else f"at least {row.goal:.2f}"
    return f"({asked} is asked for: {'reached' if row.reached else 'not reached'})"
