"""Does the index tell of silent churn what recency, frequency and value do not?"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.modelling.measuring.metrics import auc as auc_of
from analytics.modelling.measuring.metrics import interval
from analytics.modelling.measuring.resampling import CustomerDraws
from analytics.modelling.models.estimators import RFM_COLUMNS, spec_of
from analytics.modelling.observing.observations import Observations
from analytics.scoring.frustration.index_checks import Check, CheckOutcome, cannot_tell

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

INDEX = "frustration_index"
FEWEST_LEAVERS = 30
_RECENCY: tuple[str, ...] = ("days_since_last_activity",)
#: Against what, in words, and the baselines of which the one that ranks best counts.
_AGAINST = {
    "recency": ("days of silence", (_RECENCY,)),
    "rfm": ("recency, frequency and value", (RFM_COLUMNS, _RECENCY)),
}
_HOPED = "more than 0, with its whole interval"


def gains(
    observations: Observations, index: Floats, first_test_day: int, *, seed: int
) -> list[Check]:
    """Return what the index adds to the AUC, over recency and over RFM, early and for all.

    Learned from what was known by the first test day, judged on the dates from it on. Where days
    of silence alone rank better than with frequency and value beside them, the gain over RFM is
    that over days of silence: more columns are no excuse for a weaker baseline.

    Parameters
    ----------
    index
        With expert weights, one an observation.
    """
    taught = observations.known_day <= first_test_day
    tested = observations.day >= first_test_day
    slices = {
        "early": ("customers seen lately", tested & observations.early),
        "all": ("all scored customers", tested),
    }
    return [
        _gain(observations, index, taught, rows, against, name, whom, seed=seed)
        for name, (whom, rows) in slices.items()
        for against in _AGAINST
    ]


def _gain(
    observations: Observations,
    index: Floats,
    taught: Flags,
    tested: Flags,
    against: str,
    slice_name: str,
    whom: str,
    *,
    seed: int,
) -> Check:
    words, baselines = _AGAINST[against]
    label = f"Silent churn beyond {words}: {whom}"
    told = f"gain_{against}_{slice_name}", label, _HOPED
    silent = observations.silent
    if min(silent[taught].sum(), silent[tested].sum()) < FEWEST_LEAVERS or not index.any():
        why = "Nobody has an index." if not index.any() else "Too few of them went silent."
        return cannot_tell(*told, why)
    table = observations.table[list(RFM_COLUMNS)].assign(**{INDEX: index})
    keys, gone = observations.customer_key[tested], silent[tested]
    day = observations.day[tested]

    def ranked(columns: tuple[str, ...]) -> Floats:
        return _ranked(table[list(columns)], silent, taught, tested, seed=seed)

    plain = {columns: ranked(columns) for columns in baselines}
    worth = {columns: auc_of(gone, score, within=day) for columns, score in plain.items()}
    best = max(baselines, key=worth.__getitem__)
    without, beside = plain[best], ranked((*best, INDEX))
    draws = CustomerDraws.of(keys, seed=seed)
    low, high = interval(draws.auc(gone, beside, within=day) - draws.auc(gone, without, within=day))
    before, after = worth[best], auc_of(gone, beside, within=day)
    surely = low > 0
    outcome = CheckOutcome.AS_HOPED if surely else CheckOutcome.NOT_AS_HOPED
    meaning = f"AUC {before:.3f} without the index, {after:.3f} with it. " + (
        "It adds something that the rest does not know."
        if surely
        else "Whether it adds anything cannot be told from no gain."
        if high >= 0
        else "It makes the ranking worse."
    )
    if best != baselines[0]:
        meaning += (
            " Days of silence alone rank better than recency, frequency and value together "
            f"(AUC {worth[baselines[0]]:.3f}), so the index is held against them."
        )
    return Check(*told[:2], int(tested.sum()), after - before, low, high, _HOPED, outcome, meaning)


def _ranked(
    table: pd.DataFrame, silent: npt.NDArray[np.int8], taught: Flags, tested: Flags, *, seed: int
) -> Floats:
    """Return what a logistic regression with these columns says of the tested rows."""
    columns = list(table.columns)
    model = spec_of("rfm_logistic").build(columns, int(taught.sum()), seed)
    model.fit(table[taught], silent[taught])
    result: Floats = model.predict_proba(table[tested])[:, 1]
    return result
