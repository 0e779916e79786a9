"""What all customers share: the calendar, the incidents, the price rises, the slow weeks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import numpy.typing as npt

from analytics.simulation.business import Preset
from analytics.simulation.plan import SimulationPlan

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

OUTAGE_SEVERITY, RELEASE_SEVERITY = 1.3, 0.7
SLOW_SUPPORT_SHARE = 0.12
PRICE_RISE_CHANCE = 0.8


@dataclass(frozen=True)
class Incident:
    """Something wrong for a subset of the customers.

    Parameters
    ----------
    region, feature
        Number of the region or of the feature that is hit; -1 for the other kind.
    first_day, end_day
        Days from the start of the simulation; the end is not included.
    severity
        Trouble felt on an active day.
    """

    region: int
    feature: int
    first_day: int
    end_day: int
    severity: float


@dataclass(frozen=True)
class World:
    """Shared circumstances, by day or week from the start of the simulation.

    Parameters
    ----------
    level
        Share of a week's activity that falls on a day. Shape: days of whole weeks.
    day_of_month, month
        Calendar of the same days.
    price_rise_day
        Day of each plan's price rise; beyond the end for none.
    slow_support
        Weeks in which tickets lie long.
    """

    level: Floats
    weekday: Ints
    day_of_month: Ints
    month: Ints
    incidents: tuple[Incident, ...]
    price_rise_day: Ints
    slow_support: Flags

    def incidents_in(self, first_day: int, end_day: int) -> list[Incident]:
        """Return the incidents that touch the days from first to before end."""
        return [
            one for one in self.incidents if one.first_day < end_day and one.end_day > first_day
        ]


def draw_world(plan: SimulationPlan) -> World:
    """Draw what all customers of a simulation share."""
    rng = plan.world_rng()
    days = [plan.start + timedelta(days=day) for day in range(plan.weeks * 7)]
    weekday = np.array([day.weekday() for day in days])
    month = np.array([day.month for day in days])
    of_month = np.array([day.day for day in days])
    rhythm = plan.preset.rhythm
    of_year = np.array([day.timetuple().tm_yday for day in days])
    season = 1 + rhythm.season_amplitude * np.cos(2 * np.pi * (of_year - 45) / 365.25)
    christmas = ((month == 12) & (of_month >= 23)) | ((month == 1) & (of_month <= 2))
    quiet = np.where(christmas, rhythm.christmas_level, 1.0)
    return World(
        level=np.array(rhythm.weekday_shares)[weekday] * season * quiet,
        weekday=weekday,
        day_of_month=of_month,
        month=month,
        incidents=_incidents(plan.preset, len(days), rng),
        price_rise_day=_price_rises(plan.preset, len(days), rng),
        slow_support=rng.random(plan.weeks) < SLOW_SUPPORT_SHARE,
    )


def _incidents(preset: Preset, days: int, rng: np.random.Generator) -> tuple[Incident, ...]:
    years = days / 365.25
    outages = [
        _incident(rng, days, lengths=(1, 3), severity=OUTAGE_SEVERITY, region=region)
        for region in rng.integers(
            len(preset.words.regions), size=round(preset.trouble.outages_per_year * years)
        )
    ]
    releases = [
        _incident(rng, days, lengths=(8, 25), severity=RELEASE_SEVERITY, feature=feature)
        for feature in rng.integers(
            len(preset.words.features),
            size=round(preset.trouble.bad_releases_per_year * years),
        )
    ]
    return tuple(sorted((*outages, *releases), key=lambda one: one.first_day))


def _incident(
    rng: np.random.Generator,
    days: int,
    *,
    lengths: tuple[int, int],
    severity: float,
    region: int = -1,
    feature: int = -1,
) -> Incident:
    first = int(rng.integers(days))
    length = int(rng.integers(lengths[0], lengths[1] + 1))
    return Incident(
        int(region), int(feature), first, first + length, severity * float(rng.uniform(0.7, 1.3))
    )


def _price_rises(preset: Preset, days: int, rng: np.random.Generator) -> Ints:
    plans = len(preset.billing.plans) if preset.billing else 0
    rises = rng.random(plans) < PRICE_RISE_CHANCE
    return np.where(rises, rng.integers(days // 5, days, size=plans), days + 1_000_000)
