"""Bad settings of a simulation get one clear sentence each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from analytics.errors import UsageError
from analytics.simulation.plan import SimulationPlan, last_sunday_before
from analytics.simulation.preset import SAAS, preset

GOOD: dict[str, Any] = {"customers": 10, "days": 120, "seed": 0, "end": date(2026, 1, 4)}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"customers": 0}, "customers must be between 1 and 10000000. Got 0."),
        ({"customers": -3}, "customers must be between 1 and 10000000. Got -3."),
        ({"days": 119}, "days must be between 120 and 3660. Got 119."),
        ({"seed": -1}, "seed must be between 0 and 4294967295. Got -1."),
        (
            {"end": date(1990, 1, 2)},
            "A simulation must lie between 1990-01-01 and 2200-01-01. "
            "Got 120 days up to 1990-01-02.",
        ),
    ],
)
def test_a_value_out_of_range_is_refused(changed: dict[str, Any], sentence: str) -> None:
    with pytest.raises(UsageError) as refused:
        SimulationPlan(SAAS, **{**GOOD, **changed})
    assert refused.value.message == sentence


def test_an_unknown_preset_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"one of saas, retail, telecom\. Got 'bank'\."):
        preset("bank")


def test_a_negative_rate_is_refused() -> None:
    with pytest.raises(
        UsageError, match=r"personal_rate of preset saas must be 0 or more\. Got -1"
    ):
        replace(SAAS, trouble=replace(SAAS.trouble, personal_rate=-1.0))


def test_shares_that_do_not_add_up_are_refused() -> None:
    rhythm = replace(SAAS.rhythm, weekday_shares=(0.5, 0.4))
    with pytest.raises(UsageError, match=r"must add up to 1\. Got 0\.9\."):
        replace(SAAS, rhythm=rhythm)


@pytest.mark.parametrize(
    ("today", "end"),
    [
        (date(2026, 11, 23), date(2026, 11, 22)),
        (date(2026, 11, 28), date(2026, 11, 22)),
        (date(2026, 11, 22), date(2026, 11, 15)),
    ],
)
def test_a_simulation_ends_on_the_last_sunday_before_today(today: date, end: date) -> None:
    assert last_sunday_before(today) == end
