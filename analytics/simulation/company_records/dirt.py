"""What goes wrong with records on their way: late, doubled, misdated, lost and broken rows."""

from __future__ import annotations

import numpy as np

from analytics.simulation.hidden_life.world import Flags, Ints
from analytics.simulation.log import ColumnValues
from analytics.simulation.presets.dirt_settings import Dirt

LATE_MEDIAN_H, LATE_SPREAD, LATE_MOST_H = 14.0, 1.2, 240.0
WRONG_BY_H = (-5, 1, 2)
LOST_CLOCK_S = 3 * 3600  # a device that lost its clock says 1970


def receive(at_s: Ints, dirt: Dirt, rng: np.random.Generator) -> Ints:
    """Return when records reached the company: within minutes, or hours to ten days late."""
    quick = rng.integers(0, 90, size=len(at_s))
    late = np.flatnonzero(rng.random(len(at_s)) < dirt.late)
    hours = LATE_MEDIAN_H * rng.lognormal(0.0, LATE_SPREAD, size=len(late))
    quick[late] = (np.minimum(hours, LATE_MOST_H) * 3600).astype(np.int64)
    received: Ints = at_s + quick
    return received


def misdate(at_s: Ints, dirt: Dirt, end_s: int, rng: np.random.Generator) -> Ints:
    """Write some times in the local zone as if it were UTC, never past the end."""
    wrong = np.flatnonzero(rng.random(len(at_s)) < dirt.wrong_zone)
    moved = at_s[wrong] + 3600 * rng.choice(WRONG_BY_H, size=len(wrong))
    result = at_s.copy()
    result[wrong] = np.where(moved < end_s, moved, at_s[wrong])
    return result


def double_some(
    table: dict[str, ColumnValues], dirt: Dirt, rng: np.random.Generator
) -> dict[str, ColumnValues]:
    """Send some rows twice; the copies follow at the end."""
    rows = len(table["at_s"])
    twice = np.flatnonzero(rng.random(rows) < dirt.duplicates)
    order = np.concatenate([np.arange(rows), twice])
    return {name: column[order] for name, column in table.items()}


def broken(rows: int, dirt: Dirt, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Choose rows that lose their customer, and others whose time is nonsense; a few at least."""
    half = min(rows // 2, round(rows * dirt.broken / 2))
    few = max(half, min(rows // 20, 2)) if dirt.broken else 0
    chosen = rng.choice(rows, size=2 * few, replace=False, shuffle=False)
    return chosen[:few], chosen[few:]


def lost(rows: int, share: float, rng: np.random.Generator) -> Flags:
    """Choose cells that are empty, at random."""
    chosen: Flags = rng.random(rows) < share
    return chosen


def share_of(count: int, share: float) -> int:
    """Return how many of so many customers a share is; sums over slices without a gap."""
    return int(np.floor(count * share + 0.5))
