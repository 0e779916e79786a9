"""The pages of documentation that people write, and what stands in them."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"

#: Written by hand; the others are made from the product (`make generated`).
WRITTEN = (
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "docs/extending.md",
    "docs/methods.md",
    "docs/operations.md",
    "docs/own_data.md",
    "docs/performance.md",
    "docs/security.md",
    "docs/worked_examples.md",
)


def text_of(page: str) -> str:
    """Return the text of a page by its path in the repository."""
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(page: str, language: str) -> list[str]:
    """Return the code blocks of a language, in order."""
    pattern = rf"^```{language}\n(.*?)^```"
    return re.findall(pattern, text_of(page), flags=re.MULTILINE | re.DOTALL)


def commands(page: str) -> list[list[str]]:
    """Return every command line that a reader is to run, in order (`bash`; `sh` is only read)."""
    return [shlex.split(line) for block in blocks(page, "bash") for line in block.splitlines()]
