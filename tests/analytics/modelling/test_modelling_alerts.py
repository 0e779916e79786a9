"""An alert counts from when it began to last, not from an old false alarm."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.modelling.alerts import alert_days, lasting_alerts, quantile, riskiest, share_of


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 30), max_size=200))
def test_no_more_than_the_share_is_alerted_and_nobody_calmer_than_one_left_out(
    scores: list[int],
) -> None:
    flags = riskiest(scores)
    assert flags.sum() <= 0.05 * len(scores)
    given = np.array(scores)
    if flags.any():
        assert given[flags].min() >= given[~flags].max()


def test_where_all_are_alike_nobody_is_alerted() -> None:
    assert not riskiest(np.full(100, 0.3)).any()
    assert riskiest(np.arange(100.0)).sum() == 5


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


def test_weeks_after_the_rule_has_fired_do_not_count() -> None:
    late = scored({"late": [False, False, True]})
    assert lasting_alerts(late, pd.Series({"late": 10.0})).empty


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
