"""Reasons in words, each with a bar of its weight."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from analytics.domain.numbers import formatting
from analytics.domain.tables.history_tables import CustomerReason
from analytics.domain.words.theme_words import theme_word
from analytics.services.results import Reason
from webapp.components.attributes import aria, data
from webapp.components.states import nothing_here

POSSIBLE_CAUSE = (
    "What is assumed to have pulled hardest when the customer was last engaged. The model does not "
    "count it against them, so ask before you act on it."
)
NOT_WEIGHED = (
    "Counted in the events of this customer. The model does not look at it, so no share of the "
    "risk is given."
)
REASON_STABLE = CustomerReason.table.column["stable"]


def reasons_view(
    reasons: Sequence[Reason],
    unit: str,
    none: str,
    *,
    signed: bool = True,
    otherwise: str = "",
) -> Component:
    """Return the reasons, heaviest first.

    Parameters
    ----------
    unit
        What the points are, for those who cannot see the bars.
    none
        The sentence that stands where there is no reason.
    signed
        True where points may raise or lower.
    otherwise
        What the reference is, such as "With this alone as 28 days ago".
    """
    if not reasons:
        return nothing_here(none)
    most = max(abs(reason.points or 0.0) for reason in reasons) or 1.0
    return html.Ul(
        [_reason(shown_reason, most, unit, signed, otherwise) for shown_reason in reasons],
        className="reasons",
    )


def _reason(reason: Reason, most: float, unit: str, signed: bool, otherwise: str) -> Component:
    points = reason.points
    return html.Li(
        [
            html.Div(
                [
                    html.Span(
                        [theme_word(reason.theme), *_marks(reason)], className="reason-theme"
                    ),
                    None if points is None else _points(points, unit, signed),
                ],
                className="reason-top",
            ),
            html.P([reason.text, _checked(reason, otherwise)]),
            None if points is None else _bar(points, most),
        ]
    )


def _points(points: float, unit: str, signed: bool) -> Component:
    size = f"{abs(points):.1f}"
    text = formatting.signed(points, size) if signed and float(size) else size
    return html.Span([text, html.Span(f" {unit}", className="visually-hidden")])


def _bar(points: float, most: float) -> Component:
    return html.Div(
        className="bar bar-worse" if points >= 0 else "bar bar-better",
        style={"width": f"{100 * abs(points) / most:.0f}%"},
        **aria(hidden="true"),
    )


def _marks(reason: Reason) -> list[Component]:
    """Return what kind of reason it is, and whether it is uncertain."""
    marks: list[Component] = []
    counts_for_nothing = reason.points is not None and reason.points <= 0
    if not reason.is_cause and reason.points is None and reason.theme:
        marks.append(html.Span("Fact", className="pill", tabIndex="0", **data(tip=NOT_WEIGHED)))
    if reason.is_cause and not counts_for_nothing:
        marks.append(html.Span("Likely cause", className="pill"))
    elif reason.is_cause:
        marks.append(
            html.Span("Possible cause", className="pill", tabIndex="0", **data(tip=POSSIBLE_CAUSE))
        )
    if not reason.stable:
        marks.append(
            html.Span(
                "Uncertain reason",
                className="pill pill-stale",
                tabIndex="0",
                **data(tip=REASON_STABLE.meaning),
            )
        )
    return marks


def _checked(reason: Reason, otherwise: str) -> str:
    """Say what anybody can check with the model in hand: the risk with this theme alone changed."""
    if reason.risk_at_reference is None or not otherwise:
        return ""
    said = formatting.share(reason.risk_at_reference)
    return f" {otherwise}, the model would say {said}."
