"""The observations of a simulated business with their labels, and the truth beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.profiles.profile import Profile
from analytics.errors import InsufficientData
from analytics.evaluation.oracle import FRUSTRATION_COLUMNS, latent_columns, taught_score
from analytics.evaluation.truth import Truth
from analytics.features.outcomes.labels import Outcome
from analytics.features.prepared import day_number
from analytics.modelling.measuring.metrics import auc
from analytics.modelling.observing.observations import Snapshot

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def judged_rows(
    snapshots: Sequence[Snapshot], ids: npt.NDArray[np.object_], truth: Truth, profile: Profile
) -> pd.DataFrame:
    """Return the labelled rows of all snapshots, with what was true of them.

    Returns
    -------
    Columns customer_key, customer_id, day, silent_days, early, label (1 for silent), truth (1 where
    the customer had gone silently by the end of the label's window), already (1 where that was so
    on the observation day), oracle and oracle_without_frustration (chances). Strangers are left
    out: nothing is true of them.
    """
    parts = []
    for snapshot in snapshots:
        rows = np.flatnonzero(snapshot.labelled)
        day = day_number(snapshot.observation_date)
        window_end = day + profile.gap_days + snapshot.rhythm.horizon_days[rows]
        key = snapshot.features.index.to_numpy()[rows]
        who = ids[key]
        parts.append(
            pd.DataFrame(
                {
                    "customer_key": key,
                    "customer_id": who,
                    "day": day,
                    "silent_days": snapshot.rhythm.silent_days[rows],
                    "early": snapshot.rhythm.silent_days[rows] < profile.early_warning_days,
                    "label": (snapshot.outcome[rows] == Outcome.SILENT).astype(np.int8),
                    "truth": truth.silent_by(who, window_end).astype(np.int8),
                    "already": truth.silent_by(who, np.full(len(who), day)).astype(np.int8),
                }
            )
        )
    if not parts:
        raise InsufficientData(
            "The truth can judge a business only on past dates. Got none.", rule="enough_history"
        )
    table = pd.concat(parts, ignore_index=True)
    table = table[table["customer_id"].isin(truth.customers.index)].reset_index(drop=True)
    latent = latent_columns(
        truth, table["customer_id"].to_numpy(dtype=object), table["day"].to_numpy()
    )
    outcome, key = table["truth"].to_numpy(), table["customer_key"].to_numpy()
    table["oracle"] = taught_score(latent, outcome, key)
    table["oracle_without_frustration"] = taught_score(
        latent.drop(columns=list(FRUSTRATION_COLUMNS)), outcome, key
    )
    return table


@dataclass(frozen=True)
class LabelQuality:
    """How well the label says who has truly gone silently."""

    precision: float
    recall: float
    kappa: float
    rows: int


def label_quality(rows: pd.DataFrame) -> LabelQuality:
    """Compare the label with the truth; kappa is agreement beyond chance (Cohen 1960)."""
    said, true = rows["label"].to_numpy() == 1, rows["truth"].to_numpy() == 1
    both = float((said & true).sum())
    agree = float((said == true).mean())
    chance = said.mean() * true.mean() + (1 - said.mean()) * (1 - true.mean())
    return LabelQuality(
        precision=both / max(float(said.sum()), 1.0),
        recall=both / max(float(true.sum()), 1.0),
        kappa=float((agree - chance) / (1 - chance)) if chance < 1 else float("nan"),
        rows=len(rows),
    )


def early_auc(rows: pd.DataFrame, score: str) -> float:
    """Return how well a column ranks true silent leavers among customers seen lately, by date."""
    early = rows[rows["early"]]
    return auc(early["truth"].to_numpy(), early[score].to_numpy(), within=early["day"].to_numpy())
