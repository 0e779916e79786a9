"""Businesses built otherwise: what sets each apart, with the truth whole in all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from analytics.simulation import futures
from analytics.simulation.presets.builds import BUILDS
from analytics.simulation.presets.dirt_settings import NO_DIRT
from analytics.simulation.presets.plan import SimulationPlan
from analytics.simulation.presets.preset import SAAS
from analytics.simulation.simulate import simulate
from tests.analytics.simulation.simulation_world import Connection, digests, one, open_world

PLAN = SimulationPlan(SAAS, customers=1500, days=301, seed=3, end=date(2026, 6, 28), dirt=NO_DIRT)
Opened = Callable[[str], Connection]

#: Events of each kind a week before the exit, by weeks before it; of those there for long enough.
_BEFORE_EXIT = """
SELECT avg(recent) / avg(earlier) FROM (
    SELECT customer_id,
        count(DISTINCT {what}) FILTER (occurred_at > exit_at - INTERVAL 28 DAY) AS recent,
        count(DISTINCT {what}) FILTER (occurred_at <= exit_at - INTERVAL 112 DAY) / 3.0 AS earlier
    FROM truth JOIN usage ON account_id = customer_id
    WHERE final_state = 'gone_silently' AND occurred_at > exit_at - INTERVAL 196 DAY
        AND exit_at > start::TIMESTAMPTZ + INTERVAL 196 DAY
        AND signed_up_at < exit_at - INTERVAL 210 DAY
    GROUP BY ALL)
"""
DAYS = "occurred_at::DATE"
#: Days from one visit to the next, of customers who are there from start to end.
_GAPS = """
SELECT quantile_cont(gap, 0.995) / median(gap), quantile_cont(gap, 0.995) FROM (
    SELECT day - lag(day) OVER (PARTITION BY customer_id ORDER BY day) AS gap FROM (
        SELECT DISTINCT customer_id, occurred_at::DATE AS day FROM truth
        JOIN usage ON account_id = customer_id
        WHERE final_state = 'engaged' AND rate > 1 AND NOT seasonal))
"""


def _written(build: str, into: Path) -> Path:
    plan = replace(PLAN, preset=BUILDS[build]) if build else PLAN
    return simulate(plan, into / (build or "usual")).source.parent


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """Open the world of a build, simulated when it is first asked for."""
    folder = tmp_path_factory.mktemp("builds")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(futures, "MOST_REPEATS", futures.LEAST_REPEATS)
        yield cache(lambda build: open_world(_written(build, folder)))


def left_before_exit(world: Connection, what: str) -> float:
    """Return what is left in the last four weeks before a silent exit, as a share of before."""
    return float(one(world, _BEFORE_EXIT.format(what=what)))


@pytest.mark.parametrize("build", BUILDS)
def test_the_truth_of_every_build_is_whole(build: str, opened: Opened) -> None:
    world = opened(build)
    people, exits, undated, silent = one(
        world,
        "SELECT count(*), count(exit_at), "
        "sum(((exit_at IS NULL) <> (final_state IN ('engaged', 'at_risk', 'dormant')))::INT), "
        "sum((final_state = 'gone_silently')::INT) FROM truth",
    )
    assert (people, undated) == (PLAN.customers, 0)
    assert exits > silent > 80
    last, otherwise = one(
        world,
        "SELECT count(*), sum((state <> final_state)::INT) FROM states JOIN truth "
        f"USING (customer_id) WHERE week = {PLAN.weeks - 1}",
    )
    assert (last, otherwise) == (PLAN.customers, 0)
    assert one(world, "SELECT count(*) FROM futures") > 0


@pytest.mark.parametrize("build", BUILDS)
def test_the_same_seed_gives_the_same_bytes_in_every_build(build: str, tmp_path: Path) -> None:
    small = replace(PLAN, preset=BUILDS[build], customers=60, days=130)
    for folder in ("first", "second"):
        simulate(small, tmp_path / folder)
    assert digests(tmp_path / "first") == digests(tmp_path / "second")


def test_the_usual_customers_fade_before_they_leave(opened: Opened) -> None:
    assert left_before_exit(opened(""), DAYS) < 0.5


def test_abrupt_customers_are_as_active_as_ever_until_they_leave(opened: Opened) -> None:
    world = opened("abrupt")
    assert left_before_exit(world, DAYS) > 0.85
    assert one(world, "SELECT count(*) FROM states WHERE state IN ('at_risk', 'dormant')") == 0


def test_short_sessions_keep_their_days_and_lose_what_is_done_in_them(opened: Opened) -> None:
    world = opened("short_sessions")
    assert left_before_exit(world, DAYS) > 0.85
    assert left_before_exit(world, "CASE event WHEN 'feature_used' THEN event_id END") < 0.6


def test_half_of_the_usual_weekdays_move_and_nobody_leaves_for_it(opened: Opened) -> None:
    same, on_it, customers = one(
        opened("shifted_weekday"),
        "SELECT avg((first = last)::INT), avg(share), count(*) FROM ("
        "SELECT customer_id, arg_max(weekday, visits) FILTER (early) AS first, "
        "arg_max(weekday, visits) FILTER (NOT early) AS last, "
        "max(visits) FILTER (early) / sum(visits) FILTER (early) AS share FROM ("
        "SELECT customer_id, isodow(occurred_at) AS weekday, early, count(*) AS visits "
        "FROM truth JOIN usage ON account_id = customer_id, "
        "LATERAL (SELECT occurred_at < start::TIMESTAMPTZ + INTERVAL 60 DAY AS early) "
        "WHERE final_state = 'engaged' AND rate > 1 AND signed_up_at < start::TIMESTAMPTZ "
        "AND (early OR occurred_at > start::TIMESTAMPTZ + INTERVAL 240 DAY) "
        "GROUP BY ALL) GROUP BY customer_id)",
    )
    assert customers > 200
    assert 0.5 < same < 0.8
    assert on_it > 0.4


def test_quiet_months_come_and_go_without_anybody_leaving(opened: Opened) -> None:
    months = (
        "SELECT stddev(visits) / avg(visits) FROM (SELECT customer_id, month, "
        "count(*) AS visits FROM truth JOIN usage ON account_id = customer_id, "
        "LATERAL (SELECT epoch(occurred_at)::BIGINT // (28 * 86400) AS month) "
        "WHERE final_state = 'engaged' AND rate > 2 AND signed_up_at < start::TIMESTAMPTZ "
        "AND event = 'session_started' GROUP BY ALL) GROUP BY customer_id"
    )
    usual, two_modes = (
        one(opened(build), f"SELECT median(spread) FROM ({months}) AS m(spread)")
        for build in ("", "two_modes")
    )
    assert two_modes > 1.3 * usual
    kept, kept_usual = (
        one(opened(build), "SELECT avg((exit_at IS NULL)::INT) FROM truth")
        for build in ("two_modes", "")
    )
    assert kept == pytest.approx(kept_usual, abs=0.05)


def test_an_account_whose_users_leave_does_less_before_its_exit(opened: Opened) -> None:
    assert left_before_exit(opened("users_leave"), DAYS) < 0.6


def test_heavy_tails_spread_rates_and_gaps_widely_among_those_who_stay(opened: Opened) -> None:
    rates = "SELECT quantile_cont(rate, 0.9) / quantile_cont(rate, 0.1) FROM truth"
    assert one(opened("heavy_tails"), rates) > 3 * one(opened(""), rates)
    (usual, _), (heavy, days) = one(opened(""), _GAPS), one(opened("heavy_tails"), _GAPS)
    assert heavy > 1.5 * usual
    assert days > 28
