"""An alert counts from when it began to last, not from an old false alarm."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.modelling.measuring.alerts import (
    ALERTED_SHARE,
    alert_days,
    first_alerts,
    lasting_alerts,
    quantile,
    riskiest,
    share_of,
)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 60)), max_size=200))
def test_no_more_than_the_share_is_alerted_and_nobody_calmer_than_one_left_out(
    people: list[tuple[int, int]],
) -> None:
    scores, silent_days = np.array(people, dtype=float).reshape(-1, 2).T
    flags = riskiest(scores, silent_days)
    assert flags.sum() <= ALERTED_SHARE * len(scores)
    open_to = silent_days <= 30
    assert not flags[~open_to].any()
    if flags.any():
        assert scores[flags].min() >= scores[open_to & ~flags].max(initial=0)


def test_where_all_are_alike_nobody_is_alerted() -> None:
    active = np.zeros(100)
    assert not riskiest(np.full(100, 0.3), active).any()
    assert riskiest(np.arange(100.0), active).sum() == 5


def test_whom_the_rule_has_named_already_takes_no_alert_from_others() -> None:
    silent_days = np.where(np.arange(100) < 90, 0.0, 45.0)
    flags = riskiest(np.arange(100.0), silent_days)
    assert np.flatnonzero(flags).tolist() == [85, 86, 87, 88, 89]


def scored(weeks: dict[str, list[bool]]) -> pd.DataFrame:
    return pd.DataFrame(
        {"customer": name, "day": 7 * week, "alert": alert}
        for name, alerts in weeks.items()
        for week, alert in enumerate(alerts)
    )


WEEKS = {
    "lasting": [False, True, True, True],
    "old alarm first": [True, False, True, True],
    "taken back": [True, True, False, False],
    "never": [False, False, False, False],
    "always": [True, True, True, True],
}


def test_only_an_alert_that_lasts_until_the_rule_fires_counts() -> None:
    began = lasting_alerts(scored(WEEKS), pd.Series(100.0, index=list(WEEKS)))
    assert began.to_dict() == {"lasting": 7, "old alarm first": 14, "always": 0}


def test_a_first_alert_counts_whether_it_lasts_or_not() -> None:
    first = first_alerts(scored(WEEKS), pd.Series(100.0, index=list(WEEKS)))
    assert first.to_dict() == {"lasting": 7, "old alarm first": 0, "taken back": 0, "always": 0}
    days = alert_days(scored(WEEKS), pd.Series(10.0, index=list(WEEKS)))
    assert days.first_alerted_share == pytest.approx(4 / 5)
    assert days.first_before_last_activity_share == pytest.approx(4 / 5)
    assert days.first_before_rule == pytest.approx([33, 40, 40, np.nan, 40], nan_ok=True)


def test_weeks_after_the_rule_has_fired_do_not_count() -> None:
    late = scored({"late": [False, False, True]})
    assert lasting_alerts(late, pd.Series({"late": 10.0})).empty


def test_days_ahead_count_near_alerts_and_nothing_for_whom_they_missed() -> None:
    """An alarm of long before is luck: it was taken back before the customer went silent."""
    long_ago = [True, *[False] * 8, False, False]
    near = [False] * 8 + [True, True, False]
    days = alert_days(
        scored({"old alarm": long_ago, "near": near}),
        pd.Series({"old alarm": 46.0, "near": 46.0}),
    )
    assert days.days_ahead == pytest.approx([0, 20])
    assert days.mean_days_ahead == 10
    assert days.first_before_rule == pytest.approx([76, 20])


def test_the_first_day_on_which_an_alert_counts_is_eight_weeks_before_the_rule_fires() -> None:
    in_time = scored({"in time": [True] + [False] * 12})
    assert alert_days(in_time, pd.Series({"in time": 26.0})).mean_days_ahead == 56
    assert alert_days(in_time, pd.Series({"in time": 27.0})).mean_days_ahead == 0


def test_days_ahead_are_counted_to_the_rule_and_to_the_last_activity() -> None:
    days = alert_days(scored(WEEKS), pd.Series(10.0, index=list(WEEKS)))
    assert days.before_rule == pytest.approx([33, 26, np.nan, np.nan, 40], nan_ok=True)
    assert days.before_last_activity == pytest.approx([3, -4, np.nan, np.nan, 10], nan_ok=True)
    assert days.share_before_last_activity == pytest.approx(2 / 5)
    assert days.share_ahead(30) == pytest.approx(2 / 5)
    assert days.share_ahead(14) == pytest.approx(3 / 5)


def test_who_was_not_scored_so_long_before_does_not_count_as_missed() -> None:
    days = alert_days(scored(WEEKS), pd.Series(10.0, index=list(WEEKS)))
    assert days.share_ahead(40) == pytest.approx(1 / 5)
    assert math.isnan(days.share_ahead(41))  # everybody was first scored 40 days before


def test_nothing_has_no_quantile_and_no_share() -> None:
    assert math.isnan(quantile([math.nan], 0.5))
    assert math.isnan(share_of([]))
