"""The best that could be said of a customer by somebody who saw the hidden state.

Not a bound of mathematics but a learner given what no product can have: state, latent frustration,
frailty. Its distance from recency is the room there is for a model.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier

from analytics.evaluation.truth import Truth
from analytics.simulation.hidden import DRIVER_NAMES, STATE_NAMES

Floats = npt.NDArray[np.float64]
FOLDS = 4
_REST_LOOKAHEAD_DAYS = 120


def latent_columns(
    truth: Truth, ids: npt.NDArray[np.object_], day: npt.NDArray[np.int64]
) -> pd.DataFrame:
    """Return the hidden condition of customers at the end of the last whole week before a day.

    Parameters
    ----------
    ids, day
        Aligned: whose condition, and on which day since 1970.
    """
    key = pd.DataFrame({"customer_id": ids, "week": truth.week_known_on(day)})
    found = key.merge(truth.weeks, how="left", on=["customer_id", "week"])
    people = truth.customers.reindex(pd.Index(ids)).reset_index(drop=True)
    signed_up = (people["signed_up_at"].dt.floor("D") - pd.Timestamp(0, tz="UTC")).dt.days
    rest_day = people["rest_day"].to_numpy(dtype=float)
    until_rest = (rest_day - (day - truth.start_day)) % 365
    columns = {
        "state": found["state"].map({name: code for code, name in enumerate(STATE_NAMES)}),
        "frustration": found["frustration"],
        "weeks_at_risk": found["weeks_at_risk"],
        "trouble_drove": (found["driver"] == DRIVER_NAMES[1]).astype(float),
        "away": found["away"].astype(float),
        "paused": found["paused"].astype(float),
        "price_rose": found["price_rose"].astype(float),
        "frailty": people["frailty"],
        "complains": people["complains"],
        "rate": people["rate"],
        "fade": people["fade"],
        "tenure": np.log1p(np.maximum(day - signed_up.to_numpy(dtype=float), 0.0)),
        "rest": np.where(rest_day >= 0, np.minimum(until_rest, _REST_LOOKAHEAD_DAYS), 999.0),
    }
    return pd.DataFrame(columns).astype("float64")


#: What an oracle without frustration may not see, its traces included.
FRUSTRATION_COLUMNS = ("frustration", "trouble_drove")


def taught_score(
    known: pd.DataFrame, silent: npt.NDArray[np.int8], customer_key: npt.NDArray[np.int64]
) -> Floats:
    """Return the chance of silent exit that boosting learns from what is known of each row.

    A row's score comes from a model that has not seen its customer.
    """
    table = known.to_numpy(dtype=np.float64)
    table = table[:, [len(np.unique(column[~np.isnan(column)])) > 1 for column in table.T]]
    score = np.full(len(table), np.nan)
    if not table.shape[1]:
        return score
    fold = customer_key % FOLDS
    for left_out in range(FOLDS):
        train, test = fold != left_out, fold == left_out
        if not test.any() or len(np.unique(silent[train])) < 2:
            continue
        model = HistGradientBoostingClassifier(
            max_iter=120, learning_rate=0.06, max_leaf_nodes=15, min_samples_leaf=40,
            l2_regularization=5.0, early_stopping=False, random_state=0,
        )  # fmt: skip
        score[test] = model.fit(table[train], silent[train]).predict_proba(table[test])[:, 1]
    return score
