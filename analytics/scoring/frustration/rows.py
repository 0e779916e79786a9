"""Past customer dates with what the index is made of and what was said in the weeks after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.features.outcomes.voiced import VOICED_WITHIN_DAYS
from analytics.features.prepared import day_number
from analytics.modelling.observing.observations import Snapshot
from analytics.scoring.frustration.frustration_index import strengths

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

TEST_DATES = 3
#: Fewer who spoke up, among those learned from or those tested, teach nothing about weights.
FEWEST_VOICED = 50
FEWEST_DATES = 3


@dataclass(frozen=True)
class FrustrationRows:
    """Customers who had not left, on past dates whose following weeks are known.

    Parameters
    ----------
    strengths
        Of `strengths`, one column a part of the index.
    voiced
        1 where a ticket, a complaint, a refund request or a bad survey answer followed.
    mean_score
        Mean survey score of the weeks after; NaN without an answer.
    use
        What is known of activity and of the habit to write to us, all before the date: log of
        active days in 28, log of days silent, log of contacts a year.
    """

    strengths: pd.DataFrame
    voiced: Floats
    mean_score: Floats
    use: Floats
    customer_key: Ints
    day: Ints

    def where(self, chosen: Flags) -> FrustrationRows:
        """Return the chosen rows."""
        return FrustrationRows(
            self.strengths[chosen].reset_index(drop=True),
            self.voiced[chosen],
            self.mean_score[chosen],
            self.use[chosen],
            self.customer_key[chosen],
            self.day[chosen],
        )

    def __len__(self) -> int:
        return len(self.voiced)


def frustration_rows(snapshots: Sequence[Snapshot], said: pd.DataFrame) -> FrustrationRows:
    """Return the rows of every date that `voiced` tells about, oldest first."""
    told = set(said.index.get_level_values("observation_day"))
    days = [(day_number(snapshot.observation_date), snapshot) for snapshot in _by_date(snapshots)]
    parts = [_rows_of(snapshot, day, said) for day, snapshot in days if day in told]
    if not parts:
        return _nothing()
    return FrustrationRows(
        pd.concat([part.strengths for part in parts], ignore_index=True),
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("voiced", "mean_score", "use", "customer_key", "day")
        ),
    )


def taught_and_tested(rows: FrustrationRows) -> tuple[FrustrationRows, FrustrationRows] | None:
    """Split by time: learn from dates whose weeks were over on the first test date.

    None where there are too few dates, or too few who spoke up.
    """
    days = np.unique(rows.day)
    if len(days) < FEWEST_DATES:
        return None
    first = days[-min(TEST_DATES, len(days) - 2)]
    taught = rows.where(rows.day + VOICED_WITHIN_DAYS <= first)
    tested = rows.where(rows.day >= first)
    if min(taught.voiced.sum(), tested.voiced.sum()) < FEWEST_VOICED:
        return None
    return taught, tested


def _by_date(snapshots: Sequence[Snapshot]) -> list[Snapshot]:
    return sorted(snapshots, key=lambda one: one.observation_date)


def _rows_of(one: Snapshot, day: int, said: pd.DataFrame) -> FrustrationRows:
    features = one.features[~one.ended]
    after = said.xs(day, level="observation_day").reindex(features.index)
    spoke = after["problem_contacts"].fillna(0.0) + after["bad_answers"].fillna(0.0)
    years = (features["tenure_days"].to_numpy() + 90) / 365
    contacts = after["contacts_before"].fillna(0.0).to_numpy()
    silent = np.nan_to_num(features["days_since_last_activity"].to_numpy(), nan=365.0)
    use = np.column_stack(
        [
            np.log1p(features["active_days_28d"].to_numpy()),
            np.log1p(silent),
            np.log((contacts + 0.5) / years),
        ]
    )
    return FrustrationRows(
        strengths(features),
        (spoke.to_numpy() > 0).astype(np.float64),
        after["mean_score"].to_numpy(dtype=np.float64),
        use,
        features.index.to_numpy(dtype=np.int64),
        np.full(len(features), day, dtype=np.int64),
    )


def _nothing() -> FrustrationRows:
    none, keys = np.empty(0), np.empty(0, dtype=np.int64)
    return FrustrationRows(pd.DataFrame(), none, none, np.empty((0, 3)), keys, keys)
