"""Groups of customers in which a model must hold, too, told by what was known on the date."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.customer_columns.group_columns import MODEL_SLICE_COLUMNS

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

#: Fewer rows, leavers or stayers say too little of a group.
MIN_SLICE_ROWS = 200
MIN_SLICE_OF_EACH_KIND = 30
#: Segments and regions shown, the largest first.
MOST_SLICES_OF_A_COLUMN = 8
UNSEEN = "unseen"

_YOUNG_DAYS, _YEAR_DAYS = 90, 365
_TENURES = (
    (f"tenure: under {_YOUNG_DAYS} days", 0.0, float(_YOUNG_DAYS)),
    (f"tenure: {_YOUNG_DAYS} to {_YEAR_DAYS - 1} days", float(_YOUNG_DAYS), float(_YEAR_DAYS)),
    ("tenure: a year or more", float(_YEAR_DAYS), np.inf),
)


def enough(silent: npt.NDArray[np.int8]) -> bool:
    """Tell whether a group can be measured."""
    leavers = int(silent.sum())
    fewest = min(leavers, len(silent) - leavers)
    return len(silent) >= MIN_SLICE_ROWS and fewest >= MIN_SLICE_OF_EACH_KIND


def slices_of(predictions: pd.DataFrame, known: pd.DataFrame) -> dict[str, Flags]:
    """Return which rows are in which group, of those that have any.

    Parameters
    ----------
    predictions
        One row a tested observation: `day`, `customer_key`, and `unseen` (not in that date's
        training) where it is known.
    known
        Index (day, customer_key); columns `active_day_share`, `tenure_days` and `value`, and
        `segment` and `region` where the customers have them. All as of the day.

    Notes
    -----
    Thirds and tenths are taken within each date. Somebody without a segment is in none.
    """
    wanted = pd.MultiIndex.from_frame(predictions[["day", "customer_key"]])
    rows = known.reindex(wanted)
    day = predictions["day"].to_numpy()
    slices = _by_cadence(_rank_within(rows["active_day_share"], day))
    slices |= _by_value(_rank_within(rows["value"], day))
    slices |= _by_tenure(rows["tenure_days"].to_numpy(dtype=np.float64))
    for name in MODEL_SLICE_COLUMNS:
        if name in rows:
            slices |= _by_own_group(name, rows[name])
    if UNSEEN in predictions:
        slices[UNSEEN] = predictions[UNSEEN].to_numpy(dtype=bool)
    return {name: chosen for name, chosen in slices.items() if chosen.any()}


def _rank_within(values: pd.Series, day: npt.NDArray[np.int64]) -> Floats:
    """Return the share of the date's customers that have at most as much; NaN where unknown."""
    ranked: Floats = values.groupby(day).rank(pct=True, method="average").to_numpy()
    return ranked


def _by_cadence(rank: Floats) -> dict[str, Flags]:
    return {
        "cadence: often": rank > 2 / 3,
        "cadence: sometimes": (rank > 1 / 3) & (rank <= 2 / 3),
        "cadence: seldom": rank <= 1 / 3,
    }


def _by_value(rank: Floats) -> dict[str, Flags]:
    return {"value: top tenth": rank > 0.9, "value: rest": rank <= 0.9}


def _by_tenure(days: Floats) -> dict[str, Flags]:
    return {name: (days >= low) & (days < high) for name, low, high in _TENURES}


def _by_own_group(name: str, group: pd.Series) -> dict[str, Flags]:
    kept = group.where(group.astype("string").str.strip().ne("").fillna(False))
    largest = kept.value_counts().head(MOST_SLICES_OF_A_COLUMN)
    return {
        f"{name}: {own_group}": (kept == own_group).fillna(False).to_numpy(dtype=bool)
        for own_group in largest.index
    }
