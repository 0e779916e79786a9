"""The checks that the numbers do not flatter, as a checklist."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from analytics.domain.numbers.formatting import three_figures
from analytics.domain.tables.evidence_tables import LeakageCheck
from analytics.services.evidence.evidence_results import EvidenceResult
from webapp.components.states import nothing_here
from webapp.pages.evidence.wording import finding

NO_GATES = "This run kept no record of its leakage checks."


_MARKS = {
    True: ("Passed", "pill pill-passed"),
    False: ("Failed", "pill pill-failed"),
    None: ("Not checked", "pill"),
}


def gates_view(result: EvidenceResult) -> list[Any]:
    """Return how many checks passed, then each with what was measured."""
    gates = result.of(LeakageCheck)
    if not gates:
        return [nothing_here(NO_GATES)]
    return [
        finding(gates_words(gates)),
        html.Ul([_check(gate) for gate in gates], className="gates"),
    ]


def gates_words(gates: Sequence[LeakageCheck]) -> str:
    """Say how many checks passed, which did not, and which could not be made."""
    passed = sum(gate.passed is True for gate in gates)
    failed = [gate.label for gate in gates if gate.passed is False]
    unknown = [gate.label for gate in gates if gate.passed is None]
    if passed == len(gates):
        return f"All {len(gates)} checks passed." if len(gates) > 1 else "The one check passed."
    said = f"{passed} of {len(gates)} checks passed."
    if failed:
        said += f" Not passed: {'; '.join(failed)}."
    if unknown:
        said += f" Could not be made: {'; '.join(unknown)}."
    return said


def _check(one: LeakageCheck) -> Component:
    mark, kind = _MARKS[one.passed]
    return html.Li(
        [
            html.Span(mark, className=kind),
            html.Div(
                [
                    html.Strong(one.label),
                    html.P(one.meaning),
                    html.P(_measured(one), className="quiet"),
                ]
            ),
        ]
    )


def _measured(one: LeakageCheck) -> str:
    if one.found is None:
        return "Not measured."
    bound = "" if one.bound is None else f" Bound: {three_figures(one.bound)}."
    return f"Measured: {three_figures(one.found)}.{bound}"
