"""The chance of a week: the same draws whatever happens, so that two lives can be compared."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from analytics.simulation.hidden_life.noise import Noise, draw_noise, geometric
from analytics.simulation.presets.plan import SimulationPlan
from analytics.simulation.presets.preset import SAAS
from analytics.simulation.simulate import simulate
from tests.analytics.simulation.simulation_world import digests

DAILY = ("active", "bought", "late", "returned")


def drawn(*, orders: bool, size: int = 50) -> tuple[Noise, float]:
    """Return a week's noise and the next draw after it."""
    rng = np.random.default_rng(3)
    noise = draw_noise(size, rng, orders=orders)
    return noise, float(rng.random())


def test_a_week_has_a_draw_for_every_customer_and_day() -> None:
    noise, _ = drawn(orders=True)
    for one in fields(Noise):
        assert getattr(noise, one.name).shape == ((50, 7) if one.name in DAILY else (50,)), one.name


def test_no_two_draws_of_a_week_are_the_same_numbers() -> None:
    noise, _ = drawn(orders=True)
    firsts = [np.ravel(getattr(noise, one.name))[0] for one in fields(Noise)]
    assert len(set(firsts)) == len(firsts)


def test_the_same_number_of_draws_is_taken_every_time() -> None:
    for orders in (True, False):
        assert drawn(orders=orders)[1] == drawn(orders=orders)[1]
    rng = np.random.default_rng(3)
    for _ in range(3):
        draw_noise(50, rng, orders=True)
    after_three = rng.random()
    rng = np.random.default_rng(3)
    rng.standard_normal((2, 50))
    rng.standard_exponential(50)
    rng.random(50 * (11 + 7 + 21))
    for _ in range(2):
        draw_noise(50, rng, orders=True)
    assert rng.random() == after_three


def test_without_orders_none_is_bought_late_or_returned() -> None:
    noise, _ = drawn(orders=False)
    with_orders, _ = drawn(orders=True)
    for name in DAILY[1:]:
        assert (getattr(noise, name) == 1).all()
    assert (noise.active == with_orders.active).all()


def test_take_picks_the_draws_of_some_customers() -> None:
    noise, _ = drawn(orders=True)
    who = np.array([7, 3, 3])
    taken = noise.take(who)
    for one in fields(Noise):
        assert (getattr(taken, one.name) == getattr(noise, one.name)[who]).all()


@pytest.mark.parametrize("chance", [0.1, 1 / 3, 0.65])
def test_geometric_counts_trials_up_to_the_first_success(chance: float) -> None:
    trials = geometric(np.random.default_rng(1).random(200_000), chance)
    assert trials.min() == 1
    assert (trials == np.rint(trials)).all()
    assert trials.mean() == pytest.approx(1 / chance, rel=0.01)
    assert (trials == 1).mean() == pytest.approx(chance, rel=0.02)
    assert geometric(np.zeros(1), chance).tolist() == [1.0]


@pytest.mark.usefixtures("few_futures")
def test_what_is_recorded_of_a_life_does_not_change_it(tmp_path: Path) -> None:
    """Only a campaign that looks at the records can; without it the truth stays to the byte."""
    campaigns = replace(SAAS.campaigns, confounded_at=0.0)
    quiet = replace(SAAS, campaigns=campaigns)
    busy = replace(quiet, detail_rate=3.0)
    plan = SimulationPlan(quiet, 200, 140, seed=9, end=date(2026, 3, 1))
    few = simulate(plan, tmp_path / "quiet")
    many = simulate(replace(plan, preset=busy), tmp_path / "busy")
    assert many.rows["usage.parquet"] > 1.5 * few.rows["usage.parquet"]
    was, now = digests(few.truth), digests(many.truth)
    for name in ("weeks.parquet", "outcomes.parquet", "futures.parquet"):
        assert was[name] == now[name], name


@pytest.mark.usefixtures("few_futures")
def test_a_contact_changes_the_lives_of_nobody_else(tmp_path: Path) -> None:
    strong = replace(SAAS, campaigns=replace(SAAS.campaigns, confounded_at=0.0, strength=3.5))
    weak = replace(strong, campaigns=replace(strong.campaigns, strength=0.0, disturbance=0.0))
    plan = SimulationPlan(strong, 600, 200, seed=9, end=date(2026, 3, 1))
    lives = []
    for name, preset in (("strong", strong), ("weak", weak)):
        report = simulate(replace(plan, preset=preset), tmp_path / name)
        weeks = pq.read_table(report.truth / "weeks.parquet").to_pandas()
        contacted = set(pq.read_table(report.truth / "outcomes.parquet").to_pandas()["customer_id"])
        lives.append(weeks)
    theirs = lives[0]["customer_id"].isin(contacted)
    first, second = (one[~theirs].reset_index(drop=True) for one in lives)
    assert len(contacted) > 80
    assert first.equals(second)
    assert not lives[0].equals(lives[1])
