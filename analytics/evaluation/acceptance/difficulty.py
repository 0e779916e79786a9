"""How hard a simulated business is: what the truth, the records and days of silence tell."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.profiles.profile import Profile
from analytics.evaluation.judged_rows import early_auc, judged_rows, label_quality
from analytics.evaluation.oracle import taught_score
from analytics.evaluation.truth import Truth
from analytics.modelling.backtest import backtest
from analytics.modelling.models.estimators import LADDER
from analytics.modelling.observing.observations import Observations, Snapshot, stack
from analytics.modelling.training import TEST_ORIGINS

#: The forest, alone or in a mean, is slow and, here, never the best; the others stand for the
#: product's models.
TRIED_RUNGS = tuple(
    rung
    for rung in LADDER
    if "random_forest" not in {rung.name, *(member.name for member in rung.members)}
)
SEED = 1


def difficulty(
    snapshots: Sequence[Snapshot],
    ids: npt.NDArray[np.object_],
    truth: Truth,
    profile: Profile,
) -> dict[str, float]:
    """Return the figures of the acceptance table that need labels and models.

    Parameters
    ----------
    ids
        Customer ids by customer key.

    Raises
    ------
    InsufficientData
        Too few went silent to test a model.
    """
    rows = judged_rows(snapshots, ids, truth, profile)
    observations = stack(snapshots, early_warning_days=profile.early_warning_days)
    rows["records"] = _records_score(rows, observations)
    tested = backtest(observations, origins=TEST_ORIGINS, seed=SEED, ladder=TRIED_RUNGS)
    predicted = rows.merge(
        tested.predictions.drop(columns=["silent", "early"]), on=["customer_key", "day"]
    )
    models = [early_auc(predicted, tried_rung.name) for tried_rung in TRIED_RUNGS]
    records = early_auc(rows, "records")
    oracle = early_auc(rows, "oracle")
    return {
        "oracle_early_auc": oracle,
        "recency_early_auc": early_auc(rows, "silent_days"),
        "records_early_auc": records,
        "best_model_early_auc": float(np.nanmax([*models, records])),
        "frustration_worth_auc": oracle - early_auc(rows, "oracle_without_frustration"),
        "label_kappa": label_quality(rows).kappa,
    }


def _records_score(rows: pd.DataFrame, observations: Observations) -> npt.NDArray[np.float64]:
    """Return what boosting on the features says, taught the true exits of other customers."""
    names = list(observations.table.columns)
    table = observations.table.copy()
    table["customer_key"], table["day"] = observations.customer_key, observations.day
    known = rows[["customer_key", "day"]].merge(table, how="left", on=["customer_key", "day"])
    return taught_score(known[names], rows["truth"].to_numpy(), rows["customer_key"].to_numpy())
