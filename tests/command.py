"""Calls the command in this process, as a test with `capsys` does, and reads what it said."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import pytest

from analytics.cli import main


class Said(NamedTuple):
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one JSON object on standard output."""
        found: dict[str, Any] = json.loads(self.out)
        return found


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> Said:
    """Run the command; it must end with an exit code and without a traceback."""
    with pytest.raises(SystemExit) as stopped:
        main(list(arguments))
    printed = capsys.readouterr()
    assert "Traceback" not in printed.out + printed.err
    return Said(int(stopped.value.code or 0), printed.out, printed.err)
