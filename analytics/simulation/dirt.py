"""What goes wrong with records on their way: late, doubled and broken rows."""

from __future__ import annotations

import numpy as np

from analytics.simulation.log import Column
from analytics.simulation.world import Ints

DUPLICATE_SHARE = 0.01
LATE_SHARE = 0.02
LATE_MEDIAN_H, LATE_SPREAD, LATE_MOST_H = 14.0, 1.2, 240.0
BROKEN_SHARE = 0.0002
LOST_CLOCK_S = 3 * 3600  # a device that lost its clock says 1970


def receive(at_s: Ints, rng: np.random.Generator) -> Ints:
    """Return when records reached the company: within minutes, or hours to ten days late."""
    quick = rng.integers(0, 90, size=len(at_s))
    late = np.flatnonzero(rng.random(len(at_s)) < LATE_SHARE)
    hours = LATE_MEDIAN_H * rng.lognormal(0.0, LATE_SPREAD, size=len(late))
    quick[late] = (np.minimum(hours, LATE_MOST_H) * 3600).astype(np.int64)
    received: Ints = at_s + quick
    return received


def double_some(table: dict[str, Column], rng: np.random.Generator) -> dict[str, Column]:
    """Send some rows twice; the copies follow at the end."""
    rows = len(table["at_s"])
    twice = np.flatnonzero(rng.random(rows) < DUPLICATE_SHARE)
    order = np.concatenate([np.arange(rows), twice])
    return {name: column[order] for name, column in table.items()}


def broken(rows: int, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Choose rows that lose their customer, and others whose time is nonsense; a few at least."""
    few = min(rows // 20, max(2, round(rows * BROKEN_SHARE / 2)))
    chosen = rng.choice(rows, size=2 * few, replace=False, shuffle=False)
    return chosen[:few], chosen[few:]
