"""Tiers that do not flicker: up at once, down only after two low scores running.

A score near a cut crosses it back and forth by chance. So a customer moves up a tier with the first
score that reaches it, but down only when below 85% of its cut at two scores running. Where the last
score is older than two weeks (the monthly dates of the history), one such score is enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.domain.risk_tier import DOWN_BELOW, SCORED_TIERS, tier_cuts

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

#: A score older than this says nothing of the one before today's.
_RUNNING_DAYS = 14
_UNKNOWN = -1


@dataclass(frozen=True)
class Look:
    """The scores of one day, one entry a customer by key; NaN where not scored."""

    day: int
    risk: Floats


def steady_levels(looks: Iterable[Look], base_rate: float) -> Iterator[tuple[Look, Ints]]:
    """Yield each look with the customers' places in `SCORED_TIERS`; -1 where not scored.

    Parameters
    ----------
    looks
        Oldest first; a later look may hold further customers at the end. A customer who is not
        scored at one of them begins anew.
    """
    cuts = np.array([tier_cuts(base_rate)[tier] for tier in SCORED_TIERS])
    held, soft_before, day_before = np.empty(0, np.int64), np.empty(0, np.int64), None
    for look in looks:
        held, soft_before = (_as_long(one, len(look.risk)) for one in (held, soft_before))
        plain, soft = _level(look.risk, cuts), _level(look.risk, DOWN_BELOW * cuts)
        running = day_before is not None and look.day - day_before <= _RUNNING_DAYS
        floor = np.minimum(soft, soft_before) if running else soft
        kept = np.where(plain <= held, plain, np.maximum(held, floor))
        held = np.where(plain == _UNKNOWN, _UNKNOWN, np.where(held == _UNKNOWN, plain, kept))
        soft_before, day_before = soft, look.day
        yield look, held


def plain_levels(risk: Floats, base_rate: float) -> Ints:
    """Return each customer's place in `SCORED_TIERS` by one score alone; -1 where not scored."""
    return _level(risk, np.array([tier_cuts(base_rate)[tier] for tier in SCORED_TIERS]))


def flip_share(before: Ints, now: Ints) -> float:
    """Return the share of customers scored at both looks whose place differs; NaN for nobody."""
    then = now[: len(before)]
    both = (before != _UNKNOWN) & (then != _UNKNOWN)
    return float((before[both] != then[both]).mean()) if both.any() else float("nan")


def _level(risk: Floats, cuts: Floats) -> Ints:
    """Return the first tier whose cut a risk reaches."""
    reached = np.nan_to_num(risk)[:, None] >= cuts
    return np.where(np.isnan(risk), _UNKNOWN, reached.argmax(axis=1))


def _as_long(held: Ints, size: int) -> Ints:
    return np.concatenate([held, np.full(max(size - len(held), 0), _UNKNOWN)])
