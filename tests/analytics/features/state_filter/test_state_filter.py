"""The filter says where customers stand as well as its model allows, by what was known then."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from analytics.features.state_filter import population_course
from analytics.features.state_filter.customer_weeks import CustomerWeeks
from analytics.features.state_filter.filtered_weeks import (
    DORMANT,
    FILTER_COLUMNS,
    NOT_ENGAGED,
    FilteredWeeks,
    filtered_weeks,
)
from analytics.features.state_filter.fitting import SeenWeeks, fitted
from analytics.features.state_filter.forward import ForwardFilter, places_of
from analytics.features.state_filter.population_course import sample
from analytics.features.state_filter.state_model import (
    PLACES,
    PRIOR_MOVES,
    RATES,
    Place,
    StateModel,
    prior_model,
)
from tests.analytics.features.state_filter.population import Population, drawn, empty

#: A business where customers come about twice a week.
SHARES = np.exp(-0.5 * (np.log(RATES / 2.0) / 0.5) ** 2)
MODEL = StateModel(PRIOR_MOVES, SHARES / SHARES.sum())


def column(found: FilteredWeeks, name: str) -> np.ndarray:
    return found.columns[:, :, FILTER_COLUMNS.index(name)].astype(np.float64)


def seen_weeks(population: Population) -> SeenWeeks:
    customers, weeks = population.days.shape
    return SeenWeeks(
        population.days.astype(np.int8),
        np.zeros(customers, dtype=np.int32),
        np.zeros(customers, dtype=bool),
        np.zeros((customers, weeks), dtype=bool),
        np.ones(weeks),
        np.ones(weeks),
    )


def test_chances_of_having_gone_hold_what_they_promise() -> None:
    population = drawn(MODEL, 3_000, 60, seed=1)
    found = filtered_weeks(population.evidence())
    gone = population.places[:, -1] >= Place.DORMANT
    chance = 1 / (1 + np.exp(-column(found, DORMANT)[:, -1]))
    assert roc_auc_score(gone, chance) > 0.97
    for low, high in ((0.0, 0.1), (0.1, 0.5), (0.5, 0.9), (0.9, 1.0)):
        rows = (chance >= low) & (chance <= high)
        error = np.sqrt(rows.sum()) / 2 / rows.sum()
        assert abs(gone[rows].mean() - chance[rows].mean()) < 0.04 + 2 * error, (low, high)


def test_fading_is_seen_better_than_by_days_of_silence() -> None:
    population = drawn(MODEL, 3_000, 60, seed=2)
    found = filtered_weeks(population.evidence())
    here = population.places[:, -1] < Place.DORMANT
    fading = population.places[here, -1] >= Place.FADING_1
    silent_weeks = np.argmax(population.days[here, ::-1] > 0, axis=1)
    by_filter = roc_auc_score(fading, column(found, NOT_ENGAGED)[here, -1])
    assert by_filter > roc_auc_score(fading, silent_weeks) + 0.05


def test_the_places_of_a_customer_add_up_to_one_in_every_week() -> None:
    evidence = drawn(MODEL, 50, 30, seed=3).evidence()
    part = CustomerWeeks(evidence, np.arange(50))
    filtered = ForwardFilter(part, evidence.seen_share)
    for week in range(30):
        places = places_of(filtered.step(MODEL, 1.0, week, part.open(week)))
        assert places.shape == (50, PLACES)
        assert places.sum(axis=1) == pytest.approx(np.ones(50), abs=1e-4)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 50), weeks=st.integers(5, 40))
def test_what_is_known_of_a_week_does_not_change_with_later_weeks(seed: int, weeks: int) -> None:
    """Late rows are drawn too: some become known one week later, some ten."""
    rng = np.random.default_rng(seed)
    population = drawn(MODEL, 40, 40, seed=seed)
    late = rng.choice([0, 1, 3, 10], p=[0.8, 0.1, 0.05, 0.05], size=population.days.shape)
    whole = population.evidence(late=late)
    cut = replace(
        whole,
        weeks=weeks,
        seen_share=whole.seen_share[:weeks],
        active=whole.active[whole.active["known"] < weeks].reset_index(drop=True),
    )
    part = filtered_weeks(cut).columns
    assert np.array_equal(part, filtered_weeks(whole).columns[:, :weeks])


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 50), lateness=st.sampled_from([1, 2, 5, 8, 20]))
def test_rows_that_come_late_count_as_if_they_had_come_in_time(seed: int, lateness: int) -> None:
    """Once they are known, that is: the last week then says the same."""
    population = drawn(MODEL, 40, 26, seed=seed)
    rng = np.random.default_rng(seed)
    late = lateness * (rng.random(population.days.shape) < 0.2)
    late = np.minimum(late, population.days.shape[1] - 1 - np.arange(population.days.shape[1]))
    of_course = population_course.course_of(population.evidence())
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(
            "analytics.features.state_filter.filtered_weeks.course_of", lambda _: of_course
        )
        in_time = filtered_weeks(population.evidence()).columns[:, -1]
        found = filtered_weeks(population.evidence(late=late)).columns[:, -1]
    assert np.allclose(found.astype(float), in_time.astype(float), atol=0.02)


def test_the_records_move_the_parameters_and_others_must_agree() -> None:
    often_away = PRIOR_MOVES.copy()
    often_away[Place.ENGAGED, Place.AWAY] = 0.15
    often_away[Place.ENGAGED, Place.ENGAGED] -= 0.12
    business = StateModel(often_away, MODEL.rate_shares)
    fit = fitted(seen_weeks(drawn(business, 1_000, 40, seed=5)), prior_model())
    assert fit.moved
    assert fit.gain > 2 * fit.gain_se
    found = fit.model.moves[Place.ENGAGED, Place.AWAY]
    assert 0.06 < found < 0.20, "the prior says .03, the truth is .15"
    assert fit.model.moves.sum(axis=1) == pytest.approx(np.ones(PLACES))


def test_parameters_stay_where_the_records_say_nothing_new() -> None:
    assert not fitted(seen_weeks(drawn(MODEL, 12, 8, seed=6)), MODEL).moved


def test_a_week_without_a_log_says_nothing_of_anybody() -> None:
    population = drawn(MODEL, 200, 30, seed=7)
    population.days[:, 20:23] = 0
    evidence = population.evidence()
    seen_share = np.ones(30)
    seen_share[20:23] = 0.0
    found = column(filtered_weeks(replace(evidence, seen_share=seen_share)), DORMANT)
    blamed = column(filtered_weeks(evidence), DORMANT)
    assert np.median(blamed[:, 22] - found[:, 22]) > 0.5


def test_a_pause_says_nothing_of_its_customer() -> None:
    population = drawn(MODEL, 60, 30, seed=8)
    population.days[:, :20] = 3
    population.days[:, 20:] = 0
    evidence = population.evidence()
    pauses = empty("customer_key", "known", "paused_day", "resumed_day")
    pauses.loc[0] = [0, 20, evidence.day - 7 * 9, -1]
    found = column(filtered_weeks(replace(evidence, pauses=pauses)), DORMANT)[:, -1]
    assert found[0] < found[1:].min() - 3


def test_falling_back_on_one_feature_makes_fading_likelier() -> None:
    population = drawn(MODEL, 40, 30, seed=9)
    population.days[:] = 3
    rows = [
        (who, week, feature, 4 if feature == 0 else 2)
        for who in range(40)
        for week in range(30)
        for feature in range(4)
        if feature == 0 or week < 22 or who >= 20
    ]
    uses = empty("customer_key", "known", "feature", "number")
    uses = uses.reindex(range(len(rows))).assign(
        **dict(zip(uses.columns, map(list, zip(*rows, strict=True)), strict=True))
    )
    found = filtered_weeks(replace(population.evidence(), uses=uses))
    narrowed = column(found, "use_narrowing_8w")[:, -1]
    assert narrowed[:20].min() > narrowed[20:].max()
    fading = column(found, NOT_ENGAGED)[:, -1]
    assert fading[:20].min() > fading[20:].max() + 1


def test_trouble_is_remembered_for_a_while() -> None:
    population = drawn(MODEL, 3, 20, seed=10)
    population.days[:] = 2
    names = ("customer_key", "known", "problems", "rage", "failed_payments", "tickets")
    troubles = empty(*names).reindex(range(2))
    troubles.loc[0], troubles.loc[1] = [0, 10, 2, 0, 0, 0], [1, 10, 8, 2, 1, 1]
    found = filtered_weeks(replace(population.evidence(), troubles=troubles.astype("int64")))
    none, some, much = column(found, "trouble_pressure")[[2, 0, 1]]
    assert none[10] < some[10] < much[10]
    assert much[19] - none[19] < (much[10] - none[10]) / 3
    rage = column(found, "rage_share_of_problems")
    assert rage[1, 10] > rage[1, 9]
    assert rage[0, 10] < rage[0, 9]


def test_the_sample_of_a_large_business_keeps_its_size_and_its_members() -> None:
    evidence = drawn(MODEL, 50, 4, seed=11).evidence()
    many = replace(
        evidence,
        ids=np.array([f"c{n}" for n in range(40_000)], dtype=object),
        started=np.repeat([0, 3], 20_000).astype(np.int32),
        active=evidence.active.iloc[:0],
    )
    few = replace(many, ids=many.ids[:20_000], started=many.started[:20_000])
    found = sample(many)
    assert 2_000 < len(found) < 6_000
    assert set(sample(few)) == {key for key in found if key < 20_000}
