"""The evidence page before its numbers come."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from webapp.components.attributes import aria
from webapp.components.panels import page_head
from webapp.pages.evidence.frame import background, sections
from webapp.pages.evidence.ids import EvidenceIds as Ids
from webapp.pages.evidence.sections import CONTENTS, FRUSTRATION, JUDGED, TESTED, VERDICT


def layout(_tail: str = "") -> Component:
    """Return the frame of the evidence page."""
    return html.Div(
        [
            dcc.Store(id=Ids.START, data=1),
            page_head(
                "Evidence",
                "Can I trust this? What the models predicted, and what then happened.",
                Ids.STAMP,
                Ids.NOTICES,
            ),
            html.Div(
                [
                    _contents(),
                    html.Div(
                        [
                            html.Div(sections([VERDICT]), id=Ids.VERDICT_PART, className="stack"),
                            html.Div(sections(TESTED), id=Ids.TESTED_PARTS, className="stack"),
                            html.Div(sections(JUDGED), id=Ids.JUDGED_PARTS, className="stack"),
                            html.Div(
                                sections(FRUSTRATION), id=Ids.FRUSTRATION_PARTS, className="stack"
                            ),
                            html.Div(background(), id=Ids.BACKGROUND_PARTS, className="stack"),
                        ],
                        className="stack",
                    ),
                ],
                className="with-contents",
            ),
        ]
    )


def _contents() -> Component:
    """Return the table of contents; plain links, so that they work as addresses as well."""
    return html.Nav(
        html.Ol([html.Li(html.A(words, href=f"#{at}")) for at, words in CONTENTS]),
        className="contents no-print",
        **aria(label="On this page"),
    )
