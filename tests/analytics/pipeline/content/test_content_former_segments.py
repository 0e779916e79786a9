"""Which run a new one takes its cut points from, and which runs are told as one history."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.domain.profiles.profile_file import load_profile
from analytics.domain.run_tables import CUSTOMERS
from analytics.pipeline.content.former_segments import run_before
from analytics.runs.run_store import PublishedRun, RunStore
from analytics.runs.same_business import customer_ids, is_same_business
from tests.sample_run import AS_OF, publish_sample_run

SAAS = load_profile("saas")
TODAY = date(2026, 4, 28)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs a month apart."""
    made = tmp_path_factory.mktemp("former")
    publish_sample_run(made, run_id="old", as_of=AS_OF - timedelta(days=28), customers=60)
    publish_sample_run(made, run_id="new", customers=60)
    return made


@pytest.fixture(scope="module")
def run(folder: Path) -> PublishedRun:
    return RunStore(folder).run("new")


def before(
    folder: Path, ids: np.ndarray, currency: str = SAAS.currency, on: date = TODAY
) -> str | None:
    profile = replace(SAAS, currency=currency)
    found = run_before(RunStore(folder), "next", profile, on, simulated=True, customer_ids=ids)
    return None if found is None else found.run_id


def strangers(ids: np.ndarray, share: float) -> np.ndarray:
    """The ids, of which the first share are those of nobody else."""
    cut = round(share * len(ids))
    return np.array([f"other {one}" if at < cut else one for at, one in enumerate(ids)], object)


def test_the_latest_run_of_the_same_customers_before_the_date_is_taken(
    folder: Path, run: PublishedRun
) -> None:
    ids = customer_ids(run)
    assert before(folder, ids) == "new"
    assert before(folder, strangers(ids, 0.4)) == "new"
    assert before(folder, ids, on=AS_OF.date() - timedelta(days=7)) == "old"


def test_another_business_in_the_workspace_is_not_the_last_run(
    folder: Path, run: PublishedRun
) -> None:
    """The same profile and kind of data: other customers, or another currency, tell."""
    ids = customer_ids(run)
    assert before(folder, strangers(ids, 1.0)) is None
    assert before(folder, strangers(ids, 0.6)) is None
    assert before(folder, ids, currency="CHF") is None
    assert before(folder, np.array([], object)) is None


def test_a_business_that_grew_is_still_the_same(run: PublishedRun) -> None:
    ids = customer_ids(run)
    more = np.array([*ids, *(f"newcomer {one}" for one in range(500))], object)
    assert is_same_business(run, more, run.summary.currency)


def test_a_run_whose_customers_cannot_be_read_is_of_no_business(
    run: PublishedRun, tmp_path: Path
) -> None:
    gone = PublishedRun(run.run_id, tmp_path, run.summary)
    assert len(customer_ids(gone)) == 0
    assert not is_same_business(gone, customer_ids(run), run.summary.currency)
    pd.DataFrame({"name": ["a"]}).to_parquet(tmp_path / CUSTOMERS.file)
    assert not is_same_business(gone, customer_ids(run), run.summary.currency)
