"""How much trouble a customer carries: a slow memory of what was met in use, by exposure.

Problems count by the rate at which they are met in use, drawn to everybody's rate where there was
little use. What a week adds saturates, and the memory fades by a fifth a week.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from analytics.features.state_filter.evidence import TROUBLES, WeeklyEvidence
from analytics.features.state_filter.rows import Rows

#: What is left of the memory after a week.
KEPT_A_WEEK = 0.82
#: Active days by which a customer's own rate is drawn to that of all customers.
_DRAWN_BY_DAYS = 2.0
#: A rate of problems a day that nobody minds.
_EVERYDAY_RATE = 0.06
_MOST_OF_A_WEEK, _CURVE = 2.3, 0.3
_FAILED, _TICKET, _RAGE, _MOST_RAGE = 0.45, 0.5, 0.25, 2.0
_ASSUMED_RAGE, _ASSUMED_PROBLEMS = 0.3, 2.5
#: Weeks over which the rate of all customers is taken.
_FLEET_WEEKS = 13

Floats32 = npt.NDArray[np.float32]

TROUBLE_PRESSURE = "trouble_pressure"
#: Columns that the memory gives, in order.
TROUBLE_COLUMNS = (TROUBLE_PRESSURE, "rage_share_of_problems", "ticket_weeks_decayed")


class TroubleMemory:
    """The memory of some customers, a week at a time."""

    def __init__(self, evidence: WeeklyEvidence, rows: Rows, customers: int) -> None:
        self._rows, self._rate = rows, fleet_rates(evidence)
        self._pressure, self._problems, self._rage, self._tickets = (
            np.zeros(customers, dtype=np.float32) for _ in range(4)
        )

    def open(self, week: int, active_days: npt.NDArray[np.int8]) -> Floats32:
        """Take in what became known in a week; return the columns, shape (customers, columns)."""
        met = np.zeros((len(self._pressure), len(TROUBLES)), dtype=np.float32)
        customer, *counts = self._rows.at(week)
        met[customer] = np.column_stack(counts)
        problems, rage, failed, tickets = met.T
        days = active_days.astype(np.float32)
        rate = (problems + _DRAWN_BY_DAYS * self._rate[week]) / (days + _DRAWN_BY_DAYS)
        exposure = days * (0.4 * np.maximum(rate - _EVERYDAY_RATE, 0) / 1.4 + 0.1 * rate)
        self._pressure = (
            KEPT_A_WEEK * self._pressure
            + _MOST_OF_A_WEEK * (1 - np.exp(-exposure))
            + _FAILED * failed
            + _TICKET * tickets
            + _RAGE * np.minimum(rage, _MOST_RAGE)
        )
        self._problems = KEPT_A_WEEK * self._problems + problems
        self._rage = KEPT_A_WEEK * self._rage + rage
        self._tickets = KEPT_A_WEEK * self._tickets + (tickets > 0)
        share = (self._rage + _ASSUMED_RAGE) / (self._problems + _ASSUMED_PROBLEMS)
        result: Floats32 = np.column_stack([self._pressure, share, self._tickets])
        return result


def fleet_rates(evidence: WeeklyEvidence) -> npt.NDArray[np.float64]:
    """Return the problems per active day of all customers, over the weeks up to each."""
    weeks = evidence.weeks
    problems = np.bincount(
        evidence.troubles["known"], evidence.troubles[TROUBLES[0]], minlength=weeks
    )
    days = np.bincount(evidence.active["known"], evidence.active["number"], minlength=weeks)
    return _lately(problems) / np.maximum(_lately(days), 1.0)


def _lately(values: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    total = np.cumsum(values).astype(np.float64)
    before = np.concatenate([np.zeros(min(_FLEET_WEEKS, len(total))), total[:-_FLEET_WEEKS]])
    result: npt.NDArray[np.float64] = total - before
    return result
