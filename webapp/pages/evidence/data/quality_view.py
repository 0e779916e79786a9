"""What was read, what was refused and why, and which events there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from analytics.domain.numbers import formatting
from webapp.components.states import nothing_here

_FIRST = ("read", "accepted", "rejected", "duplicates")


def quality_view(quality: Mapping[str, object]) -> Component:
    """Return the counts of the ingest, then each list of counts under a heading of its own."""
    broken = quality.get("broken_days")
    plain = {
        name: value
        for name, value in quality.items()
        if not isinstance(value, Mapping) and name != "broken_days"
    }
    lists = {name: value for name, value in quality.items() if isinstance(value, Mapping)}
    first = [name for name in _FIRST if name in plain]
    ordered = [*first, *(name for name in plain if name not in first)]
    return html.Div(
        [
            pairs_view({_words(name): plain[name] for name in ordered}),
            *_broken_days(broken if isinstance(broken, list | tuple) else ()),
            html.H3("Rejected by rule", className="spaced"),
            _counts(lists.pop("rules", {}), "No row broke a rule."),
            *(_more(name, counts) for name, counts in lists.items()),
        ]
    )


def _broken_days(sentences: Sequence[object]) -> list[Component]:
    """Say where the log is not whole; a run of an older version does not tell."""
    if not sentences:
        return []
    return [
        html.H3("Days on which the log is not whole", className="spaced"),
        html.Ul([html.Li(str(sentence)) for sentence in sentences]),
    ]


def pairs_view(pairs: Mapping[str, object]) -> Component:
    """Return names with their values."""
    if not pairs:
        return nothing_here("Nothing was recorded.")
    return html.Dl(
        [html.Div([html.Dt(name), html.Dd(_plain(value))]) for name, value in pairs.items()],
        className="facts",
    )


def _more(name: str, counts: Mapping[object, object]) -> Component:
    return html.Details(
        [html.Summary(f"{_words(name)} ({len(counts)})"), _counts(counts, "None.")],
        className="twin",
    )


def _counts(counts: Mapping[object, object], none: str) -> Component:
    if not counts:
        return nothing_here(none)
    return pairs_view({_words(name): count for name, count in counts.items()})


def _words(name: object) -> str:
    return str(name).replace("_", " ").capitalize()


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return formatting.number(value, 2)
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value) or formatting.MISSING
    return _text(str(value)) if value not in (None, "") else formatting.MISSING


def _text(value: str) -> str:
    """Write a time as a person would; anything else as it came."""
    try:
        return formatting.moment(datetime.fromisoformat(value)) if "T" in value else value
    except ValueError:
        return value
