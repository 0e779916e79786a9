"""The weeks of some customers, opened week by week as they became known."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analytics.features.state_filter.evidence import MOST_FEATURES, TROUBLES, WeeklyEvidence
from analytics.features.state_filter.rows import rows_of
from analytics.features.state_filter.trouble_memory import TROUBLE_COLUMNS, TroubleMemory

#: Share of uses that stays spread over the features while use narrows down to the first one.
_STAYS_SPREAD = 0.4
#: Uses of each feature that are assumed before any is seen.
_ASSUMED_USES = 0.7
#: A week's use says no more than this, in log-likelihood ratio.
_LOUDEST_WEEK = 4.0

Floats32 = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]


class CustomerWeeks:
    """Customers whose weeks are opened in turn; what is not known yet cannot be seen.

    `active_days` holds the active days known so far, shape (customers, weeks); `paused` who was in
    a pause, as known at the end of each week; `narrowing` how much more likely each week's uses are
    of somebody who has fallen back on their first feature, in log.
    """

    def __init__(self, evidence: WeeklyEvidence, keys: Ints) -> None:
        self.customers, self.weeks = len(keys), evidence.weeks
        self.started = evidence.started[keys].copy()
        self.found = self.started < 0
        self.active_days = np.zeros((self.customers, self.weeks), dtype=np.int8)
        self.paused = np.zeros((self.customers, self.weeks), dtype=bool)
        self.narrowing = np.zeros((self.customers, self.weeks), dtype=np.float32)
        self._active = rows_of(evidence.active, keys, ("week", "number"))
        self._uses = rows_of(evidence.uses, keys, ("feature", "number"))
        self._pauses = rows_of(evidence.pauses, keys, ("paused_day", "resumed_day"))
        self._features = (
            min(int(evidence.uses["feature"].max()) + 1, MOST_FEATURES) if len(evidence.uses) else 0
        )
        self._used = np.zeros((self.customers, self._features), dtype=np.float32)
        self._trouble = TroubleMemory(
            evidence, rows_of(evidence.troubles, keys, TROUBLES), len(keys)
        )
        shape = (self.customers, self.weeks, len(TROUBLE_COLUMNS))
        self.trouble = np.zeros(shape, dtype=np.float16)
        self._paused_day = np.full(self.customers, -1, dtype=np.int64)
        self._resumed_day = np.full(self.customers, -1, dtype=np.int64)

    def open(self, week: int) -> tuple[Ints, Ints]:
        """Take in what became known in a week; return who has late rows, and of which weeks."""
        customer, of_week, number = self._active.at(week)
        self.active_days[customer, of_week] += number.astype(np.int8)
        np.minimum.at(self.started, customer, of_week.astype(np.int32))
        self._open_pauses(week)
        self._open_uses(week)
        self.trouble[:, week] = self._trouble.open(week, self.active_days[:, week])
        late = of_week < week
        return customer[late], of_week[late]

    def _open_pauses(self, week: int) -> None:
        customer, paused_day, resumed_day = self._pauses.at(week)
        np.maximum.at(self._paused_day, customer, paused_day)
        np.maximum.at(self._resumed_day, customer, resumed_day)
        self.paused[:, week] = self._paused_day > self._resumed_day

    def _open_uses(self, week: int) -> None:
        if not self._features:
            return
        customer, feature, number = self._uses.at(week)
        who, place = np.unique(customer, return_inverse=True)
        if not len(who):
            return
        used = np.zeros((len(who), self._features), dtype=np.float32)
        np.add.at(used, (place, feature), np.minimum(number, 50).astype(np.float32))
        usual = self._used[who] + _ASSUMED_USES
        usual /= usual.sum(axis=1, keepdims=True)
        first = np.zeros_like(usual)
        first[np.arange(len(who)), usual.argmax(axis=1)] = 1 - _STAYS_SPREAD
        ratio = np.log(_STAYS_SPREAD + first / usual)
        told = (used * ratio).sum(axis=1)
        seen_before = self._used[who].sum(axis=1) > 0
        self.narrowing[who, week] = np.where(
            seen_before, np.clip(told, -_LOUDEST_WEEK, _LOUDEST_WEEK), 0.0
        )
        self._used[who] += used
