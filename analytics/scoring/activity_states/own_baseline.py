"""What to expect of a customer in four weeks: own past, everybody's move, last year's season.

A look stands at the end of a week and sees only that week and those before it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

#: Weeks compared, weeks of own past before them, and how many of those must be known.
RECENT_WEEKS, REFERENCE_WEEKS, LEAST_REFERENCE_WEEKS = 4, 24, 4
YEAR_WEEKS = 52
#: Usual active days in four weeks from which a customer tells of the fleet's move.
_TELLING_DAYS = 2.0
#: Fewer telling customers than this, or than this share of all who were active at all in the
#: reference weeks, say nothing of the others: a few buyers who stop are not a holiday of the fleet.
LEAST_TELLING, LEAST_TELLING_SHARE = 50, 0.10
#: Active days that pull last year's move of a customer to none.
_SEASON_PRIOR_DAYS = 2.0


@dataclass(frozen=True)
class Baseline:
    """Active days of the last four weeks before a look, and what they are held against.

    Parameters
    ----------
    recent
        Active days in the four weeks.
    usual
        Active days in four weeks of the 24 before; NaN with fewer than four weeks of own past.
    fleet
        Active days of all customers seen in the month before, divided by their usual; 1 where
        too few tell.
    season
        How the same weeks of last year were against their own usual, beyond the fleet, at most 1.
    """

    recent: Floats
    usual: Floats
    fleet: float
    season: Floats

    @property
    def expected(self) -> Floats:
        """Active days to expect: the usual ones, less what the fleet and the season take away."""
        return self.usual * min(self.fleet, 1.0) * self.season


def baseline(days: npt.NDArray[np.int8], known_weeks: Floats, look: int) -> Baseline:
    """Return the baseline as of the look `look` weeks back.

    Parameters
    ----------
    days
        Active days by customer and week, the latest week first.
    known_weeks
        Whole weeks since each customer was first known, as of the latest week.
    """
    recent, usual = _moved(days, known_weeks, look)
    then, usual_then = _moved(days, known_weeks, look + YEAR_WEEKS)
    least = min(fleet_move(days, then, usual_then, look + YEAR_WEEKS), 1.0)
    has_season = ~np.isnan(usual_then) & (usual_then >= _TELLING_DAYS)
    share = (then + _SEASON_PRIOR_DAYS) / (least * np.nan_to_num(usual_then) + _SEASON_PRIOR_DAYS)
    season = np.where(has_season, np.minimum(share, 1.0), 1.0)
    return Baseline(recent, usual, fleet_move(days, recent, usual, look), season)


def fleet_move(days: npt.NDArray[np.int8], recent: Floats, usual: Floats, look: int) -> float:
    """Return how the customers who were there a month ago moved together against their usual.

    1, which is no move, where too few customers are active often enough to tell. Weeks in which
    nobody came at all do not make up the month: after a long holiday of all, the one before counts.
    """
    weeks = look + RECENT_WEEKS + np.flatnonzero(days[:, look + RECENT_WEEKS :].any(axis=0))
    before = days[:, weeks[:RECENT_WEEKS]].sum(axis=1, dtype=np.float64)
    known = np.nan_to_num(usual)
    telling = (before > 0) & (known >= _TELLING_DAYS)
    if telling.sum() < max(LEAST_TELLING, LEAST_TELLING_SHARE * (known > 0).sum()):
        return 1.0
    return float(recent[telling].sum()) / float(usual[telling].sum())


def _moved(days: npt.NDArray[np.int8], known_weeks: Floats, look: int) -> tuple[Floats, Floats]:
    """Return the active days of four weeks, and the usual number before them."""
    behind = look + RECENT_WEEKS
    known = np.minimum(known_weeks - behind, min(REFERENCE_WEEKS, days.shape[1] - behind))
    total = _sum(days, behind, REFERENCE_WEEKS)
    enough = known >= LEAST_REFERENCE_WEEKS
    usual = np.where(enough, total * RECENT_WEEKS / np.where(enough, known, 1.0), np.nan)
    return _sum(days, look, RECENT_WEEKS), usual


def _sum(days: npt.NDArray[np.int8], first: int, weeks: int) -> Floats:
    total: Floats = days[:, first : first + weeks].sum(axis=1, dtype=np.float64)
    return total
