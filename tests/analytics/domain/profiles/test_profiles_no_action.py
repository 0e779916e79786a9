from __future__ import annotations

import pytest

from analytics.domain.profiles.no_action import NO_ACTION_ADVICE, NoAction, nothing_to_do, why_none

COSTLY, UNMET, LOW = (str(one) for one in NoAction)


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ([("none", COSTLY, "high", 3), ("none", LOW, "low", 90)], "No action is worth its cost"),
        ([("none", LOW, "low", 90)], "a low risk is left alone"),
        ([("none", COSTLY, "low", 90)], "a low risk is left alone"),
        ([("none", UNMET, "high", 1)], "answers what is seen of 1 customer at risk here."),
        (
            [("none", UNMET, "high", 2), ("none", COSTLY, "medium", 5)],
            "of 2 customers at risk here; for 5 more none pays for itself.",
        ),
        ([("call", "Call", "high", 2), ("none", COSTLY, "high", 9)], "2 customers here, and all"),
        ([("none", "", "lapsed", 9)], "Nobody here has a churn risk"),
        ([], "Nobody here has a churn risk"),
    ],
)
def test_that_nothing_pays_is_said_only_where_it_is_so(
    groups: list[tuple[str, str, str, int]], said: str
) -> None:
    found = nothing_to_do(groups)
    assert said in found
    assert ("Doing nothing is best" in found) == ("worth its cost" in said)


def test_a_low_risk_is_left_alone_whatever_a_former_run_called_it() -> None:
    assert why_none(COSTLY, "low") is NoAction.LOW_RISK
    assert why_none(COSTLY, "high") is NoAction.DOES_NOT_PAY
    assert why_none("", "lapsed") is None
    assert set(NO_ACTION_ADVICE) == set(NoAction)
