"""Checks of the index: what each finds in worlds where the answer is known."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from analytics.domain.frustration import EXPERT_WEIGHTS
from analytics.features.incident_days import Incident, spikes_of
from analytics.scoring.frustration.frustration_index import weighed
from analytics.scoring.frustration.groups import group_of, is_suppressed
from analytics.scoring.frustration.incident import incident_rise, no_incident
from analytics.scoring.frustration.index_checks import (
    CheckOutcome,
    against_activity,
    checks_table,
    retest,
    split_half,
    with_satisfaction,
)
from analytics.scoring.frustration.rows import FrustrationRows

SIZE = 600
KEYS = np.arange(SIZE)
ONE_DAY = np.zeros(SIZE, dtype=np.int64)
RNG = np.random.default_rng(5)
TRUE = RNG.random(SIZE) * 100
NAMES = list(EXPERT_WEIGHTS)


def test_halves_of_the_same_thing_agree_and_are_brought_to_the_whole_length() -> None:
    odd, even = (TRUE + 40 * RNG.standard_normal(SIZE) for _ in range(2))
    found = split_half(odd, even, KEYS, ONE_DAY, seed=0)
    half = np.corrcoef(pd.Series(odd).rank(), pd.Series(even).rank())[0, 1]
    assert found.found == pytest.approx(2 * half / (1 + half))
    assert found.found_low < found.found < found.found_high


def test_halves_of_nothing_but_chance_are_not_as_hoped() -> None:
    odd, even = RNG.random(SIZE), RNG.random(SIZE)
    found = split_half(odd, even, KEYS, ONE_DAY, seed=0)
    assert found.outcome is CheckOutcome.NOT_AS_HOPED
    assert "bands" in found.meaning


def test_a_lasting_index_passes_the_retest() -> None:
    assert retest(TRUE, TRUE + 1, KEYS, ONE_DAY, seed=0).outcome is CheckOutcome.AS_HOPED


def test_an_index_of_nothing_passes_nothing() -> None:
    """With 601 customers a mean of ranks leaves traces of rounding that agree with themselves."""
    for size in range(590, 660):
        none, keys = np.zeros(size), np.arange(size)
        for check in (split_half, retest, against_activity):
            found = check(none, none, keys, keys * 0, seed=0)
            assert found.outcome is CheckOutcome.CANNOT_TELL, size


def test_the_mark_of_the_retest_is_said_to_be_our_own_where_the_usual_one_is_for_two_weeks() -> (
    None
):
    hope = retest(TRUE, TRUE, KEYS, ONE_DAY, seed=0).hoped_for
    assert "our own" in hope
    assert "0.75 over two" in hope


def test_what_moves_a_whole_date_counts_for_nothing() -> None:
    """Two dates, on one of which all have more of both: within each date there is no relation."""
    day = np.repeat([0, 1], SIZE // 2)
    index, later = RNG.random(SIZE) + 100 * day, RNG.random(SIZE) + 100 * day
    assert abs(retest(index, later, KEYS, day, seed=0).found) < 0.15


def test_too_few_customers_cannot_tell() -> None:
    few = KEYS[:10]
    found = retest(TRUE[:10], TRUE[:10], few, few * 0, seed=0)
    assert found.outcome is CheckOutcome.CANNOT_TELL
    assert np.isnan(found.found)


def rows(scores: np.ndarray, **parts: np.ndarray) -> FrustrationRows:
    strengths = pd.DataFrame({name: parts.get(name, np.zeros(SIZE)) for name in NAMES})
    return FrustrationRows(strengths, np.zeros(SIZE), scores, np.zeros((SIZE, 3)), KEYS, ONE_DAY)


def test_the_frustrated_give_lower_scores_later() -> None:
    found = with_satisfaction(rows(5 - TRUE / 25, errors=TRUE / 100), seed=0)
    assert found.found < -0.9
    assert found.outcome is CheckOutcome.AS_HOPED


def test_what_customers_said_before_is_left_out_of_the_relation_with_their_scores() -> None:
    said = rows(5 - TRUE / 25, surveys=TRUE / 100, tickets=TRUE / 100)
    assert with_satisfaction(said, seed=0).outcome is CheckOutcome.CANNOT_TELL


def test_answers_are_held_against_weights_that_have_not_seen_them() -> None:
    """A relation made by errors and waiting as the experts weigh them, and said to be so."""
    errors, waiting = RNG.random(SIZE), RNG.random(SIZE)
    told = rows(np.zeros(SIZE), errors=errors, waiting=waiting)
    index = weighed(told.strengths, EXPERT_WEIGHTS).index
    found = with_satisfaction(rows(-index, errors=errors, waiting=waiting), seed=0)
    assert found.found == pytest.approx(-1)
    assert "with the expert weights" in found.meaning


def test_without_survey_answers_the_data_cannot_tell() -> None:
    found = with_satisfaction(rows(np.full(SIZE, np.nan)), seed=0)
    assert found.outcome is CheckOutcome.CANNOT_TELL
    assert "too few survey answers" in found.meaning


def test_an_index_that_only_counts_use_is_told() -> None:
    found = against_activity(TRUE, TRUE, KEYS, ONE_DAY, seed=0)
    assert found.outcome is CheckOutcome.NOT_AS_HOPED
    apart = against_activity(TRUE, RNG.random(SIZE), KEYS, ONE_DAY, seed=0)
    assert apart.outcome is CheckOutcome.AS_HOPED


def test_checks_keep_their_order() -> None:
    table = checks_table([no_incident(), retest(TRUE, TRUE, KEYS, ONE_DAY, seed=0)])
    assert table["place"].tolist() == [1, 2]
    assert table["check_name"].tolist() == ["incident", "retest_28d"]


def daily(spike: float = 400.0) -> pd.DataFrame:
    """Forty days of two regions; on the last but one, much goes wrong in the north."""
    return pd.DataFrame(
        {
            "kind": "region",
            "name": name,
            "day": day,
            "activity": 500.0,
            "problems": spike if name == "north" and day == 38 else 20.0 + (day % 5),
        }
        for name in ("north", "south")
        for day in range(40)
    )


def test_a_day_far_above_the_usual_of_its_own_group_is_an_incident() -> None:
    found = spikes_of(daily())
    assert found[["name", "day"]].to_numpy().tolist() == [["north", 38]]


def test_usual_days_and_small_numbers_are_no_incident() -> None:
    assert spikes_of(daily(spike=25.0)).empty
    few = daily().assign(problems=lambda table: table["problems"] / 20)
    assert spikes_of(few).empty


def incident(there: np.ndarray) -> Incident:
    day = date(2026, 3, 3)
    return Incident("region", "north", day, day, 9.0, there)


def test_the_rise_is_that_of_the_exposed_beyond_the_others() -> None:
    groups = pd.DataFrame({"region": np.where(KEYS % 2, "north", "south")}, index=KEYS)
    before = pd.Series(10.0, index=KEYS)
    after = before + np.where(KEYS % 2, 25.0, 5.0) + RNG.standard_normal(SIZE)
    found = incident_rise(incident(KEYS), before, after, groups, seed=0)
    assert found.found == pytest.approx(20, abs=0.5)
    assert found.outcome is CheckOutcome.AS_HOPED
    assert "found in these same data by the problems themselves" in found.meaning
    elsewhere = incident_rise(incident(KEYS[:20]), before, after, groups, seed=0)
    assert elsewhere.outcome is CheckOutcome.CANNOT_TELL


def test_suppressed_are_the_frustrated_of_whom_nothing_was_heard_and_who_are_still_there() -> None:
    index = np.array([40.0, 39.9, 80.0, 80.0, 80.0])
    contacts = np.array([0.0, 0.0, 1.0, np.nan, 0.0])
    ended = np.array([False, False, False, False, True])
    assert is_suppressed(index, contacts, ended).tolist() == [True, False, False, False, False]
    assert group_of(index, contacts).tolist() == [
        "suppressed", "calm_silent", "spoke", "", "suppressed"
    ]  # fmt: skip
