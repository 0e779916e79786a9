from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.domain.named_segment import CELLS, SEGMENT_ADVICE, SEGMENT_WHO, NamedSegment
from analytics.domain.rfm import RFM_GROUPS, RFM_MEANINGS, RfmGroup
from analytics.scoring.rfm import new_cuts, rfm_columns, rfm_scores, rfm_values
from analytics.scoring.segment_moves import segment_moves


def test_every_cell_has_a_segment_and_every_segment_a_sentence() -> None:
    assert len(CELLS) == 3 * 7 * 4
    assert set(CELLS.values()) == set(NamedSegment) == set(SEGMENT_ADVICE) == set(SEGMENT_WHO)
    assert CELLS[("high", "critical", "frustrated")] is NamedSegment.SAVE_FIRST
    assert CELLS[("low", "high", "calm")] is NamedSegment.REMIND
    assert CELLS[("high", "lapsed", "critical")] is NamedSegment.GONE_QUIET


def test_every_rfm_triple_has_a_group_and_every_group_a_triple() -> None:
    assert set(RFM_GROUPS.values()) == set(RfmGroup) == set(RFM_MEANINGS)
    assert RFM_GROUPS[(5, 5, 5)] is RfmGroup.CHAMPIONS
    assert RFM_GROUPS[(1, 5, 5)] is RfmGroup.CANNOT_LOSE
    assert RFM_GROUPS[(1, 1, 1)] is RfmGroup.LOST


def people(size: int, seed: int = 0, *, shift: float = 0.0) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "days_since_last_activity": rng.gamma(2, 10, size) + shift,
            "active_days_180d": rng.gamma(2, 20, size),
            "monthly_revenue": rng.lognormal(4, 1, size),
        }
    )


def test_the_first_run_is_cut_into_fifths() -> None:
    values = rfm_values(people(1000))
    scores = rfm_scores(values, new_cuts(values, run_id="first"))
    for name in scores:
        assert scores[name].value_counts().tolist() == [200] * 5
    late, early = values["recency"].idxmin(), values["recency"].idxmax()
    assert (scores["recency"][late], scores["recency"][early]) == (1, 5)


def test_a_measure_that_does_not_vary_scores_three_for_all() -> None:
    values = rfm_values(people(100).assign(monthly_revenue=49.0))
    cuts = new_cuts(values, run_id="first")
    assert set(rfm_scores(values, cuts)["money"]) == {3}
    later = rfm_scores(values.assign(money=[48.0, *[49.0] * 98, 50.0]), cuts)["money"]
    assert later.tolist() == [1, *[3] * 98, 5]


def test_the_most_who_bought_nothing_are_not_the_best_fifth() -> None:
    revenue = np.where(np.arange(100) < 70, 0.0, 10.0 + np.arange(100))
    values = rfm_values(people(100).assign(monthly_revenue=revenue))
    money = rfm_scores(values, new_cuts(values, run_id="first"))["money"]
    assert set(money[:70]) == {3}
    assert set(money[80:]) == {5}


def test_frozen_cuts_let_the_scores_move_with_the_customers() -> None:
    cuts = new_cuts(rfm_values(people(1000)), run_id="first")
    later = rfm_scores(rfm_values(people(1000, shift=30)), cuts)
    assert (later["recency"] <= 2).mean() > 0.9


def test_a_missing_value_has_no_score_and_no_group() -> None:
    values = rfm_values(people(10))
    values.loc[3, "money"] = np.nan
    columns = rfm_columns(rfm_scores(values, new_cuts(values, run_id="first")))
    assert columns.loc[3].tolist() == ["", ""]
    assert columns.drop(3).ne("").all(axis=None)


moved = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from("abc"), st.integers(0, 2)),
    min_size=1,
    max_size=30,
)


@settings(max_examples=50, deadline=None)
@given(moved)
def test_everybody_is_in_exactly_one_move(rows: list[tuple[str, str, int]]) -> None:
    """The number says where a customer was: in both runs, in the last only, in this one only."""
    before = _run([(key, was) for key, (was, _, where) in enumerate(rows) if where != 2])
    now = _run([(key, became) for key, (_, became, where) in enumerate(rows) if where != 1])
    found = segment_moves(before, now, former_run="r", former_as_of="d", kinds=["risk_tier"])
    assert found["customers"].sum() == len(rows)
    assert found["risk_before"].sum() == pytest.approx(before["revenue_at_risk"].sum())
    assert found["risk_now"].sum() == pytest.approx(now["revenue_at_risk"].sum())
    newcomers = found.loc[found["was"] == "", "customers"].sum()
    assert newcomers == sum(where == 2 for _, _, where in rows)


def _run(rows: list[tuple[int, str]]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "customer_id": pd.Series([f"c{key}" for key, _ in rows], dtype=object),
            "risk_tier": pd.Series([tier for _, tier in rows], dtype=object),
            "monthly_revenue": np.full(len(rows), 10.0),
            "revenue_at_risk": np.arange(len(rows), dtype=float),
        }
    )


def test_a_kind_that_the_last_run_did_not_have_is_left_out() -> None:
    run = _run([(0, "a")])
    found = segment_moves(run, run, former_run="r", former_as_of="d")
    assert set(found["kind"]) == {"risk_tier"}
