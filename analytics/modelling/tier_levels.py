"""Cuts of the risk tiers learned from the scored customers of a date, and who stands where."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from analytics.domain.customer.risk_tier import SCORED_TIERS, RiskTier
from analytics.domain.customer.tier_cuts import (
    AT_RISK_SHARE,
    CRITICAL_SHARE,
    OUT_OF_REACH,
    TENTHS_BELOW,
    WORKABLE_SHARE,
    TierCuts,
    as_shown,
)

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

#: Place of who is not scored.
NOT_SCORED = -1
#: Of fewer scored customers the least part is not one whole customer: the usual cuts stay.
FEWEST_SCORED = 25
#: The floor of a tier, and the value at stake that is asked of who stands on it.
_Cut = tuple[float, float]


def learned_cuts(risk: Floats, at_stake: Floats, base_rate: float) -> TierCuts:
    """Return the cuts for the customers of one date, by what was known on it.

    The usual cut stays where it names a part of the scored customers that a team can work with.
    Else the cut moves to the nearest shown risk that does: 4 to 12% where some risk holds that
    part, else 2 to 15%. Customers of one shown risk stand in one tier, unless no risk holds such a
    part because more customers share one: then those with most at stake come first, and where
    nothing is at stake for any, or the same for all, the cut lies above them all. No cut lies at
    or below the base rate, even where fewer customers are then at risk than a team could look at.

    Parameters
    ----------
    risk, at_stake
        Churn risk and value at stake, one entry a customer; NaN where not scored.
    base_rate
        Share of scored customers who went silent, as known on the date.
    """
    scored = np.isfinite(risk)
    shown, stake = shown_risks(risk[scored]), np.nan_to_num(at_stake[scored])
    usual = TierCuts.usual(base_rate)
    if len(shown) and shown.min() == shown.max():
        return TierCuts.unclaimed(base_rate)
    if len(shown) < FEWEST_SCORED:
        return usual
    riskier = shown > as_shown(base_rate)
    if not riskier.any():
        nobody = replace(usual, critical=OUT_OF_REACH, high=OUT_OF_REACH)
        return replace(nobody, at_risk_share=0.0, critical_share=0.0, riskier_share=0.0)
    lowest = float(shown[riskier].min())
    begins = usual.high if usual.high > as_shown(base_rate) else lowest
    high = _workable(shown, stake, lowest, begins, AT_RISK_SHARE, WORKABLE_SHARE[1])
    first = _workable(
        shown, stake, lowest, max(usual.critical, high[0]), CRITICAL_SHARE, CRITICAL_SHARE[1]
    )
    critical = max(first, high)
    cuts = replace(
        usual,
        critical=critical[0],
        critical_stake=critical[1],
        high=high[0],
        high_stake=high[1],
        medium=min(usual.medium, high[0]),
        usual_share=float((shown >= usual.high).mean()),
    )
    return _with_shares(cuts, shown, stake, float(riskier.mean()))


def _with_shares(cuts: TierCuts, shown: Floats, stake: Floats, riskier: float) -> TierCuts:
    """Return the cuts with the parts of the customers that came out."""
    level = levels_of(shown, stake, cuts)
    return replace(
        cuts,
        at_risk_share=float((level <= SCORED_TIERS.index(RiskTier.HIGH)).mean()),
        riskier_share=riskier,
        critical_share=float((level <= SCORED_TIERS.index(RiskTier.CRITICAL)).mean()),
    )


def shown_risks(risk: Floats) -> Floats:
    """Return risks as screens show them; see `analytics.domain.customer.tier_cuts.as_shown`."""
    steps = np.where(risk < TENTHS_BELOW, 1000.0, 100.0)
    result: Floats = np.rint(steps * risk) / steps
    return result


def levels_of(risk: Floats, at_stake: Floats, cuts: TierCuts) -> Ints:
    """Return each customer's place in `SCORED_TIERS`; -1 where not scored.

    Parameters
    ----------
    at_stake
        Value at stake; NaN counts as nothing.
    """
    shown, stake = shown_risks(risk), np.nan_to_num(at_stake)
    reached = np.column_stack([_reaches(shown, stake, cuts, tier) for tier in SCORED_TIERS])
    return np.where(np.isnan(risk), NOT_SCORED, reached.argmax(axis=1))


def soft_levels_of(risk: Floats, cuts: TierCuts) -> Ints:
    """Return the highest tier that a risk still holds; -1 where not scored."""
    floors = np.array([cuts.holds_down_to(tier) for tier in SCORED_TIERS])
    reached = np.nan_to_num(risk)[:, None] >= floors
    return np.where(np.isnan(risk), NOT_SCORED, reached.argmax(axis=1))


def _reaches(shown: Floats, stake: Floats, cuts: TierCuts, tier: RiskTier) -> npt.NDArray[np.bool_]:
    lowest = cuts.lowest(tier)
    reached: npt.NDArray[np.bool_] = (shown > lowest) | (
        (shown == lowest) & (stake >= cuts.stake(tier))
    )
    return reached


def _workable(
    shown: Floats,
    stake: Floats,
    lowest: float,
    usual: float,
    wanted: tuple[float, float],
    most: float,
) -> _Cut:
    """Return the usual cut, or the nearest that holds a part of the customers between two ends.

    Parameters
    ----------
    lowest
        Lowest shown risk above the base rate: no cut lies below it.
    wanted
        The part to be held.
    most
        The largest part to be held before what is at stake decides within one risk: a whole risk
        above `wanted`, or below it down to half of its lower end, is better than a risk divided.
    """
    risks, count = np.unique(shown, return_counts=True)
    held = count[::-1].cumsum()[::-1] / len(shown)  # of who has at least that risk
    for least, largest in (wanted, (wanted[0] / 2, most)):
        if least <= (shown >= usual).mean() <= largest:
            return usual, 0.0
        fits = risks[(held >= least) & (held <= largest) & (risks >= lowest)]
        if len(fits):
            return float(fits[np.abs(fits - usual).argmin()]), 0.0
    if (shown >= lowest).mean() <= most:
        return lowest, 0.0  # not even all who are riskier than usual are the part wanted
    crowded = float(risks[held > most].max())  # the least share lies within this one risk
    return _within(shown, stake, crowded, wanted, most)


def _within(
    shown: Floats, stake: Floats, crowded: float, wanted: tuple[float, float], most: float
) -> _Cut:
    """Cut among customers of one shown risk, most at stake first: as many as are wanted at most.

    Only where the stakes allow no such part is it a larger or a smaller one.
    """
    above = shown[shown > crowded]
    stakes, count = np.unique(stake[shown == crowded], return_counts=True)
    held = (len(above) + count[::-1].cumsum()[::-1]) / len(shown)
    for least, largest in (wanted, (0.0, most)):
        fits = stakes[(stakes > 0) & (held >= least) & (held <= largest)]
        if len(fits):
            return crowded, float(fits.min())
    return (float(above.min()), 0.0) if len(above) else (OUT_OF_REACH, 0.0)
