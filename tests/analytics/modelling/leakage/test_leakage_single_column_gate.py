"""A column that gives the label away is refused by name; an honest strong one passes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.errors import ContractFailed
from analytics.modelling.leakage.single_column_gate import (
    Leak,
    cross_fitted_rate,
    giveaways,
    levels_of,
    refuse_leaks,
    single_column_powers,
)

ROWS = 4_000


def leaking_columns(table: pd.DataFrame, left: np.ndarray, *, seed: int) -> list[Leak]:
    return giveaways(single_column_powers(table, left, seed=seed))


def label(base_rate: float = 0.27, rows: int = ROWS) -> np.ndarray:
    return (np.random.default_rng(1).random(rows) < base_rate).astype(np.int8)


def test_a_satisfaction_asked_at_the_exit_is_a_leak() -> None:
    left, rng = label(), np.random.default_rng(2)
    asked = np.where(left == 1, rng.choice([1, 2, 3], ROWS), rng.choice([3, 4, 5], ROWS))
    (leak,) = leaking_columns(pd.DataFrame({"satisfaction": asked}), left, seed=0)
    assert leak.column == "satisfaction"
    assert leak.auc > 0.9
    assert leak.told_leavers == pytest.approx(2 / 3, abs=0.05)
    assert leak.told_stayers == pytest.approx(2 / 3, abs=0.05)


def test_a_reason_that_only_some_leavers_gave_is_a_leak_by_being_filled() -> None:
    left, rng = label(), np.random.default_rng(3)
    given_reason = (left == 1) & (rng.random(ROWS) < 0.4)
    reason = pd.Series(np.where(given_reason, rng.choice(["price", "moved"], ROWS), None))
    date = pd.Series(np.where(given_reason, rng.normal(19_000, 50, ROWS), np.nan))
    table = pd.DataFrame({"reason": reason.astype("category"), "ended": date})
    found = leaking_columns(table, left, seed=0)
    assert {one.column for one in found} == {"reason", "ended"}
    assert all(one.told_leavers == pytest.approx(0.4, abs=0.05) for one in found)
    assert all(one.auc < 0.8 for one in found)


def test_a_status_in_other_words_is_a_leak() -> None:
    left = label()
    status = pd.Series(np.where(left == 1, "closed", "open"))
    (leak,) = leaking_columns(pd.DataFrame({"status": status}), left, seed=0)
    assert (leak.auc, leak.pure_share) == (1.0, 1.0)


@pytest.mark.parametrize("base_rate", [0.02, 0.1, 0.27, 0.5, 0.77])
def test_an_honest_column_that_ranks_85_of_100_pairs_passes(base_rate: float) -> None:
    rng = np.random.default_rng(4)
    left = label(base_rate, rows=20_000)
    shift = 1.466  # two normal curves so far apart have an AUC of .85
    honest = pd.DataFrame({"silence": rng.normal(0, 1, len(left)) + shift * left})
    assert leaking_columns(honest, left, seed=0) == []
    (power,) = single_column_powers(honest, left, seed=0)
    assert power.auc == pytest.approx(0.85, abs=0.02)


def test_a_label_with_noise_of_one_in_a_hundred_is_still_a_leak() -> None:
    left, rng = label(), np.random.default_rng(5)
    noisy = np.where(rng.random(ROWS) < 0.01, 1 - left, left)
    assert leaking_columns(pd.DataFrame({"backup_of_label": noisy}), left, seed=0)


def test_ids_and_noise_tell_nothing_though_each_value_is_of_one_kind() -> None:
    left = label()
    rng = np.random.default_rng(6)
    table = pd.DataFrame(
        {
            "id": [f"C{one}" for one in range(ROWS)],
            "number": rng.permutation(ROWS),
            "constant": 1.0,
            "empty": np.nan,
        }
    )
    for one in single_column_powers(table, left, seed=0):
        assert one.auc == pytest.approx(0.5, abs=0.05)
        assert one.pure_share == 0
        assert not one.gives_away


def test_all_leaks_are_named_in_one_refusal() -> None:
    left = label()
    table = pd.DataFrame({"a": left, "honest": np.arange(ROWS) % 7, "b": 1 - left})
    leaks = leaking_columns(table, left, seed=0)
    with pytest.raises(ContractFailed, match="Got a, b") as caught:
        refuse_leaks(leaks, remedy="Leave them out.")
    assert (caught.value.rule, caught.value.exit_code) == ("single_column_leak", 4)
    refuse_leaks([], remedy="Nothing is to be left out.")


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(0.1, 10), st.floats(-100, 100))
def test_a_rising_change_of_scale_changes_no_verdict(seed: int, scale: float, shift: float) -> None:
    rng = np.random.default_rng(seed)
    left = (rng.random(500) < 0.3).astype(np.int8)
    value = np.round(rng.normal(0, 1, 500) + left, 3)
    table = pd.DataFrame({"x": value, "y": value * scale + shift})
    plain, scaled = single_column_powers(table, left, seed=0)
    assert scaled.auc == pytest.approx(plain.auc, abs=0.02)
    assert scaled.gives_away == plain.gives_away


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_a_row_never_counts_towards_its_own_rate(seed: int) -> None:
    rng = np.random.default_rng(seed)
    level, fold = rng.integers(0, 4, 60), rng.integers(0, 5, 60)
    left = (rng.random(60) < 0.4).astype(np.int8)
    rate = cross_fitted_rate(level, left, fold)
    row = int(rng.integers(60))
    other = (level == level[row]) & (fold != fold[row])
    expected = (left[other].sum() + 4 * left.mean()) / (other.sum() + 4)
    assert rate[row] == pytest.approx(expected)


def test_missing_is_a_level_and_frequent_numbers_have_their_own() -> None:
    spiked = pd.Series([0.0] * 500 + [np.nan] * 100 + list(np.linspace(1, 2, 400)))
    level = levels_of(spiked)
    assert len(set(level[:500])) == 1
    assert len(set(level[500:600])) == 1
    assert set(level[:500]).isdisjoint(level[500:])
    assert set(level[500:600]).isdisjoint(level[600:])


def test_a_column_that_tells_the_date_gives_nothing_away() -> None:
    """All left on the first date, hardly anybody later: that is the date's doing."""
    rng = np.random.default_rng(0)
    date = np.repeat([0, 1, 2], 500)
    left = (rng.random(1500) < np.where(date == 0, 1.0, 0.1)).astype(np.int8)
    table = pd.DataFrame({"orders_of_all": 100.0 - date, "score": left + rng.normal(0, 0.01, 1500)})
    assert "orders_of_all" in [one.column for one in leaking_columns(table, left, seed=0)]
    told, leak = single_column_powers(table, left, seed=0, within=date)
    assert told.auc == 0.5
    assert not told.gives_away
    assert leak.gives_away


def test_a_constant_ranks_exactly_by_chance() -> None:
    left = (np.random.default_rng(0).random(300) < 0.3).astype(np.int8)
    (power,) = single_column_powers(pd.DataFrame({"same": np.zeros(300)}), left, seed=0)
    assert power.auc == 0.5
