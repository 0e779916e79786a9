from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

from analytics.connections import read_url, shown
from analytics.database.migrate import migrate
from analytics.database.state_store import StateStore
from analytics.database.state_tables import STATE
from analytics.database.work_items import revision_of
from analytics.errors import EnvironmentFault, UsageError
from tests.databases import KINDS, own_database
from tests.patience import PATIENCE_S

NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)


def store_at(folder: Path, wait_s: float = 20.0) -> StateStore:
    return StateStore(f"sqlite:///{(folder / 'state.sqlite').as_posix()}", folder, wait_s=wait_s)


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[StateStore]:
    with own_database(request.param, tmp_path) as address:
        made = StateStore(address, tmp_path)
        yield made
        made.close()


def test_reading_makes_no_database(tmp_path: Path) -> None:
    store = store_at(tmp_path)
    assert store.notes("C1") == []
    assert store.latest_items(["C1"]) == {}
    assert list(tmp_path.iterdir()) == []


def test_what_is_written_is_read_back(store: StateStore) -> None:
    store.add_note("C1", "First.", "Ann", NOW)
    store.add_note("C1", "Zweite: über £ 日本 🙂", "Ann", NOW)
    store.add_note("C2", "Other.", "Ann", NOW)
    assert [one["text"] for one in store.notes("C1")] == ["Zweite: über £ 日本 🙂", "First."]
    item = store.take_on("C1", "call", "A call", "Bob", date(2026, 4, 3), "run", NOW)
    assert store.work_items("C1")[0]["due_on"] == date(2026, 4, 3)
    store.set_status(item, "done", NOW)
    assert store.latest_items(["C1", "C2"])["C1"]["status"] == "done"
    assert "C2" not in store.latest_items(["C1", "C2"])


def test_an_open_item_is_handed_over_and_a_closed_one_is_begun_anew(store: StateStore) -> None:
    first = store.take_on("C1", "call", "A call", "Bob", None, "run", NOW)
    seen = revision_of(store.work_items("C1")[0])
    assert store.take_on("C1", "call", "A call", "Eve", None, "run", NOW, seen=seen) == first
    assert store.work_items("C1")[0]["owner"] == "Eve"
    store.set_status(first, "dropped", NOW)
    assert store.take_on("C1", "call", "A call", "Bob", None, "run", NOW) != first


def test_every_write_leaves_a_line_in_the_audit(store: StateStore) -> None:
    item = store.take_on("C1", "call", "A call", "Bob", None, "run", NOW)
    store.set_status(item, "done", NOW)
    store.add_note("C1", "Secret words", "Ann", NOW)
    lines = store.audit()
    assert [one["what"] for one in lines] == ["taken_on", "status_set", "note_added"]
    assert json.loads(lines[1]["detail"]) == {"item_id": item, "status": "done"}
    assert "Secret" not in lines[2]["detail"]


def test_an_unknown_item_or_status_is_refused(tmp_path: Path) -> None:
    store = store_at(tmp_path)
    with pytest.raises(UsageError, match="status"):
        store.set_status(1, "half done", NOW)
    with pytest.raises(UsageError, match="work item"):
        store.set_status(99, "done", NOW)


def test_the_migrations_make_the_tables_that_the_code_names(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'migrated.sqlite'}")
    migrate(engine, tmp_path / "lock")
    migrate(engine, tmp_path / "lock")
    found = inspect(engine)
    for table in STATE.tables.values():
        assert {one["name"] for one in found.get_columns(table.name)} == set(table.c.keys())
        assert {one["name"] for one in found.get_indexes(table.name)} == {
            one.name for one in table.indexes
        }
    engine.dispose()


def test_a_locked_database_refuses_a_write_with_a_sentence(tmp_path: Path) -> None:
    store = store_at(tmp_path, wait_s=0.2)
    store.add_note("C1", "First.", "Ann", NOW)
    with sqlite3.connect(tmp_path / "state.sqlite", isolation_level=None) as holder:
        holder.execute("begin exclusive")
        with pytest.raises(EnvironmentFault, match="locked"):
            store.add_note("C1", "Second.", "Ann", NOW)
        assert len(store.notes("C1")) == 1
        holder.execute("rollback")
    holder.close()
    store.add_note("C1", "Third.", "Ann", NOW)
    assert len(store.notes("C1")) == 2


