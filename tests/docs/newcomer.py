"""Runs the commands of a page as somebody would who reads it for the first time."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

import pytest

from analytics.cli import main
from tests.docs.written_pages import commands

#: Commands that end only with Ctrl-C: they are read, not run.
SERVING = ("serve", "demo")


def silent_churn(folder: Path, *arguments: str) -> int:
    """Run the command in a folder, as a user would; return its exit code."""
    with contextlib.chdir(folder), pytest.raises(SystemExit) as stopped:
        main(list(arguments))
    code = stopped.value.code
    assert isinstance(code, int)
    return code


def run_every_command(folder: Path, page: str, capsys: pytest.CaptureFixture[str]) -> int:
    """Run the commands of a page in a folder; return how many ran."""
    ran = 0
    for words in commands(page):
        if words[0] != "silent-churn":
            continue
        if words[1] in SERVING:
            assert silent_churn(folder, words[1], "--help") == 0
            _is_understood(words, capsys.readouterr().out)
            continue
        code = silent_churn(folder, *words[1:])
        assert code == 0, f"{' '.join(words)}: {capsys.readouterr().err}"
        ran += 1
    return ran


def _is_understood(words: list[str], help_text: str) -> None:
    """Every option that a page gives a serving command is known to it."""
    for word in words[2:]:
        if word.startswith("--"):
            assert re.search(rf"{word}\b", help_text), words
