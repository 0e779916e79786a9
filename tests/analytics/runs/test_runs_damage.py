"""Flipped bits in what is published, served and saved are found, each of them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from sqlalchemy import func, select

from analytics.database.mart import CUSTOMERS
from analytics.domain.customer.filter import CustomerFilter
from analytics.errors import CorruptRun, NoRunPublished
from analytics.pipeline.leftovers import remove_leftovers
from analytics.runs.manifest import Manifest
from analytics.runs.run_store import PublishedRun, RunStore
from analytics.runs.serving_store import RunReader, ServingStore
from analytics.services.analytics_service import AnalyticsService
from analytics.settings import Settings
from tests.sample_run import publish_sample_run

FLIPS = 200


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("damage") / "data"
    publish_sample_run(folder, customers=40)
    return folder


@pytest.fixture(scope="module")
def run(data: Path) -> PublishedRun:
    return RunStore(data).current()


def flip(path: Path, bit: int) -> bytes:
    """Flip one bit of a file; return the content as it was."""
    good = path.read_bytes()
    flipped = bytearray(good)
    flipped[bit // 8] ^= 1 << bit % 8
    path.write_bytes(flipped)
    return good


def count(reader: RunReader) -> int:
    return int(reader.rows(select(func.count().label("n")).select_from(CUSTOMERS))[0]["n"])


def test_two_hundred_flipped_bits_in_run_and_serving_files_are_all_found(
    data: Path, run: PublishedRun
) -> None:
    rng = random.Random(20260401)
    (serving,) = (data / "serving").glob("*.duckdb")
    files = [*sorted(run.folder.iterdir()), serving, serving.with_name(f"{serving.name}.sha256")]
    found = 0
    for number in range(FLIPS):
        file = files[number % len(files)]
        good = flip(file, rng.randrange(file.stat().st_size * 8))
        try:
            RunStore(data).verify(run.run_id)
        except CorruptRun:
            found += 1
        file.write_bytes(good)
    RunStore(data).verify(run.run_id)
    assert found == FLIPS


def test_any_flipped_bit_of_a_manifest_is_found(run: PublishedRun) -> None:
    manifest = run.folder / "manifest.json"
    head = manifest.read_text().index('"files"') * 8
    tail = (len(manifest.read_bytes()) - 60) * 8
    size = manifest.stat().st_size * 8
    for bit in (*range(0, head, 5), *range(tail, size)):  # format, run id, white space
        good = flip(manifest, bit)
        with pytest.raises(CorruptRun):
            Manifest.read(run.folder).check_contents(run.folder)
        manifest.write_bytes(good)


def test_a_serving_file_with_a_flipped_bit_is_built_again_before_it_is_read(tmp_path: Path) -> None:
    run = publish_sample_run(tmp_path, customers=40)
    (serving,) = (tmp_path / "serving").glob("*.duckdb")
    rng = random.Random(7)
    for _ in range(6):
        flip(serving, rng.randrange(serving.stat().st_size * 8))
        store = ServingStore(tmp_path)
        assert count(store.reader(run)) == 40
        store.close()
        RunStore(tmp_path).verify(run.run_id)


def test_damage_to_a_serving_file_in_use_is_noticed_at_the_next_question(tmp_path: Path) -> None:
    run = publish_sample_run(tmp_path, customers=40)
    store = ServingStore(tmp_path)
    assert count(store.reader(run)) == 40
    (serving,) = (tmp_path / "serving").glob("*.duckdb")
    serving.write_bytes(b"x" * serving.stat().st_size)
    assert count(store.reader(run)) == 40
    RunStore(tmp_path).verify(run.run_id)


def test_a_serving_file_is_never_built_from_a_damaged_run(tmp_path: Path) -> None:
    data = tmp_path / "data"
    publish_sample_run(data, customers=30, run_id="former")
    run = publish_sample_run(data, customers=40, run_id="latest")
    service = AnalyticsService(Settings.load(workspace=tmp_path))
    assert service.stamp().run_id == "latest"
    service.close()
    customers = run.folder / "customers.parquet"
    flip(customers, customers.stat().st_size * 4)
    for path in (data / "serving").glob("latest*"):
        path.unlink()
    found = service.overview(CustomerFilter())
    assert found.stamp.run_id == "former"
    assert "Showing run former instead of the latest" in found.stamp.warnings[0]
    customers.unlink()
    for path in (data / "serving").glob("*.duckdb"):
        path.unlink()
    flip(data / "runs" / "former" / "events.parquet", 400)
    with pytest.raises(NoRunPublished):
        AnalyticsService(Settings.load(workspace=tmp_path)).stamp()


def test_what_a_killed_publication_left_is_removed_by_the_next_one(tmp_path: Path) -> None:
    data, models = tmp_path / "data", tmp_path / "models"
    publish_sample_run(data, customers=30, run_id="first")
    left = [data / "serving" / name for name in (".first.1.ab.new", ".first.1.ab.new.wal")]
    for path in left:
        path.write_bytes(b"half")
    publish_sample_run(data, customers=30, run_id="second")
    assert not any(path.exists() for path in left)
    for name, file in (("first", "model.skops"), ("gone", "model.skops"), ("mine", "notes.txt")):
        (models / name).mkdir(parents=True)
        (models / name / file).write_text("content")
    with RunStore(data).lock():
        remove_leftovers(data, models)
    assert sorted(one.name for one in models.iterdir()) == ["first", "mine"]
