"""`docs/numbers.md`: every number that a page, a file or a table shows, by its definition."""

from __future__ import annotations

from collections.abc import Iterable

from analytics.cli.reference.markdown import made_by, markdown_table
from analytics.domain.numbers.numbers import NUMBERS, Number

#: Parts of an interval, which no reader is shown by themselves.
INNER = frozenset({"revenue_variance", "revenue_shock"})
_PLACES = {
    "measures": "Over a choice of customers",
    "customers": "Of one customer",
    "pages": "Worked out on a page",
}


def number_page() -> str:
    """Return the page."""
    places = list(dict.fromkeys([*_PLACES, *(number.place for number in _shown())]))
    return "\n".join(
        [
            "# Numbers\n",
            made_by(),
            f"Every number has one definition: the {len(_shown())} below. Pages, "
            "tooltips, glossary, the heads of CSV files and the comments of the SQL tables are "
            "made from them. *Assumed* marks what rests on assumptions and was not measured. How "
            "the numbers come about is told in [methods](methods.md).\n",
            *(line for place in places for line in _section(place)),
        ]
    )


def _shown() -> list[Number]:
    return [number for number in NUMBERS if number.name not in INNER]


def _section(place: str) -> list[str]:
    numbers = [shown for shown in _shown() if shown.place == place]
    grains = {number.grain for number in numbers}
    title = _PLACES.get(place, f"Run table `{place}`")
    said = "; ".join(sorted(grains))
    return [f"## {title}\n", f"Grain: {said.rstrip('.')}.\n", *_rows(numbers)]


def _rows(numbers: Iterable[Number]) -> list[str]:
    head = ("number", "unit", "window", "good is", "meaning", "formula")
    good = {"good": "higher", "bad": "lower", "": "neither"}
    return markdown_table(
        head,
        (
            (
                f"`{number.name}`",
                number.unit.value,
                number.window,
                good[number.higher_is],
                f"{number.meaning}{' *Assumed.*' if number.assumption else ''}",
                "" if number.formula == number.meaning else f"`{number.formula}`",
            )
            for number in numbers
        ),
    )
