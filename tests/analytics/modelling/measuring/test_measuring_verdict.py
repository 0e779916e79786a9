from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analytics.modelling.measuring.verdict import flags_in_words, ranking_in_words

AS_OF = date(2026, 11, 22)


def metrics(*, ece: float = 0.01, seen_over_said: float = 1.0, **auc: float) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "observation_date": "all",
            "slice": "all",
            "model": name,
            "auc": value,
            "auc_low": value - 0.02,
            "auc_high": value + 0.03,
            "lift_top_decile": 4.25,
            "ece": ece,
            "ece_by_chance": 0.011,
            "observed_over_expected": seen_over_said,
        }
        for name, value in auc.items()
    )


def months(*flagged_and_caught: tuple[int, int]) -> pd.DataFrame:
    """Dates on which a quarter of 400 scored customers went silent."""
    days = [date(2026, 5, 20), date(2026, 6, 20), date(2026, 7, 20)]
    return pd.DataFrame(
        {
            "observation_date": day,
            "scored": 400,
            "went_silent": 100,
            "flagged": flagged,
            "caught": caught,
        }
        for day, (flagged, caught) in zip(days, flagged_and_caught, strict=False)
    )


def leads(before_stop: float, before_rule: float, **other: Any) -> pd.DataFrame:
    row = {"alert": "champion", "leavers": 100, "alerted": 43, "weekly_alert_share": 0.061}
    times = {"days_before_last_activity": before_stop, "days_before_rule": before_rule}
    ahead = {"mean_days_ahead": 21.46, "alert_precision": 0.31}
    silence = row | times | {"alert": "recency", "alerted": 40, "mean_days_ahead": 14.0}
    at_random = row | times | {"alert": "random", "alerted": 12, "mean_days_ahead": 7.8}
    return pd.DataFrame([row | times | ahead | other, silence, at_random])


def test_the_ranking_names_its_numbers_and_those_of_counting_days() -> None:
    said = ranking_in_words(
        metrics(base_rate=0.5, recency=0.66, logistic_regression=0.81),
        "logistic_regression",
        3,
        first="base_rate",
    )
    for part in ("3 past dates", "81% of pairs", "79% to 84%", "66% by counting", "4.2 times"):
        assert part in said
    assert said.endswith(".")


def test_a_name_within_the_sentence_keeps_its_abbreviations() -> None:
    said = ranking_in_words(
        metrics(base_rate=0.5, recency=0.6, bgnbd=0.7), "bgnbd", 2, first="base_rate"
    )
    assert "the model (purchase rhythm with dropout (BG/NBD)) put" in said


def test_a_champion_that_ranks_worse_than_days_of_silence_says_why_it_is_in_use() -> None:
    """73% against 76% stood there without a word, and the worse one was in use."""
    table = metrics(base_rate=0.5, recency=0.76, logistic_regression=0.73)
    probable = table.assign(brier=[0.2, 0.1812, 0.1534])
    said = ranking_in_words(probable, "logistic_regression", 2, first="base_rate")
    assert (
        "against 76% by counting days of silence, which rank better; it is in use all the same "
        "because its risks are closer to what came (Brier score 0.1534 against 0.1812); the"
    ) in said
    better = probable.assign(auc=[0.5, 0.7, 0.73])
    assert "all the same" not in ranking_in_words(
        better, "logistic_regression", 2, first="base_rate"
    )


def test_it_admits_that_counting_days_was_as_good() -> None:
    said = ranking_in_words(metrics(base_rate=0.5, recency=0.7), "recency", 1, first="base_rate")
    assert "on one past date" in said
    assert said.endswith("no model beat counting the days of silence, the simplest.")


def test_it_admits_that_nothing_beat_the_average() -> None:
    said = ranking_in_words(metrics(base_rate=0.5, recency=0.5), "base_rate", 2, first="base_rate")
    assert said.endswith("no model beat the simplest.")


def test_a_split_whose_risks_are_far_off_says_so() -> None:
    """A calibration error of .32 stood beside an untroubled verdict."""
    said = ranking_in_words(
        metrics(base_rate=0.5, recency=0.7, ece=0.32, seen_over_said=0.58),
        "recency", 1, first="base_rate",
    )  # fmt: skip
    assert said.endswith(
        "Do not take its risks at their word: they were off by 32 points on average (calibration "
        "error; 1.1 would be chance), too high on the whole: 0.58 times as many went silent as "
        "they predicted."
    )
    low = ranking_in_words(
        metrics(base_rate=0.5, recency=0.7, ece=0.2, seen_over_said=1.4),
        "recency", 1, first="base_rate",
    )  # fmt: skip
    assert "too low on the whole: 1.40 times as many went silent" in low


@pytest.mark.parametrize("ece", [0.01, 0.04, np.nan])
def test_risks_that_are_near_enough_need_no_warning(ece: float) -> None:
    said = ranking_in_words(
        metrics(base_rate=0.5, recency=0.7, ece=ece), "recency", 1, first="base_rate"
    )
    assert "at their word" not in said


