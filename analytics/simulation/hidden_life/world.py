"""What all customers share: the calendar, the incidents, the price rises, the slow weeks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from analytics.simulation.presets.business import Preset
from analytics.simulation.presets.plan import FUTURE_WEEKS, SimulationPlan

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

#: Beyond any day: for what never comes.
NO_DAY = 10**9

OUTAGE_SEVERITY, RELEASE_SEVERITY = 1.3, 0.7
DELIVERY_SEVERITY, PAYMENT_SEVERITY = 0.6, 0.5
SLOW_SUPPORT_SHARE = 0.12
PRICE_RISE_CHANCE = 0.8


class IncidentKind(IntEnum):
    """What an incident hits: visits in a region, users of a feature, orders to a region, payments
    of a plan."""

    OUTAGE = 0
    RELEASE = 1
    DELIVERY = 2
    PAYMENT = 3


@dataclass(frozen=True)
class SimulatedIncident:
    """Something wrong for a subset of the customers.

    Parameters
    ----------
    hits
        Number of the region, feature or plan.
    first_day, end_day
        Days from the start of the simulation; the end is not included.
    severity
        Trouble felt on an active day; for deliveries and payments the share that fails.
    """

    kind: IncidentKind
    hits: int
    first_day: int
    end_day: int
    severity: float


@dataclass(frozen=True)
class World:
    """Shared circumstances, by day or week from the start of the simulation to beyond its end.

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
    year_day: Ints
    incidents: tuple[SimulatedIncident, ...]
    price_rise_day: Ints
    slow_support: Flags

    def day_of_year(self, day: int) -> int:
        """Return the day of the year, 1 to 366."""
        return int(self.year_day[day])

    def incidents_in(self, first_day: int, end_day: int) -> list[SimulatedIncident]:
        """Return the incidents that touch the days from first to before end."""
        return [
            incident
            for incident in self.incidents
            if incident.first_day < end_day and incident.end_day > first_day
        ]


def draw_world(plan: SimulationPlan) -> World:
    """Draw what all customers of a simulation share."""
    rng = plan.world_rng()
    weeks = plan.weeks + FUTURE_WEEKS
    days = [plan.start + timedelta(days=day) for day in range(weeks * 7)]
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
        year_day=of_year,
        incidents=_incidents(plan.preset, len(days), rng),
        price_rise_day=_price_rises(plan.preset, plan.weeks * 7, rng),
        slow_support=rng.random(weeks) < SLOW_SUPPORT_SHARE,
    )


def _incidents(
    preset: Preset, days: int, rng: np.random.Generator
) -> tuple[SimulatedIncident, ...]:
    trouble, plans = preset.trouble, len(preset.billing.plans) if preset.billing else 0
    regions, features = len(preset.words.regions), len(preset.words.features)
    kinds = (
        (IncidentKind.OUTAGE, trouble.outages_per_year, regions, (1, 3), OUTAGE_SEVERITY),
        (IncidentKind.RELEASE, trouble.bad_releases_per_year, features, (8, 25), RELEASE_SEVERITY),
        (IncidentKind.DELIVERY, trouble.delivery_failures_per_year, regions, (10, 21),
         DELIVERY_SEVERITY),
        (IncidentKind.PAYMENT, trouble.payment_failures_per_year, plans, (5, 14),
         PAYMENT_SEVERITY),
    )  # fmt: skip
    found = [
        _incident(rng, days, kind, hits, lengths, severity)
        for kind, per_year, targets, lengths, severity in kinds
        if targets
        for hits in rng.integers(targets, size=round(per_year * days / 365.25))
    ]
    return tuple(sorted(found, key=lambda one: one.first_day))


def _incident(
    rng: np.random.Generator, days: int, kind: IncidentKind, hits: int, lengths: tuple[int, int],
    severity: float,
) -> SimulatedIncident:  # fmt: skip
    first = int(rng.integers(days))
    length = int(rng.integers(lengths[0], lengths[1] + 1))
    hard = severity * float(rng.uniform(0.7, 1.3))
    return SimulatedIncident(kind, int(hits), first, first + length, hard)


def _price_rises(preset: Preset, days: int, rng: np.random.Generator) -> Ints:
    plans = len(preset.billing.plans) if preset.billing else 0
    rises = rng.random(plans) < PRICE_RISE_CHANCE
    return np.where(rises, rng.integers(days // 5, days, size=plans), days + 1_000_000)
