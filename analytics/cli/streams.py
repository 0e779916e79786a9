"""Standard streams that are closed, or that nobody reads any more."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

BROKEN_PIPE = 1
CANNOT_WRITE = 6


def fill_closed_streams() -> None:
    """Open what came closed: else the next file that is opened would take its number."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115


def finish(code: int) -> NoReturn:
    """Leave with a code once everything is written; what cannot be written is said, if it can."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        leave_quietly()
    except (OSError, ValueError) as error:
        _to_nowhere()
        sys.stderr.write(f"The standard output must be writable. Got: {error}.\n")
        sys.exit(code or CANNOT_WRITE)
    sys.exit(code)


def leave_quietly() -> NoReturn:
    """Leave without a word: the reader, such as `head`, has seen enough."""
    _to_nowhere()
    sys.exit(BROKEN_PIPE)


def _to_nowhere() -> None:
    """Let what is still to be written go nowhere, so that Python does not complain at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            os.dup2(nowhere, stream.fileno())
