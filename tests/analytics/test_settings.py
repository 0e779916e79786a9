from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from analytics.errors import UsageError
from analytics.settings import Settings


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, and no setting in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"SILENT_CHURN_{name.upper()}", raising=False)
    return tmp_path


def test_a_flag_comes_before_the_environment_the_file_and_the_default(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Settings.load().port == 8050
    (folder / "silent_churn.toml").write_text('port = 9001\nhost = "::1"\n', "utf-8")
    assert Settings.load().port == 9001
    monkeypatch.setenv("SILENT_CHURN_PORT", "9002")
    assert Settings.load().port == 9002
    assert Settings.from_env().port == 9002
    assert Settings.load(port=9003).port == 9003
    assert Settings.load(port=9003).host == "::1", "what is not given falls through"


def test_a_flag_that_was_not_given_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SILENT_CHURN_PROFILE", "retail")
    assert Settings.load(profile=None, port=None).profile == "retail"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", 0),
        ("port", 65536),
        ("port", "eighty"),
        ("workers", 0),
        ("threads", 65),
        ("max_reject_share", 1.5),
        ("max_reject_share", -0.1),
        ("memory_limit_mb", 1),
        ("cache_timeout_s", 0),
    ],
)
def test_a_bad_value_is_refused_by_name_in_one_sentence(name: str, value: object) -> None:
    with pytest.raises(UsageError) as found:
        Settings.load(**{name: value})
    assert (found.value.rule, found.value.exit_code) == ("setting_valid", 2)
    assert found.value.message.startswith(f"Setting {name}: ")
    assert re.fullmatch(r"[^\n]+\. Got [^\n]+\.", found.value.message)
    assert found.value.got == str(value)


def test_a_bad_value_of_the_environment_is_refused_the_same_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SILENT_CHURN_PORT", "eighty")
    with pytest.raises(UsageError, match=r"Setting port: .* Got 'eighty'\."):
        Settings.from_env()


def test_an_unknown_setting_in_the_file_is_refused(folder: Path) -> None:
    (folder / "silent_churn.toml").write_text("prot = 9001\n", "utf-8")
    with pytest.raises(UsageError, match="Setting prot: "):
        Settings.load()


def test_a_settings_file_that_is_no_toml_is_refused_without_a_traceback(folder: Path) -> None:
    (folder / "silent_churn.toml").write_text("port = [", "utf-8")
    with pytest.raises(UsageError, match=r"silent_churn\.toml must be TOML"):
        Settings.load()


def test_everything_lies_under_the_workspace(folder: Path) -> None:
    given = Settings.load(workspace=folder / "shop")
    assert given.data_folder == folder / "shop" / "data"
    assert given.models_folder == folder / "shop" / "models"
    assert given.state_database_url.endswith("shop/data/state.sqlite")
    assert Settings.load(state_url="postgresql://h/d").state_database_url == "postgresql://h/d"


def test_settings_do_not_change_once_read() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings.load().port = 1  # type: ignore[misc]


def test_a_secret_is_not_shown() -> None:
    assert "hush" not in repr(Settings.load(secret_key="hush"))


def test_every_setting_says_what_it_is_for() -> None:
    assert all(field.description for field in Settings.model_fields.values())
