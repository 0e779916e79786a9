from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.domain.customer.risk_tier import BAND_CUTS, FrustrationBand
from analytics.domain.frustration import (
    EXPERT_WEIGHTS,
    FRICTION_CHANNELS,
    SUPPRESSED_FROM_INDEX,
    UNRESOLVED,
)
from analytics.scoring.frustration.frustration_index import (
    RATE_SHARE,
    SCALE,
    Frustration,
    frustration_of,
    is_stale,
    reference_rates,
)

CHANNELS = [one.name for one in FRICTION_CHANNELS]
#: Loads and exposures are whole millionths of an event.
amounts = st.integers(0, 200_000_000).map(lambda millionths: millionths / 1e6)


def people(rows: int = 3, **columns: object) -> pd.DataFrame:
    """Customers with ten activities each and no problem, but for the columns given."""
    table = pd.DataFrame({f"load_{name}": np.zeros(rows) for name in CHANNELS})
    table["exposure_21"] = table["exposure_45"] = 10.0
    table["load_tickets_held_180d"] = table["oldest_unresolved_ticket_180d"] = 0.0
    return table.assign(**columns)


@st.composite
def crowds(draw: st.DrawFn) -> pd.DataFrame:
    rows = draw(st.integers(1, 6))
    column = st.lists(amounts, min_size=rows, max_size=rows)
    names = [
        *(f"load_{name}" for name in CHANNELS),
        "exposure_21",
        "exposure_45",
        "oldest_unresolved_ticket_180d",
    ]
    return people(rows, **{name: draw(column) for name in names})


@settings(max_examples=80, deadline=None)
@given(crowds())
def test_the_index_lies_between_0_and_100_and_its_parts_add_up_to_it(crowd: pd.DataFrame) -> None:
    found = frustration_of(crowd)
    assert ((found.index >= 0) & (found.index <= 100)).all()
    assert found.parts.sum(axis=1).to_numpy() == pytest.approx(found.index)
    assert (found.parts >= 0).all(axis=None)
    assert list(found.parts.columns) == [*CHANNELS, UNRESOLVED]


@settings(max_examples=80, deadline=None)
@given(crowds(), st.sampled_from(CHANNELS), st.floats(0.1, 20))
def test_one_more_problem_never_frustrates_less(
    crowd: pd.DataFrame, channel: str, more: float
) -> None:
    """In a crowd so large that one customer does not move what is typical."""
    many = pd.concat([crowd, *[people(50, **{f"load_{channel}": 1.0})] * 4], ignore_index=True)
    worse = many.copy()
    worse.loc[0, f"load_{channel}"] += more
    assert frustration_of(worse).index[0] >= frustration_of(many).index[0] - 1e-9


def test_without_problems_there_is_no_frustration() -> None:
    found = frustration_of(people())
    assert (found.index == 0).all()
    assert (found.parts == 0).all(axis=None)
    assert list(found.band) == ["calm"] * 3


def test_one_who_met_nothing_stays_at_zero_among_the_frustrated() -> None:
    found = frustration_of(people(load_errors=[0.0, 5.0, 9.0]))
    assert found.index[0] == 0
    assert found.index[0] < found.index[1] < found.index[2]


def test_the_same_problems_frustrate_more_in_less_use() -> None:
    found = frustration_of(people(load_errors=[4.0, 4.0, 4.0], exposure_21=[2.0, 10.0, 90.0]))
    assert found.index[0] > found.index[1] > found.index[2] > 0


@settings(max_examples=80, deadline=None)
@given(crowds(), st.floats(0.01, 1))
def test_silence_never_lowers_the_index_faster_than_problems_fade(
    crowd: pd.DataFrame, faded: float
) -> None:
    """Nothing happens, so that every load and every exposure fades alike."""
    rates = reference_rates(crowd)
    decayed = [name for name in crowd if str(name).startswith(("load_", "exposure_"))]
    later = crowd.assign(**{name: crowd[name] * faded for name in decayed})
    before, after = (frustration_of(one, reference=rates).index for one in (crowd, later))
    assert (after >= faded * before - 1e-9).all()
    assert (after <= before + 1e-9).all()


@settings(max_examples=40, deadline=None)
@given(crowds(), st.lists(st.floats(0, 3), min_size=9, max_size=9))
def test_with_other_weights_the_parts_still_add_up(
    crowd: pd.DataFrame, weights: list[float]
) -> None:
    found = frustration_of(crowd, dict(zip(EXPERT_WEIGHTS, weights, strict=True)))
    assert found.parts.sum(axis=1).to_numpy() == pytest.approx(found.index)
    assert ((found.index >= 0) & (found.index <= 100)).all()


def test_an_open_ticket_does_not_fade() -> None:
    """The load of an old ticket has decayed to nothing; what it faded by is held."""
    crowd = people(load_tickets=[0.01, 0.01, 1.0], load_tickets_held_180d=[0.99, 0.0, 0.0])
    found = frustration_of(crowd)
    assert found.parts.loc[0, "tickets"] == pytest.approx(found.parts.loc[2, "tickets"])
    assert found.parts.loc[0, "tickets"] > 5
    assert found.parts.loc[1, "tickets"] < 1


def test_an_old_open_ticket_counts_beside_problems_only_and_for_60_days_at_most() -> None:
    crowd = people(
        4, load_errors=[0.0, 2.0, 2.0, 2.0], oldest_unresolved_ticket_180d=[60.0, 30.0, 60.0, 90.0]
    )
    part = frustration_of(crowd, {**dict.fromkeys(CHANNELS, 0.0), UNRESOLVED: 1.0}).index
    assert part[0] == 0
    assert 0 < part[1] < part[2] == part[3]


def test_what_a_customer_says_does_not_depend_on_use() -> None:
    found = frustration_of(people(load_tickets=1.0, exposure_45=[1.0, 10.0, 90.0]))
    assert found.index == pytest.approx(found.index[0])


def test_what_the_source_cannot_tell_frustrates_nobody() -> None:
    unknown = people(load_tickets=np.nan, load_tickets_held_180d=np.nan, load_surveys=np.nan)
    assert (frustration_of(unknown).index == 0).all()


def test_the_index_by_hand_of_a_crowd_where_all_are_alike() -> None:
    """Everyone at the typical rate: no excess, so only the amount counts, at half strength."""
    found = frustration_of(people(load_errors=2.0))
    amount = (1 - RATE_SHARE) * np.log(3.0) / (np.log(3.0) + np.log(3.0))
    weighted = EXPERT_WEIGHTS["errors"] * amount
    assert found.index == pytest.approx(100 * (1 - np.exp(-weighted / SCALE)))


def test_fewer_than_three_active_days_in_28_make_an_index_stale() -> None:
    assert list(is_stale(pd.DataFrame({"active_days_28d": [0, 2, 3, 20]}))) == [
        True, True, False, False
    ]  # fmt: skip


def test_frustrated_means_the_same_for_the_band_and_for_the_silent() -> None:
    assert BAND_CUTS[FrustrationBand.FRUSTRATED] == SUPPRESSED_FROM_INDEX


def test_bands_follow_their_cuts() -> None:
    index = np.array([cut + step for cut in BAND_CUTS.values() for step in (-0.01, 0.0)][:-2])
    band = Frustration(index, pd.DataFrame()).band
    names = [one.value for one in BAND_CUTS]
    assert list(band) == [
        names[1], names[0], names[2], names[1], names[3], names[2]
    ]  # fmt: skip
