"""Tiers that do not flicker: up at once, down only after two low scores running.

A score near a cut crosses it back and forth by chance. So a customer moves up a tier with the first
score that reaches it, but down only when the odds of the risk are below 80% of the cut's at two
scores running. Where the last score is older than two weeks (the monthly dates of the history), one
such score is enough.

A held tier must not deny today's risk: it is one tier above what today's score says at most, and
none is held where today's risk, as shown, is below the base rate. Still a held customer may stand a
tier above others of a higher risk; the mark "Tier held" says so. Nor are more held than a team can
work with: where critical and high would come to more than 15% of the scored only because of them,
those of the lowest risk are held no longer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.domain.customer.risk_tier import SCORED_TIERS, RiskTier
from analytics.domain.customer.tier_cuts import WORKABLE_SHARE, TierCuts, as_shown
from analytics.modelling.tier_levels import (
    FEWEST_SCORED,
    NOT_SCORED,
    levels_of,
    shown_risks,
    soft_levels_of,
)

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

#: A score older than this says nothing of the one before today's.
_RUNNING_DAYS = 14


@dataclass(frozen=True)
class Look:
    """The scores of one day, one entry a customer by key; NaN where not scored."""

    day: int
    risk: Floats


def steady_levels(
    looks: Iterable[Look], cuts: TierCuts, at_stake: Floats | None = None
) -> Iterator[tuple[Look, Ints]]:
    """Yield each look with the customers' places in `SCORED_TIERS`; -1 where not scored.

    Parameters
    ----------
    looks
        Oldest first; a later look may hold further customers at the end. A customer who is not
        scored at one of them begins anew.
    at_stake
        Today's value at stake by customer key: it decides where many share the risk of a cut.
    """
    held, soft_before, day_before = np.empty(0, np.int64), np.empty(0, np.int64), None
    for look in looks:
        held, soft_before = (_as_long(column, len(look.risk)) for column in (held, soft_before))
        plain, soft = plain_levels(look.risk, cuts, at_stake), soft_levels_of(look.risk, cuts)
        running = day_before is not None and look.day - day_before <= _RUNNING_DAYS
        floor = np.minimum(soft, soft_before) if running else soft
        kept = np.where(plain <= held, plain, np.maximum.reduce([held, floor, plain - 1]))
        kept = np.where(shown_risks(look.risk) < as_shown(cuts.base_rate), plain, kept)
        held = np.where(plain == NOT_SCORED, NOT_SCORED, np.where(held == NOT_SCORED, plain, kept))
        held = _workable(held, plain, look.risk)
        soft_before, day_before = soft, look.day
        yield look, held


def _workable(held: Ints, plain: Ints, risk: Floats) -> Ints:
    """Hold nobody at risk beyond the part that a team can work with, lowest risk let go first."""
    scored = int((plain != NOT_SCORED).sum())
    most = int(WORKABLE_SHARE[1] * scored)
    at_risk, by_score = _at_risk(held), _at_risk(plain)
    too_many = int(at_risk.sum()) - most
    if scored < FEWEST_SCORED or too_many <= 0 or by_score.sum() > most:
        return held
    only_held = np.flatnonzero(at_risk & ~by_score)
    let_go = only_held[np.argsort(risk[only_held], kind="stable")[:too_many]]
    result = held.copy()
    result[let_go] = plain[let_go]
    return result


def _at_risk(levels: Ints) -> npt.NDArray[np.bool_]:
    result: npt.NDArray[np.bool_] = (levels != NOT_SCORED) & (
        levels <= SCORED_TIERS.index(RiskTier.HIGH)
    )
    return result


def plain_levels(risk: Floats, cuts: TierCuts, at_stake: Floats | None = None) -> Ints:
    """Return each customer's place in `SCORED_TIERS` by one score alone; -1 where not scored."""
    stake = np.zeros(0) if at_stake is None else at_stake[: len(risk)]
    return levels_of(risk, np.pad(stake, (0, len(risk) - len(stake))), cuts)


def flip_share(before: Ints, now: Ints) -> float:
    """Return the share of customers scored at both looks whose place differs; NaN for nobody."""
    then = now[: len(before)]
    both = (before != NOT_SCORED) & (then != NOT_SCORED)
    return float((before[both] != then[both]).mean()) if both.any() else float("nan")


def _as_long(held: Ints, size: int) -> Ints:
    return np.concatenate([held, np.full(max(size - len(held), 0), NOT_SCORED)])
