"""Files that are on the disk when we say so, and pointers that are never half written."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

_HASH_BLOCK_BYTES = 1024 * 1024


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """Wait until a folder with all that lies in it is on the disk."""
    for path in sorted(folder.rglob("*"), reverse=True):
        sync(path)
    sync(folder)


def write_pointer(pointer: Path, target: str) -> None:
    """Let a one-line pointer file name its new target, all at once.

    The change is on the disk once the folder has been synced, too.
    """
    beside = pointer.with_name(f".{pointer.name}.new")
    beside.write_text(f"{target}\n", "utf-8")
    sync(beside)
    beside.replace(pointer)


def sha256_of(path: Path) -> str:
    """Return the checksum of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_HASH_BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest()
