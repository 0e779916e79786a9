from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analytics.modelling.verdict import flags_in_words, ranking_in_words

AS_OF = date(2026, 11, 22)


def metrics(**auc: float) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "observation_date": "all",
            "slice": "all",
            "model": name,
            "auc": value,
            "auc_low": value - 0.02,
            "auc_high": value + 0.03,
            "lift_top_decile": 4.25,
        }
        for name, value in auc.items()
    )


def months(*flagged_and_caught: tuple[int, int]) -> pd.DataFrame:
    days = [date(2026, 5, 20), date(2026, 6, 20), date(2026, 7, 20)]
    return pd.DataFrame(
        {"observation_date": day, "flagged": flagged, "caught": caught}
        for day, (flagged, caught) in zip(days, flagged_and_caught, strict=False)
    )


def leads(before_stop: float, before_rule: float, **other: Any) -> pd.DataFrame:
    row = {"alert": "champion", "leavers": 100, "alerted": 43}
    times = {"days_before_last_activity": before_stop, "days_before_rule": before_rule}
    return pd.DataFrame([row | times | other])


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


def test_it_admits_that_counting_days_was_as_good() -> None:
    said = ranking_in_words(metrics(base_rate=0.5, recency=0.7), "recency", 1, first="base_rate")
    assert "on one past date" in said
    assert said.endswith("no model beat counting the days of silence, the simplest.")


def test_it_admits_that_nothing_beat_the_average() -> None:
    said = ranking_in_words(metrics(base_rate=0.5, recency=0.5), "base_rate", 2, first="base_rate")
    assert said.endswith("no model beat the simplest.")


def test_alerts_before_the_last_activity_are_told_as_days_before_they_stopped() -> None:
    said = flags_in_words(months((40, 28), (30, 21), (30, 21)), leads(31, 61), as_of=AS_OF)
    assert said == (
        "On 3 dates in the last 6 months, 7 of 10 customers we flagged (tiers critical and high) "
        "were silent within their horizon. Of the 100 who went silent since the first of these "
        "dates and did not come back, 43% were under a weekly alert (the riskiest 5.5% of a week) "
        "by their 30th day of silence; it began a median of 31 days before they stopped."
    )


def test_alerts_after_the_last_activity_are_told_against_the_rule() -> None:
    said = flags_in_words(months((40, 28)), leads(-4, 26), as_of=AS_OF)
    assert said.startswith("On 2026-05-20, the one past date tested, ")
    assert said.endswith(
        "a median of 4 days after they were last seen, 26 days before a rule of 30 silent days "
        "would have fired."
    )


def test_an_alert_on_the_last_day_is_neither_before_nor_after() -> None:
    said = flags_in_words(months((40, 28)), leads(0, 30), as_of=AS_OF)
    assert "it began typically on the day they were last seen, 30 days before" in said


def test_without_flags_there_is_nothing_to_be_right_or_wrong() -> None:
    said = flags_in_words(months((0, 0), (0, 0)), leads(5, 35), as_of=AS_OF)
    assert said == (
        "On 2 dates in the last 6 months, no customer was in the tiers critical or high, "
        "so there was no flag."
    )


def test_leavers_without_any_alert_are_admitted() -> None:
    said = flags_in_words(months((20, 9)), leads(np.nan, np.nan, alerted=0), as_of=AS_OF)
    assert "No one who went silent was under a weekly alert" in said


def test_no_known_leaver_leaves_the_lead_time_out() -> None:
    said = flags_in_words(months((20, 9)), leads(np.nan, np.nan, leavers=0), as_of=AS_OF)
    assert said.endswith("were silent within their horizon.")
    assert flags_in_words(months((20, 9)), leads(3, 33)[:0], as_of=AS_OF) == said


@pytest.mark.parametrize(
    ("flagged", "caught", "words"),
    [
        (3, 2, "2 of 3 customers"),
        (10, 10, "10 of 10 customers"),
        (200, 195, "98 of 100 customers"),
        (1000, 1, "1 of 1,000 customers"),
        (50, 0, "0 of 10 customers"),
        (50, 50, "10 of 10 customers"),
    ],
)
def test_shares_are_never_rounded_to_none_or_all(flagged: int, caught: int, words: str) -> None:
    assert words in flags_in_words(months((flagged, caught)), leads(1, 31), as_of=AS_OF)
