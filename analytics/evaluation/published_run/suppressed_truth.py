"""Who is frustrated and does not say so, against the truth, compared with counting tickets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.frustration import EXPERT_WEIGHTS
from analytics.evaluation.published_run.evaluated_run import EvaluatedRun
from analytics.evaluation.published_run.frustration_truth import STILL_THERE
from analytics.features.prepared import day_number
from analytics.modelling.observing.observations import Snapshot
from analytics.scoring.frustration.frustration_index import Weights, frustration_of

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

#: Truly frustrated: the top fifth by latent frustration. Does not complain: the lower half by
#: propensity to speak up.
FRUSTRATED_SHARE, RESERVED_SHARE = 0.20, 0.50
LOOKED_AT_SHARE = 0.05


@dataclass(frozen=True)
class SuppressedFinder:
    """Share of the 5% put first who are truly frustrated and do not complain, mean over dates.

    Parameters
    ----------
    precision
        Those put first have the highest index among customers of whom nothing was heard in 90 days.
    counting_tickets
        Those put first have the most tickets, complaints and requests in 90 days.
    by_chance
        Share of all who are such customers.
    dates
        Weekly dates judged.
    """

    precision: float
    counting_tickets: float
    by_chance: float
    dates: int

    @property
    def times_counting_tickets(self) -> float:
        """How many times as precise as counting tickets."""
        return self.precision / self.counting_tickets if self.counting_tickets > 0 else np.nan


def suppressed_finder(seen: EvaluatedRun) -> SuppressedFinder:
    """Judge the finder on every week since the oldest test date."""
    in_use = _weights_of(seen.run.folder)
    found = [_on_date(week, seen, in_use) for week in seen.weekly]
    kept = np.array([week for week in found if week is not None], dtype=np.float64).reshape(-1, 3)
    if not len(kept):
        return SuppressedFinder(np.nan, np.nan, np.nan, 0)
    precision, tickets, chance = kept.mean(axis=0)
    return SuppressedFinder(float(precision), float(tickets), float(chance), len(kept))


def precision_of_first(score: Floats, is_one: Flags) -> float:
    """Return the share of those sought among the 5% with the highest score; ties share alike."""
    most = max(round(LOOKED_AT_SHARE * len(score)), 1)
    cut = np.sort(score)[-most]
    above, level = score > cut, score == cut
    rest = (most - above.sum()) / level.sum()
    return float((is_one[above].sum() + rest * is_one[level].sum()) / most)


def _weights_of(folder: Path) -> Weights:
    """Return the weights that a run used; a run of a former version kept none."""
    file = folder / "frustration_weights.parquet"
    if not file.is_file():
        return EXPERT_WEIGHTS
    weights = pd.read_parquet(file)
    return dict(zip(weights["part"], weights["weight_in_use"], strict=True))


def _on_date(
    one: Snapshot, seen: EvaluatedRun, weights: Weights
) -> tuple[float, float, float] | None:
    week = int(seen.truth.week_known_on(day_number(one.observation_date)))
    ids = pd.Index(seen.ids[one.features.index])
    truth = seen.truth.weeks
    then = truth[truth["week"] == week].set_index("customer_id").reindex(ids)
    here = then["state"].isin(STILL_THERE).to_numpy() & ~one.ended
    if not here.any():
        return None
    frustration = then["frustration"].to_numpy()[here]
    speaks = seen.truth.customers["complains"].reindex(ids).to_numpy()[here]
    sought = (frustration >= np.quantile(frustration, 1 - FRUSTRATED_SHARE)) & (
        speaks <= np.quantile(speaks, RESERVED_SHARE)
    )
    index = frustration_of(one.features, weights).index[here]
    contacts = np.nan_to_num(one.features["contacts_90d"].to_numpy()[here])
    silent_first = np.where(contacts == 0, index, index - 1000.0)
    return (
        precision_of_first(silent_first, sought),
        precision_of_first(contacts, sought),
        float(sought.mean()),
    )
