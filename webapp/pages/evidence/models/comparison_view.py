"""What changed since the last run, as the run itself wrote it down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from analytics.domain.numbers.formatting import three_figures
from webapp.components.panels import scrolling, table
from webapp.components.states import nothing_here
from webapp.pages.evidence.data.quality_view import pairs_view
from webapp.pages.evidence.wording import finding

NO_COMPARISON = "There is no former run of this profile to compare with."


def comparison_view(comparison: object) -> list[Any]:
    """Return sentences, names with values, and tables, whichever the run kept."""
    if not comparison:
        return [nothing_here(NO_COMPARISON)]
    if isinstance(comparison, str):
        return [finding(comparison)]
    if isinstance(comparison, Mapping):
        return _parts(comparison)
    if isinstance(comparison, Sequence):
        return [_listed("What changed", comparison)]
    return [finding(str(comparison))]


def _parts(given: Mapping[Any, Any]) -> list[Any]:
    sentences = [str(given[key]) for key in ("sentence", "verdict", "words") if given.get(key)]
    rest = {
        name: value
        for name, value in given.items()
        if name not in ("sentence", "verdict", "words") and value not in (None, "", [], {})
    }
    plain = {
        _words(name): value
        for name, value in rest.items()
        if not isinstance(value, Mapping | list | tuple)
    }
    return [
        *(finding(sentence) for sentence in sentences),
        pairs_view(plain) if plain else None,
        *(
            _listed(_words(name), value)
            for name, value in rest.items()
            if isinstance(value, Mapping | list | tuple)
        ),
    ]


def _listed(title: str, values: Any) -> Component:
    return html.Div([html.H3(title, className="spaced"), _content(title, values)])


def _content(title: str, values: Any) -> Component:
    if isinstance(values, Mapping):
        return pairs_view({_words(name): value for name, value in values.items()})
    if values and all(isinstance(item, Mapping) for item in values):
        return _rows(title, values)
    return html.Ul([html.Li(str(item)) for item in values], className="prose")


def _rows(title: str, rows: Sequence[Mapping[str, Any]]) -> Component:
    names = list(dict.fromkeys(name for row in rows for name in row))
    cells = [[_cell(row.get(name)) for name in names] for row in rows]
    numeric = [
        place
        for place, name in enumerate(names)
        if all(isinstance(row.get(name), int | float | None) for row in rows)
    ]
    made = table(
        [_words(key_name) for key_name in names],
        cells,
        numeric=numeric,
        caption=title,
        class_name="compact",
    )
    return scrolling(made, title)


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or isinstance(value, int | float):
        return three_figures(value)
    return str(value)


def _words(name: object) -> str:
    return str(name).replace("_", " ").capitalize()
