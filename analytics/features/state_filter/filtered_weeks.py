"""Everybody filtered through all weeks: levels and parameters from a sample, then part by part."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.features.state_filter.customer_weeks import CustomerWeeks
from analytics.features.state_filter.evidence import WEEK_DAYS, WeeklyEvidence
from analytics.features.state_filter.forward import ForwardFilter, places_of
from analytics.features.state_filter.population_course import course_of
from analytics.features.state_filter.state_model import Place
from analytics.features.state_filter.trouble_memory import TROUBLE_COLUMNS

#: Customers filtered at a time, to bound the memory.
AT_A_TIME = 4_096
_NARROWING_WEEKS = 8
_KEPT_AWAY = 1e-6

NOT_ENGAGED, DORMANT, NARROWING = (
    "not_engaged_log_odds",
    "dormant_log_odds",
    "use_narrowing_8w",
)
#: What the filter tells a model of each week, in order.
FILTER_COLUMNS = (NOT_ENGAGED, DORMANT, NARROWING, *TROUBLE_COLUMNS)

Floats32 = npt.NDArray[np.float32]


@dataclass(frozen=True)
class FilteredWeeks:
    """Where every customer stood at the end of each week, as known by then.

    Parameters
    ----------
    day
        Last day of the last week, in days since 1970.
    columns
        `FILTER_COLUMNS`, shape (customers, weeks, columns).
    """

    day: int
    columns: npt.NDArray[np.float16]

    @property
    def weeks(self) -> int:
        """How many there are."""
        return int(self.columns.shape[1])

    def week_of(self, day: int) -> int:
        """Return the week that ends on a day; the weeks before the first event are negative."""
        return self.weeks - 1 - (self.day - day) // WEEK_DAYS


def filtered_weeks(evidence: WeeklyEvidence) -> FilteredWeeks:
    """Filter everybody through all weeks, each with what was known by its end."""
    course = course_of(evidence)
    shape = (evidence.customers, evidence.weeks, len(FILTER_COLUMNS))
    columns = np.zeros(shape, dtype=np.float16)
    for first in range(0, evidence.customers, AT_A_TIME):
        keys = np.arange(first, min(first + AT_A_TIME, evidence.customers))
        part = CustomerWeeks(evidence, keys)
        one = ForwardFilter(part, evidence.seen_share)
        for week in range(evidence.weeks):
            late = part.open(week)
            chances = one.step(course.models[week], course.levels[week], week, late)
            places = places_of(chances)
            columns[keys, week, 0] = log_odds(places[:, Place.FADING_1 :].sum(axis=1))
            columns[keys, week, 1] = log_odds(places[:, Place.DORMANT] + places[:, Place.GONE])
        columns[keys, :, 2] = _summed(part.narrowing)
        columns[keys, :, 3:] = part.trouble
    return FilteredWeeks(evidence.day, columns)


def log_odds(chance: Floats32) -> Floats32:
    """Return ln(p / (1 - p)), with p kept away from 0 and 1."""
    kept = np.clip(chance, _KEPT_AWAY, 1 - _KEPT_AWAY)
    result: Floats32 = np.log(kept / (1 - kept))
    return result


def _summed(narrowing: Floats32) -> Floats32:
    """Return the sum of the last eight weeks, at each week."""
    total = np.cumsum(narrowing, axis=1)
    before = np.zeros_like(total)
    before[:, _NARROWING_WEEKS:] = total[:, :-_NARROWING_WEEKS]
    result: Floats32 = total - before
    return result
