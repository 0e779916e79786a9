"""What is reported of a customer, and what a model learns from: two outcomes, both defined here.

Reported is the label that business people understand: silent churn within the own horizon. It is
harsh as a teacher: who complained before leaving counts as no silent leaver, and who had stopped by
the window's end but came back once counts as kept. So a model may learn from exits instead: how
likely it is, by all that was known on the day of training, that the customer has gone.
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import numpy.typing as npt

from analytics.modelling.hazard import Exit
from analytics.modelling.observing.observations import Observations

Floats = npt.NDArray[np.float64]

_WEEK = 7


class LearningTarget(StrEnum):
    """What a model learns from."""

    SILENT = "silent"
    WEEKS = "weeks"
    EXITS = "exits"
    EXIT_WEEKS = "exit_weeks"


def exit_chances(rows: Observations, day: float) -> Floats:
    """Return how likely each customer has gone, by what was known at the end of a day.

    1 for who went silent, and for a vocal leaver whose end nobody had recorded by then; else the
    filter's chance of being dormant or gone at the end of the row's window, or of the day if that
    came first.
    """
    later = rows.later
    weeks = np.floor((np.minimum(rows.known_day, day) - rows.day) / _WEEK)
    place = np.clip(weeks, 0, later.dormant.shape[1] - 1).astype(np.intp)
    dormant = later.dormant[np.arange(len(rows)), place].astype(np.float64)
    left = (rows.silent == 1) | (later.vocal & ~(later.ended_day <= day))
    result: Floats = np.where(left, 1.0, np.nan_to_num(dormant))
    return result


def exit_weeks_known(rows: Observations, day: float) -> Floats:
    """Return week, cause and weeks known of each row's exit, as `WeeklyHazard` learns them.

    A vocal leaver whose end nobody had recorded by the end of the day is taken for a silent one;
    where an end is on record, the weeks before it are all that is known.
    """
    known = rows.weeks_known_by(day)
    week, cause, weeks = known.T
    unrecorded = (cause == Exit.VOCAL) & ~(rows.later.ended_day <= day)
    cause = np.where(unrecorded, Exit.SILENT, cause)
    other = (week >= 1) & (cause != Exit.SILENT)
    return np.column_stack(
        [
            np.where(other, 0.0, week),
            np.where(other, float(Exit.SILENT), cause),
            np.where(other, np.minimum(weeks, week - 1), weeks),
        ]
    )


def target_of(rows: Observations, target: LearningTarget) -> npt.NDArray[np.generic]:
    """Return what a model learns from these rows, by what was known when the last became known."""
    if target is LearningTarget.SILENT:
        return rows.silent
    if target is LearningTarget.WEEKS:
        return rows.weeks_known_by()
    day = float(rows.known_day.max())
    if target is LearningTarget.EXITS:
        return np.column_stack([exit_chances(rows, day), rows.day])
    return exit_weeks_known(rows, day)


def can_teach(rows: Observations, target: LearningTarget) -> bool:
    """Tell whether the rows hold what a target is made of."""
    needs_weeks = target in (LearningTarget.WEEKS, LearningTarget.EXIT_WEEKS)
    needs_later = target in (LearningTarget.EXITS, LearningTarget.EXIT_WEEKS)
    return (bool(rows.weekly.size) or not needs_weeks) and (rows.later.known or not needs_later)
