"""The evidence page before its numbers come."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from webapp.components.panels import chart, page_head, panel
from webapp.components.states import skeleton
from webapp.pages.evidence.ids import EvidenceIds as Ids


def layout(_tail: str = "") -> Component:
    """Return the frame of the evidence page."""
    return html.Div(
        [
            dcc.Store(id=Ids.START, data=1),
            page_head(
                "Evidence",
                "Can I trust this? What the models said before, and what then happened.",
                Ids.STAMP,
                Ids.NOTICES,
            ),
            html.Div(
                [
                    html.P(skeleton("line"), id=Ids.VERDICT, className="headline"),
                    panel(
                        "Models against baselines",
                        html.Div(skeleton("table"), id=Ids.SCORES),
                        note="Each test date was scored by models that had seen only earlier data.",
                    ),
                    html.Div([_calibration(), _said_seen()], className="grid-halves"),
                    html.Div(id=Ids.ACCEPTANCE, className="slot"),
                    _features(),
                    html.Div([_quality(), _assumptions(), _versions()], className="grid-three"),
                    panel(
                        "Glossary",
                        html.Div(id=Ids.GLOSSARY),
                        note="One definition for screen, CSV and SQL.",
                    ),
                ],
                className="stack",
            ),
        ]
    )


def _calibration() -> Component:
    return panel(
        "Is a risk of 30% a risk of 30%?",
        chart(Ids.CALIBRATION, Ids.CALIBRATION_TABLE, "Predicted against observed share", 320),
        note="The champion on the test dates. On the dashed line, what was said is what came.",
    )


def _said_seen() -> Component:
    return panel(
        "Said and seen by date",
        chart(Ids.SAID_SEEN, Ids.SAID_SEEN_TABLE, "Predicted and observed share by date", 320),
        note="Share of the scored customers; the last dates are still open.",
    )


def _features() -> Component:
    return panel(
        "Features",
        html.Div(skeleton("table"), id=Ids.FEATURES),
        note="Every number that the models may see of a customer, as of the date of the data.",
    )


def _quality() -> Component:
    return panel(
        "Data quality",
        html.Div(skeleton("bars"), id=Ids.QUALITY),
        note="Accepted and rejected rows add up to the rows read.",
    )


def _assumptions() -> Component:
    return panel("Assumed, not measured", html.Div(skeleton("bars"), id=Ids.ASSUMPTIONS))


def _versions() -> Component:
    return panel("Versions", html.Div(skeleton("bars"), id=Ids.VERSIONS))
