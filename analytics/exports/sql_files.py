"""The SQL that ships with the product: found beside the package, or in the checkout above it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_PACKAGE = Path(__file__).parents[1]
_VIEW = re.compile(r"^create view (?P<name>\w+) as\n(?P<body>.*?);\s*\Z", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class View:
    """One view of the mart: its name and the select behind it."""

    name: str
    body: str


def sql_folder() -> Path:
    """Return the folder of the shipped SQL: `analytics/sql` in a wheel, `sql` in a checkout."""
    inside = _PACKAGE / "sql"
    return inside if inside.is_dir() else _PACKAGE.parent / "sql"


def shipped_views() -> tuple[View, ...]:
    """Return the views of `views/`, in the order of their file names."""
    files = sorted((sql_folder() / "views").glob("*.sql"))
    found = (_VIEW.search(file.read_text("utf-8")) for file in files)
    return tuple(View(view["name"], view["body"]) for view in found if view)
