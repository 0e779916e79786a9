from __future__ import annotations

import warnings

import pytest

from analytics.cli import main


def test_what_libraries_say_to_programmers_does_not_reach_the_user(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warnings, "showwarning", warnings.showwarning)
    with pytest.raises(SystemExit):
        main(["--version"])
    warnings.showwarning("The inplace keyword is deprecated.", FutureWarning, "pandas.py", 1)
    assert capsys.readouterr().err == ""
