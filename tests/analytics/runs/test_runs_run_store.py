from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow.parquet as parquet
import pytest

from analytics.domain.numbers.measures import MEASURES
from analytics.domain.run_tables import RUN_TABLES
from analytics.errors import ContractFailed, CorruptRun, NoRunPublished, UsageError
from analytics.runs.run_store import RunStore
from tests.sample_run import publish_sample_run, write_sample_run


def test_an_empty_workspace_has_no_run_to_show(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    assert store.runs() == ()
    with pytest.raises(NoRunPublished, match="published first"):
        store.current()


def test_a_published_run_is_current_and_true_to_its_checksums(tmp_path: Path) -> None:
    published = publish_sample_run(tmp_path, customers=60)
    store = RunStore(tmp_path)
    assert store.current().run_id == published.run_id
    assert store.current().warnings == ()
    store.verify(published.run_id)


def test_the_sample_has_every_table_in_its_columns_and_types(tmp_path: Path) -> None:
    published = publish_sample_run(tmp_path, customers=60)
    for table in RUN_TABLES:
        schema = parquet.read_schema(published.folder / table.file)
        assert tuple(schema.names) == table.column_names
        assert parquet.read_metadata(published.folder / table.file).num_rows > 0
    customers = parquet.read_schema(published.folder / "customers.parquet")
    assert str(customers.field("signed_up_at").type) == "timestamp[us, tz=UTC]"
    assert str(customers.field("eligible").type) == "bool"
    history = parquet.read_schema(published.folder / "risk_history.parquet")
    assert str(history.field("observation_date").type) == "date32[day]"


def test_the_totals_of_the_sample_are_sums_over_its_customers(tmp_path: Path) -> None:
    published = publish_sample_run(tmp_path, customers=60)
    frame = pd.read_parquet(published.folder / "customers.parquet")
    totals = published.summary.totals
    assert set(totals) == {one.name for one in MEASURES}
    assert totals["customers"] == len(frame) == 60
    assert totals["revenue_at_risk"] == pytest.approx(frame["revenue_at_risk"].sum())
    assert totals["at_risk"] == frame["risk_tier"].isin(["critical", "high"]).sum() > 0
    assert frame["churn_risk"].isna().sum() == (~frame["eligible"]).sum() > 0
    assert sum(published.summary.tier_counts.values()) == 60


def test_a_run_can_be_rolled_back_to_an_earlier_one(tmp_path: Path) -> None:
    first = publish_sample_run(tmp_path, customers=40, run_id="first")
    publish_sample_run(tmp_path, customers=40, run_id="second")
    store = RunStore(tmp_path)
    before = store.state()
    assert store.current().run_id == "second"
    assert store.rollback("first").run_id == first.run_id
    assert store.current().run_id == "first"
    assert store.state() != before
    assert {run.run_id for run in store.runs()} == {"first", "second"}


def test_publishing_the_same_run_again_writes_nothing(tmp_path: Path) -> None:
    published = publish_sample_run(tmp_path, customers=40)

    def never(folder: Path) -> None:
        raise AssertionError(folder)

    assert RunStore(tmp_path).publish(published.run_id, never).fingerprint == published.fingerprint


def test_a_run_without_one_of_its_tables_is_refused(tmp_path: Path) -> None:
    former = publish_sample_run(tmp_path, customers=40, run_id="former")

    def write(folder: Path) -> None:
        write_sample_run(folder, customers=40, run_id="next")
        (folder / "reasons.parquet").unlink()

    store = RunStore(tmp_path)
    with pytest.raises(ContractFailed, match=r"reasons\.parquet"):
        store.publish("next", write)
    assert store.current().run_id == former.run_id
    assert [one.name for one in (tmp_path / "runs").glob(".staging*")] == []


def test_a_run_that_names_itself_wrongly_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContractFailed, match="its own run"):
        RunStore(tmp_path).publish(
            "right", lambda folder: write_sample_run(folder, customers=40, run_id="wrong")
        )


@pytest.mark.parametrize("run_id", ["../elsewhere", "", ".hidden", "a/b", "current", "a b"])
def test_a_run_id_that_could_name_another_folder_is_refused(tmp_path: Path, run_id: str) -> None:
    store = RunStore(tmp_path)
    with pytest.raises(UsageError, match="letters, digits"):
        store.publish(run_id, lambda folder: None)
    with pytest.raises(UsageError):
        store.verify(run_id)


def test_a_manifest_of_a_later_format_is_refused_with_a_sentence(tmp_path: Path) -> None:
    published = publish_sample_run(tmp_path, customers=40)
    manifest = published.folder / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"format": 1', '"format": 2'))
    with pytest.raises(CorruptRun, match="format 1"):
        RunStore(tmp_path).verify(published.run_id)