def test_a_ranking_that_no_date_can_judge_is_not_told_as_a_number() -> None:
    said = ranking_in_words(metrics(base_rate=0.5, recency=np.nan), "recency", 1, first="base_rate")
    assert "nan" not in said
    assert "on none of the dates did some go silent and some stay" in said


def test_alerts_before_the_last_activity_are_told_as_days_before_they_stopped() -> None:
    said = flags_in_words(months((40, 28), (30, 21), (30, 21)), leads(31, 61), as_of=AS_OF)
    assert said == (
        "On 3 dates in the last 6 months, 70 of 100 customers we flagged (tiers critical and high) "
        "went silent within their horizon (70%, 95% interval 60% to 78%; base rate 25%), 2.8 times "
        "as many as at random. Of the 100 who went silent since the first of these "
        "dates and did not come back, 43 (43%, 95% interval 34% to 53%; 12% at random) were under "
        "a weekly alert (the riskiest 6.1% of a week) "
        "by their 30th day of silence; it began a median of 31 days before they stopped. "
        "Per leaver, one who was missed counting 0, alerts came a mean of 21.5 days before the "
        "30th silent day (14.0 by days of silence, 7.8 at random); 31% of a week's alerts were "
        "right."
    )


def test_alerts_after_the_last_activity_are_told_against_the_rule() -> None:
    said = flags_in_words(months((40, 28)), leads(-4, 26), as_of=AS_OF)
    assert said.startswith("On 20 May 2026, the one past date tested, ")
    assert (
        "a median of 4 days after they were last seen, 26 days before a rule of 30 silent days "
        "would have fired. Per leaver"
    ) in said


def test_days_ahead_that_are_not_known_are_left_out() -> None:
    missing = leads(31, 61, mean_days_ahead=np.nan)
    said = flags_in_words(months((40, 28)), missing, as_of=AS_OF)
    assert said.endswith("31 days before they stopped.")
    no_precision = leads(31, 61, alert_precision=np.nan)
    said = flags_in_words(months((40, 28)), no_precision, as_of=AS_OF)
    assert said.endswith("7.8 at random).")


def test_an_alert_on_the_last_day_is_neither_before_nor_after() -> None:
    said = flags_in_words(months((40, 28)), leads(0, 30), as_of=AS_OF)
    assert "it began typically on the day they were last seen, 30 days before" in said


def test_without_flags_there_is_nothing_to_be_right_or_wrong() -> None:
    said = flags_in_words(months((0, 0), (0, 0)), leads(5, 35), as_of=AS_OF)
    assert said == (
        "On 2 dates in the last 6 months, no customer was in the tiers critical or high, "
        "so there was no flag."
    )


def test_flags_that_came_true_as_often_as_at_random_were_worth_nothing() -> None:
    said = flags_in_words(months((12, 3)), leads(1, 31), as_of=AS_OF)
    assert (
        "3 of 12 customers we flagged (tiers critical and high) went silent within their horizon "
        "(25%, 95% interval 8.9% to 53%; base rate 25%), no more than at random: the flags were "
        "worth nothing."
    ) in said


def test_a_few_flags_are_too_few_to_judge_by() -> None:
    said = flags_in_words(months((4, 3)), leads(1, 31), as_of=AS_OF)
    assert "3 of 4" not in said
    assert (
        "only 4 customers were flagged (tiers critical and high): too few to say what flags were "
        "worth (95% interval 30% to 95%; base rate 25%)."
    ) in said
    assert "only 1 customer was flagged" in flags_in_words(
        months((1, 1)), leads(1, 31), as_of=AS_OF
    )


def test_the_interval_is_as_wide_as_that_of_whole_customers() -> None:
    said = flags_in_words(months((100, 70)), leads(1, 31), as_of=AS_OF, drawn=(0.2, 0.9))
    assert "70%, 95% interval 20% to 90%; base rate 25%), no more than chance explains" in said


def test_leavers_without_any_alert_are_admitted() -> None:
    said = flags_in_words(months((20, 9)), leads(np.nan, np.nan, alerted=0), as_of=AS_OF)
    assert "No one who went silent was under a weekly alert" in said


def test_no_known_leaver_leaves_the_lead_time_out() -> None:
    said = flags_in_words(months((20, 19)), leads(np.nan, np.nan, leavers=0), as_of=AS_OF)
    assert said.endswith("3.8 times as many as at random.")
    assert flags_in_words(months((20, 19)), leads(3, 33)[:0], as_of=AS_OF) == said


def test_a_few_leavers_say_nothing_of_how_early_alerts_come() -> None:
    said = flags_in_words(months((20, 9)), leads(3, 33, leavers=5, alerted=4), as_of=AS_OF)
    assert "Only 5 went silent since the first of these dates" in said
    assert "80%" not in said
