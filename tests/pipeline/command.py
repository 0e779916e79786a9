"""Calls the command as a user would and reads what it said."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analytics.cli import main


@dataclass(frozen=True)
class Said:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out)
        return found


def call(workspace: Path, *arguments: str) -> Said:
    """Run `silent-churn` in this process, which saves the imports; only exits may come out."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            main([*arguments, "--workspace", str(workspace)])
        except SystemExit as exit_:
            code = int(exit_.code or 0)
    assert "Traceback" not in out.getvalue() + err.getvalue()
    return Said(code, out.getvalue(), err.getvalue())


def started(workspace: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start `silent-churn` in a process of its own, to be killed."""
    return subprocess.Popen(
        [sys.executable, "-m", "analytics", *arguments, "--workspace", str(workspace)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
