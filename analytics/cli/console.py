"""What the command prints: data on standard output, talk on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from analytics.redaction import redacted


def answer(result: Mapping[str, Any], *, as_json: bool, text: str, aside: bool = False) -> None:
    """Print a result: as one JSON object, or as text for a person.

    Parameters
    ----------
    aside
        The standard output was asked to carry a file, so what is said of it goes beside it.
    """
    out = sys.stderr if aside else sys.stdout
    out.write(redacted(_json(result) if as_json else text.rstrip("\n") + "\n"))


def print_json(result: Mapping[str, Any]) -> None:
    """Print one JSON object; numbers that are not finite become null."""
    sys.stdout.write(redacted(_json(result)))


def say(text: str) -> None:
    """Tell a person what goes on; never part of the data."""
    sys.stderr.write(redacted(text) + "\n")


def _json(result: Mapping[str, Any]) -> str:
    return json.dumps(_plain(result), indent=2, default=str, allow_nan=False) + "\n"


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = "") -> str:
    """Return a table as text, numbers to the right."""
    shown = Table(title=title or None, title_justify="left")
    cells = [[_cell(value) for value in row] for row in rows]
    for position, name in enumerate(columns):
        numeric = bool(cells) and all(_is_number(row[position]) for row in cells)
        shown.add_column(name, justify="right" if numeric else "left")
    for row in cells:
        shown.add_row(*row)
    console = Console(width=120, no_color=not sys.stdout.isatty())
    with console.capture() as captured:
        console.print(shown)
    return captured.get()


def keys_table(keys: Iterable[Mapping[str, str]]) -> str:
    """Return the keys of a file as text: what each may be and means, and an example."""
    lines: list[str] = []
    place = ""
    for key in keys:
        if key["place"] != place:
            place = key["place"]
            lines += ["", place, "-" * len(place)]
        default = f"default {key['default']}" if key["default"] else "needed"
        lines.append(f"{key['name']}: {key['kind']}; {default}")
        lines += [f"    {key['meaning']}".replace("``", "`"), f"    {key['example']}"]
    return "\n".join(line.rstrip() for line in lines[1:])


def _cell(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:,.3f}" if isinstance(value, float) else str(value)


def _is_number(text: str) -> bool:
    return text == "-" or text.replace(",", "").replace(".", "").lstrip("-").isdigit()


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return None
    return value
