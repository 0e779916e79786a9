from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.domain.numbers.measures import NORMAL_90
from analytics.errors import InsufficientData, UsageError
from analytics.features.outcomes.labels import Outcome
from analytics.features.prepared import EPOCH, day_number
from analytics.features.registry import FEATURE_NAMES
from analytics.modelling import published_split
from analytics.modelling.backtest import backtest
from analytics.modelling.models.estimators import LADDER
from analytics.modelling.observing.observation_dates import grid
from analytics.modelling.observing.observations import snapshot, stack
from analytics.modelling.observing.stacked import STACKED_COLUMNS
from analytics.modelling.published_split import PublishedSplit, backtest_split
from analytics.modelling.too_little import fewest_days
from analytics.modelling.training import (
    ASSUMED_SHOCK_SD,
    MIN_CUSTOMERS,
    SMALLEST_SHOCK_SD,
    check_enough,
    shock_sd_of,
)
from analytics.scoring.activity_states.state_columns import silence_of
from tests.analytics.features.feature_world import (
    SAAS,
    TODAY,
    Event,
    active,
    prepared,
    profile_with,
)
from tests.analytics.modelling.model_world import observations

FIRST = day_number(date(2024, 1, 1))


def test_observation_dates_go_back_by_the_profiles_step_to_where_data_suffice() -> None:
    first_day = day_number(TODAY) - SAAS.min_tenure_days - 3 * SAAS.origin_step_days
    dates = grid(TODAY, first_day=first_day, profile=SAAS)
    assert dates == [TODAY - timedelta(days=28 * back) for back in range(4)]
    assert grid(TODAY, first_day=first_day + 1, profile=SAAS) == dates[:3]


def test_there_is_always_one_observation_date_and_never_too_many() -> None:
    assert grid(TODAY, first_day=day_number(TODAY), profile=SAAS) == [TODAY]
    assert len(grid(TODAY, first_day=0, profile=SAAS)) == 14


def test_only_scored_and_known_customers_become_observations(tmp_path: Path) -> None:
    """Of four: one stays, one goes silent, one is too new, one is long gone."""
    events = [
        *active("gone", range(200, 260)),
        *active("new", range(0, 20)),
        *active("silent", range(0, 150)),
        *active("stays", range(-60, 150)),
    ]
    with prepared(tmp_path, events) as connection:
        now = snapshot(connection, TODAY, profile=SAAS, last_day=day_number(TODAY) + 60)
        rows = stack([now, now], early_warning_days=14)
    assert list(now.features.columns) == [*FEATURE_NAMES, *STACKED_COLUMNS]
    assert list(now.labelled) == [False, False, True, True]
    assert len(rows) == 4
    assert rows.silent.tolist() == [1, 0, 1, 0]
    assert rows.customer_key.tolist() == [2, 3, 2, 3]
    assert set(rows.day) == {day_number(TODAY)}
    assert (rows.known_day == day_number(TODAY) + 35).all()
    assert rows.early.all()
    assert Outcome(int(now.outcome[2])) is Outcome.SILENT


def test_rows_may_be_taken_more_than_once() -> None:
    world = observations(customers=50, dates=2)
    drawn = world.take(np.array([3, 3, 60]))
    assert len(drawn) == 3
    assert drawn.customer_key.tolist() == [3, 3, 10]
    assert drawn.table.index.tolist() == [0, 1, 2]
    assert drawn.silent.tolist() == world.silent[[3, 3, 60]].tolist()


def test_too_few_customers_are_not_scored(tmp_path: Path) -> None:
    with prepared(tmp_path, active("a", range(0, 90))) as connection:
        now = snapshot(connection, TODAY, profile=SAAS, last_day=0)
    with pytest.raises(
        InsufficientData, match=rf"at least {MIN_CUSTOMERS} customers .* Got 1\."
    ) as e:
        check_enough([now], SAAS, connection.prepared.first_day)
    assert (e.value.rule, e.value.exit_code) == ("enough_customers", 4)


