"""Is the simulated business like a real one? Only for runs on simulated data."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from analytics.domain.numbers import formatting
from analytics.domain.words.counting import counted
from analytics.services.evidence.acceptance import AcceptanceCheck, AcceptanceView, PresetAcceptance
from webapp.components.panels import panel, scrolling, table
from webapp.components.states import nothing_here, to_run
from webapp.components.terms import defined
from webapp.pages.evidence.simulated.curves_view import curves_view

TITLE = "Is the simulated business like a real one?"
_NOTE = (
    "Measured on the simulator as a whole, over many simulated customers. "
    "The truth about a single customer never reaches this app."
)
_NOT_THIS_ONE = "The preset of this run has not been checked yet. To check it, run:"
_MOST_NAMED = 4


def acceptance_view(view: AcceptanceView | None) -> Component | None:
    """Return the panel about the simulator; none for a run on real data."""
    return None if view is None else panel(TITLE, _content(view), note=_NOTE)


def _content(view: AcceptanceView) -> Component:
    if view.problem:
        return html.P(view.problem, className="notice notice-warn", role="status")
    if not view.presets:
        return to_run("This has not been checked yet. To check it, run:", view.command)
    own = [preset for preset in view.presets if preset.of_this_run]
    others = [preset for preset in view.presets if not preset.of_this_run]
    return html.Div(
        [
            *(_open(row) for row in own),
            None if own else to_run(_NOT_THIS_ONE, view.command),
            html.Div([_folded(other) for other in others]) if others else None,
            *curves_view(view.presets),
        ],
        className="stack",
    )


def _open(one: PresetAcceptance) -> Component:
    return html.Div([html.H3(_name(one)), _lead(one), _checks(one)])


def _folded(one: PresetAcceptance) -> Component:
    summary = html.Summary(f"{_name(one)}: {_counted(one)}")
    return html.Details([summary, _lead(one), _checks(one)], className="fold")


def _name(one: PresetAcceptance) -> str:
    return f"{one.title} ({one.preset})"


def _counted(one: PresetAcceptance) -> str:
    passed = sum(check.passed is True for check in one.checks)
    checks = counted(len(one.checks), "check")
    return f"{passed} of {checks} passed"


def _lead(one: PresetAcceptance) -> Component:
    size = f"{counted(one.customers, 'customer')} over {counted(one.days, 'day')}"
    means = f"mean of {one.seeds:,} simulations of" if one.seeds > 1 else "one simulation of"
    failed = [check.label for check in one.checks if check.passed is False]
    unmeasured = sum(check.measured is None for check in one.checks)
    return html.P(
        [
            html.Strong(_counted(one)),
            f"; {means} {size}, measured {formatting.day(one.measured_at)}.",
            f" Failed: {_few(failed)}." if failed else None,
            f" {unmeasured} could not be measured." if unmeasured else None,
        ],
        className="prose-line",
    )


def _few(labels: list[str]) -> str:
    named = "; ".join(labels[:_MOST_NAMED])
    rest = len(labels) - _MOST_NAMED
    return f"{named}; {rest} more" if rest > 0 else named


def _checks(one: PresetAcceptance) -> Component:
    if not one.checks:
        return nothing_here("The report holds no checks.")
    head = (
        "Check",
        defined("Target", "What the simulated business must show to count as like a real one."),
        defined(
            "Measured", "Mean over the simulations, ± the standard deviation between them if many."
        ),
        defined("Verdict", "Passed where the mean lies in the target, else how far outside it is."),
    )
    caption = f"Checks of {_name(one)}"
    rows = [_row(check) for check in one.checks]
    return scrolling(
        table(head, rows, numeric=(2,), caption=caption, class_name="checks compact"), caption
    )


def _row(check: AcceptanceCheck) -> list[Any]:
    meaning = f"{check.meaning} Target from: {check.source}." if check.source else check.meaning
    return [
        defined(check.label, meaning) if meaning else check.label,
        check.target,
        _measured(check),
        html.Span([_verdict(check), html.Span(check.note, className="quiet sub")]),
    ]


def _measured(check: AcceptanceCheck) -> Component | str:
    mean = formatting.three_figures(check.measured)
    if check.measured is None or check.spread is None:
        return mean
    spread = formatting.three_figures(check.spread, like=check.measured)
    return html.Span([mean, html.Span(f" ± {spread}", className="quiet")])


def _verdict(check: AcceptanceCheck) -> Component:
    if check.passed is None:
        verdict = "Not measured" if check.measured is None else "Does not apply"
        return html.Span(verdict, className="pill")
    if check.passed:
        return html.Span("Passed", className="pill pill-passed")
    by = f" by {_off_by(check)}" if check.off_by else ""
    return html.Span(f"Failed{by}", className="pill pill-failed")


def _off_by(check: AcceptanceCheck) -> str:
    """Write the distance with the digits of what was measured, but never as nothing."""
    alike = formatting.three_figures(check.off_by, like=check.measured)
    return alike if alike.strip("0.") else formatting.three_figures(check.off_by)
