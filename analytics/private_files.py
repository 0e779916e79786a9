"""Files and folders with customers in them: their owner's alone, unless somebody opens them up.

What this product makes is never more open than the umask asks, and never open to other users.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FOLDER_MODE = 0o700
FILE_MODE = 0o600
_OTHERS = 0o077


@contextmanager
def private_by_default() -> Iterator[None]:
    """Let nothing that is made inside the block be open to other users, whatever makes it."""
    former = os.umask(_OTHERS)
    os.umask(former | _OTHERS)
    try:
        yield
    finally:
        os.umask(former)


def make_private_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for their owner alone.

    A folder that is there already keeps the mode it was given.
    """
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(mode=FOLDER_MODE, exist_ok=True)
    folder.mkdir(mode=FOLDER_MODE, exist_ok=True)


def make_private_file(path: Path) -> None:
    """Make an empty file for its owner alone; one that is there is left as it is."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, FILE_MODE))
