"""Where customers can stand, how they move from week to week, and what each place shows.

Eight places: engaged; away, as on holiday; four steps of fading; dormant, hardly seen; gone. Each
has a factor by which the customer's own weekly rate is multiplied. What stands here is a broad
prior; the business's own records move it (see `fitting`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt
from scipy.stats import betabinom

from analytics.features.state_filter.evidence import WEEK_DAYS

Floats = npt.NDArray[np.float64]
Floats32 = npt.NDArray[np.float32]


class Place(IntEnum):
    """Where a customer may stand in a week."""

    ENGAGED = 0
    AWAY = 1
    FADING_1 = 2
    FADING_2 = 3
    FADING_3 = 4
    FADING_4 = 5
    DORMANT = 6
    GONE = 7


PLACES = len(Place)

#: Share of the own rate that is left in each place.
FACTORS = np.array([1.0, 0.0, 0.68, 0.55, 0.40, 0.25, 0.12, 0.0])
#: Own rates that are told apart, in active days a week while engaged, in equal steps of the log.
RATES = np.geomspace(0.03, 9.0, 12)


def _moves(**chances: dict[Place, float]) -> Floats:
    table = np.zeros((PLACES, PLACES))
    for name, onward in chances.items():
        place = Place[name]
        for other, chance in onward.items():
            table[place, other] = chance
        table[place, place] = 1 - table[place].sum()
    return table


_STEP = {Place.ENGAGED: 0.09, Place.DORMANT: 0.08}
#: Chance of each move within a week, from row to column.
PRIOR_MOVES = _moves(
    ENGAGED={Place.AWAY: 0.03, Place.FADING_1: 0.004, Place.GONE: 0.0008},
    AWAY={Place.ENGAGED: 0.5, Place.GONE: 0.0008},
    FADING_1={Place.FADING_2: 0.33, **_STEP},
    FADING_2={Place.FADING_3: 0.33, **_STEP},
    FADING_3={Place.FADING_4: 0.33, **_STEP},
    FADING_4=_STEP,
    DORMANT={Place.GONE: 0.12, Place.ENGAGED: 0.04},
    GONE={},
)
#: Of a customer who had signed up before the log begins.
FOUND_AT = np.array([0.70, 0.05, 0.02, 0.02, 0.02, 0.02, 0.05, 0.12])
#: Spread of a week's active days around what the rate says: smaller is wider.
CONCENTRATION = 8.0


@dataclass(frozen=True)
class StateModel:
    """The population's parameters.

    Parameters
    ----------
    moves
        Chance of each move within a week, shape (places, places), rows add up to 1.
    rate_shares
        Share of the customers with each of `RATES`.
    concentration
        Of the beta-binomial of a week's active days.
    """

    moves: Floats
    rate_shares: Floats
    concentration: float = CONCENTRATION

    def showing(self, level: float, seen_share: float) -> Floats32:
        """Return the chance of 0 to 7 active days, shape (places, 8, rates).

        Parameters
        ----------
        level
            How active everybody is this week, against the usual.
        seen_share
            Share of the week on which the log saw anybody.
        """
        per_week = FACTORS[:, None] * RATES * (level * seen_share)
        daily = np.clip(1 - np.exp(-per_week / WEEK_DAYS), 1e-9, 1 - 1e-6)
        a, b = daily * self.concentration, (1 - daily) * self.concentration
        days = np.arange(WEEK_DAYS + 1)[None, :, None]
        chance = betabinom.pmf(days, WEEK_DAYS, a[:, None], b[:, None])
        unseen = (FACTORS == 0)[:, None, None]
        told: Floats32 = np.where(unseen, (days == 0) * 1.0, chance).astype(np.float32)
        return told

    def mean_days(self) -> Floats32:
        """Return the expected active days in a usual week, shape (places, rates)."""
        per_week = FACTORS[:, None] * RATES
        days: Floats32 = (WEEK_DAYS * (1 - np.exp(-per_week / WEEK_DAYS))).astype(np.float32)
        return days


def prior_model() -> StateModel:
    """Return the model before anything is known of the business: any own rate is as likely."""
    return StateModel(PRIOR_MOVES, np.full(len(RATES), 1 / len(RATES)))
