"""What a page says when it has nothing to show: five states, never a blank panel."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from webapp.components.attributes import aria, data


def no_match(path: str) -> Component:
    """Say that the filters leave nobody, and offer to clear them."""
    return _panel(
        "No customers match these filters",
        "Loosen a filter, or look at everyone.",
        dcc.Link("Clear filters", href=path, className="button"),
    )


def no_run_published() -> Component:
    """Say that there is no run yet, and how to make one."""
    return _panel(
        "No run has been published yet",
        "Bring in data and run the pipeline; this page then fills by itself on reload.",
        html.Pre(
            "silent-churn ingest --mapping FILE SOURCE\nsilent-churn run\n\n"
            "# or look around with simulated customers\nsilent-churn demo",
            className="command",
            tabIndex="0",
        ),
        html.A("Try again", href="", className="button"),
    )


def not_found(what: str) -> Component:
    """Say that an address leads nowhere."""
    return _panel(
        "Not found",
        what,
        dcc.Link("Back to the overview", href="/", className="button"),
    )


def cannot_show(message: str, reference: str) -> Component:
    """Say why a page cannot be shown at all, with a reference for the log."""
    return _panel(
        "This page cannot be shown",
        message,
        html.P(["Reference ", html.Code(reference)], className="quiet"),
        html.A("Try again", href="", className="button"),
    )


def nothing_here(text: str) -> Component:
    """Say in one line why a part of a page is empty."""
    return html.P(text, className="nothing")


def to_run(text: str, command: str) -> Component:
    """Say why a part of a page is empty, and which command fills it."""
    return html.Div(
        [
            nothing_here(text),
            html.Pre(command, className="command", tabIndex="0"),
        ]
    )


def error_toast(message: str, reference: str) -> Component:
    """Say that something failed here, in plain words, with a reference for the log."""
    return html.Div(
        [
            html.Strong("That did not work"),
            html.P(message),
            html.P(["Reference ", html.Code(reference)], className="quiet"),
            html.Button("Dismiss", className="button-ghost", type="button", **data(dismiss="")),
        ],
        className="toast-card",
        role="alert",
    )


def skeleton(kind: str = "block") -> Component:
    """Hold the place of something that is being loaded."""
    return html.Div(className=f"skeleton skeleton-{kind}", **aria(hidden="true"))


def loading_row(kind: str, times: int) -> list[Component]:
    """Hold the places of several things."""
    return [skeleton(kind) for _ in range(times)]


def _panel(title: str, text: str, *more: Component) -> Component:
    return html.Section([html.H2(title), html.P(text), *more], className="panel state-panel")
