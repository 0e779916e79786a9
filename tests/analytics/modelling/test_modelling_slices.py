from __future__ import annotations

from dataclasses import fields

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.modelling.judging import measure_slices
from analytics.modelling.measured import Metrics
from analytics.modelling.models.estimators import NOVELTY_NAME
from analytics.modelling.slices import MOST_SLICES_OF_A_COLUMN, enough, slices_of

DAYS = (20_000, 20_028)
#: What is measured of a group, beside its counts.
MEASURED = [one.name for one in fields(Metrics)][2:]


def known(customers: int, seed: int = 0) -> pd.DataFrame:
    """Return what is known of the same customers on two dates."""
    rng = np.random.default_rng(seed)
    index = pd.MultiIndex.from_product([DAYS, range(customers)], names=["day", "customer_key"])
    rows = len(index)
    return pd.DataFrame(
        {
            "active_day_share": rng.random(rows),
            "tenure_days": rng.integers(56, 900, rows).astype(float),
            "value": rng.exponential(100, rows),
            "segment": np.where(rng.random(rows) < 0.5, "Small", None),
            "region": rng.choice([f"R{number}" for number in range(12)], rows),
        },
        index=index,
    )


def predictions(customers: int) -> pd.DataFrame:
    index = pd.MultiIndex.from_product([DAYS, range(customers)], names=["day", "customer_key"])
    rows = index.to_frame(index=False).sample(frac=1, random_state=1, ignore_index=True)
    rng = np.random.default_rng(2)
    said = rng.uniform(0.05, 0.6, len(rows))
    return rows.assign(
        silent=(rng.random(len(rows)) < said).astype(np.int8), recency=said, unseen=said < 0.2
    )


@settings(max_examples=20, deadline=None)
@given(st.integers(3, 60), st.integers(0, 20))
def test_cadence_value_and_tenure_put_everyone_in_one_group_each(customers: int, seed: int) -> None:
    slices = slices_of(predictions(customers), known(customers, seed))
    for kind in ("cadence", "value", "tenure"):
        groups = [rows for name, rows in slices.items() if name.startswith(f"{kind}:")]
        assert (np.sum(groups, axis=0) == 1).all()


def test_groups_are_those_of_the_date_and_follow_the_rows() -> None:
    told, facts = predictions(90), known(90)
    slices = slices_of(told, facts)
    wanted = facts.reindex(pd.MultiIndex.from_frame(told[["day", "customer_key"]]))
    for day in DAYS:
        on = (told["day"] == day).to_numpy()
        assert slices["cadence: often"][on].sum() == 30
        often = wanted["active_day_share"].to_numpy()[on & slices["cadence: often"]]
        seldom = wanted["active_day_share"].to_numpy()[on & slices["cadence: seldom"]]
        assert often.min() > seldom.max()
        assert slices["value: top tenth"][on].sum() == 9
    assert (slices["segment: Small"] == (wanted["segment"] == "Small").to_numpy()).all()
    assert (slices["unseen"] == told["unseen"].to_numpy()).all()


def test_the_largest_regions_are_shown_and_somebody_without_a_segment_is_in_none() -> None:
    slices = slices_of(predictions(200), known(200))
    assert sum(name.startswith("region:") for name in slices) == MOST_SLICES_OF_A_COLUMN
    assert [name for name in slices if name.startswith("segment:")] == ["segment: Small"]


def test_a_group_without_anybody_is_left_out() -> None:
    facts = known(50).assign(tenure_days=400.0)
    slices = slices_of(predictions(50), facts)
    assert [name for name in slices if name.startswith("tenure")] == ["tenure: a year or more"]


@pytest.mark.parametrize("empty", ["", "  ", None])
def test_data_without_segments_have_no_such_group(empty: str | None) -> None:
    facts = known(50).assign(segment=empty).drop(columns="region")
    slices = slices_of(predictions(50).drop(columns="unseen"), facts)
    assert not [name for name in slices if name.startswith(("segment", "region", "unseen"))]


def test_a_group_too_small_to_measure_keeps_its_counts() -> None:
    told = predictions(150)
    small = np.arange(len(told)) < 199
    found = measure_slices(
        told.assign(**{NOVELTY_NAME: 0.0}),
        ["recency"],
        {"all": np.ones(len(told), dtype=bool), "small": small},
        seed=0,
    ).set_index("slice")
    assert found.loc["small", "customers"] == 199
    assert found.loc["small", "positives"] == told["silent"][small].sum()
    assert found.loc["small", MEASURED].isna().all()
    assert found.loc["all", MEASURED].notna().all()


def test_enough_asks_for_rows_and_for_both_kinds() -> None:
    silent = np.zeros(200, np.int8)
    assert not enough(silent)
    silent[:30] = 1
    assert enough(silent)
    assert not enough(silent[:199])
    assert not enough(1 - silent[:29])
