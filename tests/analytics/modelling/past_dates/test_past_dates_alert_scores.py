"""An alert's score is a level and a change, and never knows a later week."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.modelling.past_dates.alert_scores import CHANGE_WEIGHT, alert_scores

#: A customer's risks, a week each; None where they were not scored.
Risks = list[float | None]


def scored(*customers: Risks) -> pd.DataFrame:
    rows = [
        (number, 7 * week, risk)
        for number, risks in enumerate(customers)
        for week, risk in enumerate(risks)
        if risk is not None
    ]
    frame = pd.DataFrame(rows, columns=["customer", "day", "risk"])
    return frame.sort_values(["day", "customer"], ignore_index=True)


def of_log_odds(*values: float) -> Risks:
    return [1 / (1 + np.exp(-value)) for value in values]


def test_a_risk_above_the_customers_own_median_counts_for_half_its_rise() -> None:
    found = alert_scores(scored(of_log_odds(-3, -1, -2, -2, 1)))
    assert found == pytest.approx([-3, -1, -2, -2, 1 + CHANGE_WEIGHT * 3])


def test_a_risk_below_the_customers_own_median_counts_for_less_than_its_level() -> None:
    found = alert_scores(scored(of_log_odds(0, 0, 1, 1, -1)))
    assert found[-1] == pytest.approx(-1 - CHANGE_WEIGHT * 1.5)


def test_weeks_without_a_score_are_no_earlier_weeks() -> None:
    few = alert_scores(scored([*of_log_odds(-2, -2, -2), None, None, *of_log_odds(1)]))
    assert few[-1] == pytest.approx(1)
    enough = alert_scores(scored([*of_log_odds(-2, -2), None, *of_log_odds(-2, -2, 1)]))
    assert enough[-1] == pytest.approx(2.5)


def test_customers_do_not_touch_each_other_and_may_come_in_any_order() -> None:
    rows = scored(of_log_odds(-1, -1, -1, -1, 0), of_log_odds(2, 2, 2, 2, 2))
    turned = rows.sample(frac=1, random_state=3)
    straight = pd.Series(alert_scores(rows), index=rows.index)
    assert alert_scores(turned) == pytest.approx(straight[turned.index].to_numpy())
    assert straight[rows["customer"] == 1].to_numpy() == pytest.approx([2.0] * 5)


def test_no_row_has_no_score() -> None:
    assert len(alert_scores(scored())) == 0


_RISK = st.none() | st.floats(0.001, 0.999)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(_RISK, min_size=9, max_size=9), min_size=1, max_size=5),
    st.lists(st.lists(_RISK, min_size=9, max_size=9), min_size=5, max_size=5),
    st.integers(1, 8),
)
def test_what_comes_later_changes_no_score(
    people: list[Risks], other_futures: list[Risks], seen: int
) -> None:
    others = [
        risks[:seen] + future[seen:] for risks, future in zip(people, other_futures, strict=False)
    ]
    tables = [scored(*people), scored(*others)]
    known = [
        alert_scores(rows)[(rows["day"] < 7 * seen).to_numpy()] for rows in tables if len(rows)
    ]
    if len(known) == 2:
        np.testing.assert_array_equal(*known)
