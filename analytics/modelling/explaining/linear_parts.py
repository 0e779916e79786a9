"""What each theme adds to the log-odds of a model that adds up column by column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from analytics.modelling.exits import ExitLogistic
from analytics.modelling.hazard import WeeklyHazard
from analytics.modelling.models.calibrated import Calibrated

Floats = npt.NDArray[np.float64]

#: What the filling of gaps puts before the name of a column that tells of them.
_GAP = "missingindicator_"


@dataclass(frozen=True)
class LinearParts:
    """One or more sums of themes, and how chances come of them.

    Parameters
    ----------
    base
        Log-odds of the reference, one array a sum, of one row or as many as the customers.
    parts
        What each theme adds, one array a sum; shape (customers, themes). The first sum is that of
        a silent exit.
    weeks
        Weeks over which a hazard adds up; from two on, the second half of the sums are those of
        the later weeks.
    week_slopes
        What the number of the week adds to each sum of the later weeks, for each number.
    """

    base: tuple[Floats, ...]
    parts: tuple[Floats, ...]
    weeks: int = 1
    week_slopes: tuple[float, ...] = ()

    @property
    def adds_up(self) -> bool:
        """Whether the log-odds of the chance are the first sum itself."""
        return self.weeks == 1

    def chance(self, members: Floats) -> Floats:
        """Return the chance of a silent exit of every row and coalition.

        Parameters
        ----------
        members
            1 where a theme is in a coalition; shape (coalitions, themes).
        """
        sums = [
            base[:, None] + part @ members.T
            for base, part in zip(self.base, self.parts, strict=True)
        ]
        causes = len(sums) if self.adds_up else len(sums) // 2
        hazards = _competing([expit(total) for total in sums[:causes]])
        gone, staying = hazards[0], np.maximum(1 - sum(hazards), 0.0)
        for number in range(2, self.weeks + 1):
            later = zip(sums[causes:], self.week_slopes, strict=True)
            hazards = _competing([expit(total + slope * number) for total, slope in later])
            gone = gone + staying * hazards[0]
            staying = staying * np.maximum(1 - sum(hazards), 0.0)
        return gone


def linear_parts(
    model: Calibrated, own: Floats, other: Floats, themes: Mapping[str, Sequence[str]]
) -> LinearParts | None:
    """Return the parts of a model whose columns are prepared one by one; None for any other.

    Parameters
    ----------
    own, other
        The customers' columns and the reference's (one row for all, or one each), as the model
        takes them.
    """
    last = model.pipeline[-1]
    sums = _sums(last)
    player = _player_of_prepared(model, themes) if sums else None
    if player is None:
        return None
    prepare = model.pipeline[:-1]
    typical = prepare.transform(other)
    moved = prepare.transform(own) - typical
    belongs = (player[:, None] == np.arange(len(themes))).astype(np.float64)
    base, parts, slopes = [], [], []
    for total in sums:
        if isinstance(total, float):
            odds = np.log(total / (1 - total)) if total > 0 else -np.inf
            base.append(np.full(1, odds))
            parts.append(np.zeros((len(own), len(themes))))
            slopes.append(0.0)
        else:  # a sum of the later weeks has the week's number as its last column
            weights = total.coef_[0]
            columns = weights[: typical.shape[1]]
            base.append(typical @ columns + total.intercept_[0])
            parts.append((moved * columns) @ belongs)
            slopes.append(float(weights[typical.shape[1] :].sum()))
    weeks = last.weeks if isinstance(last, WeeklyHazard) else 1
    return LinearParts(tuple(base), tuple(parts), weeks, tuple(slopes[len(slopes) // 2 :]))


def _competing(chances: Sequence[Floats]) -> list[Floats]:
    """Keep hazards that compete from adding up to more than one."""
    if len(chances) == 1:
        return list(chances)
    total = np.maximum(sum(chances), 1.0)
    return [chance / total for chance in chances]


def _sums(model: object) -> Sequence[LogisticRegression | float]:
    """Return the sums that a model is made of, a silent exit first; none for other models."""
    if isinstance(model, LogisticRegression):
        return (model,)
    if isinstance(model, ExitLogistic):
        return (model.logistic_,)
    if not isinstance(model, WeeklyHazard):
        return ()
    return (*model.first_, *model.later_) if model.weeks > 1 else tuple(model.first_)


def _player_of_prepared(
    model: Calibrated, themes: Mapping[str, Sequence[str]]
) -> npt.NDArray[np.intp] | None:
    """Return the theme's number of every prepared column; None where columns are mixed."""
    try:
        names = model.pipeline[:-1].get_feature_names_out(list(model.columns))
    except (AttributeError, ValueError):
        return None
    place = {name: player for player, own in enumerate(themes.values()) for name in own}
    players = [place.get(str(name).removeprefix(_GAP), -1) for name in names]
    return None if -1 in players else np.array(players, dtype=np.intp)
