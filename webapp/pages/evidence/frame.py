"""The parts of the page with their content, or with what holds its place until it comes.

A whole group of parts is filled in at once, and what never changes in it goes over as one
component: see `webapp.components.still`.
"""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from analytics.services.evidence.evidence_results import EvidenceResult
from webapp.components.panels import panel
from webapp.components.states import skeleton
from webapp.components.still import made_still
from webapp.pages.evidence.section import Section
from webapp.pages.evidence.sections import (
    ACCEPTANCE,
    COMPARISON,
    DATA,
    DATA_ANCHOR,
    FEATURES,
    GLOSSARY,
)


def sections(parts: Sequence[Section], result: EvidenceResult | None = None) -> list[Component]:
    """Return parts of the page; without a result, with skeletons in its place."""
    return [html.Div(_panel(part, result), id=part.anchor, className="anchor") for part in parts]


def background(result: EvidenceResult | None = None) -> list[Component]:
    """Return what stands behind the numbers: last run, simulator, features, data, words."""
    data = [_panel(section, result, class_name="") for section in DATA]
    return [
        *sections([COMPARISON], result),
        _slot(ACCEPTANCE, result, "slot"),
        *sections([FEATURES], result),
        html.Div(data, id=DATA_ANCHOR, className="grid-three anchor"),
        *sections([GLOSSARY], result),
    ]


def _panel(
    one: Section, result: EvidenceResult | None, *, class_name: str = "section-body"
) -> Component:
    return panel(one.title, _slot(one, result, class_name), note=one.note or None)


def _slot(one: Section, result: EvidenceResult | None, class_name: str) -> Component:
    """Return the place of a part, drawn, or with what holds its place."""
    if result is not None:
        filled = made_still(one.view(result))
    else:
        filled = skeleton(one.waiting) if one.waiting else None
    return html.Div(filled, id=one.slot, className=class_name)
