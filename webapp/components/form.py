"""What every form of a page needs: a field with its label, and the count of changes made."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component


def field(label: str, control: Component) -> Component:
    """Return a control below its label."""
    return html.Div(
        [html.Label(label, htmlFor=control.id), control],  # type: ignore[attr-defined]
        className="field",
    )


def one_more(given: object) -> int:
    """Return the next number of changes made on a page."""
    return given + 1 if isinstance(given, int) else 1
