"""From labelled observations to a champion that can be believed: backtest, fit, calibrate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
import pandas as pd
from scipy.stats import t as student_t
from sklearn.pipeline import Pipeline

from analytics.domain.numbers.measures import NORMAL_90
from analytics.domain.profiles.profile import Profile
from analytics.domain.words.counting import counted
from analytics.errors import InsufficientData
from analytics.features.prepared import EPOCH, day_number
from analytics.modelling.average_only import (
    average_backtest,
    average_interval,
    average_model,
    learned_by,
    why_average_only,
)
from analytics.modelling.backtest import backtest, taught_on
from analytics.modelling.belief import believed
from analytics.modelling.judging import Backtest
from analytics.modelling.leakage.gates import Gate, leak_gates, refuse_failed
from analytics.modelling.log_odds import log_odds
from analytics.modelling.measuring.prevalence import PrevalenceDrift, prevalence_drift
from analytics.modelling.models.calibrated import Calibrated, fit_calibrated
from analytics.modelling.models.estimators import LADDER, NOVELTY_COLUMNS, build_novelty, spec_of
from analytics.modelling.observing.observations import Observations, Snapshot
from analytics.modelling.observing.split import split_at
from analytics.modelling.too_little import fewest_days

MIN_CUSTOMERS = 200
TEST_ORIGINS = 3
#: Least shared error between periods that we allow ourselves to assume, in log-odds.
SMALLEST_SHOCK_SD = 0.1
#: Shared error assumed where a single test date cannot show any.
ASSUMED_SHOCK_SD = 0.3


@dataclass(frozen=True)
class Trained:
    """The champion and everything needed to score, explain and doubt it.

    Parameters
    ----------
    base_rate
        Share of the tested customers who went silent.
    shock_sd
        Standard deviation of the shared log-odds error between test dates.
    overlapping
        The history was too short for an embargo between training and calibration.
    gates
        The leakage checks, all passed.
    drift
        How far observed and predicted lay apart on the test dates, and whether always to the same
        side.
    unsupported
        Why no prediction can be made of these data; empty where one can.
    early
        The average as the oldest test date knew it, where no model could be learned; None
        elsewhere.
    average_interval
        Then also the ends of the 80% interval of the average risk.
    """

    champion: Calibrated
    novelty: Pipeline
    backtest: Backtest
    train: Observations
    calibrate: Observations
    base_rate: float
    shock_sd: float
    overlapping: bool
    gates: tuple[Gate, ...]
    drift: PrevalenceDrift
    unsupported: str = ""
    early: Calibrated | None = None
    average_interval: tuple[float, float] | None = None
    same_dates: bool = False


def check_enough(snapshots: Sequence[Snapshot], profile: Profile, first_day: int) -> None:
    """Refuse to score where there is too little to learn from.

    Parameters
    ----------
    snapshots
        The data-as-of date first.
    first_day
        The day of the first event.

    Raises
    ------
    InsufficientData
        Fewer than 200 customers, or none who can be scored: the history is too short for the
        profile, or else nobody has enough cadence.
    """
    now = snapshots[0]
    if len(now.features) < MIN_CUSTOMERS:
        raise InsufficientData(
            f"A run needs at least {MIN_CUSTOMERS} customers of whom something was known by "
            f"{now.observation_date} (an event counts from the time it was received). "
            f"Got {len(now.features)}.",
            rule="enough_customers",
            got=len(now.features),
        )
    if any(snapshot.eligible.any() for snapshot in snapshots):
        return
    days = day_number(now.observation_date) - first_day + 1
    if days < fewest_days(profile):
        raise InsufficientData(
            f"Too little history: a run with profile {profile.name} needs at least "
            f"{fewest_days(profile)} days of events. Got {counted(days, 'day')}, "
            f"{EPOCH + timedelta(days=first_day)} to {now.observation_date}.",
            rule="enough_history",
            got=days,
        )
    raise InsufficientData(
        "A run needs customers with enough rhythm for silence to mean something. Got none with "
        f"profile {profile.name}: its meaningful events may not be those of the data.",
        rule="enough_cadence",
        got=0,
    )


def train(
    observations: Observations,
    *,
    as_of_day: int,
    seed: int,
    gates: Sequence[Gate] = (),
) -> Trained:
    """Backtest the ladder, then fit the champion on all that is known by `as_of_day`.

    Parameters
    ----------
    gates
        Leakage checks already made, kept beside those made here.

    Raises
    ------
    InsufficientData
        Too short a history for any test on a later date. Where it is long enough and there are
        too few who left, or who stayed, everybody is given the average risk instead.
    ContractFailed
        A leakage check failed.
    """
    try:
        tested = backtest(observations, origins=TEST_ORIGINS, seed=seed, ladder=LADDER)
    except InsufficientData:
        averaged = average_backtest(observations, origins=TEST_ORIGINS, seed=seed)
        if averaged is None:
            raise
        return _average_only(observations, averaged, gates, seed=seed)
    checks = (*gates, *leak_gates(observations, tested, seed=seed))
    refuse_failed(checks)
    split = split_at(observations, as_of_day)
    if split is None:  # a date that could be tested can be trained for, so this stands guard only
        raise InsufficientData(
            "A run needs past outcomes to train and calibrate on. Got too few.",
            rule="enough_history",
            got=len(observations),
        )
    learn, adjust = taught_on(observations, split)
    tested, unsupported = believed(tested, seed=seed)
    drift = prevalence_drift(tested.predictions, tested.champion, seed=seed)
    champion = fit_calibrated(spec_of(tested.champion), learn, adjust, seed=seed)
    novelty = build_novelty(seed).fit(learn.table[list(NOVELTY_COLUMNS)].to_numpy())
    silent = tested.predictions["silent"]
    return Trained(
        champion,
        novelty,
        tested,
        learn,
        adjust,
        base_rate=float(silent.mean()),
        shock_sd=shock_sd_of(tested.predictions, tested.champion),
        overlapping=split.overlapping,
        gates=checks,
        drift=drift,
        unsupported=unsupported,
        same_dates=split.same_dates,
    )


def _average_only(
    observations: Observations, tested: Backtest, gates: Sequence[Gate], *, seed: int
) -> Trained:
    """Return the average risk in the place of a model: the outcomes are too few or all alike."""
    refuse_failed(gates)
    reason = why_average_only(observations)
    novelty = build_novelty(seed, rows=len(observations)).fit(
        observations.table[list(NOVELTY_COLUMNS)].to_numpy()
    )
    return Trained(
        average_model(observations.silent),
        novelty,
        replace(tested, verdict=reason),
        observations,
        observations,
        base_rate=float(observations.silent.mean()),
        shock_sd=ASSUMED_SHOCK_SD,
        overlapping=False,
        gates=tuple(gates),
        drift=PrevalenceDrift(0.0, False),
        unsupported=reason,
        early=learned_by(observations, tested.test_days[0]),
        average_interval=average_interval(observations, level=0.8),
    )


def shock_sd_of(predictions: pd.DataFrame, champion: str) -> float:
    """Return the spread of observed against predicted between test dates, in log-odds.

    A spread told by few dates is made wider by Student's t over the normal at their 90% quantiles,
    so that the 80% interval made with it holds as often as it says.
    """
    by_day = predictions.groupby("day")[["silent", champion]].mean()
    if len(by_day) < 2:
        return ASSUMED_SHOCK_SD
    error = log_odds(by_day["silent"].to_numpy()) - log_odds(by_day[champion].to_numpy())
    few = float(student_t.ppf(0.9, len(by_day))) / NORMAL_90
    return max(float(np.sqrt(np.mean(error**2))) * few, SMALLEST_SHOCK_SD)
