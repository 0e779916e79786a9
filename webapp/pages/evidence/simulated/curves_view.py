"""Pictures of the simulated business beside real customers."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from analytics.domain.numbers import formatting
from analytics.services.evidence.acceptance import AcceptanceCurve, PresetAcceptance
from webapp.components.panels import drawn_chart, table
from webapp.components.states import nothing_here
from webapp.figures.acceptance_charts import compared_curve_chart, is_share

_ALONE = "There was nothing real to compare with: the simulated curve stands alone."


def curves_view(presets: Sequence[PresetAcceptance]) -> list[Component]:
    """Return the pictures of each preset that has some, those beside real customers first."""
    drawn = [preset for preset in presets if preset.curves]
    return [_pictures(curve) for curve in sorted(drawn, key=lambda one: not _compared(one))]


def _compared(one: PresetAcceptance) -> bool:
    return any(curve.real for curve in one.curves)


def _pictures(one: PresetAcceptance) -> Component:
    """Return the pictures of a preset; folded where they say little about this run."""
    compared = _compared(one)
    title = f"Simulated beside real: {one.title}" if compared else f"Simulated: {one.title}"
    source = f"Real customers: {one.real_source}." if compared and one.real_source else None
    content = [
        html.P(source or (None if compared else _ALONE), className="panel-note"),
        html.Div([_picture(curve, compared) for curve in one.curves], className="pictures"),
    ]
    if one.of_this_run or compared:
        return html.Div([html.H3(title), *content], className="ruled")
    return html.Details([html.Summary(title), *content], className="fold")


def _picture(curve: AcceptanceCurve, compared: bool) -> Component:
    label = f"{curve.title}: simulated and real" if curve.real else f"{curve.title}: simulated"
    return html.Div(
        [
            html.H4(curve.title),
            nothing_here(_ALONE) if compared and not curve.real else None,
            drawn_chart(compared_curve_chart(curve), _table(curve), label, height=230),
        ]
    )


def _table(curve: AcceptanceCurve) -> Component:
    lines = {"Real": curve.real, "Simulated": curve.simulated}
    known = {name: ys for name, ys in lines.items() if ys}
    rows = [
        (_written(x, curve.x_title), *(_written(y, curve.y_title) for y in ys))
        for x, *ys in zip(curve.x, *known.values(), strict=True)
    ]
    head = (curve.x_title, *known)
    caption = f"{curve.title}, {curve.y_title}"
    return table(head, rows, numeric=range(1, len(head)), caption=caption, class_name="compact")


def _written(value: float | str | None, title: str) -> str:
    """Write a share with a digit more than elsewhere, for two of them are compared here."""
    if value is None or isinstance(value, str):
        return value or formatting.MISSING
    if is_share(title):
        return f"{100 * value:.1f}%"
    return formatting.count(value) if value == round(value) else formatting.three_figures(value)
