"""What it brings to contact so many customers, by the way in which they are chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import beta

from analytics.domain.profiles.profile import Action
from analytics.domain.tables.flag_tables import CapacityPoint
from analytics.modelling.judging import Backtest
from analytics.modelling.models.estimators import RECENCY
from analytics.modelling.past_dates.profit import cheapest_sensible, cost_of

Floats = npt.NDArray[np.float64]

LOWEST_SHARE = 0.005
POINTS = 30
_QUANTILES = (0.1, 0.9)


@dataclass(frozen=True)
class _Caught:
    """Running totals over a ranking: leavers and their value among the first k, k from 0."""

    leavers: Floats
    value: Floats


def capacity_curve(tested: Backtest, value: pd.Series, actions: Sequence[Action]) -> pd.DataFrame:
    """Return one row a way to choose and number contacted; columns of the run table ``capacity``.

    Each test date is ranked by itself and all figures are means over the dates. Everyone contacted
    gets the cheapest action that would pay for a leaver of mean value; who would leave is kept with
    the action's assumed save rate, whose 10% and 90% quantiles give the interval.

    Parameters
    ----------
    value
        Value at stake as of the day, index (day, customer_key).
    """
    rows = tested.predictions
    stake = value.reindex(pd.MultiIndex.from_frame(rows[["day", "customer_key"]])).fillna(0.0)
    money = stake.to_numpy(dtype=np.float64)
    if not len(rows):
        return pd.DataFrame(columns=list(CapacityPoint.table.column_names))
    action = cheapest_sensible(actions, float(money.mean()))
    scores = {
        "champion": rows[tested.champion].to_numpy(dtype=np.float64),
        "value_at_risk": rows[tested.champion].to_numpy(dtype=np.float64) * money,
        **({"recency": rows[RECENCY].to_numpy(dtype=np.float64)} if RECENCY in rows else {}),
        "random": np.zeros(len(rows)),
    }
    shares = np.geomspace(LOWEST_SHARE, 1.0, POINTS)
    silent = rows["silent"].to_numpy(dtype=np.float64)
    dates = [np.flatnonzero(rows["day"].to_numpy() == test_day) for test_day in tested.test_days]
    parts = []
    for policy, score in scores.items():
        each = [_running(silent[date], money[date], score[date]) for date in dates]
        parts.append(_points(policy, each, shares, action))
    return pd.concat(parts, ignore_index=True)


def _running(silent: Floats, money: Floats, score: Floats) -> _Caught:
    """Rank one date; within a tie everyone counts the tie's mean, as if drawn at random."""
    order = np.argsort(-score, kind="stable")
    tie = np.cumsum(np.concatenate([[0], np.diff(score[order]) != 0]))
    size = np.bincount(tie)

    def running(values: Floats) -> Floats:
        mean = np.bincount(tie, values[order]) / size
        return np.concatenate([[0.0], np.cumsum(mean[tie])])

    return _Caught(running(silent), running(silent * money))


def _points(policy: str, dates: Sequence[_Caught], shares: Floats, action: Action) -> pd.DataFrame:
    sizes = np.array([len(date.leavers) - 1 for date in dates])
    first = [np.maximum(np.rint(shares * size), 1).astype(np.int64) for size in sizes]
    contacted = np.mean(first, axis=0)
    caught = np.mean([ranked.leavers[k] for ranked, k in zip(dates, first, strict=True)], axis=0)
    saved = np.mean([ranked.value[k] for ranked, k in zip(dates, first, strict=True)], axis=0)
    leavers = float(np.mean([date.leavers[-1] for date in dates]))
    low, high = (float(beta.ppf(q, action.save_alpha, action.save_beta)) for q in _QUANTILES)
    cost = cost_of(action) * contacted
    return pd.DataFrame(
        {
            "policy": policy,
            "contacted": np.rint(contacted).astype(np.int64),
            "share": contacted / sizes.mean(),
            "caught": caught,
            "false_alarms": contacted - caught,
            "recall": caught / leavers if leavers else np.nan,
            "net_value": action.assumed_save_rate * saved - cost,
            "net_value_low": low * saved - cost,
            "net_value_high": high * saved - cost,
        }
    ).drop_duplicates("contacted", ignore_index=True)
