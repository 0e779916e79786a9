"""Turns what the disk refuses into one sentence."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analytics.errors import EnvironmentFault

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def disk_faults(where: Path) -> Iterator[None]:
    """Raise `EnvironmentFault` for anything the disk refuses inside the block.

    DuckDB reports a full disk in an error class of its own, so its text is looked at too.
    """
    try:
        yield
    except OSError as error:
        raise _fault(where, error.errno, error.strerror or str(error)) from error
    except Exception as error:
        if type(error).__module__.endswith("duckdb") and "No space left" in str(error):
            raise _fault(where, errno.ENOSPC, "no space left") from error
        raise


def _fault(where: Path, number: int | None, text: str) -> EnvironmentFault:
    if number in _FULL:
        return EnvironmentFault(
            f"The disk must have room for {where}. Got: no space left.",
            rule="disk_space",
            got=where,
        )
    return EnvironmentFault(
        f"{where} must be readable and writable. Got: {text}.", rule="environment", got=where
    )
