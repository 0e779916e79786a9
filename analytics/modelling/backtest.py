"""The rolling-origin backtest: what each model would have said, judged by what happened later."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.errors import InsufficientData
from analytics.modelling.judging import Backtest, judge
from analytics.modelling.models.calibrated import calibrated, fit_once, mean_of_fits
from analytics.modelling.models.estimators import (
    LADDER,
    NOVELTY_COLUMNS,
    NOVELTY_NAME,
    ModelSpec,
    build_novelty,
)
from analytics.modelling.models.side_by_side import side_by_side
from analytics.modelling.observing.observations import Observations
from analytics.modelling.observing.split import Split, split_at
from analytics.modelling.observing.targets import can_teach
from analytics.modelling.too_little import (
    FEWEST_TEST_OF_EACH_KIND,
    MIN_TEST_OF_EACH_KIND,
    MIN_TEST_ROWS,
    of_rarer_kind,
    what_is_short,
)

#: Share of a date's scored customers whose horizon must have passed: the long horizons, where more
#: customers go silent, pass last.
MIN_KNOWN_SHARE = 0.9
#: Rows beyond which a model hardly learns more; whole customers are left out.
MOST_TRAINING_ROWS = 150_000
MOST_CALIBRATION_ROWS = 100_000


@dataclass(frozen=True)
class _Wanted:
    """What a date must have to be tested.

    Parameters
    ----------
    known_share
        Share of the customers scored on the date whose outcome is known.
    same_dates
        Whether training and calibration may share their dates, as in the shortest history.
    of_each_kind
        Customers who went silent, and customers who stayed.
    """

    known_share: float
    same_dates: bool = False
    of_each_kind: int = MIN_TEST_OF_EACH_KIND


#: Tried in this order: the first that some date meets counts.
_WANTED = (
    _Wanted(MIN_KNOWN_SHARE),
    _Wanted(0.0),
    _Wanted(0.0, same_dates=True),
    _Wanted(0.0, same_dates=True, of_each_kind=FEWEST_TEST_OF_EACH_KIND),
)


def backtest(
    observations: Observations,
    *,
    origins: int,
    seed: int,
    ladder: Sequence[ModelSpec] = LADDER,
) -> Backtest:
    """Test every model on the latest `origins` dates that can be tested.

    Raises
    ------
    InsufficientData
        No date can be trained for, calibrated for and tested on.
    """
    ladder = learnable(ladder, observations)
    for wanted in _WANTED:
        parts = _predict_dates(observations, origins, wanted, ladder=ladder, seed=seed)
        if not parts:
            continue
        predictions = pd.concat(parts[::-1], ignore_index=True)
        if of_rarer_kind(predictions["silent"].to_numpy()) >= MIN_TEST_OF_EACH_KIND:
            partial = not _nearly_all_known(observations, predictions["day"].unique())
            return replace(judge(predictions, ladder=ladder, seed=seed), partial=partial)
    raise InsufficientData(
        "A churn risk must be tested on a date later than what it learned from. Got too little "
        f"for that. {what_is_short(observations)}",
        rule="enough_history",
        got=len(observations),
    )


def _predict_dates(
    observations: Observations,
    origins: int,
    wanted: _Wanted,
    *,
    ladder: Sequence[ModelSpec],
    seed: int,
) -> list[pd.DataFrame]:
    """Predict the latest dates whose outcomes are known well enough, latest first."""
    parts: list[pd.DataFrame] = []
    for day in np.unique(observations.day)[::-1]:
        if len(parts) == origins:
            break
        if _known_share(observations, int(day)) < wanted.known_share:
            continue
        part = _predict_date(observations, int(day), wanted, ladder=ladder, seed=seed)
        if part is not None:
            parts.append(part)
    return parts


def _known_share(observations: Observations, day: int) -> float:
    """Return which share of the customers scored on a day have an outcome."""
    known = int((observations.day == day).sum())
    return known / max(observations.scored.get(day, known), 1)


def _nearly_all_known(observations: Observations, days: Iterable[int]) -> bool:
    return all(_known_share(observations, int(day)) >= MIN_KNOWN_SHARE for day in days)


def _predict_date(
    observations: Observations,
    day: int,
    wanted: _Wanted,
    *,
    ladder: Sequence[ModelSpec],
    seed: int,
) -> pd.DataFrame | None:
    tested = observations.day == day
    rarer = of_rarer_kind(observations.silent[tested])
    if tested.sum() < MIN_TEST_ROWS or rarer < wanted.of_each_kind:
        return None
    split = split_at(observations, day)
    if split is None or (split.same_dates and not wanted.same_dates):
        return None
    train, calibrate = taught_on(observations, split)
    test = observations.where(tested)
    columns: dict[str, npt.ArrayLike] = {
        "day": test.day,
        "customer_key": test.customer_key,
        "silent": test.silent,
        "early": test.early,
        "exit": test.later.exit if test.later.known else np.full(len(test), np.nan),
    }
    last = max(float(side.known_day.max()) for side in (train, calibrate))
    columns["learned_until"] = np.full(len(test), last)
    columns["unseen"] = ~np.isin(test.customer_key, train.customer_key)
    columns |= _predicted(ladder, train, calibrate, test.table, seed=seed)
    columns[NOVELTY_NAME] = novelty_score(train.table, test.table, seed=seed)
    return pd.DataFrame(columns)


def _predicted(
    ladder: Sequence[ModelSpec],
    train: Observations,
    calibrate: Observations,
    table: pd.DataFrame,
    *,
    seed: int,
) -> dict[str, npt.ArrayLike]:
    """Return what each rung says of the table; what several rungs are made of is fitted once."""
    alone = {rung.name: rung for spec in ladder for rung in spec.members or (spec,)}
    jobs = (partial(fit_once, rung, train, calibrate, seed=seed) for rung in alone.values())
    by_name = dict(zip(alone, side_by_side(jobs, rows=len(train)), strict=True))
    return {
        spec.name: calibrated(
            spec,
            mean_of_fits([by_name[member.name] for member in spec.members or (spec,)]),
            train,
            calibrate,
        ).predict(table)
        for spec in ladder
    }


def taught_on(observations: Observations, split: Split) -> tuple[Observations, Observations]:
    """Return the rows to train and to calibrate on, thinned by whole customers where many."""
    return (
        observations.where(split.train).of_fewer_customers(MOST_TRAINING_ROWS),
        observations.where(split.calibrate).of_fewer_customers(MOST_CALIBRATION_ROWS),
    )


def learnable(ladder: Sequence[ModelSpec], observations: Observations) -> tuple[ModelSpec, ...]:
    """Return the rungs that these observations can teach: some need what became of everybody."""
    return tuple(
        spec
        for spec in ladder
        if all(can_teach(observations, rung.learns) for rung in spec.members or (spec,))
    )


def novelty_score(
    train: pd.DataFrame, table: pd.DataFrame, *, seed: int
) -> npt.NDArray[np.float64]:
    """Return how unusual each row is among the training rows; larger is more unusual."""
    wanted = list(NOVELTY_COLUMNS)
    forest = build_novelty(seed, rows=len(train)).fit(train[wanted].to_numpy())
    score: npt.NDArray[np.float64] = -forest.score_samples(table[wanted].to_numpy())
    return score
