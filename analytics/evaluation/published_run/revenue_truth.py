"""Revenue at risk predicted on past test dates, against the value of those who had truly left."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analytics.evaluation.published_run.evaluated_run import EvaluatedRun
from analytics.modelling.judging import ALL
from analytics.modelling.past_dates.past_revenue import past_revenue
from analytics.pipeline.content.evidence_content import values_at_stake
from analytics.scoring.customer_value.value_on_date import values_on_dates


@dataclass(frozen=True)
class RevenueTruth:
    """Money predicted and truly lost over the test dates; values as known then.

    Parameters
    ----------
    predicted
        Sum over the test dates of the revenue at risk predicted then.
    true
        Value at stake of those who had truly gone silently by the end of their horizon.
    by_label
        The same of those whom the label calls silent: what a business without the truth would see.
    interval_covers
        Share of the dates on which the 80% interval holds the true loss.
    cells, cells_covered
        Groups (tier, segment, plan) on each date, and the share of them whose interval does.
    """

    predicted: float
    true: float
    by_label: float
    dates: int
    interval_covers: float
    cells: int
    cells_covered: float

    @property
    def bias(self) -> float:
        """How far what was predicted lies above the true loss, over it."""
        return self.predicted / self.true - 1 if self.true else float("nan")

    @property
    def bias_by_label(self) -> float:
        """The same against what the label calls lost."""
        return self.predicted / self.by_label - 1 if self.by_label else float("nan")

    def as_dict(self) -> dict[str, float]:
        """Return what `simulate evaluate --json` prints."""
        return {
            "predicted": self.predicted,
            "true": self.true,
            "bias": self.bias,
            "by_label": self.by_label,
            "bias_by_label": self.bias_by_label,
            "dates": self.dates,
            "interval_covers": self.interval_covers,
            "cells": self.cells,
            "cells_covered": self.cells_covered,
        }


def revenue_truth(seen: EvaluatedRun) -> RevenueTruth:
    """Judge the revenue at risk of the test dates, without strangers, of whom nothing is true."""
    worth = values_on_dates(seen.snapshots, seen.people, seen.profile)
    value = values_at_stake(seen.snapshots, [of_date.value for of_date in worth])
    known = seen.rows[["customer_key", "day", "truth"]]
    predictions = seen.tested.predictions.merge(known, on=["customer_key", "day"])
    tested = replace(seen.tested, predictions=predictions, champion=str(seen.run.summary.champion))
    return judged(
        past_revenue(tested, value, seen.people, outcome="truth"),
        past_revenue(tested, value, seen.people),
    )


def judged(truly: pd.DataFrame, by_label: pd.DataFrame) -> RevenueTruth:
    """Sum up the rows of `past_revenue` under the truth and under the label."""
    dates, cells = truly[truly["kind"] == ALL], truly[truly["kind"] != ALL]
    label = by_label[by_label["kind"] == ALL]
    return RevenueTruth(
        predicted=float(dates["predicted"].sum()),
        true=float(dates["lost"].sum()),
        by_label=float(label["lost"].sum()),
        dates=len(dates),
        interval_covers=_share(dates),
        cells=len(cells),
        cells_covered=_share(cells),
    )


def _share(rows: pd.DataFrame) -> float:
    return float(np.mean(rows["held"])) if len(rows) else float("nan")
