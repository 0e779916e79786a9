"""Reasons are held against the cause of those who drifted away and left."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from analytics.evaluation.published_run.reason_truth import drifted_leavers, is_named, last_scored
from analytics.evaluation.truth import Truth
from analytics.features.outcomes.labels import Outcome
from analytics.features.prepared import day_number
from analytics.features.rhythm import Rhythm
from analytics.modelling.observing.observations import Snapshot

FIRST = date(2026, 1, 5)
IDS = np.array(["drifted", "at a stroke", "stayed", "vocal"], dtype=object)


def truth() -> Truth:
    """Four customers over five weeks; two leave silently, in the fourth week."""
    states = {
        "drifted": ["engaged", "at_risk", "dormant", "gone_silently", "gone_silently"],
        "at a stroke": ["engaged", "engaged", "engaged", "gone_silently", "gone_silently"],
        "stayed": ["engaged", "at_risk", "at_risk", "at_risk", "at_risk"],
        "vocal": ["at_risk", "at_risk", "dormant", "left_vocally", "left_vocally"],
    }
    weeks = pd.DataFrame(
        {"customer_id": name, "week": week, "state": state, "driver": "price"}
        for name, there in states.items()
        for week, state in enumerate(there)
    )
    customers = pd.DataFrame(
        {
            "final_state": [there[-1] for there in states.values()],
            "exit_day": [day_number(FIRST) + 24.0, day_number(FIRST) + 24.0, np.nan, 24.0],
        },
        index=list(states),
    )
    nothing = pd.DataFrame()
    return Truth({"start": FIRST.isoformat()}, customers, weeks, nothing, nothing, nothing)


def weekly(scored: list[list[bool]]) -> list[Snapshot]:
    """One snapshot a week; `scored` says who may be scored on each."""
    return [
        Snapshot(
            FIRST + timedelta(days=7 * number),
            pd.DataFrame({"tenure_days": 1.0}, index=range(len(IDS))),
            Rhythm(*[np.zeros(len(IDS))] * 2, np.zeros(len(IDS)), np.zeros(len(IDS), bool)),  # type: ignore[arg-type]
            np.zeros(len(IDS), bool),
            np.array(flags),
            np.full(len(IDS), Outcome.CENSORED, np.int8),
            np.zeros(len(IDS)),
            np.empty((len(IDS), 0)),
        )
        for number, flags in enumerate(scored)
    ]


def test_only_those_who_drifted_away_before_they_left_silently_have_a_cause() -> None:
    leavers = drifted_leavers(truth())
    assert leavers.index.tolist() == ["drifted"]
    assert leavers["driver"].tolist() == ["price"]


def test_reasons_are_those_of_the_last_date_with_a_score_before_the_exit() -> None:
    everybody, nobody = [True] * 4, [False] * 4
    leavers = drifted_leavers(truth())
    assert last_scored(weekly([everybody] * 6), IDS, leavers).to_dict() == {"drifted": 3}
    skipped = last_scored(weekly([everybody, everybody, nobody, nobody, everybody]), IDS, leavers)
    assert skipped.to_dict() == {"drifted": 1}


def test_who_had_not_left_by_the_last_date_is_not_judged_yet() -> None:
    leavers = drifted_leavers(truth())
    assert last_scored(weekly([[True] * 4] * 3), IDS, leavers).empty


def test_a_cause_is_named_by_any_of_its_themes_among_the_first_two() -> None:
    causes = pd.Series({"a": "price", "b": "trouble", "c": "trouble", "d": "onboarding"})
    given = {
        "a": frozenset({"recency", "commercial"}),
        "b": frozenset({"recency", "voice"}),
        "c": frozenset({"recency", "trend"}),
    }
    assert is_named(causes, given).tolist() == [1.0, 1.0, 0.0, 0.0]
