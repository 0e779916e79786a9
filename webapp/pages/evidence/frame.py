"""The parts of the page with their content, or with what holds its place until it comes.

A whole group of parts is filled in at once, and what never changes in it goes over as one
component: see `webapp.components.still`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from webapp.components.panels import panel
from webapp.components.states import skeleton
from webapp.components.still import settled
from webapp.pages.evidence.ids import EvidenceIds as Ids
from webapp.pages.evidence.sections import COMPARISON, FEATURES, GLOSSARY, Section


def sections(parts: Sequence[Section], content: Mapping[str, Any] | None = None) -> list[Component]:
    """Return parts of the page; without content, with skeletons in its place."""
    return [_section(one, content) for one in parts]


def background(content: Mapping[str, Any] | None = None) -> list[Component]:
    """Return what stands behind the numbers: last run, simulator, features, data, words."""
    simulator = settled(content["acceptance"]) if content else None
    return [
        *sections([COMPARISON], content),
        html.Div(simulator, id=Ids.ACCEPTANCE, className="slot"),
        *sections([FEATURES], content),
        html.Div(_data(content), id=Ids.AT_DATA, className="grid-three anchor"),
        *sections([GLOSSARY], content),
    ]


def _data(content: Mapping[str, Any] | None) -> list[Component]:
    quality = "Accepted and rejected rows add up to the rows read."
    return [
        panel("Data quality", _slot(Ids.QUALITY, content), note=quality),
        panel("Assumed, not measured", _slot(Ids.ASSUMPTIONS, content)),
        panel("Versions", _slot(Ids.VERSIONS, content)),
    ]


def _section(one: Section, content: Mapping[str, Any] | None) -> Component:
    body = _slot(one.slot, content, waiting=one.waiting, class_name="section-body")
    shown = panel(one.title, body, note=one.note or None)
    return html.Div(shown, id=one.at, className="anchor")


def _slot(
    slot: Ids,
    content: Mapping[str, Any] | None,
    *,
    waiting: str = "bars",
    class_name: str = "",
) -> Component:
    """Return the place of a part; what fills it goes by the name of its id."""
    filled = settled(content[slot.name.lower()]) if content else skeleton(waiting)
    return html.Div(filled, id=slot, className=class_name)
