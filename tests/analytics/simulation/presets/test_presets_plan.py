"""Bad settings of a simulation get one clear sentence each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from analytics.errors import UsageError
from analytics.simulation.hidden import Driver
from analytics.simulation.presets.campaign_settings import TriedAction
from analytics.simulation.presets.plan import (
    PurchasePlan,
    SimulationPlan,
    days_between,
    last_sunday_before,
)
from analytics.simulation.presets.preset import SAAS, preset
from analytics.simulation.presets.purchase_preset import CDNOW

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
        (
            {"end": date(1, 1, 2)},
            "A simulation must lie between 1990-01-01 and 2200-01-01. "
            "Got 120 days up to 0001-01-02.",
        ),
        (
            {"end": date(2200, 1, 2)},
            "A simulation must lie between 1990-01-01 and 2200-01-01. "
            "Got 120 days up to 2200-01-02.",
        ),
    ],
)
def test_a_value_out_of_range_is_refused(changed: dict[str, Any], sentence: str) -> None:
    with pytest.raises(UsageError) as refused:
        SimulationPlan(SAAS, **{**GOOD, **changed})
    assert refused.value.message == sentence


def test_a_simulation_may_begin_on_the_first_day_there_is() -> None:
    plan = SimulationPlan(SAAS, **{**GOOD, "end": date(1990, 4, 30)})
    assert plan.start == date(1990, 1, 1)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"customers": 0}, "customers must be between 1 and 99999. Got 0."),
        ({"customers": 100_000}, "customers must be between 1 and 99999. Got 100000."),
        ({"seed": 2**32}, "seed must be between 0 and 4294967295. Got 4294967296."),
    ],
)
def test_a_log_of_purchases_out_of_range_is_refused(changed: dict[str, Any], sentence: str) -> None:
    with pytest.raises(UsageError) as refused:
        PurchasePlan(CDNOW, **{**GOOD, **changed})
    assert refused.value.message == sentence


def test_the_end_may_not_lie_before_the_start() -> None:
    assert days_between(date(2026, 1, 1), date(2026, 1, 1)) == 1
    assert days_between(date(2025, 1, 1), date(2025, 12, 31)) == 365
    with pytest.raises(UsageError) as refused:
        days_between(date(2026, 3, 1), date(2026, 2, 28))
    assert refused.value.message == (
        "--end must not lie before --start, 2026-03-01. Got 2026-02-28."
    )
    assert refused.value.rule == "end_after_start"


@pytest.mark.parametrize("days", [140, 141, 146])
def test_the_last_week_is_cut_by_the_end(days: int) -> None:
    plan = SimulationPlan(SAAS, **{**GOOD, "days": days})
    weeks = [plan.week(number) for number in range(plan.weeks)]
    assert sum(week.days for week in weeks) == days
    assert weeks[-1].end_day == days
    assert {week.days for week in weeks[:-1]} == {7}
    assert plan.week(plan.weeks).days == plan.week(-1).days == 7
    assert plan.end_s - plan.start_s == days * 86_400


def test_an_unknown_preset_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"one of saas, retail, telecom, cdnow\. Got 'bank'\."):
        preset("bank")


def test_a_negative_rate_is_refused() -> None:
    with pytest.raises(
        UsageError, match=r"personal_rate of preset saas must be 0 or more\. Got -1"
    ):
        replace(SAAS, trouble=replace(SAAS.trouble, personal_rate=-1.0))


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"cost": -1.0}, "cost of action call must be 0 or more. Got -1."),
        ({"intrusive": 1.5}, "intrusive of action call must be between 0 and 1. Got 1.5."),
        ({"answers": ((Driver.FIT, -0.2),)}, "fit of action call must be between 0 and 1. "
         "Got -0.2."),
    ],
)  # fmt: skip
def test_an_action_that_means_nothing_is_refused(settings: dict[str, Any], sentence: str) -> None:
    with pytest.raises(UsageError) as refused:
        TriedAction(**{"name": "call", "answers": (), "cost": 1.0, **settings})
    assert refused.value.message == sentence


@pytest.mark.parametrize("name", ["reached_share", "holdout_share", "randomised_at"])
def test_a_campaign_of_more_than_everybody_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match=f"{name} of the campaigns must be between 0 and 1"):
        replace(SAAS.campaigns, **{name: 1.2})


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
