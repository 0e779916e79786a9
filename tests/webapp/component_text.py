"""Reads what a component tree says and where it leads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any


def drawn_in_the_browser(tree: Any) -> Any:
    """Return what a component of parts that never change stands for, as a tree."""
    if isinstance(tree, list):
        return [drawn_in_the_browser(one) for one in tree]
    if not isinstance(tree, dict):
        return tree
    known = {{"class": "className"}.get(name, name): v for name, v in tree["attributes"].items()}
    inner = drawn_in_the_browser(tree["children"])
    return SimpleNamespace(**known, tag=tree["tag"], children=inner)


def parts_of(tree: Any) -> Iterator[Any]:
    """Yield every component and text of a tree, in order."""
    if isinstance(tree, list | tuple):
        for one in tree:
            yield from parts_of(one)
    elif tree is not None:
        yield tree
        if still := getattr(tree, "data-still", None):
            yield from parts_of(drawn_in_the_browser(json.loads(still)))
        yield from parts_of(getattr(tree, "children", None))


def text_of(tree: Any) -> str:
    """Return the text that a person would read."""
    return " ".join(str(one) for one in parts_of(tree) if isinstance(one, str | int | float))


def links_of(tree: Any) -> list[str]:
    """Return the addresses that a tree leads to."""
    return [one.href for one in parts_of(tree) if getattr(one, "href", None)]


def of_class(tree: Any, name: str) -> list[Any]:
    """Return the components of a style class."""
    return [
        one for one in parts_of(tree) if name in (getattr(one, "className", None) or "").split()
    ]


def ids_of(tree: Any) -> list[Any]:
    """Return the ids of a tree's components."""
    return [one.id for one in parts_of(tree) if getattr(one, "id", None) is not None]
