"""The feature catalogue: what each number behind a risk means, covers, and went with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from dash import html
from dash.development.base_component import Component

from analytics.domain.numbers import formatting
from analytics.domain.tables.feature_catalogue import FeatureEntry
from analytics.domain.words.counting import counted
from analytics.services.evidence.features import FeatureLine, FeaturesResult
from webapp.components.panels import scrolling, table
from webapp.components.states import nothing_here
from webapp.components.terms import defined, page_term

OLD_RUN = "This run was made before runs kept their features. The next run will show them here."
STRONGEST = 10
#: Of the population stability index: a change to look at, and a large one.
MOVED, CHANGED = 0.1, 0.25


def features_view(result: FeaturesResult | None) -> Component:
    """Return the lead, the strongest features, then all of them by theme."""
    if result is None:
        return nothing_here(OLD_RUN)
    themes = list(dict.fromkeys(line.entry.theme for line in result.lines))
    return html.Div(
        [
            _lead(result),
            _strongest(result),
            html.Div(
                [
                    _theme(
                        name, [line for line in result.lines if line.entry.theme == name], result
                    )
                    for name in themes
                ]
            ),
        ],
        className="stack",
    )


def _lead(result: FeaturesResult) -> Component:
    present = [line for line in result.lines if line.entry.supported]
    absent = [line.entry for line in result.lines if not line.entry.supported]
    changed = [entry for entry in present if entry.drift is not None and entry.drift >= CHANGED]
    return html.Div(
        [
            html.P(
                [
                    html.Strong(
                        f"{counted(len(present), 'feature')} of "
                        f"{counted(result.customers, 'customer')}"
                    ),
                    f", counted by {result.counted_by}. ",
                    _drift_words(result, changed),
                ],
                className="prose-line",
            ),
            html.P(
                f"{len(absent)} more are absent, not zero, for the data have nothing that would "
                f"tell them: {', '.join(_words(entry) for entry in absent)}.",
                className="prose-line quiet",
            )
            if absent
            else None,
        ]
    )


def _drift_words(result: FeaturesResult, changed: Sequence[FeatureLine]) -> str:
    if not result.since:
        return "There is no former run to compare them with."
    since = formatting.day(date.fromisoformat(result.since))
    if not changed:
        return f"None has changed much since the run of {since}."
    named = ", ".join(_words(change.entry) for change in changed)
    return f"Changed much since the run of {since}: {named}."


def _strongest(result: FeaturesResult) -> Component:
    told = [line for line in result.lines if line.entry.auc is not None]
    if not told:
        return nothing_here("Too few customers went silent to say what a feature alone tells.")
    told.sort(key=lambda one: -abs((one.entry.auc or 0.5) - 0.5))
    title = f"The {min(STRONGEST, len(told))} that tell most on their own"
    when = formatting.day(date.fromisoformat(result.related_on))
    return html.Div(
        [
            html.H3(title),
            html.P(
                f"Held against what happened after {when}, the latest date whose outcomes are "
                f"known: {result.silent:,} of {counted(result.observations, 'customer')} went "
                "silent. What "
                "goes with silence need not cause it.",
                className="panel-note",
            ),
            _lines(told[:STRONGEST], result, title),
        ]
    )


_NUMBERS = ("window", "coverage", "drift", "silent_by_fifth", "auc_alone")


def _theme(name: str, lines: Sequence[FeatureLine], result: FeaturesResult) -> Component:
    title = f"{name.capitalize()}: {counted(len(lines), 'feature')}"
    return html.Details([html.Summary(title), _lines(lines, result, title)], className="fold")


def _lines(lines: Sequence[FeatureLine], result: FeaturesResult, caption: str) -> Component:
    head = (
        "Feature",
        "Formula",
        *(page_term(f"feature_{name}") for name in _NUMBERS),
    )
    rows = [_row(line, result) for line in lines]
    return scrolling(
        table(
            head, rows, numeric=range(2, len(head)), caption=caption, class_name="features compact"
        ),
        caption,
    )


def _row(line: FeatureLine, result: FeaturesResult) -> list[Any]:
    one = line.entry
    formula = one.formula.replace(" * ", " × ").replace("- ", "− ")
    looks = "all history" if one.window_days is None else formatting.days(one.window_days)
    name = html.Span(
        [
            html.Strong(_words(one)),
            html.Span(" your own", className="pill") if one.own else None,
            html.Span(one.description, className="quiet sub"),
            html.Code(one.name, className="quiet sub"),
        ]
    )
    if not one.supported:
        missing = html.Span("absent", className="pill")
        return [name, formula, looks, missing, *[formatting.MISSING] * 3]
    return [name, formula, looks, _coverage(one), _drift(line, result), _ends(one), _auc(one)]


def _words(one: FeatureEntry) -> str:
    return one.name.replace("_", " ")


def _coverage(one: FeatureEntry) -> Component | str:
    share = formatting.share(one.coverage)
    if one.coverage >= 1 or not one.missing_when:
        return share
    return defined(share, f"Missing where {one.missing_when}.")


def _drift(line: FeatureLine, result: FeaturesResult) -> Component | str:
    if line.drift is None:
        return formatting.MISSING if not result.since else "new"
    shown = f"{line.drift:.2f}"
    if line.drift >= CHANGED:
        return html.Span(f"{shown} changed", className="pill pill-failed")
    return html.Span(f"{shown} moved", className="pill") if line.drift >= MOVED else shown


def _ends(one: FeatureEntry) -> str:
    if one.silent_share_low is None:
        return formatting.MISSING
    low, high = formatting.share(one.silent_share_low), formatting.share(one.silent_share_high)
    return f"{low} → {high}"


def _auc(one: FeatureEntry) -> Component | str:
    if one.auc is None:
        return formatting.MISSING
    interval = f"{one.auc_low:.2f} to {one.auc_high:.2f}"
    return html.Span([f"{one.auc:.2f}", html.Span(interval, className="quiet sub")])
