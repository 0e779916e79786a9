from __future__ import annotations

import math
from random import Random

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score

from analytics.modelling.measuring.calibration_measures import calibration_error_by_chance
from analytics.modelling.measuring.metrics import (
    auc,
    average_precision,
    bootstrap_auc,
    brier,
    customer_draws,
    expected_calibration_error,
    interval,
    lift_top_decile,
    recall_top_decile,
)
from analytics.modelling.measuring.resampling import CustomerDraws

#: Scores on a coarse grid, so that many are tied.
rows = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, 12).map(lambda n: n / 12)), min_size=2, max_size=60
)


@settings(max_examples=60, deadline=None)
@given(rows)
def test_ranking_metrics_agree_with_scikit_learn_ties_included(
    given: list[tuple[int, float]],
) -> None:
    silent, score = (np.array(column) for column in zip(*given, strict=True))
    assume(0 < silent.sum() < len(silent))
    assert auc(silent, score) == pytest.approx(roc_auc_score(silent, score))
    assert average_precision(silent, score) == pytest.approx(average_precision_score(silent, score))
    assert brier(silent, score) == pytest.approx(brier_score_loss(silent, score))


#: The same on one of three dates each.
dated_rows = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, 12).map(lambda n: n / 12), st.integers(0, 2)),
    min_size=2,
    max_size=60,
)


@settings(max_examples=60, deadline=None)
@given(dated_rows)
def test_pairs_are_compared_within_a_date_and_dates_count_by_their_pairs(
    given: list[tuple[int, float, int]],
) -> None:
    silent, score, day = (np.array(column) for column in zip(*given, strict=True))
    right = [
        (one > other) + 0.5 * (one == other)
        for date in range(3)
        for one in score[(day == date) & (silent == 1)]
        for other in score[(day == date) & (silent == 0)]
    ]
    assume(right)
    assert auc(silent, score, within=day) == pytest.approx(np.mean(right))
    both = [date for date in range(3) if silent[day == date].any()]
    leavers = [silent[day == date].sum() for date in both]
    each = [average_precision(silent[day == date], score[day == date]) for date in both]
    assert average_precision(silent, score, within=day) == pytest.approx(
        np.average(each, weights=leavers)
    )


@settings(max_examples=60, deadline=None)
@given(dated_rows, st.lists(st.floats(0, 1), min_size=3, max_size=3))
def test_what_is_the_same_for_everybody_on_a_date_ranks_exactly_by_chance(
    given: list[tuple[int, float, int]], said: list[float]
) -> None:
    silent, _, day = (np.array(column) for column in zip(*given, strict=True))
    constant = np.array(said)[day]
    found = auc(silent, constant, within=day)
    assert math.isnan(found) or found == 0.5
    drawn = CustomerDraws.of(np.arange(len(day)), seed=0).auc(silent, constant, within=day)
    assert set(drawn[np.isfinite(drawn)]) <= {0.5}
    assume(silent.any())
    assert lift_top_decile(silent, constant, within=day) == pytest.approx(1)


