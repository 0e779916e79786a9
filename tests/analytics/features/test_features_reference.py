"""The engine's numbers are those of two programs that know nothing of it."""

from __future__ import annotations

import pandas as pd
import pytest

from analytics.domain.profile import load_profile
from analytics.features.build import build_features, feature_source
from analytics.features.contract import by_customer_id
from analytics.features.nasty_log import OBSERVED_ON, nasty_log
from analytics.features.prepared import day_number
from analytics.features.registry import FEATURE_NAMES
from tests.reference.hand_written import hand_written_query
from tests.reference.pandas_features import pandas_features

WORLDS = [("saas", seed) for seed in (1, 2, 3)] + [("retail", 4)]
Sides = dict[str, pd.DataFrame]


@pytest.fixture(scope="module", params=WORLDS, ids=lambda one: f"{one[0]}-{one[1]}")
def sides(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Sides:
    name, seed = request.param
    profile, folder = load_profile(name), tmp_path_factory.mktemp("reference")
    events, customers = nasty_log([], seed=seed, later=True).write(folder)
    with feature_source(
        folder / "scratch",
        events=events,
        customers=customers,
        profile=profile,
        memory_limit_mb=512,
        threads=1,
    ) as source:
        engine = by_customer_id(source, build_features(source, OBSERVED_ON))
        query = hand_written_query(source.absent_on(OBSERVED_ON))
        hand = source.connection.execute(query, {"day": day_number(OBSERVED_ON)}).df()
        hand = by_customer_id(source, hand.set_index("customer_key"))
    pandas = pandas_features(
        pd.read_parquet(events),
        pd.read_parquet(customers),
        profile=profile,
        observed_on=OBSERVED_ON,
    )
    return {"engine": engine, "hand": hand, "pandas": pandas}


#: The engine adds up whole millionths of decayed events and of n ln n, the others fractions.
IN_MILLIONTHS = ("load_", "exposure_", "feature_entropy_")


def check(sides: Sides, other: str, name: str) -> None:
    pd.testing.assert_series_equal(
        sides[other][name].astype("float64"),
        sides["engine"][name],
        rtol=1e-9,
        atol=1e-4 if name.startswith(IN_MILLIONTHS) else 1e-9,
        check_names=False,
        check_index_type=False,
    )


@pytest.mark.parametrize("name", FEATURE_NAMES)
def test_a_query_written_by_hand_gives_the_same(sides: Sides, name: str) -> None:
    check(sides, "hand", name)


@pytest.mark.parametrize("name", FEATURE_NAMES)
def test_pandas_gives_the_same(sides: Sides, name: str) -> None:
    check(sides, "pandas", name)
