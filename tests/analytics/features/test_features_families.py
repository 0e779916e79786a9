"""Each family against a world written by hand, with the values worked out beside it."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.domain.frustration import FRICTION_CHANNELS, FrictionChannel
from tests.analytics.features.feature_world import (
    Event,
    Person,
    active,
    features_of,
    profile_with,
)

SHOP = profile_with(meaningful_events=("order",), value_model="transaction")


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> pd.Series:
    """One customer with a day on each side of every window's edge."""
    ages = [0, 6, 7, 13, 14, 27, 28, 89, 90, 179, 180]
    return features_of(tmp_path_factory.mktemp("one"), active("a", [*ages, 6, 6])).loc["a"]


@pytest.mark.parametrize(
    ("window", "expected"), [(7, 2), (14, 4), (28, 6), (90, 8), (180, 10), ("ever", 11)]
)
def test_active_days_are_days_and_a_window_ends_before_its_own_length(
    one: pd.Series, window: int | str, expected: int
) -> None:
    name = f"active_days_{window}" if window == "ever" else f"active_days_{window}d"
    assert one[name] == expected


def test_events_are_counted_beside_days(one: pd.Series) -> None:
    assert one["activity_events_28d"] == 8
    assert one["events_per_active_day_28d"] == 8 / 6
    assert one["active_day_share_ever"] == 11 / 181


def test_changes_compare_with_the_weeks_before(one: pd.Series) -> None:
    assert one["active_days_change_14d"] == 4 - 2
    assert one["active_days_log_ratio_28d_56d"] == pytest.approx(math.log(7 / (1 / 2 + 1)))
    assert one["active_days_log_ratio_7d_28d"] == pytest.approx(math.log(3 / (5 / 4 + 1)))


def test_gaps_are_those_between_active_days(one: pd.Series) -> None:
    gaps = np.array([6, 1, 6, 1, 13, 1, 61, 1, 89, 1])
    assert one["mean_gap_days"] == gaps.mean() == one["rhythm_gap_mean"]
    assert one["gap_variation"] == pytest.approx(gaps.std() / gaps.mean())
    assert one["longest_gap_days"] == one["rhythm_gap_q99"] == 89
    assert one["rhythm_gap_count"] == 10


def test_the_own_rate_leaves_out_the_last_fourteen_days(one: pd.Series) -> None:
    """A single customer is the whole fleet, so shrinking toward it changes nothing."""
    rate = 6 / 166
    assert one["rhythm_reference_active_days"] == 6
    assert one["rhythm_reference_days"] == 166
    assert one["rhythm_daily_probability"] == pytest.approx(rate)
    assert one["expected_gap_days"] == pytest.approx(1 / rate)
    assert one["activity_ratio_28d"] == pytest.approx(6 / (28 * rate))
    assert one["activity_ratio_14d"] == pytest.approx(4 / (14 * rate))


def test_a_thin_rate_is_drawn_toward_the_fleet(tmp_path: Path) -> None:
    often, rarely = active("often", range(0, 180)), active("rarely", [20, 33])
    frame = features_of(tmp_path, [*often, *rarely])
    fleet = (166 + 2) / (166 + 20)
    assert frame.loc["rarely", "rhythm_daily_probability"] == pytest.approx(
        (2 + 2) / (20 + 2 / fleet)
    )
    assert frame.loc["often", "rhythm_daily_probability"] == 0.95, "kept below certainty"


def test_recency_says_how_long_and_how_rare_the_silence_is(tmp_path: Path) -> None:
    """Gaps 10, 10, 3 and 30; silent for 10 days; observed for 64, the last 14 left out."""
    ages = [10, 40, 43, 53, 63]
    found = features_of(tmp_path, active("a", ages), [Person("a", 99)]).loc["a"]
    rate = 4 / 50
    assert found["days_since_last_activity"] == 10
    assert found["tenure_days"] == 100
    assert found["age_at_last_activity_share"] == pytest.approx(0.9)
    assert found["gaps_survived_share"] == 3 / 4
    assert found["silence_over_longest_gap"] == pytest.approx(1 / 3)
    assert found["silence_over_usual_gap"] == pytest.approx(10 * rate)
    assert found["silence_surprise"] == pytest.approx(-10 * math.log(1 - rate))


