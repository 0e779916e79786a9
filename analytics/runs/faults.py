"""Turns what the disk refuses into one sentence."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from analytics.errors import EnvironmentFault

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def disk_faults(where: Path) -> Iterator[None]:
    """Raise `EnvironmentFault` for anything the disk refuses inside the block.

    DuckDB reports them in an error class of its own, in which only the text tells a full disk.
    """
    try:
        yield
    except BrokenPipeError:  # who reads what we write has seen enough: no fault of a disk
        raise
    except OSError as error:
        raise _fault(where, error.errno, error.strerror or str(error)) from error
    except duckdb.Error as error:
        text = str(error).splitlines()[0]
        number = next((code for code in _FULL if os.strerror(code) in text), None)
        if number is None and not isinstance(error, duckdb.IOException):
            raise
        raise _fault(where, number, text) from error


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
