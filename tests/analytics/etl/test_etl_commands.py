"""`silent-churn ingest` answers with keys, tables, sentences and exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analytics.cli.commands.ingest_commands import ingest as command
from tests.analytics.etl.etl_world import HEADER, SHOP, write
from tests.command import run

ROWS = "".join(f"{n},c{n % 3},2024-01-01,1\n" for n in range(9))


@pytest.fixture
def shop_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "shop.toml", SHOP)
    write(tmp_path / "in" / "orders.csv", f"{HEADER}{ROWS}9,,2024-01-01,1\n")
    return tmp_path


def test_the_keys_that_scripts_rely_on_are_there(
    shop_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(
        capsys, "ingest", "--mapping", "shop.toml", "in", "--json", "--workspace", "w"
    )
    given = json.loads(out)
    assert (code, err) == (0, "")
    wanted = ("read", "accepted", "rejected", "duplicates", "rules")
    assert {name: given[name] for name in wanted} == {
        "read": 10,
        "accepted": 9,
        "rejected": 1,
        "duplicates": 0,
        "rules": {"customer_id_present": 1},
    }
    assert Path(given["rejects"]).is_file()
    assert (Path(given["landed"]) / "landing.json").is_file()


def test_a_person_sees_rules_counts_and_where_the_rejects_lie(
    shop_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "ingest", "--mapping", "shop.toml", "in", "--workspace", "w")
    assert code == 0
    assert "customer_id_present" in out
    assert "10 rows read, 9 accepted, 1 rejected, 0 repeats dropped" in out
    assert "rejects.csv" in out


def test_a_dry_run_shows_the_first_rejects_and_keeps_nothing(
    shop_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(
        capsys, "ingest", "--mapping", "shop.toml", "in", "--dry-run", "--workspace", "w"
    )
    assert code == 0
    assert "orders/orders.csv line 11: customer_id must be filled." in out
    assert not (shop_folder / "w").exists()


def test_without_a_source_the_folder_of_the_mapping_is_searched(
    shop_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(shop_folder / "in" / "shop.toml", SHOP)
    code, out, _ = run(capsys, "ingest", "--mapping", "in/shop.toml", "--json", "--workspace", "w")
    assert (code, json.loads(out)["read"]) == (0, 10)


@pytest.mark.parametrize(
    ("arguments", "code", "rule"),
    [
        (["--mapping", "shop.toml", "in", "--max-rejects", "0.05"], 4, "max_rejects"),
        (["--mapping", "shop.toml", "in", "--max-rejects", "2"], 2, "setting_valid"),
        (["--mapping", "nothing", "in"], 2, "mapping_known"),
        (["--mapping", "cdnow_master"], 2, "source_given"),
        (["--mapping", "shop.toml", "nowhere"], 3, "file_exists"),
        (["--mapping", "shop.toml", "empty.csv"], 3, "file_not_empty"),
        (["--mapping", "shop.toml", "other.csv"], 4, "columns_present"),
        (["--mapping", "shop.toml", "in", "--append"], 3, "landed"),
        (["--mapping", "bad.toml", "in"], 3, "mapping_readable"),
        (["--mapping", "db.toml", "nonsense://x"], 3, "database_address"),
        (["--mapping", "db.toml", "postgresql://u@127.0.0.1:1/d"], 6, "database_answers"),
        (["in/orders.csv"], 2, "mapping_given"),
        (["--no-such-option"], 2, "usage"),
    ],
)
def test_bad_input_has_a_sentence_a_rule_and_an_exit_code(
    shop_folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int,
    rule: str,
) -> None:  # fmt: skip
    write(shop_folder / "empty.csv", "")
    write(shop_folder / "other.csv", "who,when\na,2024-01-01\n")
    write(shop_folder / "bad.toml", "[[")
    by_database = SHOP.replace('path = "orders*.csv"\n', 'sql_table = "orders"\n')
    write(shop_folder / "db.toml", by_database.replace('"csv"', '"sql"'))
    found, out, _ = run(capsys, "ingest", *arguments, "--json", "--workspace", "w")
    error = json.loads(out)["error"]
    assert (found, error["rule"]) == (code, rule)
    assert error["message"].count("\n") == 0
    found, out, err = run(capsys, "ingest", *arguments, "--workspace", "w")
    assert (found, out) == (code, "")
    assert "Traceback" not in err
    assert not list((shop_folder / "w").rglob("events.parquet"))


def test_the_help_has_an_example() -> None:
    assert "silent-churn ingest --mapping" in str(command.__doc__)
