from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.domain.customer.named_segment import CELLS, SEGMENT_ADVICE, SEGMENT_WHO, NamedSegment
from analytics.domain.customer.rfm import RFM_GROUPS, RfmGroup, rfm_group_word
from analytics.domain.customer.risk_tier import CONTACTED_TIERS, RiskTier
from analytics.scoring.segments.rfm import (
    are_of_this_kind,
    new_cuts,
    rfm_columns,
    rfm_scores,
    rfm_values,
)
from analytics.scoring.segments.segment_moves import segment_moves


def test_every_cell_has_a_segment_and_every_segment_a_sentence() -> None:
    assert len(CELLS) == 3 * 7 * 4
    assert set(CELLS.values()) == set(NamedSegment) == set(SEGMENT_ADVICE) == set(SEGMENT_WHO)
    assert CELLS[("high", "critical", "frustrated")] is NamedSegment.SAVE_FIRST
    assert CELLS[("low", "high", "calm")] is NamedSegment.REMIND
    assert CELLS[("high", "lapsed", "critical")] is NamedSegment.GONE_QUIET


def test_no_advice_denies_a_recommended_action() -> None:
    """ "Do nothing yet" stood over customers each of whom had a recommended action."""
    contacted = {
        segment for (_, tier, _), segment in CELLS.items() if RiskTier(tier) in CONTACTED_TIERS
    }
    for segment in contacted:
        advice = SEGMENT_ADVICE[segment].lower()
        assert not any(word in advice for word in ("nothing", "only", "leave", "costs little"))
    for segment in (NamedSegment.WATCH, NamedSegment.ASK_WHY, NamedSegment.REMIND):
        assert SEGMENT_ADVICE[segment].endswith("unless a recommended action says otherwise.")


def test_every_rfm_triple_has_a_group_and_every_group_a_triple() -> None:
    assert set(RFM_GROUPS.values()) == set(RfmGroup)
    assert RFM_GROUPS[(5, 5, 5)] is RfmGroup.CHAMPIONS
    assert RFM_GROUPS[(1, 5, 5)] is RfmGroup.CANNOT_LOSE
    assert RFM_GROUPS[(1, 1, 1)] is RfmGroup.LOST


def test_every_rfm_group_is_shown_with_what_it_says_of_the_customer() -> None:
    for group in RfmGroup:
        assert rfm_group_word(group).startswith(f"{group.label}. ")
        assert rfm_group_word(group).endswith(".")
    assert rfm_group_word("of another version") == "of another version"


def people(size: int, seed: int = 0, *, shift: float = 0.0) -> pd.DataFrame:
    """Return customers within their rhythm, a few of whom have lapsed."""
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "days_since_last_activity": rng.gamma(2, 10, size) + shift,
            "usual_gap_days": 60.0,
            "horizon_days": 300.0,
            "risk_tier": np.where(np.arange(size) % 10 == 9, "lapsed", "low"),
            "active_days_180d": 3.0 + rng.gamma(2, 20, size),
            "monthly_revenue": rng.lognormal(4, 1, size),
        }
    )


def values_of(customers: pd.DataFrame) -> pd.DataFrame:
    return rfm_values(customers, early_warning_days=14, horizon_days=300)


def scores_of(customers: pd.DataFrame) -> pd.DataFrame:
    values = values_of(customers)
    return rfm_scores(values, new_cuts(values, run_id="first"))


def test_the_first_run_is_cut_into_fifths_of_those_who_are_still_here() -> None:
    customers = people(1000)
    scores = scores_of(customers)
    here = customers["risk_tier"] != "lapsed"
    for name in ("frequency", "money"):
        assert scores.loc[here, name].value_counts().tolist() == [180] * 5
    assert scores.loc[here, "recency"].value_counts().to_dict() == {3: 300, 4: 300, 5: 300}
    assert set(scores.loc[~here, "recency"]) == {1}
    silent = customers.loc[here, "days_since_last_activity"]
    assert (scores["recency"][silent.idxmax()], scores["recency"][silent.idxmin()]) == (3, 5)


def test_a_price_that_all_pay_is_neither_much_nor_little() -> None:
    values = values_of(people(100).assign(monthly_revenue=49.0))
    cuts = new_cuts(values, run_id="first")
    assert set(rfm_scores(values, cuts)["money"]) == {3}
    later = rfm_scores(values.assign(money=[48.0, *[49.0] * 98, 50.0]), cuts)["money"]
    assert later.tolist() == [1, *[3] * 98, 5]


