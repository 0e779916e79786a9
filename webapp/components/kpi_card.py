"""One number that matters: label, value, interval, and which way it went."""

from __future__ import annotations

from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from analytics.domain.customer.trend_words import LOOK_BACK, LOOK_BACK_AGO, Course, course_of
from analytics.domain.numbers import formatting
from webapp.components.attributes import data
from webapp.components.sparkline import sparkline
from webapp.components.terms import assumed, term


@dataclass(frozen=True)
class Change:
    """How a number moved, and whether it is worse; nothing is called better, see `change_of`."""

    text: str
    worse: bool = False


NO_EARLIER = Change("no earlier figure")


@dataclass(frozen=True)
class Kpi:
    """What a card shows.

    Parameters
    ----------
    measure
        Name of the measure; gives the label and the definition.
    exact
        The number in full, shown on hover.
    basis
        Which customers the number covers, where the note does not say it.
    small
        True for a number that must not be mistaken for the main one.
    """

    measure: str
    value: str
    exact: str
    note: str
    change: Change
    history: tuple[float | None, ...] = ()
    basis: str = ""
    small: bool = False


def kpi_card(kpi: Kpi) -> Component:
    """Return the card of one number."""
    return html.Article(
        [
            html.Div([term(kpi.measure), assumed(kpi.measure)], className="kpi-label"),
            html.Div(
                [
                    html.Span(kpi.value, className="kpi-value", title=kpi.exact),
                    sparkline(kpi.history, description="Course over the last observation dates"),
                ],
                className="kpi-row",
            ),
            html.P(kpi.note, className="kpi-note"),
            html.P(kpi.basis, className="kpi-note") if kpi.basis else None,
            html.P(
                kpi.change.text, className="kpi-change worse" if kpi.change.worse else "kpi-change"
            ),
        ],
        className="panel kpi kpi-small" if kpi.small else "panel kpi",
        **data(kpi=kpi.measure),
    )


def change_of(now: float, before: float | None, *, higher_is_bad: bool, text: str) -> Change:
    """Return the change against an earlier figure, in words; `text` is the absolute difference.

    Small changes are no news, and a fall is not called better: customers may have left the count by
    leaving.
    """
    if before is None:
        return NO_EARLIER
    if now == before:
        return Change(f"as {LOOK_BACK_AGO}")
    up = now > before
    percent = f" ({formatting.signed(now - before, formatting.share(abs(now / before - 1)))})"
    arrow = "▲" if up else "▼"
    words = f"{arrow} {formatting.signed(now - before, text)}{percent if before else ' (new)'}"
    small = course_of(now, before) is Course.SAME
    return Change(f"{words} in {LOOK_BACK.days} days", worse=up == higher_is_bad and not small)
