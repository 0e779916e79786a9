from __future__ import annotations

import json

from dash import dcc, html
from hypothesis import given
from hypothesis import strategies as st

from tests.webapp.component_text import links_of, parts_of, text_of
from webapp.components.panels import table
from webapp.components.still import made_still


def components(tree: object) -> int:
    """Count what Dash has to keep: not what the browser draws by itself."""
    return sum(1 for one in parts_of(tree) if hasattr(one, "to_plotly_json"))


def test_a_table_of_a_thousand_cells_is_one_component() -> None:
    rows = [[f"r{n}", html.Span([str(n), html.Span("low to high", className="sub")])]
            for n in range(500)]  # fmt: skip
    made = table(("Name", "Number"), rows, numeric=(1,))
    assert components(made) > 2_000
    still = made_still([made])
    assert components(still) == 1
    assert text_of(still) == text_of(made)


def test_what_has_an_id_or_a_chart_stays_a_component() -> None:
    graph = dcc.Graph(id="g", figure={})
    named = html.P("named", id="name")
    tree = made_still([html.Div([html.P("before"), html.P("more"), graph, named, html.P("after")])])
    inside = tree[0].children
    assert inside[1] is graph
    assert inside[2] is named
    assert len(inside) == 4
    assert text_of(tree) == "before more named after"


def test_links_keep_their_addresses() -> None:
    link = dcc.Link("C00001", href="/customers/C00001")
    assert links_of(made_still([html.P(link)])) == ["/customers/C00001"]


@given(st.text(), st.text())
def test_every_text_stays_a_text(one: str, other: str) -> None:
    made = made_still([html.P([one, html.Strong(other)], title=other)])
    (content,) = json.loads(vars(made[0])["data-still"])
    assert content["children"][0] == one
    assert content["children"][1]["children"] == [other]
    assert content["attributes"]["title"] == other


def test_nothing_and_a_bare_text_stay_as_they_are() -> None:
    assert made_still(None) is None
    assert made_still("text") == "text"
    assert made_still(["text"]) == ["text"]
