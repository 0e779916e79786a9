"""What a history lacks for a test on a later date: the condition that fails, and its figures."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice

import numpy as np
import numpy.typing as npt

from analytics.domain.profiles.profile import Profile
from analytics.features.prepared import EPOCH
from analytics.modelling.observing.observations import Observations
from analytics.modelling.observing.split import (
    FEWEST_POSITIVES,
    MIN_CALIBRATION_ROWS,
    MIN_TRAIN_ROWS,
    split_at,
)

MIN_TEST_ROWS = 100
#: Fewer who went silent, or who stayed: with one kind alone nothing can be ranked.
MIN_TEST_OF_EACH_KIND = 10
#: Where no date has as many, several dates with so many of each kind make one test together.
FEWEST_TEST_OF_EACH_KIND = 5
_TESTED_TOGETHER = 3
#: What must be known by a test date: to train on, and to calibrate on.
_ROWS, _OF_A_KIND = MIN_TRAIN_ROWS + MIN_CALIBRATION_ROWS, 2 * FEWEST_POSITIVES


def fewest_days(profile: Profile) -> int:
    """Return the days of events without which no run can be tested under a profile.

    A first date to learn from lies behind the shortest tenure; its outcome is known after gap and
    horizon, on the first date that can be tested; and that one's after gap and horizon again.
    """
    return profile.min_tenure_days + 2 * (profile.gap_days + profile.horizon_min_days)


def can_be_tested(observations: Observations) -> bool:
    """Tell whether some date can be trained for, calibrated for and tested on, or some together."""
    days = [int(day) for day in np.unique(observations.day)[::-1]]
    if any(_testable(observations, day, MIN_TEST_OF_EACH_KIND) for day in days):
        return True
    few = (day for day in days if _testable(observations, day, FEWEST_TEST_OF_EACH_KIND))
    together = observations.silent[np.isin(observations.day, [*islice(few, _TESTED_TOGETHER)])]
    return of_rarer_kind(together) >= MIN_TEST_OF_EACH_KIND


def of_rarer_kind(silent: npt.NDArray[np.int8] | npt.NDArray[np.bool_]) -> int:
    """Return how many went silent or how many stayed, whichever is less."""
    gone = int(silent.sum())
    return min(gone, len(silent) - gone)


def too_few_outcomes(observations: Observations) -> bool:
    """Tell whether, whatever they are, too few outcomes were known by the last date to test."""
    days, rows = np.unique(observations.day, return_counts=True)
    if not len(days) or rows.max() < MIN_TEST_ROWS:
        return True
    return int((observations.known_day <= days[rows >= MIN_TEST_ROWS].max()).sum()) < _ROWS


def other_horizons_may_help(observations: Observations) -> bool:
    """Tell whether outcomes came too late, or were too few to know, rather than nearly all alike.

    Where customers left, but all of them too late for their outcome to teach a date that is tested,
    a shorter horizon knows it in time.
    """
    silent = int(observations.silent.sum())
    of_both_kinds = min(silent, len(observations) - silent) >= _OF_A_KIND
    return of_both_kinds or too_few_outcomes(observations)


def what_is_short(observations: Observations) -> str:
    """Say in one or two sentences which condition no date meets, with the best figure there is."""
    scored, known = sum(observations.scored.values()), len(observations)
    censored = (
        f" {scored - known:,} of {scored:,} customer dates have no outcome yet, because their "
        "horizons reach beyond the data."
        if scored > known
        else ""
    )
    if not known:
        return f"No outcome of any past date is known yet.{censored}"
    days, rows = np.unique(observations.day, return_counts=True)
    if rows.max() < MIN_TEST_ROWS:
        return (
            f"A test needs a date on which the outcomes of {MIN_TEST_ROWS} customers are known; "
            f"the most on one date is {rows.max():,}.{censored}"
        )
    day = int(days[rows >= MIN_TEST_ROWS].max())
    before = observations.known_day <= day
    on, silent = EPOCH + timedelta(days=day), int(observations.silent[before].sum())
    if before.sum() < _ROWS:
        return (
            f"By {on}, the last date that could be tested, {before.sum():,} outcomes were known, "
            f"and {_ROWS} are needed to learn from.{censored}"
        )
    if min(silent, before.sum() - silent) < _OF_A_KIND:
        return (
            f"By {on}, the last date that could be tested, {before.sum():,} outcomes were known, "
            f"{_none(silent)} of them silent; at least {_OF_A_KIND} silent and {_OF_A_KIND} "
            "retained are needed to learn from."
        )
    tested = int(observations.silent[observations.day == day].sum())
    of_all = int(rows[days == day][0])
    if min(tested, of_all - tested) < MIN_TEST_OF_EACH_KIND:
        return (
            f"On {on}, the last date that could be tested, {_none(tested)} of {of_all:,} "
            f"customers went silent, and a test needs {MIN_TEST_OF_EACH_KIND} who did and as many "
            f"who stayed, on one date or on {_TESTED_TOGETHER} together with at least "
            f"{FEWEST_TEST_OF_EACH_KIND} of each."
        )
    return (
        f"By {on}, the last date that could be tested, {silent:,} of {before.sum():,} known "
        "outcomes were silent. They come from too few customers to share out: some must teach, "
        f"and {FEWEST_POSITIVES} of others must be left to calibrate on."
    )


def _testable(observations: Observations, day: int, of_each: int) -> bool:
    tested = observations.silent[observations.day == day]
    if len(tested) < MIN_TEST_ROWS or of_rarer_kind(tested) < of_each:
        return False
    return split_at(observations, day) is not None


def _none(count: int) -> str:
    return f"{count:,}" if count else "none"
