"""What became of customers after an observation date, as far as it is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.event_log.unseen_days import UnseenDays
from analytics.features.outcomes.silences import WEEKS_AHEAD, exit_weeks, silent_week
from analytics.features.rhythm import Rhythm
from analytics.features.state_filter.evidence import WEEK_DAYS
from analytics.modelling.hazard import Exit

Floats = npt.NDArray[np.float64]
Floats32 = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

#: An exit is no activity for so many days after the last one, or for the own horizon if longer.
EXIT_SILENT_DAYS = 56
#: Weeks ahead in which an exit is looked for, where so many are known; with fewer, none is judged.
EXIT_WEEKS, FEWEST_EXIT_WEEKS = 8, 4


@dataclass(frozen=True)
class Aftermath:
    """What became of each row after its date; for targets and judging, never for features.

    Parameters
    ----------
    dormant
        Chance of being dormant or gone at the end of the date and of each week after it, as known
        by the end of that week; NaN for weeks that have not ended. Shape (rows, weeks + 1).
    vocal
        The label calls the customer a vocal leaver.
    ended_day
        Day of the recorded end; infinite where there is none.
    exit
        1 where the last activity before a silence of `EXIT_SILENT_DAYS` fell within the weeks
        looked at, 0 where none did, NaN where that is not known or the end is on record.
    """

    dormant: Floats32
    vocal: Flags
    ended_day: Floats
    exit: Floats

    @classmethod
    def nothing(cls, rows: int) -> Aftermath:
        """Return what is known where nothing was looked for."""
        return cls(
            np.empty((rows, 0), dtype=np.float32),
            np.zeros(rows, dtype=bool),
            np.full(rows, np.inf),
            np.full(rows, np.nan),
        )

    @classmethod
    def stacked(cls, parts: Sequence[Aftermath]) -> Aftermath:
        """Return the rows of all parts, in order."""
        return cls(
            np.concatenate([part.dormant for part in parts]),
            np.concatenate([part.vocal for part in parts]),
            np.concatenate([part.ended_day for part in parts]),
            np.concatenate([part.exit for part in parts]),
        )

    @property
    def known(self) -> bool:
        """Whether the weeks after the dates were looked at."""
        return bool(self.dormant.shape[1] > 0)

    def take(self, rows: npt.NDArray[np.intp] | Flags) -> Aftermath:
        """Return some of the rows."""
        return Aftermath(
            self.dormant[rows], self.vocal[rows], self.ended_day[rows], self.exit[rows]
        )


def exits_by_week(
    frame: pd.DataFrame,
    signs: pd.DataFrame,
    rhythm: Rhythm,
    day: int,
    silences: pd.DataFrame,
    last_day: int,
    unseen: UnseenDays,
) -> Floats:
    """Return the week of each first exit (0: none), its cause, weeks known, and since when.

    See `Snapshot.weekly`.
    """
    horizon = rhythm.horizon_days
    silent = silent_week(frame.index.to_numpy(), day, rhythm, silences, unseen)
    week, vocal, unpaid = exit_weeks(signs, silent, day, horizon, unseen)
    cause = np.select([unpaid, vocal], [Exit.INVOLUNTARY, Exit.VOCAL], default=Exit.SILENT)
    seen_days = last_day - day - unseen.within(day, last_day)
    known = np.clip(np.floor((seen_days - horizon) / 7), 0, WEEKS_AHEAD)
    first_known = unseen.end_of(day, 7 + horizon)
    return np.column_stack([np.where(np.isfinite(week), week, 0.0), cause, known, first_known])


def exits_ahead(
    frame: pd.DataFrame,
    signs: pd.DataFrame,
    rhythm: Rhythm,
    day: int,
    silences: pd.DataFrame,
    last_day: int,
    unseen: UnseenDays,
) -> npt.NDArray[np.float64]:
    """Return 1 for who left within the weeks ahead that can be judged, 0 for who did not.

    NaN where it is not known yet, and where the end is on record or a pause explains the silence.
    """
    longest = np.maximum(rhythm.horizon_days, EXIT_SILENT_DAYS)
    seen_days = last_day - day - float(unseen.within(day, last_day))
    weeks = min(int((seen_days - EXIT_SILENT_DAYS) // WEEK_DAYS), EXIT_WEEKS)
    if weeks < FEWEST_EXIT_WEEKS:
        return np.full(len(frame), np.nan)
    strict = replace(rhythm, horizon_days=longest)
    silent = silent_week(frame.index.to_numpy(), day, strict, silences, unseen)
    week, _, unpaid = exit_weeks(signs, silent, day, longest, unseen)
    until = unseen.end_of(day, WEEK_DAYS * weeks + longest)
    recorded = signs["ended_day"].fillna(np.inf).to_numpy() <= until
    exits: Floats = (week <= weeks).astype(np.float64)
    exits[recorded | unpaid | (until > last_day) | ~rhythm.admissible] = np.nan
    return exits
