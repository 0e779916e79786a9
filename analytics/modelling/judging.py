"""The judging of a backtest: every model measured on every slice and date, and the champion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.features.prepared import EPOCH
from analytics.modelling.champion import champion_of, ladder_steps
from analytics.modelling.measured import counts, measure
from analytics.modelling.measuring.resampling import CustomerDraws
from analytics.modelling.measuring.verdict import ranking_in_words
from analytics.modelling.models.estimators import NOVELTY_NAME, ModelSpec
from analytics.modelling.slices import enough

ALL_DATES = "all"
ALL = "all"
RECENTLY_ACTIVE = "recently_active"

Flags = npt.NDArray[np.bool_]


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
    verdict
        How well the champion ranks, in words.
    partial
        No date was old enough for nearly all horizons to have passed, so that the test leaves out
        customers with long horizons.
    steps
        How the ladder was climbed; columns of the run table ``ladder``.
    """

    predictions: pd.DataFrame
    metrics: pd.DataFrame
    champion: str
    verdict: str
    partial: bool = False
    steps: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def test_days(self) -> list[int]:
        """Days since 1970 of the test dates, oldest first."""
        return sorted(int(day) for day in self.predictions["day"].unique())

    def of(self, name: str, slice_name: str = ALL) -> pd.Series:
        """Return the metrics of one model over all test dates."""
        rows = self.metrics
        chosen = (rows["model"] == name) & (rows["slice"] == slice_name)
        return rows[chosen & (rows["observation_date"] == ALL_DATES)].iloc[0]


def judge(predictions: pd.DataFrame, *, ladder: Sequence[ModelSpec], seed: int) -> Backtest:
    """Measure every model on every date, all and seen lately, and choose the champion."""
    names = [rung.name for rung in ladder]
    steps = ladder_steps(
        predictions,
        names,
        seed=seed,
        learn_exits={rung.name for rung in ladder if rung.learns_exits},
    )
    champion = champion_of(steps)
    slices = {
        ALL: np.ones(len(predictions), dtype=bool),
        RECENTLY_ACTIVE: predictions["early"].to_numpy(dtype=bool),
    }
    metrics = pd.concat(
        [
            measure_slices(predictions[on_date], [*names, NOVELTY_NAME], within, date, seed=seed)
            for date, on_date in _dates(predictions).items()
            for within in [{name: rows[on_date] for name, rows in slices.items()}]
        ],
        ignore_index=True,
    )
    verdict = ranking_in_words(metrics, champion, predictions["day"].nunique(), first=names[0])
    return Backtest(predictions, metrics, champion, verdict, steps=steps)


def measure_slices(
    predictions: pd.DataFrame,
    names: Sequence[str],
    slices: Mapping[str, Flags],
    date: str = ALL_DATES,
    *,
    seed: int,
) -> pd.DataFrame:
    """Measure models on groups of the rows; a group that is too small keeps its counts only.

    Parameters
    ----------
    slices
        Which rows are in which group. The group of ``all`` is measured however small it is.
    """
    draws = CustomerDraws.of(predictions["customer_key"].to_numpy(), seed=seed)
    silent, day = predictions["silent"].to_numpy(), predictions["day"].to_numpy()
    rows = []
    for slice_name, chosen in slices.items():
        drawn, seen = draws.where(chosen), silent[chosen]
        for name in names:
            if slice_name == ALL or enough(seen):
                said = predictions[name].to_numpy(dtype=np.float64)[chosen]
                found = measure(
                    seen,
                    said,
                    drawn,
                    within=day[chosen],
                    is_probability=name != NOVELTY_NAME,
                    seed=seed,
                )
            else:
                found = counts(seen)
            rows.append(
                {"observation_date": date, "model": name, "slice": slice_name, **asdict(found)}
            )
    return pd.DataFrame(rows)


def _dates(predictions: pd.DataFrame) -> dict[str, Flags]:
    """Return the rows of all dates together, then of each."""
    day = predictions["day"].to_numpy()
    each = {(EPOCH + timedelta(days=int(date))).isoformat(): day == date for date in np.unique(day)}
    return {ALL_DATES: np.ones(len(day), dtype=bool), **each}