def test_days_before_the_data_begin_do_not_slow_the_own_rhythm(tmp_path: Path) -> None:
    every_other_day = active("old", range(0, 84, 2))
    old = features_of(tmp_path / "a", every_other_day, [Person("old", 1000)]).loc["old"]
    new = features_of(tmp_path / "b", every_other_day, [Person("old", 82)]).loc["old"]
    assert old["tenure_days"] == 1001
    for name in ("expected_gap_days", "activity_ratio_28d", "active_day_share_ever"):
        assert old[name] == pytest.approx(new[name])
    assert old["expected_gap_days"] == pytest.approx(2.0, abs=0.1)


def test_an_answer_without_a_score_is_no_bad_answer(tmp_path: Path) -> None:
    other = Event("b", 2, "survey_response", 4.0)
    frame = features_of(tmp_path, [*active("a", [1]), Event("a", 2, "survey_response"), other])
    found = frame.loc["a"]
    assert found["low_surveys_90d"] == 0
    assert math.isnan(found["last_survey_score"])


def test_a_customer_who_never_was_active_has_no_silence_but_a_tenure(tmp_path: Path) -> None:
    frame = features_of(tmp_path, active("b", [1, 9]), [Person("a", 30)])
    assert math.isnan(frame.loc["a", "days_since_last_activity"])
    assert frame.loc["a", "tenure_days"] == 31
    assert frame.loc["a", "active_days_28d"] == 0


def test_a_customer_who_signs_up_later_is_not_there_yet(tmp_path: Path) -> None:
    frame = features_of(tmp_path, active("b", [1, 9]), [Person("a", -1), Person("c", 0)])
    assert list(frame.index) == ["b", "c"]


def test_a_derived_sign_up_is_the_first_event_known(tmp_path: Path) -> None:
    frame = features_of(tmp_path, [Event("a", 50, received=-3), Event("a", 9)])
    assert frame.loc["a", "tenure_days"] == 10


