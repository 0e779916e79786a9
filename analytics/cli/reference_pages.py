"""The reference pages of the documentation, made from the records that the product reads.

``python -m analytics.cli.reference_pages docs`` writes them anew; a test holds them to it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from analytics.domain.documented_key import Key
from analytics.domain.events import EVENT_CATALOGUE, EventKind
from analytics.domain.frustration import EVENT_WEIGHTS
from analytics.domain.profile_file import SHIPPED_PROFILES
from analytics.domain.profile_keys import profile_keys
from analytics.etl.mapping_keys import mapping_keys

_MADE = "Made from the product itself by `make docs`; `{command}` prints the same.\n"


def event_rows() -> list[dict[str, object]]:
    """Return the catalogue of events as rows."""
    return [
        {
            "name": one.name,
            "kind": one.kind.value,
            "direction": one.direction.value,
            "meaning": one.meaning,
            "weight": EVENT_WEIGHTS.get(one.name, 0.0),
        }
        for one in EVENT_CATALOGUE.values()
    ]


def pages() -> dict[str, str]:
    """Return the text of each page by the name of its file."""
    return {"events.md": _events(), "mapping.md": _mapping(), "profile.md": _profile()}


def _events() -> str:
    kinds = ", ".join(one.value for one in EventKind if one is not EventKind.UNKNOWN)
    rows = [[f"`{row['name']}`", *map(str, list(row.values())[1:])] for row in event_rows()]
    return "\n".join(
        [
            "# Events\n",
            _MADE.format(command="silent-churn events list"),
            f"What can happen to a customer. The kinds are {kinds}. Only what the customer did "
            "(`by_customer`) can count as activity; which of it does, a profile says "
            "([`meaningful_events`](profile.md)). The weight is that of one event in the "
            "frustration index: an assumption, until what your customers said on past dates "
            "teaches better ones.\n",
            "Events of other types are kept, reported, and count for nothing until the mapping "
            'gives them a name of this list: `event_type = { column = "what", values = '
            '{ purchase = "order" } }`, or a profile names them as activity.\n',
            *_table(("event", "kind", "direction", "meaning", "weight"), rows),
        ]
    )


def _mapping() -> str:
    return "\n".join(
        [
            "# Mapping\n",
            _MADE.format(command="silent-churn mapping keys"),
            "A mapping is a TOML file that says how the columns and values of a source become "
            "customers, events and treatments. `silent-churn mapping guess orders.csv` writes a "
            "first one from a file. The smallest that works:\n",
            "```toml",
            "[[source]]",
            'name = "orders"',
            'to = "events"',
            'path = "orders.csv"',
            'format = "csv"',
            "",
            "[source.columns]",
            'customer_id = "Customer"',
            'occurred_at = { column = "Date", format = "%d.%m.%Y", zone = "Europe/Berlin" }',
            'event_type = { constant = "order" }',
            'event_id = "Order no"',
            'value = { column = "Amount", decimal = "," }',
            "```\n",
            *_keys(mapping_keys()),
        ]
    )


def _profile() -> str:
    names = ", ".join(f"`{one}`" for one in SHIPPED_PROFILES)
    return "\n".join(
        [
            "# Profile\n",
            _MADE.format(command="silent-churn profile keys"),
            f"A profile says what counts in one kind of business: {names} ship with the product. "
            "One of your own may set two keys and inherit the rest. Save this as `club.toml` and "
            "run with `--profile club.toml`:\n",
            "```toml",
            'extends = "retail"',
            'currency = "EUR"',
            "margin = 0.45",
            "```\n",
            "Only profiles that ship can be extended. The `[[actions]]` of a profile, where it has "
            "any, are all its actions; one named like an action of the base inherits from it what "
            "it does not set. What a run was made with is the whole, inherited keys included.\n",
            *_keys(profile_keys()),
        ]
    )


def _keys(keys: Iterable[Key]) -> list[str]:
    lines: list[str] = []
    for place, group in groupby(keys, key=lambda one: one.place):
        rows = [
            [
                f"`{one.name}`",
                one.kind,
                _default(one.default),
                one.meaning.replace("``", "`"),
                f"`{one.example}`" if one.example else "",
            ]
            for one in group
        ]
        title = place[0].upper() + place[1:] if place[0] != "[" else f"`{place}`"
        lines += [f"## {title}\n", *_table(("key", "value", "default", "meaning", "example"), rows)]
    return lines


def _default(default: str) -> str:
    if not default:
        return "**needed**"
    return default if " " in default and default[0] != '"' else f"`{default}`"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    cells = [[one.replace("|", "\\|") for one in row] for row in rows]
    return [
        f"| {' | '.join(head)} |",
        f"|{'---|' * len(head)}",
        *(f"| {' | '.join(row)} |" for row in cells),
        "",
    ]


def main(folder: Path) -> None:
    """Write every page into a folder."""
    folder.mkdir(exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
