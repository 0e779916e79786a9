"""Whichever model wins, everybody at risk has a reason that agrees with their events."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise
from typing import Any, cast

import numpy as np
import pandas as pd
import pytest

from analytics.domain.customer.risk_tier import CONTACTED_TIERS, SCORED_TIERS, RiskTier
from analytics.domain.customer.tier_cuts import TierCuts
from analytics.domain.profiles.profile import Profile
from analytics.domain.profiles.profile_file import load_profile
from analytics.features.outcomes.silences import long_silences
from analytics.features.prepared import day_number
from analytics.modelling.explaining.explain import theme_points, typical_customer
from analytics.modelling.explaining.taken_apart import taken_apart, with_parts
from analytics.modelling.models.calibrated import Calibrated, fit_calibrated
from analytics.modelling.models.estimators import LADDER, spec_of
from analytics.modelling.observing.observations import Observations, Snapshot, snapshot, stack
from analytics.modelling.training import Trained
from analytics.scoring.explanations.explained import explain
from analytics.scoring.explanations.reasons import NO_REASON
from analytics.scoring.frustration.frustration_index import frustration_of
from analytics.scoring.risk_tiers.tiers import tiers_of
from analytics.scoring.scores import TieredScores
from tests.analytics.features.feature_world import TODAY, Event, prepared
from tests.plain_logs import weekly_buyers

DAYS = 300
RETAIL = replace(load_profile("retail"), horizon_min_days=40, horizon_max_days=40)


@dataclass(frozen=True)
class World:
    """A plain log of orders, observed on four dates, the latest first; events by customer key."""

    snapshots: list[Snapshot]
    learned: Observations
    known: Observations
    orders: dict[int, list[tuple[int, float]]]
    profile: Profile

    @property
    def base_rate(self) -> float:
        return float(self.known.silent.mean())


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("champions")
    log = [
        Event(who, DAYS - 1 - day, "order", amount) for who, day, amount in weekly_buyers(220, DAYS)
    ]
    by_name: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for one in log:
        by_name[one.customer].append((one.age, one.value or 0.0))
    today = day_number(TODAY)
    with prepared(folder, log, profile=RETAIL) as source:
        silences = long_silences(source, profile=RETAIL, known_day=today)
        dates = [TODAY - timedelta(days=back) for back in (0, 56, 84, 140)]
        seen = [
            snapshot(source, one, profile=RETAIL, last_day=today, silences=silences)
            for one in dates
        ]
    orders = dict(enumerate(by_name[name] for name in sorted(by_name)))
    yield World(
        seen,
        stack(seen[3:], early_warning_days=14),
        stack(seen[1:3], early_warning_days=14),
        orders,
        RETAIL,
    )


@pytest.fixture(scope="module", params=[one.name for one in LADDER])
def champion(request: pytest.FixtureRequest, world: World) -> Calibrated:
    return fit_calibrated(spec_of(request.param), world.learned, world.known, seed=0)


def reasons_of(world: World, champion: Calibrated) -> tuple[TieredScores, pd.DataFrame]:
    now = world.snapshots[0]
    risk = np.full(len(now.features), np.nan)
    risk[now.eligible] = champion.predict(now.features[now.eligible])
    # Whatever the cuts are, the riskiest third may be contacted.
    high = risk >= np.nanquantile(risk, 2 / 3)
    level = np.where(high, SCORED_TIERS.index(RiskTier.CRITICAL), SCORED_TIERS.index(RiskTier.LOW))
    scores = TieredScores(now, risk, frustration_of(now.features), tiers_of(now, level))
    trained = cast(Trained, _Learned(champion, world.learned, world.base_rate))
    explained = explain(
        scores,
        None,
        trained,
        np.full(len(now.features), 100.0),
        cuts=TierCuts.usual(world.base_rate),
        gap_days=world.profile.gap_days,
        refits=[champion, champion],
    )
    return scores, explained.of_kind("risk")


@dataclass(frozen=True)
class _Learned:
    """What an explanation asks of a training."""

    champion: Calibrated
    train: Observations
    base_rate: float


def test_everybody_at_risk_has_a_reason_whichever_model_wins(
    world: World, champion: Calibrated
) -> None:
    scores, reasons = reasons_of(world, champion)
    at_risk = scores.snapshot.features.index[
        np.isin(scores.tier, [str(t) for t in CONTACTED_TIERS])
    ]
    assert len(at_risk) > 30
    assert set(at_risk) <= set(reasons["customer_key"])
    first = reasons[reasons["rank"] == 1].set_index("customer_key")["text"]
    assert not first.loc[at_risk].isin(["", NO_REASON]).any()
    assert not reasons["text"].str.contains(r"nan|inf\b").any()


def test_what_a_reason_states_is_what_the_events_say(world: World, champion: Calibrated) -> None:
    _, reasons = reasons_of(world, champion)
    checked = sum(
        _agrees(str(row["text"]), world.orders[int(row["customer_key"])])
        for row in reasons.to_dict("records")
    )
    # The average of all says nothing of anybody, but the facts do.
    assert checked > 40


def test_a_fact_that_no_model_weighs_is_no_uncertain_reason(
    world: World, champion: Calibrated
) -> None:
    _, reasons = reasons_of(world, champion)
    facts = reasons[reasons["points"].isna() & ~reasons["is_cause"]]
    assert facts["stable"].all()
    assert facts[["refit_share", "risk_at_reference"]].isna().all(axis=None)


def test_bgnbd_says_the_same_of_what_its_column_is_made_of(world: World) -> None:
    model = fit_calibrated(spec_of("bgnbd"), world.learned, world.known, seed=0)
    for one in world.snapshots[:2]:
        whole = with_parts(one, world.profile.gap_days)[one.eligible]
        expected = model.predict(one.features[one.eligible])
        assert taken_apart(model).predict(whole) == pytest.approx(expected, abs=1e-12)


def test_bgnbd_names_the_silence_first_and_shares_the_risk_exactly(world: World) -> None:
    model = taken_apart(fit_calibrated(spec_of("bgnbd"), world.learned, world.known, seed=0))
    now, then = (
        with_parts(one, world.profile.gap_days)[one.eligible] for one in world.snapshots[:2]
    )
    typical = typical_customer(now)
    points = theme_points(model, now, typical)
    assert list(points.shares.columns) == ["recency", "activity", "tenure"]
    gained = 100 * (model.predict(now) - model.predict(typical.to_frame().T)[0])
    assert points.shares.sum(axis=1).to_numpy() == pytest.approx(gained, abs=1e-9)
    riskiest = points.shares.to_numpy()[gained >= np.quantile(gained, 0.9)]
    assert (riskiest.argmax(axis=1) == 0).mean() > 0.8
    both = now.index.intersection(then.index)
    moved = theme_points(model, now.loc[both], then.loc[both])
    change = 100 * (model.predict(now.loc[both]) - model.predict(then.loc[both]))
    assert moved.shares.sum(axis=1).to_numpy() == pytest.approx(change, abs=1e-9)


def _agrees(text: str, orders: list[tuple[int, float]]) -> bool:
    """Check a sentence against the orders (age in days, amount); False where it is of no kind."""
    ages = sorted({age for age, _ in orders})
    gaps = [later - age for age, later in pairwise(ages)]
    for pattern, numbers in _KINDS.items():
        if found := re.fullmatch(pattern, text):
            stated = [
                0.0 if one == "nothing" else float(one.replace(",", "")) for one in found.groups()
            ]
            assert stated == pytest.approx(numbers(ages, gaps, orders), abs=0.51), text
            return True
    return False


def _active(ages: list[int], start: int, end: int) -> int:
    return sum(start <= age < end for age in ages)


def _spent(orders: list[tuple[int, float]], start: int, end: int) -> float:
    return sum(amount for age, amount in orders if start <= age < end)


_KINDS: dict[str, Any] = {
    r"Silent for (\d+) days?; the longest gap so far was (\d+)\.": lambda ages, gaps, orders: [
        ages[0],
        max(gaps),
    ],
    r"Silent for (\d+) days?; (\d+)% of the gaps so far were no longer\.": (
        lambda ages, gaps, orders: [ages[0], 100 * sum(gap <= ages[0] for gap in gaps) / len(gaps)]
    ),
    r"Silent for (\d+) days?, .* the usual gap\.": lambda ages, gaps, orders: [ages[0]],
    r"No activity for (\d+) days?(?:; .*)?\.": lambda ages, gaps, orders: [ages[0]],
    r"Active on (\d+) days? in the last 28, on (\d+) in the 28 before\.": (
        lambda ages, gaps, orders: [_active(ages, 0, 28), _active(ages, 28, 56)]
    ),
    r"Active on (\d+) days? in the last 90, on (\d+) in the 90 before\.": (
        lambda ages, gaps, orders: [_active(ages, 0, 90), _active(ages, 90, 180)]
    ),
    r"Active on (\d+) of the last 28 days, .*": lambda ages, gaps, orders: [_active(ages, 0, 28)],
    r"Spent (\S+) in the last 90 days, (\S+) in the 90 before\.": (
        lambda ages, gaps, orders: [_spent(orders, 0, 90), _spent(orders, 90, 180)]
    ),
    r"Silent for (\d+) days? and active on (\d+) of the last 90 days: .*": (
        lambda ages, gaps, orders: [ages[0], _active(ages, 0, 90)]
    ),
    r"Active today, and on (\d+) of the last 90 days: .*": (
        lambda ages, gaps, orders: [_active(ages, 0, 90)]
    ),
    # Without a number: a list as long as what must be nothing.
    r"Not active in the last 28 days\.": lambda ages, gaps, orders: [0] * _active(ages, 0, 28),
    r"Active today\.": lambda ages, gaps, orders: [0] * ages[0],
}
