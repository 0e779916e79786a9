"""Reasons in words, each with a bar of its weight."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from analytics.domain.theme_words import theme_word
from analytics.services.results import Reason
from webapp import formatting
from webapp.components.attributes import aria
from webapp.components.states import nothing_here


def reasons_view(
    reasons: Sequence[Reason], unit: str, none: str, *, signed: bool = True
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
    """
    if not reasons:
        return nothing_here(none)
    most = max(abs(reason.points) for reason in reasons) or 1.0
    return html.Ul([_reason(one, most, unit, signed) for one in reasons], className="reasons")


def _reason(reason: Reason, most: float, unit: str, signed: bool) -> Component:
    raises = reason.points >= 0
    size = f"{abs(reason.points):.1f}"
    text = formatting.signed(reason.points, size) if signed else size
    return html.Li(
        [
            html.Div(
                [
                    html.Span(theme_word(reason.theme), className="reason-theme"),
                    html.Span([text, html.Span(f" {unit}", className="visually-hidden")]),
                ],
                className="reason-top",
            ),
            html.P(reason.text),
            html.Div(
                className="bar bar-worse" if raises else "bar bar-better",
                style={"width": f"{100 * abs(reason.points) / most:.0f}%"},
                **aria(hidden="true"),
            ),
        ]
    )