def test_customers_without_a_rhythm_are_not_scored(tmp_path: Path) -> None:
    enough_days = fewest_days(SAAS)
    events = [Event(f"c{number}", enough_days - number % 9) for number in range(MIN_CUSTOMERS)]
    with prepared(tmp_path, events) as connection:
        now = snapshot(connection, TODAY, profile=SAAS, last_day=0)
    with pytest.raises(InsufficientData, match="profile saas") as found:
        check_enough([now], SAAS, connection.prepared.first_day)
    assert found.value.rule == "enough_cadence"


@pytest.mark.parametrize("days", [1, 40])
def test_a_history_in_which_nobody_can_be_scored_yet_is_said_to_be_too_short(
    tmp_path: Path, days: int
) -> None:
    events = [Event(f"c{number}", number % days) for number in range(MIN_CUSTOMERS)]
    with prepared(tmp_path, events) as connection:
        now = snapshot(connection, TODAY, profile=SAAS, last_day=0)
    with pytest.raises(InsufficientData, match="Too little history") as found:
        check_enough([now], SAAS, connection.prepared.first_day)
    assert found.value.rule == "enough_history"
    assert f"Got {days} day" in found.value.message
    assert str(fewest_days(SAAS)) in found.value.message


@pytest.mark.parametrize(("dates", "base"), [(1, -1.5), (6, -9.0)])
def test_a_history_that_cannot_be_tested_is_refused(dates: int, base: float) -> None:
    with pytest.raises(InsufficientData, match="later than what it learned from") as found:
        backtest(observations(dates=dates, base=base), origins=3, seed=0, ladder=LADDER[:1])
    assert (found.value.rule, found.value.exit_code) == ("enough_history", 4)


def test_the_backtest_tests_the_latest_dates_and_gives_the_same_twice() -> None:
    world = observations(customers=300, dates=7)
    first, second = (backtest(world, origins=2, seed=0, ladder=LADDER[:2]) for _ in range(2))
    assert first.test_days == sorted(set(world.day))[-2:]
    assert first.predictions.equals(second.predictions)
    assert first.metrics.equals(second.metrics)


def predictions(*days: tuple[float, float]) -> pd.DataFrame:
    """Days by the share that went silent and the probability said."""
    parts = [
        pd.DataFrame({"day": day, "silent": np.arange(100) < 100 * seen, "recency": said})
        for day, (seen, said) in enumerate(days)
    ]
    return pd.concat(parts)


def test_the_shared_shock_is_the_error_between_dates_in_log_odds() -> None:
    one = np.log(0.2 / 0.8) - np.log(0.1 / 0.9)
    given = predictions((0.2, 0.1), (0.1, 0.2))
    few = 1.8856180831641267 / NORMAL_90  # two dates tell a spread badly
    assert shock_sd_of(given, "recency") == pytest.approx(one * few)
    assert shock_sd_of(predictions((0.2, 0.2), (0.1, 0.1)), "recency") == SMALLEST_SHOCK_SD
    assert shock_sd_of(predictions((0.2, 0.2)), "recency") == ASSUMED_SHOCK_SD


# Published splits

SPLIT = PublishedSplit("no_event", (date(2024, 4, 1),), (date(2024, 7, 1),), 90, 180)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"label": "gone"}, "label_known"),
        ({"train_dates": ()}, "split_dates"),
        ({"test_dates": ()}, "split_dates"),
        ({"horizon_days": 0}, "split_valid"),
        ({"active_within_days": 1001}, "split_valid"),
        ({"test_dates": (date(2024, 6, 29),)}, "split_order"),
        ({"train_dates": (date(2024, 4, 3),)}, "split_order"),
    ],
)
def test_a_split_that_means_nothing_or_sees_the_future_is_refused(
    changes: dict[str, object], rule: str
) -> None:
    with pytest.raises(UsageError) as found:
        replace(SPLIT, **changes)
    assert (found.value.rule, found.value.exit_code) == (rule, 2)
    assert "Got " in found.value.message


def test_a_split_may_test_from_the_day_after_the_last_outcome_day() -> None:
    """Trained on 1 April for 90 days: outcomes end with 29 June, features with 29 June too."""
    assert replace(SPLIT, test_dates=(date(2024, 6, 30),)).horizon_days == 90


