"""HTML and SVG made of nested calls; every text is escaped unless it is markup already."""

from __future__ import annotations

import html
from collections.abc import Iterable

Child = object  # Markup, text, a number or None


#: Elements without content or end.
_VOID = frozenset({"br", "meta"})


class Markup(str):
    """Text that is markup and must not be escaped again."""

    __slots__ = ()


def tag(name: str, *children: Child, **attributes: object) -> Markup:
    """Return one element; children that are None are left out.

    A trailing underscore of an attribute is dropped (``class_``), others become hyphens
    (``font_size``); an attribute that is None is left out.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(_number(value), quote=True)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _VOID:
        return Markup(f"<{name}{written}>")
    return Markup(f"<{name}{written}>{join(children)}</{name}>")


def join(children: Iterable[Child]) -> Markup:
    """Put children one after another."""
    return Markup("".join(_child(child) for child in children if child is not None))


def _child(given: Child) -> str:
    return str(given) if isinstance(given, Markup) else html.escape(str(given), quote=False)


def _number(value: object) -> str:
    """Coordinates need no more than two digits."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
