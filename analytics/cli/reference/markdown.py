"""Tables and remarks that the reference pages share, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def made_by(command: str = "") -> str:
    """Return the line that says where a page comes from, and which command prints the same."""
    also = f"; `{command}` prints the same" if command else ""
    return f"Made from the product itself by `make generated`{also}.\n"


def markdown_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of a table, a blank one at the end."""
    cells = [[cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows]
    return [
        f"| {' | '.join(head)} |",
        f"|{'---|' * len(head)}",
        *(f"| {' | '.join(row)} |" for row in cells),
        "",
    ]