def test_who_has_the_least_is_in_the_lowest_fifth_however_many_they_are() -> None:
    """The most who bought nothing, or once, are neither the middle nor the best."""
    most = np.arange(100) < 70
    revenue = np.where(most, 0.0, 10.0 + np.arange(100))
    money = scores_of(people(100).assign(monthly_revenue=revenue))["money"]
    assert set(money[:70]) == {1}
    assert set(money[86:]) == {5}
    days = scores_of(people(100).assign(active_days_180d=np.where(most, 4.0, 9.0)))["frequency"]
    assert set(days[most]) == {1}
    once = scores_of(people(100).assign(active_days_180d=1.0))
    assert set(once["frequency"]) == {1}
    assert set(scores_of(people(100).assign(active_days_180d=2.0))["frequency"]) == {2}


def test_a_mostly_dead_base_makes_nobody_loyal() -> None:
    """The recipe Old customers: one order long ago, beside a few regular buyers."""
    old = pd.DataFrame(
        {
            "days_since_last_activity": np.linspace(411, 900, 900),
            "usual_gap_days": 120.0,
            "horizon_days": 90.0,
            "risk_tier": "lapsed",
            "active_days_180d": 0.0,
            "monthly_revenue": np.linspace(0, 80, 900),
        }
    )
    regular = people(300).assign(horizon_days=90.0, risk_tier="low")
    groups = rfm_columns(scores_of(pd.concat([old, regular], ignore_index=True)))["rfm_group"]
    assert set(groups[:900]) == {"lost"}
    assert {"champions", "loyal"} <= set(groups[900:])


def test_frozen_cuts_let_the_scores_move_with_the_customers() -> None:
    values = values_of(people(1000))
    cuts = new_cuts(values, run_id="first")
    later = rfm_scores(values.assign(recency=values["recency"] - 40), cuts)
    within = values["silence"] == 3
    assert (later.loc[within, "recency"] == 3).mean() > 0.9


def test_cut_points_of_a_former_version_are_not_taken_over() -> None:
    cuts = new_cuts(values_of(people(100)), run_id="first")
    assert are_of_this_kind(cuts)
    second = (cuts["measure"] == "recency") & (cuts["score"] == 2)
    assert not are_of_this_kind(cuts.assign(from_value=cuts["from_value"].where(~second, -9.0)))


def test_a_missing_value_has_no_score_and_no_group() -> None:
    customers = people(10)
    customers.loc[3, "monthly_revenue"] = np.nan
    columns = rfm_columns(scores_of(customers))
    assert columns.loc[3].tolist() == ["", ""]
    assert columns.drop(3).ne("").all(axis=None)


customer = st.tuples(
    st.integers(0, 900),
    st.sampled_from([1.0, 7.0, 30.0, 90.0]),
    st.sampled_from([28.0, 90.0, np.nan]),
    st.sampled_from([str(tier) for tier in RiskTier]),
    st.integers(0, 180),
    st.sampled_from([0.0, 9.0, 49.0, 490.0]),
)
PRESENT = {"champions", "loyal", "promising", "newly_active", "need_attention"}


@settings(max_examples=80, deadline=None)
@given(st.lists(customer, min_size=1, max_size=25), st.lists(customer, min_size=1, max_size=25))
def test_the_names_hold_whoever_the_others_are(first: list[Any], later: list[Any]) -> None:
    """Cut by one set of customers, said of another."""
    names = list(people(1).columns)
    cuts = new_cuts(values_of(pd.DataFrame(first, columns=names)), run_id="first")
    given = pd.DataFrame(later, columns=names)
    scores = rfm_scores(values_of(given), cuts)
    group = rfm_columns(scores)["rfm_group"]
    assert (group != "").all()
    gone = given["risk_tier"].isin(["lapsed", "ended"])
    silent = given["days_since_last_activity"]
    late = (silent > 3 * given["usual_gap_days"]) & (silent > 14)
    late |= silent > given["horizon_days"].fillna(300.0)
    assert not group[gone | late].isin(PRESENT).any()
    assert group[~gone & ~late].isin(PRESENT).all()
    once = given["active_days_180d"] <= 1
    assert not group[once].isin(["champions", "loyal", "promising"]).any()
    for name, column in (("frequency", "active_days_180d"), ("money", "monthly_revenue")):
        by_value = scores[name].groupby(given[column])
        assert (by_value.nunique() == 1).all()
        assert by_value.first().is_monotonic_increasing


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