def test_a_split_on_too_few_customers_is_refused(tmp_path: Path) -> None:
    events = active("a", range(0, 500, 9))
    with prepared(tmp_path, events) as connection, pytest.raises(InsufficientData) as found:
        backtest_split(connection, SPLIT, profile=SAAS, seed=0)
    assert found.value.rule == "enough_customers"


ORDERS = replace(
    profile_with(label="no_event", horizon_min_days=30, horizon_max_days=30, gap_days=0),
    active_within_days=90,
    min_tenure_days=0,
)
#: Last seen 89 days before the observation date, and 90: the first day that is out of the 90.
EDGE = [*active("in", [89, 300]), *active("out", [90, 300]), *active("today", [0, 300])]


def test_a_run_and_a_backtest_score_who_was_seen_in_as_many_days_as_asked(tmp_path: Path) -> None:
    with prepared(tmp_path, EDGE, profile=ORDERS) as source:
        now = snapshot(source, TODAY, profile=ORDERS, last_day=day_number(TODAY))
        states = silence_of(now.rhythm, now.features, ORDERS)
    assert list(now.eligible) == [True, False, True]
    assert list(states.days > states.lapse_days) == [False, True, False], "as the states have it"


def test_a_split_takes_who_was_seen_in_as_many_days_as_asked_before_its_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The date is not one of them: its features are those of the day before."""
    monkeypatch.setattr(published_split, "MIN_SIDE_ROWS", 2)
    monkeypatch.setattr(published_split, "MIN_SIDE_OF_EACH_KIND", 1)
    tomorrow = TODAY + timedelta(days=1)
    split = PublishedSplit("no_event", (tomorrow,), (tomorrow + timedelta(days=30),), 30, 90)
    later = [*active("today", [-5]), *active("other", [-60])]
    with prepared(tmp_path, [*EDGE, *later], profile=ORDERS) as source:
        rows = published_split._rows(source, split, split.train_dates, ORDERS, "train")
        names = source.connection.execute(
            "SELECT customer_id FROM prepared_customers ORDER BY customer_key"
        ).fetchall()
    assert [names[key][0] for key in rows.customer_key] == ["in", "today"]


@pytest.mark.parametrize(
    ("stay", "leave", "rule", "words"),
    [
        (100, 50, "enough_customers", "Got 150 on 2024-04-01, seen in the 180 days before"),
        (240, 3, "enough_of_each_outcome", "who left. Got 3 of 243 .* shorter --horizon-days"),
        (2, 240, "enough_of_each_outcome", "who stayed. Got 2 of 242 .* longer --horizon-days"),
    ],
)
def test_a_split_side_is_refused_by_the_condition_that_failed(
    stay: int, leave: int, rule: str, words: str
) -> None:
    silent = np.repeat(np.array([0, 1], dtype=np.int8), [stay, leave])
    with pytest.raises(InsufficientData, match=words) as found:
        published_split._check_enough(SPLIT, SPLIT.train_dates, silent, "train")
    assert found.value.rule == rule


def test_a_split_learns_before_the_date_and_is_judged_after_it(tmp_path: Path) -> None:
    """Half the customers stop before the date, half go on: recency alone must see it."""
    train, test = (day_number(one) for one in (SPLIT.train_dates[0], SPLIT.test_dates[0]))
    today = day_number(TODAY)
    events = []
    for number, stops in itertools.product(range(150), (train - 30, test - 30, 10**6)):
        last = min(stops, today)
        days = range(last - number % 7, FIRST - 100, -(3 + number % 5))
        events += active(f"c{number}-{stops}", [today - day for day in days])
    with prepared(tmp_path, events) as connection:
        found = backtest_split(connection, SPLIT, profile=SAAS, seed=0)
    assert found.of("recency")["auc"] > 0.95
    assert found.predictions["day"].unique().tolist() == [test]
    assert (EPOCH + timedelta(days=test)).isoformat() in set(found.metrics["observation_date"])
