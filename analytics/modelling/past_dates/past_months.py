"""What the flags of each tested date were worth, by what happened later."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.words.share_words import CountedShare
from analytics.features.prepared import EPOCH
from analytics.modelling.judging import Backtest
from analytics.modelling.measuring.metrics import interval
from analytics.modelling.measuring.resampling import CustomerDraws
from analytics.modelling.models.estimators import RECENCY
from analytics.modelling.past_dates.past_tiers import AT_RISK_LEVELS, past_levels, stake_of

Flags = npt.NDArray[np.bool_]


def past_months(tested: Backtest, value: pd.Series) -> pd.DataFrame:
    """Return one row a test date, oldest first; columns of the run table ``past_months``.

    Parameters
    ----------
    value
        Value at stake as of the day, index (day, customer_key).

    Notes
    -----
    The tiers are those of the date, by `past_levels`.
    """
    rows = tested.predictions.reset_index(drop=True)
    rows = rows.assign(
        flagged=np.isin(past_levels(tested, value), AT_RISK_LEVELS), stake=stake_of(rows, value)
    )
    return pd.DataFrame(
        [_of_date(day, rows[rows["day"] == day], tested.champion) for day in tested.test_days]
    )


def alert_precision(tested: Backtest, value: pd.Series, *, seed: int) -> dict[str, float] | None:
    """Return how many of those flagged went silent, beside as many of their dates drawn at random.

    Parameters
    ----------
    value
        As for `past_months`.

    Returns
    -------
    `value`, `low` and `high` (share and ends of its 95% interval), `flagged`, `caught`, `dates` and
    `base_rate`; None where nobody was flagged.
    """
    rows = tested.predictions
    flags: Flags = np.isin(past_levels(tested, value), AT_RISK_LEVELS)
    usual = rows.groupby("day")["silent"].transform("mean").to_numpy(dtype=np.float64)
    at_random = float(usual[flags].sum())
    if not flags.any():
        return None
    silent = rows["silent"].to_numpy()
    draws = CustomerDraws.of(rows["customer_key"].to_numpy(), seed=seed)
    found = CountedShare.counted(
        int(silent[flags].sum()),
        int(flags.sum()),
        base_rate=at_random / flags.sum(),
        drawn=interval(draws.ratio(flags & (silent == 1), flags)),
    )
    return {
        "value": found.share,
        "low": found.low,
        "high": found.high,
        "flagged": float(found.of),
        "caught": float(found.hits),
        "base_rate": float(at_random / flags.sum()),
        "dates": float(len(tested.test_days)),
    }


def _of_date(day: int, rows: pd.DataFrame, champion: str) -> dict[str, object]:
    silent = rows["silent"].to_numpy() == 1
    flags = rows["flagged"].to_numpy(dtype=bool)
    stake = rows["stake"].to_numpy(dtype=np.float64)
    caught, missed, false = flags & silent, ~flags & silent, flags & ~silent
    return {
        "observation_date": EPOCH + timedelta(days=int(day)),
        "scored": len(rows),
        "flagged": int(flags.sum()),
        "went_silent": int(silent.sum()),
        "caught": int(caught.sum()),
        "missed": int(missed.sum()),
        "false_alarms": int(false.sum()),
        "expected": float(rows[champion].sum()),
        "value_caught": float(stake[caught].sum()),
        "value_missed": float(stake[missed].sum()),
        "value_false_alarms": float(stake[false].sum()),
        "caught_by_silence": _caught_by_silence(rows, int(flags.sum())),
    }


def _caught_by_silence(rows: pd.DataFrame, size: int) -> int | None:
    """Return how many the longest silent would have caught, as many flagged; ties count alike."""
    if RECENCY not in rows:
        return None
    if not size:
        return 0
    silent, score = rows["silent"].to_numpy(), rows[RECENCY].to_numpy(dtype=np.float64)
    cut = np.partition(score, -size)[-size]
    above, tied = score > cut, score == cut
    return round(float(silent[above].sum() + (size - above.sum()) * silent[tied].mean()))
