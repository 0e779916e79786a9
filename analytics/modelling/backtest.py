"""The rolling-origin backtest: what each model would have said, judged by what happened later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.errors import InsufficientData
from analytics.features.prepared import EPOCH
from analytics.modelling.calibrated import fit_calibrated
from analytics.modelling.champion import choose_champion, verdict_of
from analytics.modelling.estimators import (
    LADDER,
    NOVELTY_COLUMNS,
    NOVELTY_NAME,
    ModelSpec,
    build_novelty,
)
from analytics.modelling.metrics import Metrics, customer_draws, measure
from analytics.modelling.observations import Observations
from analytics.modelling.split import split_at

MIN_TEST_ROWS = 100
MIN_TEST_POSITIVES = 10
#: Share of a date's scored customers whose horizon must have passed: the long horizons, where more
#: customers go silent, pass last.
MIN_KNOWN_SHARE = 0.9
ALL_DATES = "all"
SLICES = ("all", "early_warning")


@dataclass(frozen=True)
class Backtest:
    """What the backtest found.

    Parameters
    ----------
    predictions
        One row a tested observation: day, customer_key, silent, early, and one column a model.
    metrics
        One row a test date (or ``all``), model and slice; columns of the run table ``backtest``.
    champion
        Name of the highest rung that beat the champion below it.
    partial
        No date was old enough for nearly all horizons to have passed, so that the test leaves out
        customers with long horizons.
    """

    predictions: pd.DataFrame
    metrics: pd.DataFrame
    champion: str
    verdict: str
    partial: bool = False

    @property
    def test_days(self) -> list[int]:
        """Days since 1970 of the test dates, oldest first."""
        return sorted(int(day) for day in self.predictions["day"].unique())

    def of(self, name: str, slice_name: str = "all") -> pd.Series:
        """Return the metrics of one model over all test dates."""
        rows = self.metrics
        chosen = (rows["model"] == name) & (rows["slice"] == slice_name)
        return rows[chosen & (rows["observation_date"] == ALL_DATES)].iloc[0]


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
    parts = _predict_dates(observations, origins, MIN_KNOWN_SHARE, ladder=ladder, seed=seed)
    partial = not parts
    if partial:
        parts = _predict_dates(observations, origins, 0.0, ladder=ladder, seed=seed)
    if not parts:
        raise InsufficientData(
            "A churn risk must be tested on a date later than training and calibration: that needs "
            "at least three dates whose horizons have passed, with 15 silent customers each. "
            f"Got {len(observations)} labelled observations, "
            f"{int(observations.silent.sum())} of them silent.",
            rule="enough_history",
            got=len(observations),
        )
    predictions = pd.concat(parts[::-1], ignore_index=True)
    return replace(judge(predictions, ladder=ladder, seed=seed), partial=partial)


def _predict_dates(
    observations: Observations,
    origins: int,
    known_share: float,
    *,
    ladder: Sequence[ModelSpec],
    seed: int,
) -> list[pd.DataFrame]:
    """Predict the latest dates whose outcomes are known well enough, latest first."""
    parts: list[pd.DataFrame] = []
    for day in sorted(np.unique(observations.day), reverse=True):
        if len(parts) == origins:
            break
        known = int((observations.day == day).sum())
        if known < known_share * observations.scored.get(int(day), known):
            continue
        part = _predict_date(observations, int(day), ladder=ladder, seed=seed)
        if part is not None:
            parts.append(part)
    return parts


def judge(predictions: pd.DataFrame, *, ladder: Sequence[ModelSpec], seed: int) -> Backtest:
    """Measure every model on every slice and date, and choose the champion."""
    names = [one.name for one in ladder]
    metrics = _measure_all(predictions, [*names, NOVELTY_NAME], seed=seed)
    champion = choose_champion(predictions, names, seed=seed)
    return Backtest(
        predictions, metrics, champion, verdict_of(metrics, champion, predictions["day"].nunique())
    )


def _predict_date(
    observations: Observations, day: int, *, ladder: Sequence[ModelSpec], seed: int
) -> pd.DataFrame | None:
    tested = observations.day == day
    if tested.sum() < MIN_TEST_ROWS or observations.silent[tested].sum() < MIN_TEST_POSITIVES:
        return None
    split = split_at(observations, day)
    if split is None:
        return None
    train, calibrate = observations.where(split.train), observations.where(split.calibrate)
    test = observations.where(tested)
    columns: dict[str, npt.ArrayLike] = {
        "day": test.day,
        "customer_key": test.customer_key,
        "silent": test.silent,
        "early": test.early,
    }
    for spec in ladder:
        columns[spec.name] = fit_calibrated(spec, train, calibrate, seed=seed).predict(test.table)
    columns[NOVELTY_NAME] = novelty_score(train.table, test.table, seed=seed)
    return pd.DataFrame(columns)


def novelty_score(
    train: pd.DataFrame, table: pd.DataFrame, *, seed: int
) -> npt.NDArray[np.float64]:
    """Return how unusual each row is among the training rows; larger is more unusual."""
    wanted = list(NOVELTY_COLUMNS)
    forest = build_novelty(seed).fit(train[wanted].to_numpy())
    score: npt.NDArray[np.float64] = -forest.score_samples(table[wanted].to_numpy())
    return score


def _measure_all(predictions: pd.DataFrame, names: Sequence[str], *, seed: int) -> pd.DataFrame:
    draws = customer_draws(predictions["customer_key"].to_numpy(), seed=seed)
    days = sorted(predictions["day"].unique())
    rows = []
    for date_name, on_date in [
        (ALL_DATES, np.ones(len(predictions), bool)),
        *((_iso(day), (predictions["day"] == day).to_numpy()) for day in days),
    ]:
        for slice_name in SLICES:
            early = predictions["early"].to_numpy()
            chosen = on_date & (early if slice_name == "early_warning" else True)
            part = predictions[chosen]
            for name in names:
                found = _measure(part, name, draws[:, chosen])
                rows.append(
                    {
                        "observation_date": date_name,
                        "model": name,
                        "slice": slice_name,
                        **asdict(found),
                    }
                )
    return pd.DataFrame(rows)


def _measure(part: pd.DataFrame, name: str, draws: npt.NDArray[np.float64]) -> Metrics:
    return measure(
        part["silent"].to_numpy(),
        part[name].to_numpy(),
        draws,
        is_probability=name != NOVELTY_NAME,
    )


def _iso(day: int) -> str:
    return (EPOCH + timedelta(days=int(day))).isoformat()
