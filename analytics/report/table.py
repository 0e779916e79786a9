"""Tables of the report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analytics.report.markup import Child, Markup, tag


def table(
    columns: Sequence[str], rows: Iterable[Sequence[Child]], *, numbers: Iterable[int] = ()
) -> Markup:
    """Return a table; columns of numbers stand to the right."""
    right = set(numbers)
    head = [
        tag("th", name, scope="col", class_="n" if place in right else None)
        for place, name in enumerate(columns)
    ]
    body = [
        tag("tr", *(
            tag("td", cell, class_="n" if place in right else None)
            for place, cell in enumerate(row)
        ))
        for row in rows
    ]  # fmt: skip
    whole = tag("table", tag("thead", tag("tr", *head)), tag("tbody", *body))
    return tag("div", whole, class_="wide")