@pytest.mark.parametrize("seed", range(4))
def test_the_slope_is_the_regression_over_weekly_counts(tmp_path: Path, seed: int) -> None:
    ages = np.random.default_rng(seed).integers(0, 110, 60).tolist()
    weeks = np.bincount([age // 7 for age in ages if age < 84], minlength=12)
    slope = np.polyfit(11 - np.arange(12), weeks, 1)[0]
    found = features_of(tmp_path, active("a", ages)).loc["a", "activity_slope_12w"]
    assert found == pytest.approx(slope / (weeks.mean() + 1 / 12))


def test_activity_on_saturday_and_sunday_is_the_weekend_share(tmp_path: Path) -> None:
    found = features_of(tmp_path, active("a", [3, 4, 5, 6, 179, 180])).loc["a"]
    weekend = [3, 4, 179]  # 179 days before a Wednesday is a Saturday
    assert found["weekend_share_180d"] == len(weekend) / 5


def test_breadth_counts_features_used_and_no_longer_used(tmp_path: Path) -> None:
    events = [
        Event("a", 0, feature="kept"),
        Event("a", 40, feature="kept"),
        Event("a", 27, feature="new"),
        Event("a", 28, feature="dropped"),
        Event("a", 83, feature="dropped too"),
        Event("a", 84, feature="long gone"),
        Event("a", 5, "error", feature="never used"),
    ]
    found = features_of(tmp_path, events).loc["a"]
    assert found["features_used_28d"] == 2
    assert found["features_dropped_28d"] == 2


def test_value_is_that_of_meaningful_events_alone(tmp_path: Path) -> None:
    events = [
        Event("a", 0, "order", 10.25),
        Event("a", 89, "order", 30.0),
        Event("a", 90, "order", 20.0),
        Event("a", 179, "order", 5.0),
        Event("a", 180, "order", 100.0),
        Event("a", 3, "order", -7.0),
        Event("a", 3, "return", 99.0),
        Event("a", 89, "invoice_paid", 12.0),
        Event("a", 90, "invoice_paid", 50.0),
    ]
    found = features_of(tmp_path, events, profile=SHOP).loc["a"]
    assert found["value_180d"] == 65.25
    assert found["value_per_purchase"] == pytest.approx(165.25 / 5)
    assert found["value_log_ratio_90d"] == pytest.approx(math.log(41.25 / 26))
    assert found["invoiced_90d"] == 12.0


def test_problems_are_counted_against_use_and_against_the_past(tmp_path: Path) -> None:
    problems = [Event("a", age, "error") for age in (0, 27, 28, 83, 84, 89, 90)]
    found = features_of(tmp_path, [*problems, *active("a", [1, 2, 3])]).loc["a"]
    assert found["friction_events_28d"] == 2
    assert found["friction_per_active_day_90d"] == 6 / (3 + 5)
    assert found["friction_log_ratio_28d_56d"] == pytest.approx(math.log(3 / (2 / 2 + 1)))
    assert math.isnan(found["friction_without_contact_90d"]), "the source has no contacts"
    told = [*problems, *active("a", [1, 2, 3]), Event("b", 200, "complaint")]
    assert features_of(tmp_path / "told", told).loc["a", "friction_without_contact_90d"] == 6


def test_a_customer_who_spoke_has_no_friction_without_contact(tmp_path: Path) -> None:
    events = [Event("a", 3, "error"), Event("a", 89, "complaint")]
    assert features_of(tmp_path, events).loc["a", "friction_without_contact_90d"] == 0


@pytest.mark.parametrize("channel", FRICTION_CHANNELS, ids=lambda one: one.name)
def test_a_problem_counts_half_after_the_half_life_of_its_channel(
    tmp_path: Path, channel: FrictionChannel
) -> None:
    life, worst = channel.half_life_days, channel.value_at_most
    happened = [Event("a", age, channel.events[0], worst) for age in (0, life, 2 * life)]
    found = features_of(tmp_path, [*happened, Event("b", 0, channel.events[-1], worst)])
    assert found.loc["a", f"load_{channel.name}"] == 1.75
    assert found.loc["b", f"load_{channel.name}"] == 1
    others = [f"load_{one.name}" for one in FRICTION_CHANNELS if one is not channel]
    assert not found[others].fillna(0).to_numpy().any()


def test_only_bad_survey_answers_frustrate(tmp_path: Path) -> None:
    answers = [Event("a", 0, "survey_response", score) for score in (2, 2.01, 3, 5, None)]
    assert features_of(tmp_path, answers).loc["a", "load_surveys"] == 1


def test_an_open_ticket_is_held_for_60_days_and_fades_from_then_on(tmp_path: Path) -> None:
    events = [
        *(Event(f"open {age}", age, "ticket_opened") for age in (10, 59, 60, 105)),
        Event("solved", 50, "ticket_opened"),
        Event("solved", 40, "ticket_resolved"),
    ]
    found = features_of(tmp_path, events)
    counted = found["load_tickets"] + found["load_tickets_held_180d"]
    assert list(counted.round(5)) == [1, round(2 ** (-45 / 45), 5), 1, 1, round(2 ** (-50 / 45), 5)]
    assert found.loc["solved", "load_tickets_held_180d"] == 0


def test_exposure_is_decayed_activity(tmp_path: Path) -> None:
    found = features_of(tmp_path, active("a", [0, 21, 45, 45])).loc["a"]
    assert found["exposure_21"] == pytest.approx(1.5 + 2 * 2 ** (-45 / 21), abs=1e-5)
    assert found["exposure_45"] == pytest.approx(2 + 2 ** (-21 / 45), abs=1e-5)


def test_voice_counts_contacts_and_what_stayed_open(tmp_path: Path) -> None:
    contacts = ["ticket_opened", "ticket_reopened", "complaint", "refund_request", "cancel_request"]
    events = [
        *[Event("a", 27, name) for name in contacts],
        Event("a", 28, "ticket_opened"),
        Event("a", 89, "complaint"),
        Event("a", 20, "ticket_resolved"),
        Event("a", 90, "complaint"),
        Event("solved", 9, "ticket_opened"),
        Event("solved", 8, "ticket_resolved"),
        Event("solved", 7, "ticket_resolved"),
    ]
    found = features_of(tmp_path, events)
    assert found.loc["a", "contacts_28d"] == 5
    assert found.loc["a", "contacts_90d"] == 7
    assert found.loc["a", "tickets_unresolved_180d"] == 3 - 1
    assert found.loc["solved", "tickets_unresolved_180d"] == 0


def test_tickets_are_solved_in_the_order_of_opening_and_never_before_it(tmp_path: Path) -> None:
    def tickets(name: str, *happened: tuple[int, str]) -> list[Event]:
        return [Event(name, age, f"ticket_{what}") for age, what in happened]

    events = [
        # The one that waited longest was solved; the later one still waits.
        *tickets("long", (200, "opened"), (5, "opened"), (4, "resolved")),
        # What was solved before was opened before the data begin.
        *tickets("before", (20, "resolved"), (10, "opened")),
        *tickets("same day", (9, "opened"), (9, "resolved")),
        *tickets("old", (190, "opened")),
        *tickets("two", (50, "opened"), (40, "opened"), (30, "opened"), (8, "resolved")),
    ]
    found = features_of(tmp_path, events)
    waiting = found[["tickets_unresolved_180d", "oldest_unresolved_ticket_180d"]]
    assert waiting.T.to_dict("list") == {
        "before": [1, 10], "long": [1, 5], "old": [0, 0], "same day": [0, 0], "two": [2, 40],
    }  # fmt: skip


def test_use_before_the_recorded_sign_up_counts_as_time_as_a_customer(tmp_path: Path) -> None:
    """A trial, or a sign-up date from another system: shares stay shares, the rhythm is true."""
    events = active("a", range(0, 100, 5))
    found = features_of(tmp_path, events, [Person("a", 12)]).loc["a"]
    assert found["tenure_days"] == 96
    assert found["active_day_share_ever"] == pytest.approx(20 / 96)
    assert 0 <= found["age_at_last_activity_share"] <= 1
    assert found["expected_gap_days"] == pytest.approx(5, abs=0.3)


def test_the_last_survey_answer_counts_and_its_best_of_one_day(tmp_path: Path) -> None:
    events = [
        Event("a", 40, "survey_response", 5.0),
        Event("a", 10, "survey_response", 2.0),
        Event("b", 10, "survey_response", 2.0),
        Event("b", 10, "survey_response", 4.5, hour=1),
        Event("c", 1),
    ]
    found = features_of(tmp_path, events)
    assert found["last_survey_score"].to_dict() == pytest.approx(
        {"a": 2.0, "b": 4.5, "c": math.nan}, nan_ok=True
    )
    assert found["low_surveys_90d"].to_dict() == {"a": 1, "b": 1, "c": 0}


def test_commercial_events_are_counted_within_their_windows(tmp_path: Path) -> None:
    events = [
        *[Event("a", age, "plan_downgraded") for age in (89, 90)],
        *[Event("a", age, "price_increased") for age in (0, 55, 56)],
        *[Event("a", age, "payment_failed") for age in (55, 56)],
    ]
    found = features_of(tmp_path, events).loc["a"]
    assert found["plan_downgrades_90d"] == 1
    assert found["price_increases_56d"] == 2
    assert found["payments_failed_56d"] == 1


def test_events_outside_the_catalogue_take_part_in_nothing(tmp_path: Path) -> None:
    plain = active("a", [2, 9, 30])
    odd = [Event("a", 1, "teleported", 50.0, "f")]
    with_odd = features_of(tmp_path / "odd", [*plain, *odd])
    assert with_odd.equals(features_of(tmp_path / "plain", plain))


def test_a_profile_may_count_an_event_of_its_own_as_activity(tmp_path: Path) -> None:
    own = profile_with(meaningful_events=("teleported",))
    found = features_of(tmp_path, [Event("a", 3, "teleported")], profile=own)
    assert found.loc["a", "days_since_last_activity"] == 3
