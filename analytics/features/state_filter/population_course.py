"""How the weeks went for everybody: how active they all were, and what moved the parameters."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.features.state_filter.customer_weeks import CustomerWeeks
from analytics.features.state_filter.evidence import WeeklyEvidence
from analytics.features.state_filter.fitting import SeenWeeks, fitted
from analytics.features.state_filter.forward import LEAST_SEEN_SHARE, ForwardFilter
from analytics.features.state_filter.state_model import StateModel, prior_model

#: Customers that tell how active everybody is, about, and those of them that move the parameters.
MOST_IN_SAMPLE = 3_000
MOST_TAUGHT = 1_200
#: The parameters are first moved after so many weeks, and again after so many more.
FIRST_FIT_WEEKS, FIT_EVERY_WEEKS = 26, 13
#: Active days by which a week's level is held near the usual.
_USUAL_DAYS = 100.0
_LEVELS = (0.15, 4.0)
#: Weeks after which a customer's own rate is known well enough to tell a level by.
_OWN_WEEKS = 8
#: What stays of a level is the customers' own: their rates follow it, a tenth a week.
_LASTS = 0.9
_SCATTER_RANGE = 2**32

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class PopulationCourse:
    """A model and a level for each week.

    Parameters
    ----------
    models
        What was known of the population by the end of the week before.
    levels
        How active everybody was, against the usual.
    """

    models: tuple[StateModel, ...]
    levels: npt.NDArray[np.float64]


def course_of(evidence: WeeklyEvidence) -> PopulationCourse:
    """Follow a sample through the weeks; nothing of a week depends on a later one."""
    part = CustomerWeeks(evidence, sample(evidence))
    one = ForwardFilter(part, evidence.seen_share)
    model, models = prior_model(), []
    levels = np.ones(evidence.weeks)
    for week in range(evidence.weeks):
        late = part.open(week)
        if week >= FIRST_FIT_WEEKS and (week - FIRST_FIT_WEEKS) % FIT_EVERY_WEEKS == 0:
            model = fitted(_seen(part, evidence, levels, week), model).model
        if week:
            levels[week] = _level(part, one, model, week, float(evidence.seen_share[week]))
        one.step(model, levels[week], week, late)
        models.append(model)
    return PopulationCourse(tuple(models), levels)


def sample(evidence: WeeklyEvidence) -> Ints:
    """Return the keys of a sample of customers; a later customer changes nobody's place in it.

    Of the customers who were there by somebody's first week, the share that makes up the sample's
    size is taken, by a scattering of their ids.
    """
    weeks = evidence.weeks
    began = np.minimum(evidence.started.astype(np.int64), weeks)
    active = evidence.active
    first_known = active.groupby("customer_key")["known"].min()
    keys = first_known.index.to_numpy()
    began[keys] = np.minimum(began[keys], first_known.to_numpy())
    by_then = np.cumsum(np.bincount(began + 1, minlength=weeks + 2))
    scattered = np.array([zlib.crc32(str(one).encode()) for one in evidence.ids], dtype=np.float64)
    chosen = scattered < MOST_IN_SAMPLE / np.maximum(by_then[began + 1], 1) * _SCATTER_RANGE
    return np.flatnonzero(chosen & (began < weeks))


def _level(
    part: CustomerWeeks, one: ForwardFilter, model: StateModel, week: int, seen: float
) -> float:
    """Return how active the customers of earlier weeks were, against what was to be expected."""
    older = (part.started < week - _OWN_WEEKS) & ~part.paused[:, week]
    if not older.any() or seen < LEAST_SEEN_SHARE:
        return 1.0
    expected = one.expected(model, week)[:, older].astype(np.float64)
    wanted = float((expected * model.mean_days()[:, None, :]).sum()) * seen
    found = float(part.active_days[older, week].sum())
    ratio = (found + _USUAL_DAYS) / (wanted + _USUAL_DAYS)
    return float(np.clip(ratio**_LASTS, *_LEVELS))


def _seen(
    part: CustomerWeeks, evidence: WeeklyEvidence, levels: npt.NDArray[np.float64], week: int
) -> SeenWeeks:
    """Return what was known of the sample by the end of a week, up to the week before."""
    chosen = np.flatnonzero(part.started < week)[:MOST_TAUGHT]
    share = evidence.seen_share[:week]
    return SeenWeeks(
        part.active_days[chosen, :week],
        part.started[chosen],
        part.found[chosen],
        part.paused[chosen, :week] | (share < LEAST_SEEN_SHARE),
        levels[:week],
        share,
    )
