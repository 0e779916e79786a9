"""The pointer: one line that says which run is current, replaced as a whole."""

from __future__ import annotations

import os
import re
from pathlib import Path

from analytics.errors import PublishedNotDurable, UsageError
from analytics.runs.durable import sync_folder

_RUN_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,99}")


def check_run_id(run_id: str) -> str:
    """Return the id, or refuse one that could name anything but a folder of ours."""
    if not _RUN_ID.fullmatch(run_id) or run_id == "current":
        raise UsageError(
            "A run id must be letters, digits, dots, dashes and underscores. "
            f"Got {run_id[:100]!r}.",
            rule="run_id_valid",
            got=run_id[:100],
        )
    return run_id


def read_pointer(path: Path) -> str | None:
    """Return the run id that the pointer names; None where it is missing or names none."""
    try:
        text = path.read_bytes()[:200].decode("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return text if _RUN_ID.fullmatch(text) and text != "current" else None


def write_pointer(path: Path, run_id: str) -> None:
    """Make a run current: from one moment to the next, and only then.

    Raises
    ------
    PublishedNotDurable
        The new run is current, but the disk did not confirm it.
    """
    waiting = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with waiting.open("wb") as file:
            file.write(f"{run_id}\n".encode("ascii"))
            file.flush()
            os.fsync(file.fileno())
        os.replace(waiting, path)  # noqa: PTH105 - one name for tests to break
    except BaseException:
        waiting.unlink(missing_ok=True)
        raise
    try:
        sync_folder(path.parent)
    except OSError as error:
        raise PublishedNotDurable(
            f"Run {run_id} is live, but the disk did not confirm it; running again is safe. "
            f"Got: {error.strerror or error}.",
            rule="published_durable",
            got=run_id,
        ) from error


def pointer_state(path: Path) -> tuple[int, int, int] | None:
    """Return what changes whenever the pointer is replaced; None where it is missing."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
