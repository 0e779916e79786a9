"""The filter's columns keep the laws of features: nothing later counts, engines agree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.features.build import FeatureSource, feature_source
from analytics.features.engines.open_engine import DUCKDB_URL
from analytics.features.laws import by_customer_id
from analytics.features.nasty_log import OBSERVED_ON, LandedLog, nasty_log
from analytics.features.prepared import day_number
from analytics.features.state_filter.state_filter import StateFilter
from tests.analytics.features.feature_world import SAAS, TODAY, active, prepared
from tests.databases import own_database

DAY = day_number(OBSERVED_ON)


@pytest.fixture
def postgresql(tmp_path: Path) -> Iterator[str]:
    with own_database("postgresql", tmp_path) as address:
        yield address


def columns_of(
    log: LandedLog, folder: Path, *, day: int = DAY, last_day: int = DAY, url: str = DUCKDB_URL
) -> pd.DataFrame:
    events, customers = log.write(folder)
    with feature_source(
        folder / "scratch",
        events=events,
        customers=customers,
        profile=SAAS,
        memory_limit_mb=512,
        threads=1,
        engine_url=url,
    ) as source:
        found = by_customer_id(source, StateFilter(source, last_day).on(day).columns)
    return found.sort_index()


def test_what_became_known_after_the_date_changes_nothing(tmp_path: Path) -> None:
    known = columns_of(nasty_log([], seed=1), tmp_path / "known")
    later = nasty_log([], seed=1, later=True)
    pd.testing.assert_frame_equal(columns_of(later, tmp_path / "later"), known)
    asked_later = columns_of(later, tmp_path / "asked", last_day=DAY + 70)
    pd.testing.assert_frame_equal(asked_later, known)
    assert (known.nunique() > 1).all()


def test_the_order_of_the_rows_changes_nothing(tmp_path: Path) -> None:
    log = nasty_log([], seed=2)
    order = np.random.default_rng(2).permutation(log.events.num_rows)
    mixed = LandedLog(log.events.take(order), log.customers)
    pd.testing.assert_frame_equal(
        columns_of(mixed, tmp_path / "a"), columns_of(log, tmp_path / "b")
    )


def test_postgresql_gives_the_columns_of_duckdb(postgresql: str, tmp_path: Path) -> None:
    log = nasty_log([], seed=3)
    pd.testing.assert_frame_equal(
        columns_of(log, tmp_path / "a", url=postgresql), columns_of(log, tmp_path / "b")
    )


def test_weeks_that_have_not_ended_have_no_outcome_yet(tmp_path: Path) -> None:
    with prepared(tmp_path, [*active("a", range(0, 200, 3)), *active("b", range(90, 200))]) as one:
        found = _dormant(one, weeks_back=4, ahead=8)
    assert np.isfinite(found[:, :5]).all()
    assert np.isnan(found[:, 5:]).all()
    assert found[1, 4] > 0.9 > 0.1 > found[0, 4]


def _dormant(source: FeatureSource, *, weeks_back: int, ahead: int) -> np.ndarray:
    today = day_number(TODAY)
    day = day_number(TODAY - timedelta(weeks=weeks_back))
    return StateFilter(source, today).on(day, weeks_ahead=ahead).dormant
