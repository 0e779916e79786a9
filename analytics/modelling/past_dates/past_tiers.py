"""The tiers of each tested date by the run's rule, and what became of who stood in them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.customer.risk_tier import AT_RISK_TIERS, SCORED_TIERS, RiskTier
from analytics.domain.customer.tier_cuts import TierCuts
from analytics.domain.customer.tier_rule import TierRecord, TierRule
from analytics.modelling.judging import Backtest
from analytics.modelling.measuring.resampling import CustomerDraws, share_band
from analytics.modelling.tier_levels import Ints, learned_cuts, levels_of

#: Places of the tiers that count as at risk.
AT_RISK_LEVELS = tuple(SCORED_TIERS.index(tier) for tier in AT_RISK_TIERS)


def past_levels(tested: Backtest, value: pd.Series) -> Ints:
    """Return each tested row's place in `SCORED_TIERS`, by the rule as it would have been then.

    The cuts of a date are learned from the risks said on it, the values known by it and the base
    rate known by it: nothing that came later.

    Parameters
    ----------
    value
        Value at stake as of the day, index (day, customer_key).
    """
    rows = tested.predictions
    said = rows[tested.champion].to_numpy(dtype=np.float64)
    stake = stake_of(rows, value)
    level = np.empty(len(rows), dtype=np.int64)
    for _, of_day in rows.reset_index(drop=True).groupby("day"):
        at = of_day.index.to_numpy()
        cuts = learned_cuts(said[at], stake[at], _usual_then(of_day, tested.champion))
        level[at] = levels_of(said[at], stake[at], cuts)
    return level


def tier_rule(tested: Backtest, value: pd.Series, cuts: TierCuts, *, seed: int) -> TierRule:
    """Return today's cuts beside what became of those whom the same rule named on past dates.

    Parameters
    ----------
    value
        As for `past_levels`.
    """
    level = past_levels(tested, value)
    silent = tested.predictions["silent"].to_numpy()
    draws = CustomerDraws.of(tested.predictions["customer_key"].to_numpy(), seed=seed)
    records = [
        _record(tier, level == place, silent, draws) for place, tier in enumerate(SCORED_TIERS)
    ]
    at_risk = _record(RiskTier.HIGH, np.isin(level, AT_RISK_LEVELS), silent, draws)
    return TierRule(cuts, tuple(records), at_risk, len(tested.test_days), float(silent.mean()))


def stake_of(rows: pd.DataFrame, value: pd.Series) -> npt.NDArray[np.float64]:
    """Return the value at stake of each row of the predictions; 0 where none is known."""
    wanted = pd.MultiIndex.from_frame(rows[["day", "customer_key"]])
    result: npt.NDArray[np.float64] = value.reindex(wanted).fillna(0.0).to_numpy(dtype=np.float64)
    return result


def _usual_then(rows: pd.DataFrame, champion: str) -> float:
    """Return the base rate as known on the date; without one, the mean risk said."""
    return float(rows["base_rate"].iloc[0] if "base_rate" in rows else rows[champion].mean())


def _record(
    tier: RiskTier,
    inside: npt.NDArray[np.bool_],
    silent: npt.NDArray[np.int8],
    draws: CustomerDraws,
) -> TierRecord:
    if not inside.any():
        return TierRecord(tier, 0, 0, None, None)
    low, high = share_band(draws.where(inside), silent[inside])
    return TierRecord(tier, int(inside.sum()), int(silent[inside].sum()), low, high)
