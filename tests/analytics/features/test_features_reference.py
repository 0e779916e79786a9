"""The engine's numbers are those of two programs that know nothing of it."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from analytics.domain.profiles.profile_file import load_profile
from analytics.features.build import build_features, feature_source
from analytics.features.laws import by_customer_id
from analytics.features.nasty_log import OBSERVED_ON, nasty_log
from analytics.features.prepared import day_number
from analytics.features.registry import FEATURE_NAMES
from tests.reference.hand_written import hand_written_query
from tests.reference.pandas_features import pandas_features

WORLDS = [("saas", 1), ("saas", 2), ("retail", 3), ("learning", 4)]
#: Long before, when hardly anything is known; the date; and past the last that happened.
DATES = [OBSERVED_ON - timedelta(days=480), OBSERVED_ON, OBSERVED_ON + timedelta(days=60)]
#: The engine adds up whole millionths of decayed events and of n ln n, pandas fractions.
IN_MILLIONTHS = ("load_", "exposure_", "feature_entropy_")

Sides = dict[str, pd.DataFrame]


@pytest.fixture(scope="module", params=WORLDS, ids=lambda one: f"{one[0]}-{one[1]}")
def sides(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[date, Sides]:
    """What each of the three says on each date."""
    name, seed = request.param
    profile, folder = load_profile(name), tmp_path_factory.mktemp("reference")
    paths = nasty_log([], seed=seed, later=True).write(folder)
    landed = [pd.read_parquet(one) for one in paths]
    found: dict[date, Sides] = {}
    with feature_source(
        folder / "scratch",
        events=paths[0],
        customers=paths[1],
        profile=profile,
        memory_limit_mb=512,
        threads=1,
    ) as source:
        for day in DATES:
            query = hand_written_query(source.absent_on(day))
            hand = source.connection.execute(query, {"day": day_number(day)}).df()
            found[day] = {
                "engine": by_customer_id(source, build_features(source, day)),
                "hand": by_customer_id(source, hand.set_index("customer_key")),
                "pandas": pandas_features(*landed, profile=profile, observed_on=day),
            }
    return found


def check(one: Sides, other: str, name: str, atol: float) -> None:
    pd.testing.assert_series_equal(
        one[other][name].astype("float64"),
        one["engine"][name],
        rtol=1e-9,
        atol=atol,
        check_names=False,
        check_index_type=False,
    )


@pytest.mark.parametrize("name", FEATURE_NAMES)
def test_a_query_written_by_hand_gives_the_same(sides: dict[date, Sides], name: str) -> None:
    for one in sides.values():
        check(one, "hand", name, 1e-9)


@pytest.mark.parametrize("name", FEATURE_NAMES)
def test_pandas_gives_the_same(sides: dict[date, Sides], name: str) -> None:
    for one in sides.values():
        check(one, "pandas", name, 1e-4 if name.startswith(IN_MILLIONTHS) else 1e-9)


def test_the_query_by_hand_delivers_every_column_of_a_build(sides: dict[date, Sides]) -> None:
    for one in sides.values():
        assert list(one["hand"].columns) == list(one["engine"].columns)
        for name in one["engine"].columns:
            if name.startswith("rhythm_"):
                check(one, "hand", name, 1e-9)


def test_the_dates_are_a_young_log_and_an_old_one(sides: dict[date, Sides]) -> None:
    """So that equal numbers are not those of nobody."""
    young, _, old = (sides[day]["engine"] for day in DATES)
    assert 0 < len(young) <= len(old)
    assert young.isna().to_numpy().sum() > 0
    assert (old["tenure_days"] > 84).any()
