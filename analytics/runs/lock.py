"""One writer in a workspace at a time; a dead holder's lock is free."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from analytics.errors import Locked
from analytics.private_files import make_private_folder
from analytics.runs.faults import disk_faults


@contextmanager
def workspace_lock(path: Path) -> Iterator[None]:
    """Hold the lock of a workspace; the same thread may take it again inside.

    The lock is the kernel's (flock), so it ends with the process that holds it, however it ends.

    Raises
    ------
    Locked
        Another run holds it.
    """
    with disk_faults(path):
        make_private_folder(path.parent)
        lock = FileLock(
            path,
            timeout=0,
            is_singleton=True,
            fallback_to_soft=False,
            preserve_lock_file=True,
        )
    try:
        lock.acquire()
    except Timeout:
        raise Locked(
            f"Only one run may work in a workspace at a time. Got: another one holds {path}.",
            rule="workspace_locked",
            got=path,
        ) from None
    try:
        yield
    finally:
        lock.release()
