"""Reasons in words: what shows, the likely cause, what moved, what frustrates."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.modelling.explaining.explain import NOTHING, ThemePoints
from analytics.scoring.explanations.causes import Causes
from analytics.scoring.explanations.reasons import (
    REASON_COLUMNS,
    change_reasons,
    frustration_reasons,
    risk_reasons,
)
from analytics.scoring.frustration.frustration_index import Frustration

NAN = float("nan")
KEYS = pd.Index([10, 20])
FEATURES_OF_TWO = pd.DataFrame(
    {
        "days_since_last_activity": [41.0, 2.0],
        "mean_gap_days": [3.0, 3.0],
        "contacts_28d": [3.0, NAN],
        "load_errors": [1.0, 2.0],
        "a_column_of_another_model": [0.0, 0.0],
    },
    index=KEYS,
)
TELLING = pd.DataFrame(
    {
        "recency": ["days_since_last_activity"] * 2,
        "voice": ["contacts_28d"] * 2,
        "friction": ["load_errors"] * 2,
        "tenure": [NOTHING] * 2,
    },
    index=KEYS,
)
NO_CAUSE = ("", NAN, False, "")


def points(**themes: list[float]) -> ThemePoints:
    shares = pd.DataFrame(themes, index=KEYS)
    return ThemePoints(shares, 2 * shares, np.array([0.5, 0.1]), np.array([0.05, 0.05]))


def causes(*given: tuple[str, float, bool, str]) -> Causes:
    found = pd.DataFrame(given, columns=["theme", "less", "clear", "text"], index=KEYS)
    return Causes(found["theme"], found["less"], found["clear"], found["text"], found["theme"])


def reasons(given: ThemePoints, *cause: tuple[str, float, bool, str]) -> pd.DataFrame:
    return risk_reasons(given, TELLING, FEATURES_OF_TWO, causes(*cause))


def test_without_a_cause_the_strongest_themes_come_first_with_their_number() -> None:
    found = reasons(
        points(recency=[4.0, 0.4], voice=[9.0, 2.0], friction=[-6.0, 0.6]), NO_CAUSE, NO_CAUSE
    )
    assert list(found.columns) == ["customer_key", *REASON_COLUMNS]
    assert found[["customer_key", "rank", "theme"]].to_numpy().tolist() == [
        [10, 1, "voice"],
        [10, 2, "recency"],
        [20, 1, "voice"],
        [20, 2, "friction"],
    ]
    assert found["text"].tolist() == [
        "Contacts in 28 days: 3.",
        "No activity for 41 days; the usual gap is 3.",
        "Not enough history to tell.",
        "Errors: 2.0 lately.",
    ]
    assert not found["is_cause"].any()


def test_a_reason_says_what_the_risk_would_be_with_its_theme_alone_at_the_reference() -> None:
    found = reasons(points(recency=[4.0, 0.4], voice=[9.0, 2.0]), NO_CAUSE, NO_CAUSE)
    assert found["points_alone"].tolist() == pytest.approx([18.0, 8.0, 4.0])
    assert found["risk_at_reference"].tolist() == pytest.approx([0.32, 0.42, 0.06])


def test_the_first_two_are_the_strongest_sign_and_the_likely_cause() -> None:
    """Two signs of one fading would say the same twice and leave the cause unnamed."""
    given = points(recency=[4.0, 3.0], trend=[3.0, 2.0], friction=[-0.2, 5.0], tenure=[0.0, 0.0])
    telling = TELLING.assign(trend="load_errors")
    cause = ("friction", 0.93, True, "More problems than 93%.")
    unsure = ("friction", 0.6, False, "More problems than 60%.")
    found = risk_reasons(given, telling, FEATURES_OF_TWO, causes(cause, unsure))
    assert found[["customer_key", "rank", "theme"]].to_numpy().tolist() == [
        [10, 1, "recency"],
        [10, 2, "friction"],
        [10, 3, "trend"],
        [20, 1, "friction"],
        [20, 2, "recency"],
        [20, 3, "trend"],
    ]
    named = found[found["is_cause"]]
    assert named["text"].tolist() == ["More problems than 93%.", "More problems than 60%."]
    assert named["share_with_less"].tolist() == [0.93, 0.6]
    assert named["stable"].tolist() == [True, False]
    assert found[~found["is_cause"]]["share_with_less"].isna().all()


def test_a_cause_is_named_only_behind_a_risk_that_shows() -> None:
    cause = ("friction", 0.93, True, "More problems than 93%.")
    given = points(recency=[0.1, 4.0], friction=[0.2, 0.0])
    assert reasons(given, cause, cause)["customer_key"].unique().tolist() == [20]


def test_what_lowers_a_risk_is_no_reason_for_it_but_may_be_a_change() -> None:
    given = points(recency=[-40.0, 0.0], voice=[0.0, 0.0], friction=[0.0, 0.0])
    assert reasons(given, NO_CAUSE, NO_CAUSE).empty
    changes = change_reasons(given, TELLING, FEATURES_OF_TWO, FEATURES_OF_TWO + 7)
    assert changes["text"].tolist() == [
        "No activity for 41 days; the usual gap is 3. 28 days ago: 48."
    ]
    assert changes["points"].tolist() == [-40.0]
    assert changes["kind"].tolist() == ["change"]


def test_a_theme_of_which_no_feature_speaks_is_no_reason() -> None:
    assert reasons(points(tenure=[9.0, 9.0]), NO_CAUSE, NO_CAUSE).empty


def test_what_frustrates_is_listed_in_index_points_and_adds_up() -> None:
    parts = pd.DataFrame({"errors": [12.0, 0.0], "tickets": [30.0, 0.2]}, index=KEYS)
    found = frustration_reasons(Frustration(parts.sum(axis=1).to_numpy(), parts))
    assert found[["customer_key", "rank", "theme", "points"]].to_numpy().tolist() == [
        [10, 1, "tickets", 30.0],
        [10, 2, "errors", 12.0],
    ]
    assert found["text"].tolist() == [
        "Support tickets and complaints: 30 points.",
        "Errors: 12 points.",
    ]
    assert found["risk_at_reference"].isna().all()


def test_nobody_frustrated_gives_no_reasons_and_no_failure() -> None:
    parts = pd.DataFrame({"errors": [0.0], "tickets": [0.0]})
    assert frustration_reasons(Frustration(np.zeros(1), parts)).empty
