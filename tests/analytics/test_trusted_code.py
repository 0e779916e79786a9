"""Code that came with a folder runs only where its user has agreed to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.cli import main
from analytics.errors import UsageError
from analytics.settings import Settings
from analytics.trusted_code import trust, trust_file


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with settings that name code, to stand in."""
    place = tmp_path / "stranger"
    place.mkdir()
    (place / "own.py").write_text("open('was-run', 'w').close()\nFEATURES = []\n")
    (place / "silent_churn.toml").write_text('custom_features = "own.py"\n')
    monkeypatch.chdir(place)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return place


def listed(*arguments: str) -> object:
    with pytest.raises(SystemExit) as stopped:
        main(["features", "list", "--json", *arguments])
    return stopped.value.code


def test_code_that_a_folder_names_is_not_run(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert listed() == 2
    assert "silent-churn features trust own.py" in capsys.readouterr().out
    assert not (folder / "was-run").exists()


def test_it_runs_once_it_is_agreed_to_until_it_changes(folder: Path) -> None:
    with pytest.raises(SystemExit):
        main(["features", "trust", "own.py"])
    assert listed() == 0
    assert (folder / "was-run").exists()
    assert trust_file().stat().st_mode & 0o077 == 0
    (folder / "own.py").write_text("FEATURES = []  # and something else\n")
    with pytest.raises(UsageError, match="nobody has agreed"):
        _ = Settings.load().own_features_file
    (folder / "other.py").write_bytes((folder / "own.py").read_bytes())
    trust(Path("other.py"))
    with pytest.raises(UsageError):
        _ = Settings.load().own_features_file


def test_to_name_it_oneself_is_to_agree(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert listed("--custom-features", "own.py") == 0
    monkeypatch.setenv("SILENT_CHURN_CUSTOM_FEATURES", "own.py")
    assert listed() == 0


def test_a_folder_that_names_no_code_needs_no_agreement(folder: Path) -> None:
    (folder / "silent_churn.toml").write_text("")
    assert listed() == 0
    assert not trust_file().exists()
