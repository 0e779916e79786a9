"""The one likely cause named against the true cause of leaving.

Most causes are of one kind, so that to name the two commonest to everybody is right most of the
time. Two figures gain nothing from that: the mean over the causes of the share found of each
(chance is one divided by the number of causes), and Cohen's kappa, the agreement beyond chance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.metrics import cohen_kappa_score

from analytics.evaluation.published_run.evaluated_run import EvaluatedRun
from analytics.evaluation.published_run.reason_truth import drifted_leavers, last_scored
from analytics.scoring.explanations.causes import likely_causes


@dataclass(frozen=True)
class CauseQuality:
    """How well the likely cause names the true one.

    Parameters
    ----------
    macro_recall
        Mean over the true causes of the share of their customers for whom they were named.
    kappa
        Cohen's kappa of the causes named and the true ones: 0 by chance, 1 all right.
    customers
        How many drifted away for a cause, left silently and were scored on a weekly date before.
    recall_by_cause
        The share by true cause, with the number of customers.
    """

    macro_recall: float
    kappa: float
    customers: int
    recall_by_cause: dict[str, tuple[float, int]]


def cause_quality(seen: EvaluatedRun) -> CauseQuality:
    """Compare the likely cause of each leaver's last scored week with the true one.

    Contracts are left out: a source tells their ends as they are today.
    """
    leavers = drifted_leavers(seen.truth)
    dates = last_scored(seen.weekly, seen.ids, leavers)
    true = leavers.loc[dates.index, "driver"].astype(str)
    return agreement(true, _causes_named(seen, dates))


def agreement(true: pd.Series, named: pd.Series) -> CauseQuality:
    """Return how well the named causes agree with the true ones; both by customer."""
    if not len(true):
        return CauseQuality(float("nan"), float("nan"), 0, {})
    right = (named.reindex(true.index) == true).groupby(true.to_numpy())
    recall = {str(cause): (float(part.mean()), len(part)) for cause, part in right}
    kinds = set(true) | set(named)
    return CauseQuality(
        macro_recall=float(np.mean([share for share, _ in recall.values()])),
        # All of one kind agree by chance alone.
        kappa=float(cohen_kappa_score(true, named.reindex(true.index))) if len(kinds) > 1 else 0.0,
        customers=len(true),
        recall_by_cause=recall,
    )


def _causes_named(seen: EvaluatedRun, dates: pd.Series) -> pd.Series:
    """Return the cause named on each leaver's date, by customer_id."""
    found: list[pd.Series] = [pd.Series(dtype=object)]
    for number, part in dates.groupby(dates):
        week = seen.weekly[int(str(number))]
        causes = likely_causes(week.features[week.eligible], week.engaged).cause
        of_customer = causes.set_axis(seen.ids[causes.index.to_numpy()])
        found.append(of_customer.loc[part.index])
    named: pd.Series = pd.concat(found)
    return named
