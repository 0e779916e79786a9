"""Reads `docs/worked_examples.md`: which files each example touches, and what it does to them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "worked_examples.md"

_EXAMPLE = re.compile(r"^## (?P<title>.+?)\n(?P<text>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"^```(?P<kind>diff|python)\n(?P<text>.*?)^```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Change:
    """What one block of the page does to a file: a new text, or lines that come and go."""

    path: str
    kind: str
    text: str

    def apply(self, folder: Path) -> None:
        """Do it to a copy of the repository."""
        path = folder / self.path
        if self.kind == "python":
            path.write_text(self.text, "utf-8")
            return
        lines = self.text.splitlines()
        before = "".join(f"{line[1:]}\n" for line in lines if line[:1] != "+")
        after = "".join(f"{line[1:]}\n" for line in lines if line[:1] != "-")
        known = path.read_text("utf-8")
        assert known.count(before) == 1, f"{self.path} must hold this once:\n{before}"
        path.write_text(known.replace(before, after), "utf-8")


@dataclass(frozen=True)
class Example:
    """One change with every line that it takes."""

    title: str
    changes: tuple[Change, ...]

    @property
    def files(self) -> tuple[str, ...]:
        """The files that a person writes or changes, each once."""
        return tuple(dict.fromkeys(one.path for one in self.changes))


def examples() -> tuple[Example, ...]:
    """Return the examples of the page, in order."""
    found = _EXAMPLE.finditer(PAGE.read_text("utf-8"))
    return tuple(Example(one["title"], _changes(one["text"])) for one in found)


def promised() -> list[int]:
    """Return how many files the page says that each example takes, in order."""
    rows = re.findall(r"^\| \[.+\]\(#.+\) \| (\d+) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    return [int(one) for one in rows]


def _changes(text: str) -> tuple[Change, ...]:
    found = []
    for one in _BLOCK.finditer(text):
        first, _, rest = one["text"].partition("\n")
        found.append(Change(first.removeprefix("+++ ").removeprefix("# "), one["kind"], rest))
    return tuple(found)
