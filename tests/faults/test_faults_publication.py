"""A publication that breaks off, at any moment and for any cause, leaves a whole run served."""

from __future__ import annotations

import errno
import json
import multiprocessing
import os
import random
import resource
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from analytics.database.mart import CUSTOMERS
from analytics.domain.customer.filter import CustomerFilter
from analytics.domain.run_tables import RUN_TABLES
from analytics.errors import (
    CorruptRun,
    EnvironmentFault,
    Locked,
    NoRunPublished,
    PublishedNotDurable,
    SilentChurnError,
)
from analytics.runs.run_store import PublishedRun, RunStore
from analytics.runs.serving_store import ServingStore
from analytics.services.analytics_service import AnalyticsService
from analytics.settings import Settings
from tests.patience import PATIENCE_S
from tests.sample_run import publish_sample_run, write_sample_run

OPERATIONS = ("fsync", "replace", "rename", "mkdir")
SIZES = (30, 36, 42)
EVERYONE = CustomerFilter()

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(
    ["pytest", "tests.sample_run", "analytics.services.analytics_service"]
)


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folders of ready-made runs, one a size, to publish quickly again and again."""
    folder = tmp_path_factory.mktemp("samples")
    for size in SIZES:
        (folder / str(size)).mkdir()
        write_sample_run(folder / str(size), customers=size, seed=size)
    return folder


def writer(samples: Path, run_id: str, size: int) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        for file in (samples / str(size)).iterdir():
            shutil.copyfile(file, folder / file.name)
        summary = json.loads((folder / "summary.json").read_text())
        (folder / "summary.json").write_text(json.dumps(summary | {"run_id": run_id}))

    return write


def publish(data: Path, samples: Path, run_id: str, size: int) -> PublishedRun:
    return RunStore(data).publish(run_id, writer(samples, run_id, size))


def whole_run(data: Path) -> str:
    """Return the id of the run that a new reader sees, after checking every byte and the rows."""
    store = RunStore(data)
    run = store.current()
    store.verify(run.run_id)
    assert run.warnings == ()
    reader = ServingStore(data, memory_limit_mb=256).reader(run)
    rows = reader.rows(select(func.count().label("n")).select_from(CUSTOMERS))
    assert rows[0]["n"] == run.summary.totals["customers"]
    return run.run_id


@contextmanager
def failing_at(number: int, fail: Callable[[str], None]) -> Iterator[list[str]]:
    """Let the n-th disk operation fail; yields the operations that were asked for."""
    asked: list[str] = []
    real = {name: getattr(os, name) for name in OPERATIONS}

    def counted(name: str) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            asked.append(name)
            if len(asked) == number:
                fail(name)
            return real[name](*given, **named)

        return call

    for name in OPERATIONS:
        setattr(os, name, counted(name))
    try:
        yield asked
    finally:
        for name in OPERATIONS:
            setattr(os, name, real[name])


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO], ids=["no space", "broken disk"])
def test_whichever_operation_fails_a_whole_run_is_served(
    tmp_path: Path, samples: Path, number: int
) -> None:
    publish(tmp_path, samples, "former", 30)
    outcomes = set()

    def fail(name: str) -> None:
        raise OSError(number, os.strerror(number))

    for place in range(1, 200):
        run_id = f"next-{place}"
        before = RunStore(tmp_path).current().run_id
        try:
            with failing_at(place, fail) as asked:
                publish(tmp_path, samples, run_id, 36)
        except EnvironmentFault:
            outcomes.add("refused")
            assert whole_run(tmp_path) == before
        except PublishedNotDurable:
            outcomes.add("live, not confirmed")
            assert whole_run(tmp_path) == run_id
            assert publish(tmp_path, samples, run_id, 36).run_id == run_id
        else:
            assert whole_run(tmp_path) == run_id
            if len(asked) < place:
                break
            assert asked[place - 1] == "mkdir", "only a folder that is there may be refused"
    else:
        pytest.fail("publication never finished")
    assert outcomes == {"refused", "live, not confirmed"}
    assert place > 12
    assert list((tmp_path / "runs").glob(".staging-*")) == []


def _publish_and_die(data: Path, samples: Path, run_id: str, place: int) -> None:
    with failing_at(place, lambda name: os.kill(os.getpid(), signal.SIGKILL)):
        publish(data, samples, run_id, 36)


def test_killed_at_whichever_operation_the_former_or_the_next_run_is_served_whole(
    tmp_path: Path, samples: Path
) -> None:
    publish(tmp_path, samples, "former", 30)
    served = set()
    for place in range(1, 200):
        before = RunStore(tmp_path).current().run_id
        child = start(_publish_and_die, tmp_path, samples, f"next-{place}", place)
        child.join(60)
        served.add(whole_run(tmp_path) == before)
        assert whole_run(tmp_path) in {before, f"next-{place}"}
        if child.exitcode == 0:
            break
        assert child.exitcode == -signal.SIGKILL
    else:
        pytest.fail("publication never finished")
    assert served == {True, False}
    assert whole_run(tmp_path) == f"next-{place}"
    assert list((tmp_path / "runs").glob(".staging-*")) == []


def _publish_for_ever(data: Path, samples: Path, begun: Any) -> None:
    for number in range(1000):
        publish(data, samples, f"run-{os.getpid()}-{number}", SIZES[number % 3])
        begun.set()


def test_killed_at_any_moment_a_whole_run_is_served(tmp_path: Path, samples: Path) -> None:
    rng = random.Random(20260401)
    publish(tmp_path, samples, "former", 30)
    for _ in range(6):
        begun = CONTEXT.Event()
        child = start(_publish_for_ever, tmp_path, samples, begun)
        assert begun.wait(PATIENCE_S)
        time.sleep(rng.uniform(0.0, 0.4))
        child.kill()
        child.join(PATIENCE_S)
        whole_run(tmp_path)
    assert publish(tmp_path, samples, "last", 42).run_id == whole_run(tmp_path) == "last"
    assert list((tmp_path / "runs").glob(".staging-*")) == []


def _publish_with_little_room(data: Path, samples: Path, limit: int, answer: Any) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        publish(data, samples, "next", 36)
    except SilentChurnError as error:
        answer.put((type(error).__name__, error.message))
    else:
        answer.put(("published", ""))


@pytest.mark.parametrize("limit", [500, 4_000, 20_000, 600_000])
def test_without_room_for_a_file_the_run_is_refused_with_a_sentence(
    tmp_path: Path, samples: Path, limit: int
) -> None:
    publish(tmp_path, samples, "former", 30)
    answer = CONTEXT.Queue()
    child = start(_publish_with_little_room, tmp_path, samples, limit, answer)
    kind, message = answer.get(timeout=PATIENCE_S)
    child.join(PATIENCE_S)
    assert kind == "EnvironmentFault"
    assert "must have room" in message
    assert whole_run(tmp_path) == "former"


def test_a_write_that_breaks_off_leaves_the_former_run(tmp_path: Path, samples: Path) -> None:
    publish(tmp_path, samples, "former", 30)

    def write(folder: Path) -> None:
        writer(samples, "next", 36)(folder)
        raise OSError(errno.ENOSPC, "No space left on device", str(folder))

    with pytest.raises(EnvironmentFault, match="room"):
        RunStore(tmp_path).publish("next", write)
    with pytest.raises(KeyboardInterrupt):
        RunStore(tmp_path).publish("next", _interrupted)
    assert whole_run(tmp_path) == "former"
    assert sorted(one.name for one in (tmp_path / "runs").iterdir()) == [
        ".lock",
        "current",
        "former",
    ]


def _interrupted(folder: Path) -> None:
    raise KeyboardInterrupt


def test_one_flipped_bit_in_any_file_gives_way_to_the_former_run(
    tmp_path: Path, samples: Path
) -> None:
    publish(tmp_path, samples, "former", 30)
    run = publish(tmp_path, samples, "next", 36)
    files = sorted(run.folder.iterdir())
    assert len(files) == len(RUN_TABLES) + 4  # events, catalogue, summary, manifest
    for file in files:
        good = file.read_bytes()
        flipped = bytearray(good)
        flipped[len(good) // 2] ^= 0x10
        file.write_bytes(flipped)
        with pytest.raises(CorruptRun):
            RunStore(tmp_path).verify("next")
        shown = RunStore(tmp_path).current()
        assert shown.run_id == "former"
        assert "instead of the latest" in shown.warnings[0]
        file.write_bytes(good)
    assert whole_run(tmp_path) == "next"


@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 0.75])
def test_a_truncated_file_gives_way_to_the_former_run(
    tmp_path: Path, samples: Path, share: float
) -> None:
    publish(tmp_path, samples, "former", 30)
    run = publish(tmp_path, samples, "next", 36)
    file = run.folder / "customers.parquet"
    os.truncate(file, int(file.stat().st_size * share))
    assert RunStore(tmp_path).current().run_id == "former"
    file.unlink()
    assert RunStore(tmp_path).current().run_id == "former"


def test_a_damaged_run_is_mended_by_running_again(tmp_path: Path, samples: Path) -> None:
    run = publish(tmp_path, samples, "only", 30)
    (run.folder / "events.parquet").write_bytes(b"damaged")
    with pytest.raises(NoRunPublished):
        RunStore(tmp_path).current()
    assert not RunStore(tmp_path).is_whole("only")
    publish(tmp_path, samples, "only", 30)
    assert whole_run(tmp_path) == "only"
    assert RunStore(tmp_path).is_whole("only")
    assert not RunStore(tmp_path).is_whole("another")


@pytest.mark.parametrize(
    "content",
    [None, b"", b"\n", b"gone\n", b"../../etc\n", b"\xff\xfe\x00", b"current\n", b"x" * 100_000],
    ids=["missing", "empty", "blank", "gone", "elsewhere", "no text", "itself", "long"],
)
def test_a_pointer_that_points_nowhere_gives_way_to_the_newest_whole_run(
    tmp_path: Path, samples: Path, content: bytes | None
) -> None:
    publish(tmp_path, samples, "only", 30)
    pointer = tmp_path / "runs" / "current"
    pointer.unlink()
    if content is not None:
        pointer.write_bytes(content)
    shown = RunStore(tmp_path).current()
    assert shown.run_id == "only"
    assert shown.warnings
    publish(tmp_path, samples, "next", 36)
    assert whole_run(tmp_path) == "next"


def _hold(data: Path, held: Any, release: Any) -> None:
    with RunStore(data).lock():
        held.set()
        release.wait(PATIENCE_S)


def test_a_second_run_at_once_is_refused_and_a_dead_holder_lets_go(
    tmp_path: Path, samples: Path
) -> None:
    held, release = CONTEXT.Event(), CONTEXT.Event()
    holder = start(_hold, tmp_path, held, release)
    assert held.wait(PATIENCE_S)
    with pytest.raises(Locked, match="one run"):
        publish(tmp_path, samples, "second", 30)
    holder.kill()
    holder.join(PATIENCE_S)
    assert publish(tmp_path, samples, "second", 30).run_id == whole_run(tmp_path)


def test_the_holder_of_the_lock_may_publish_under_it(tmp_path: Path, samples: Path) -> None:
    with RunStore(tmp_path).lock():
        assert publish(tmp_path, samples, "inside", 30).run_id == "inside"


def _read_for_ever(workspace: Path, stop: Any, answer: Any) -> None:
    service = AnalyticsService(Settings.load(workspace=workspace))
    answer.put(_read_until(service, stop.is_set))


def _read_until(service: AnalyticsService, is_over: Callable[[], bool]) -> tuple[int, list[str]]:
    """Ask again and again; return how often, and every answer that does not fit together."""
    asked, wrong = 0, []
    while not is_over():
        found = service.overview(EVERYONE)
        said = found.stamp.run_id.rsplit("-", 1)[-1]
        counts = {found.totals.customers, sum(one.totals.customers for one in found.tiers)}
        if counts != {int(said)} or found.stamp.warnings:
            wrong.append(f"{found.stamp.run_id}: {counts} {found.stamp.warnings}")
        asked += 1
    return asked, wrong


def test_readers_during_thirty_publications_see_one_whole_run_each_time(
    tmp_path: Path, samples: Path
) -> None:
    data = tmp_path / "data"
    publish(data, samples, "run-first-30", 30)
    stop, answer = CONTEXT.Event(), CONTEXT.Queue()
    other = start(_read_for_ever, tmp_path, stop, answer)
    service = AnalyticsService(Settings.load(workspace=tmp_path))
    found: list[tuple[int, list[str]]] = []
    here = threading.Thread(target=lambda: found.append(_read_until(service, stop.is_set)))
    here.start()
    for number in range(30):
        size = SIZES[number % 3]
        publish(data, samples, f"run-{number}-{size}", size)
    stop.set()
    here.join(30)
    found.append(answer.get(timeout=PATIENCE_S))
    other.join(PATIENCE_S)
    assert [wrong for _, wrong in found] == [[], []]
    assert all(asked > 30 for asked, _ in found)
    RunStore(data).verify(RunStore(data).current().run_id)


def test_the_first_publication_of_all_may_fail_and_be_done_again(
    tmp_path: Path, samples: Path
) -> None:
    def write(folder: Path) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with pytest.raises(EnvironmentFault):
        RunStore(tmp_path).publish("first", write)
    with pytest.raises(NoRunPublished):
        RunStore(tmp_path).current()
    publish_sample_run(tmp_path, customers=30)


def start(target: Callable[..., None], *arguments: Any) -> BaseProcess:
    child = CONTEXT.Process(target=target, args=arguments, daemon=True)
    child.start()
    return child
