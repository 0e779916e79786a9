"""The state filter of a source: asked for any observation date, it gives what was known then."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.features.build import FeatureSource
from analytics.features.state_filter.evidence import WEEK_DAYS, weekly_evidence
from analytics.features.state_filter.filtered_weeks import (
    DORMANT,
    FILTER_COLUMNS,
    FilteredWeeks,
    filtered_weeks,
)

Floats32 = npt.NDArray[np.float32]


@dataclass(frozen=True)
class StateOnDate:
    """What the filter says of every customer of the landing at the end of one date.

    Parameters
    ----------
    columns
        `FILTER_COLUMNS`, one row a customer, by key.
    dormant
        Chance of being dormant or gone at the end of the date and of each week after it, shape
        (customers, weeks ahead + 1); each as it was known by the end of that week, NaN for weeks
        that have not ended. Never a feature: what a model learns from, and is told by only once
        the week has passed.
    """

    columns: pd.DataFrame
    dormant: Floats32


class StateFilter:
    """Filters a source once for each day of the week that it is asked for.

    Parameters
    ----------
    source
        The prepared events.
    last_day
        Last day that is looked at, in days since 1970.
    """

    def __init__(self, source: FeatureSource, last_day: int) -> None:
        self._source, self._last_day = source, last_day
        self._by_weekday: dict[int, FilteredWeeks] = {}

    def weeks_to(self, day: int) -> FilteredWeeks:
        """Return the weeks that end on this day of the week, up to the last of them."""
        weekday = day % WEEK_DAYS
        if weekday not in self._by_weekday:
            last = self._last_day - (self._last_day - day) % WEEK_DAYS
            self._by_weekday[weekday] = filtered_weeks(weekly_evidence(self._source, last))
        return self._by_weekday[weekday]

    def on(self, day: int, *, weeks_ahead: int = 0) -> StateOnDate:
        """Return what was known at the end of a day, and what became of it week by week."""
        weeks = self.weeks_to(day)
        week = max(weeks.week_of(day), 0)
        columns = weeks.columns[:, week].astype(np.float64)
        dormant = np.full((len(columns), weeks_ahead + 1), np.nan, dtype=np.float32)
        ended = weeks.columns[:, week : week + weeks_ahead + 1, FILTER_COLUMNS.index(DORMANT)]
        dormant[:, : ended.shape[1]] = 1 / (1 + np.exp(-ended.astype(np.float32)))
        return StateOnDate(pd.DataFrame(columns, columns=list(FILTER_COLUMNS)), dormant)