@settings(max_examples=60, deadline=None)
@given(dated_rows, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_no_measure(
    given: list[tuple[int, float, int]], chance: Random
) -> None:
    mixed = list(given)
    chance.shuffle(mixed)
    silent, score, day = (np.array(column) for column in zip(*given, strict=True))
    other_silent, other_score, other_day = (np.array(one) for one in zip(*mixed, strict=True))
    for measure in (auc, average_precision, lift_top_decile, recall_top_decile):
        assert measure(silent, score, within=day) == pytest.approx(
            measure(other_silent, other_score, within=other_day), nan_ok=True
        )
    assert brier(silent, score) == pytest.approx(brier(other_silent, other_score))
    assert expected_calibration_error(silent, score) == pytest.approx(
        expected_calibration_error(other_silent, other_score)
    )
    assert calibration_error_by_chance(score, seed=0) == calibration_error_by_chance(
        other_score, seed=0
    )


@settings(max_examples=60, deadline=None)
@given(rows, st.data())
def test_a_weight_counts_a_row_as_often(
    given: list[tuple[int, float]], data: st.DataObject
) -> None:
    silent, score = (np.array(column) for column in zip(*given, strict=True))
    counts = st.lists(st.integers(0, 3), min_size=len(silent), max_size=len(silent))
    weight = np.array(data.draw(counts))
    repeated = np.repeat(silent, weight)
    assume(0 < repeated.sum() < len(repeated))
    expected = roc_auc_score(repeated, np.repeat(score, weight))
    assert auc(silent, score, weight.astype(float)) == pytest.approx(expected)


@pytest.mark.parametrize("silent", [[0, 0, 0], [1, 1, 1]])
def test_a_ranking_of_one_kind_alone_has_no_auc(silent: list[int]) -> None:
    assert math.isnan(auc(silent, [0.1, 0.2, 0.3]))
    assert math.isnan(auc(silent, [0.1, 0.2, 0.3], np.ones(3)))


def test_without_a_leaver_there_is_neither_precision_nor_lift() -> None:
    assert math.isnan(average_precision([0, 0], [0.1, 0.2]))
    assert math.isnan(lift_top_decile([0, 0], [0.1, 0.2]))


def test_perfect_calibration_has_a_small_error_and_a_shifted_one_shows_its_shift() -> None:
    rng = np.random.default_rng(1)
    said = rng.uniform(0.02, 0.7, 40_000)
    silent = rng.random(40_000) < said
    assert expected_calibration_error(silent, said) < 0.012
    assert expected_calibration_error(silent, said + 0.2) == pytest.approx(0.2, abs=0.01)


def test_calibration_error_is_exact_where_it_can_be_worked_out_by_hand() -> None:
    """Fifteen bins of two rows; each says a bit less than 0.5 and sees none, half or all."""
    silent = [0, 0] * 5 + [0, 1] * 5 + [1, 1] * 5
    said = np.repeat(np.arange(15), 2) / 1e9 + 0.5
    assert expected_calibration_error(silent, said) == pytest.approx(10 * 0.5 / 15)


def test_one_risk_for_all_is_off_by_its_gap_to_the_average_however_the_rows_lie() -> None:
    assert expected_calibration_error([0, 0, 0, 1, 1, 1] * 10, np.full(60, 0.5)) == 0
    assert expected_calibration_error(np.sort([0, 1] * 30), np.full(60, 0.5)) == 0
    assert expected_calibration_error(np.sort([0, 1] * 30), np.full(60, 0.9)) == pytest.approx(0.4)


def test_lift_compares_the_riskiest_tenth_with_all() -> None:
    silent = np.zeros(100)
    silent[:20] = 1
    score = np.linspace(1, 0, 100)
    assert lift_top_decile(silent, score) == 5
    assert lift_top_decile(silent, -score) == 0
    assert recall_top_decile(silent, score) == 0.5


def test_whole_customers_are_drawn() -> None:
    key = np.array([3, 1, 3, 2, 1, 3])
    draws = customer_draws(key, seed=0, draws=300)
    assert draws.shape == (300, 6)
    for customer in (1, 2, 3):
        mine = draws[:, key == customer]
        assert (mine == mine[:, :1]).all()
    assert (draws[:, 0] != draws[:, 1]).any(), "customers are drawn apart from each other"
    assert draws.mean() == pytest.approx(1.0, abs=0.1)


def test_draws_are_the_same_for_the_same_seed_and_only_then() -> None:
    key = np.arange(50)
    assert (customer_draws(key, seed=4) == customer_draws(key, seed=4)).all()
    assert (customer_draws(key, seed=4) != customer_draws(key, seed=5)).any()


@pytest.mark.parametrize("seed", range(3))
def test_the_bootstrap_interval_holds_the_estimate_and_narrows_with_more_customers(
    seed: int,
) -> None:
    widths = []
    for customers in (200, 3200):
        rng = np.random.default_rng(seed)
        score = rng.normal(size=customers)
        silent = (rng.random(customers) < 1 / (1 + np.exp(1 - score))).astype(np.int8)
        draws = bootstrap_auc(silent, score, customer_draws(np.arange(customers), seed=seed))
        low, high = interval(draws)
        assert low < auc(silent, score) < high
        widths.append(high - low)
    assert widths[1] < widths[0] / 2


def test_repeated_rows_of_the_same_customers_do_not_narrow_the_interval() -> None:
    rng = np.random.default_rng(0)
    score = rng.normal(size=300)
    silent = (rng.random(300) < 1 / (1 + np.exp(1 - score))).astype(np.int8)
    once = interval(bootstrap_auc(silent, score, customer_draws(np.arange(300), seed=1)))
    four = [np.tile(one, 4) for one in (silent, score, np.arange(300))]
    again = interval(bootstrap_auc(four[0], four[1], customer_draws(four[2], seed=1)))
    assert again == pytest.approx(once)


def test_an_interval_of_no_draws_is_missing() -> None:
    assert all(math.isnan(end) for end in interval(np.array([math.nan])))
