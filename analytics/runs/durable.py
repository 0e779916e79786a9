"""Writes that survive a power cut: fsync the file, rename, fsync the folder."""

from __future__ import annotations

import os
from pathlib import Path


def sync_file(path: Path) -> None:
    """Ask the disk to keep a file's bytes."""
    _sync(path, os.O_RDONLY)


def sync_folder(path: Path) -> None:
    """Ask the disk to keep a folder's entries."""
    _sync(path, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))


def write_atomically(path: Path, content: bytes) -> None:
    """Replace a file as a whole: a reader sees the old bytes or the new ones."""
    waiting = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with waiting.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(waiting, path)  # noqa: PTH105 - one name for tests to break
    except BaseException:
        waiting.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
