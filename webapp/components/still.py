"""Parts of a page that never change, drawn by the browser from one component.

Dash tells every component of a page of every other one that appears, so that a page takes the
square of its components: thousands of table cells freeze it for many seconds. What has no id, no
chart and no callback need not be components: it goes over as plain values, and
`assets/web/still.js` makes elements of it. Texts stay texts; nothing is read as markup.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from webapp.components.attributes import data

#: Properties of a component that become attributes, by the name of the attribute.
_ATTRIBUTES = {
    "className": "class",
    "tabIndex": "tabindex",
    "scope": "scope",
    "role": "role",
    "title": "title",
    "open": "open",
    "href": "href",
}
_WILD = ("aria-", "data-")


def made_still(tree: Any) -> Any:
    """Return a tree of components in which every part that never changes is one component."""
    if isinstance(tree, list | tuple):
        return _joined(tree)
    if not isinstance(tree, Component) or _is_still(tree):
        return _joined([tree])[0] if isinstance(tree, Component) else tree
    if hasattr(tree, "children"):
        tree.children = made_still(tree.children)
    return tree


def _joined(trees: Sequence[Any]) -> list[Any]:
    """Put neighbours that never change into one component each."""
    out: list[Any] = []
    waiting: list[Any] = []
    for part in (*trees, None):
        if part is not None and _is_still(part):
            waiting.append(part)
            continue
        if any(isinstance(still, Component) for still in waiting):
            out.append(_one(waiting))
        else:
            out += waiting
        waiting = []
        if part is not None:
            out.append(made_still(part))
    return out


def _one(trees: Sequence[Any]) -> Component:
    content = json.dumps([_plain(tree) for tree in trees], ensure_ascii=False)
    return html.Div(className="still", **data(still=content))


def _is_still(tree: Any) -> bool:
    """Tell whether a tree is made of plain elements only, none of which anything else names."""
    if isinstance(tree, list | tuple):
        return all(_is_still(part) for part in tree)
    if not isinstance(tree, Component):
        return True
    if not (_is_element(tree) and all(name in _known(tree) for name in _properties(tree))):
        return False
    return _is_still(getattr(tree, "children", None))


def _is_element(tree: Component) -> bool:
    return isinstance(tree, dcc.Link) or tree._namespace == "dash_html_components"


def _known(tree: Component) -> set[str]:
    wild = {name for name in _properties(tree) if name.startswith(_WILD)}
    return {"children", "style", *_ATTRIBUTES, *wild}


def _properties(tree: Component) -> list[str]:
    known = getattr(tree, "available_properties", ())
    return [
        name
        for name, value in vars(tree).items()
        if value is not None and (name in known or name.startswith(_WILD))
    ]


def _plain(tree: Any) -> Any:
    """Return a tree as texts and lists: tag, attributes, style, children."""
    if not isinstance(tree, Component):
        return [_plain(part) for part in tree] if isinstance(tree, list | tuple) else _text(tree)
    given = {name: getattr(tree, name) for name in _properties(tree)}
    children = given.pop("children", None)
    style = given.pop("style", {})
    attributes = {_ATTRIBUTES.get(name, name): str(value) for name, value in given.items()
                  if value is not False}  # fmt: skip
    tag = "a" if isinstance(tree, dcc.Link) else type(tree).__name__.lower()
    inner = children if isinstance(children, list | tuple) else [children]
    return {
        "tag": tag,
        "attributes": attributes,
        "style": style,
        "children": [_plain(part) for part in inner if part is not None],
    }


def _text(value: Any) -> str:
    return "" if value is None else str(value)
