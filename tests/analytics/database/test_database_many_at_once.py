"""Many people who write at once, and a state file that does not stay what it was."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from analytics.database.state_store import StateStore
from analytics.database.work_items import revision_of
from analytics.errors import EnvironmentFault, SomebodyWasFirst
from tests.databases import KINDS, own_database

NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)
PEOPLE, PROCESSES = 20, 6

#: Forks once everything is imported, so that all processes write at the same time.
MANY_PROCESSES = """
import json, os, sys
from pathlib import Path
from analytics.database.state_store import StateStore
from tests.analytics.database.test_database_many_at_once import accepted_by_all
address, folder, one_customer, processes = sys.argv[1:]
for number in range(int(processes)):
    if os.fork() == 0:
        store = StateStore(address, Path(folder))
        said = accepted_by_all(store, f"process {number}", one_customer == "one")
        (Path(folder) / f"said-{number}.json").write_text(json.dumps(said))
        os._exit(0)
sys.exit(max(os.wait()[1] for _ in range(int(processes))))
"""


def store_at(folder: Path, wait_s: float = 20.0) -> StateStore:
    return StateStore(f"sqlite:///{(folder / 'state.sqlite').as_posix()}", folder, wait_s=wait_s)


def accepted_by_all(store: StateStore, who: str, one_customer: bool) -> dict[str, str]:
    """Let twenty threads accept at once; return what each was told."""
    said: dict[str, str] = {}
    start = threading.Barrier(PEOPLE)

    def accept(owner: str) -> None:
        customer = "C1" if one_customer else f"C of {owner}"
        start.wait()
        try:
            store.take_on(customer, "call", "A call", owner, None, "run", NOW)
            said[owner] = "accepted"
        except SomebodyWasFirst as error:
            said[owner] = error.got

    threads = [
        threading.Thread(target=accept, args=(f"{who}, person {number}",))
        for number in range(PEOPLE)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return said


def in_processes(address: str, folder: Path, one_customer: bool) -> dict[str, str]:
    which = "one" if one_customer else "many"
    arguments = [address, str(folder), which, str(PROCESSES)]
    subprocess.run([sys.executable, "-c", MANY_PROCESSES, *arguments], check=True)
    files = sorted(folder.glob("said-*.json"))
    return {who: what for file in files for who, what in json.loads(file.read_text()).items()}


def check_one_won(said: dict[str, str], store: StateStore, people: int) -> None:
    winners = [who for who, what in said.items() if what == "accepted"]
    assert len(said) == people
    assert len(winners) == 1
    assert Counter(said.values()) == {"accepted": 1, winners[0]: people - 1}
    assert [one["owner"] for one in store.work_items("C1")] == winners
    assert len(store.audit()) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_of_twenty_who_accept_at_once_one_has_it_and_the_others_are_told_who(
    kind: str, tmp_path: Path
) -> None:
    with own_database(kind, tmp_path) as address:
        store = StateStore(address, tmp_path)
        check_one_won(accepted_by_all(store, "here", True), store, PEOPLE)
        store.close()


def test_of_a_hundred_and_twenty_in_six_processes_each_is_answered_truly(tmp_path: Path) -> None:
    address = f"sqlite:///{(tmp_path / 'state.sqlite').as_posix()}"
    check_one_won(in_processes(address, tmp_path, True), store_at(tmp_path), PEOPLE * PROCESSES)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("one_customer", [True, False])
def test_a_hundred_and_twenty_are_answered_truly_by_any_database(
    kind: str, one_customer: bool, tmp_path: Path
) -> None:
    with own_database(kind, tmp_path) as address:
        said = in_processes(address, tmp_path, one_customer)
        store = StateStore(address, tmp_path)
        if one_customer:
            check_one_won(said, store, PEOPLE * PROCESSES)
        else:
            assert Counter(said.values()) == {"accepted": PEOPLE * PROCESSES}
            assert len(store.audit()) == PEOPLE * PROCESSES
            for who in said:
                assert [one["owner"] for one in store.work_items(f"C of {who}")] == [who]
        store.close()


def test_an_item_is_handed_over_by_who_saw_it_as_it_stands(tmp_path: Path) -> None:
    store = store_at(tmp_path)
    item = store.take_on("C1", "call", "A call", "Bob", None, "run", NOW)
    seen = revision_of(store.work_items("C1")[0])
    with pytest.raises(SomebodyWasFirst, match=r"Bob has taken on \(01 April 2026, 09:00 UTC\)"):
        store.take_on("C1", "call", "A call", "Eve", None, "run", NOW)
    assert store.take_on("C1", "call", "A call", "Eve", None, "run", NOW, seen=seen) == item
    with pytest.raises(SomebodyWasFirst, match="Eve has taken on"):
        store.take_on("C1", "call", "A call", "Dan", None, "run", NOW, seen=seen)
    assert [one["owner"] for one in store.work_items("C1")] == ["Eve"]


def test_who_has_it_may_change_the_day_it_is_due(tmp_path: Path) -> None:
    store = store_at(tmp_path)
    item = store.take_on("C1", "call", "A call", "Bob", None, "run", NOW)
    assert store.take_on("C1", "call", "A call", "Bob", date(2026, 4, 9), "run", NOW) == item
    assert store.work_items("C1")[0]["due_on"] == date(2026, 4, 9)


def test_a_status_that_somebody_changed_in_between_is_not_overwritten(tmp_path: Path) -> None:
    store = store_at(tmp_path)
    item = store.take_on("C1", "call", "A call", "Bob", None, "run", NOW)
    seen = revision_of(store.work_items("C1")[0])
    store.set_status(item, "done", NOW, seen=seen)
    for seen_then in (seen, None):
        with pytest.raises(SomebodyWasFirst, match="is done by now"):
            store.set_status(item, "dropped", NOW, seen=seen_then)
    store.set_status(item, "done", NOW)  # what it is already
    assert [one["what"] for one in store.audit()] == ["taken_on", "status_set"]


def test_a_closed_item_cannot_be_opened_beside_another(tmp_path: Path) -> None:
    store = store_at(tmp_path)
    first = store.take_on("C1", "call", "A call", "Bob", None, "run", NOW)
    store.set_status(first, "dropped", NOW)
    store.take_on("C1", "call", "A call", "Eve", None, "run", NOW)
    with pytest.raises(SomebodyWasFirst, match="Eve has taken on"):
        store.set_status(first, "open", NOW)


def test_a_state_file_that_was_deleted_is_noticed_and_taken_back(tmp_path: Path) -> None:
    store = store_at(tmp_path)
    store.take_on("C1", "call", "A call", "Bob", None, "run", NOW)
    kept = (tmp_path / "state.sqlite").rename(tmp_path / "elsewhere")
    for refused in (
        lambda: store.take_on("C2", "call", "A call", "Bob", None, "run", NOW),
        lambda: store.notes("C1"),
    ):
        with pytest.raises(EnvironmentFault, match="must stay as it is while the app runs"):
            refused()
    assert not (tmp_path / "state.sqlite").exists()
    kept.rename(tmp_path / "state.sqlite")
    store.take_on("C2", "call", "A call", "Bob", None, "run", NOW)
    assert len(store.audit()) == 2


def test_what_is_accepted_after_the_state_file_was_swapped_is_kept_in_the_new_one(
    tmp_path: Path,
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    store_at(other).add_note("C9", "From a backup.", "Ann", NOW)
    store = store_at(tmp_path)
    store.take_on("C1", "call", "A call", "Bob", None, "run", NOW)
    shutil.move(other / "state.sqlite", tmp_path / "state.sqlite")
    store.take_on("C1", "call", "A call", "Eve", None, "run", NOW)
    again = store_at(tmp_path)
    assert [one["owner"] for one in again.work_items("C1")] == ["Eve"]
    assert len(again.notes("C9")) == 1


def test_a_state_file_that_was_emptied_is_not_begun_anew(tmp_path: Path) -> None:
    store = store_at(tmp_path)
    store.add_note("C1", "First.", "Ann", NOW)
    (tmp_path / "state.sqlite").write_bytes(b"")
    for _ in range(2):
        with pytest.raises(EnvironmentFault):
            store.add_note("C1", "Second.", "Ann", NOW)
    assert (tmp_path / "state.sqlite").stat().st_size == 0


def test_a_state_database_of_a_newer_version_is_named_and_left_alone(tmp_path: Path) -> None:
    store_at(tmp_path).add_note("C1", "First.", "Ann", NOW)
    with sqlite3.connect(tmp_path / "state.sqlite") as database:
        database.execute("update state_version set version_num = '0099'")
    database.close()
    for refused in (
        lambda: store_at(tmp_path).add_note("C1", "Second.", "Ann", NOW),
        lambda: store_at(tmp_path).notes("C1"),
    ):
        with pytest.raises(EnvironmentFault, match="Got version 0099: update Silent Churn"):
            refused()


def test_a_file_that_is_no_database_is_named_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "state.sqlite").write_bytes(b"this is no database" * 100)
    with pytest.raises(EnvironmentFault, match="file is not a database") as refused:
        store_at(tmp_path).add_note("C1", "First.", "Ann", NOW)
    assert "\n" not in refused.value.message
    assert (tmp_path / "state.sqlite").read_bytes() == b"this is no database" * 100


def test_items_taken_on_twice_under_a_former_version_are_settled_when_it_is_updated(
    tmp_path: Path,
) -> None:
    store = store_at(tmp_path)
    first = store.take_on("C1", "call", "A call", "Bob", None, "run", NOW)
    with sqlite3.connect(tmp_path / "state.sqlite") as database:
        database.execute("drop table open_items")
        database.execute("update state_version set version_num = '0002'")
        columns = "customer_id, action, action_label, owner, due_on, status, created_at, updated_at"
        database.execute(
            f"insert into work_items ({columns}, run_id) select customer_id, action, action_label, "
            "'Eve', due_on, status, created_at, updated_at, run_id from work_items"
        )
    database.close()
    again = store_at(tmp_path)
    again.add_note("C2", "Begins the update.", "Ann", NOW)
    assert [(one["owner"], one["status"]) for one in again.work_items("C1")] == [
        ("Eve", "open"),
        ("Bob", "dropped"),
    ]
    assert [one["what"] for one in again.audit()] == ["taken_on", "double_dropped", "note_added"]
    assert again.work_items("C1")[1]["item_id"] == first


def test_a_state_database_is_its_owners_alone(tmp_path: Path) -> None:
    store_at(tmp_path / "new" / "folder").add_note("C1", "First.", "Ann", NOW)
    file = tmp_path / "new" / "folder" / "state.sqlite"
    assert file.stat().st_mode & 0o077 == 0
    assert file.parent.stat().st_mode & 0o077 == 0
