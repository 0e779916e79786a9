"""Every file of the repository that is made from the product: reference pages and SQL schemas.

``python -m analytics.cli.generated_files`` writes them anew (`make generated`); with ``--check`` it
compares only, and fails where one is not what the product would write (`make check`).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from analytics.cli.console import say
from analytics.cli.reference.pages import pages
from analytics.exports.bi_schema import SCHEMA_FILES, schema_text

REPOSITORY = Path(__file__).parents[2]


def generated_files() -> dict[str, str]:
    """Return the text of each file by its path in the repository."""
    docs = {f"docs/{name}": text for name, text in pages().items()}
    schemas = {f"sql/schema/{name}": schema_text(Path(name).stem) for name in SCHEMA_FILES}
    return docs | schemas


def outdated(root: Path) -> list[str]:
    """Return the paths whose file is missing or is not what the product would write."""
    return [path for path, text in generated_files().items() if _held(root / path) != text]


def write(root: Path) -> list[str]:
    """Write the files that are outdated; return their paths."""
    texts = generated_files()
    changed = outdated(root)
    for path in changed:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(texts[path], encoding="utf-8")
    return changed


def main(arguments: Sequence[str], root: Path = REPOSITORY) -> int:
    """Write the files, or with ``--check`` compare them; return the exit code."""
    if "--check" not in arguments:
        say("\n".join(f"Wrote {path}." for path in write(root)) or "Nothing has changed.")
        return 0
    found = outdated(root)
    for path in found:
        say(f"{path} must be what the product would write: run `make generated`.")
    return 1 if found else 0


def _held(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