def test_a_folder_that_cannot_hold_a_database_refuses_a_write(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(EnvironmentFault):
        store_at(tmp_path / "file").add_note("C1", "First.", "Ann", NOW)


def test_a_database_that_is_away_is_named_without_its_password() -> None:
    address = "postgresql://me:hunter2@127.0.0.1:1/nowhere"
    with pytest.raises(EnvironmentFault) as caught:
        StateStore(address, Path()).notes("C1")
    assert "127.0.0.1:1" in caught.value.message
    assert "hunter2" not in caught.value.message + caught.value.got


@pytest.mark.parametrize("address", ["no address", "oracle://x/y", "http://me:hunter2@x", ""])
def test_an_address_of_another_kind_is_refused_without_repeating_it(address: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_url(address)
    assert "hunter2" not in caught.value.message


def test_a_shown_address_has_no_password() -> None:
    assert shown(read_url("mysql://me:hunter2@host/db")) == "mysql+pymysql://me:***@host/db"


def test_a_migration_is_not_run_twice_by_processes_that_start_together(tmp_path: Path) -> None:
    code = (
        "import sys; from datetime import UTC, datetime; from pathlib import Path;"
        "from analytics.database.state_store import StateStore;"
        "folder = Path(sys.argv[1]);"
        "store = StateStore(f'sqlite:///{folder / \"state.sqlite\"}', folder);"
        "store.add_note('C1', 'Hello.', 'Ann', datetime.now(UTC))"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    for one in started:
        _, errors = one.communicate(timeout=PATIENCE_S)
        assert one.returncode == 0, errors.decode()
    assert len(store_at(tmp_path).notes("C1")) == 3


def test_a_segment_is_saved_renamed_and_deleted_with_a_line_in_the_audit(
    store: StateStore,
) -> None:
    first = store.save_segment("Große £ at risk", "tier=critical&value=high", "Ann", NOW)
    store.save_segment("another", "state=fading", "Bob", NOW)
    assert [one["name"] for one in store.saved_segments()] == ["another", "Große £ at risk"]
    store.rename_segment(first, "Large and leaving", "Eve", NOW)
    assert store.saved_segments()[1]["query"] == "tier=critical&value=high"
    store.delete_segment(first, "Eve", NOW)
    assert [one["name"] for one in store.saved_segments()] == ["another"]
    lines = store.audit()
    assert [one["what"] for one in lines] == [
        "segment_saved",
        "segment_saved",
        "segment_renamed",
        "segment_deleted",
    ]
    assert json.loads(lines[3]["detail"])["query"] == "tier=critical&value=high"


def test_a_name_is_taken_whatever_its_case(store: StateStore) -> None:
    first = store.save_segment("Straße", "tier=high", "Ann", NOW)
    other = store.save_segment("Other", "tier=high", "Ann", NOW)
    for write in (
        lambda: store.save_segment("STRASSE", "tier=low", "Bob", NOW),
        lambda: store.rename_segment(other, "strasse", "Bob", NOW),
    ):
        with pytest.raises(UsageError, match="must not be taken") as refused:
            write()
        assert refused.value.rule == "segment_name_unique"
    store.rename_segment(first, "STRASSE", "Ann", NOW)  # its own name in another case


def test_a_segment_that_somebody_deleted_cannot_be_changed(store: StateStore) -> None:
    for write in (store.rename_segment, store.delete_segment):
        arguments = (7, "Name") if write == store.rename_segment else (7,)
        with pytest.raises(UsageError, match="one of the list"):
            write(*arguments, "Ann", NOW)


def test_reading_segments_from_a_database_of_a_former_version_finds_none(tmp_path: Path) -> None:
    store = store_at(tmp_path)
    store.add_note("C1", "A note.", "Ann", NOW)
    store.close()
    with sqlite3.connect(tmp_path / "state.sqlite") as database:
        database.execute("drop table saved_segments")
        database.execute("update state_version set version_num = '0001'")
    again = store_at(tmp_path)
    assert again.saved_segments() == []
    assert len(again.notes("C1")) == 1
    again.save_segment("New", "tier=high", "Ann", NOW)
    assert [one["name"] for one in again.saved_segments()] == ["New"]
    assert len(again.notes("C1")) == 1
