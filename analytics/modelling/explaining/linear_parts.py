"""What each theme adds to the log-odds of a model that adds up column by column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

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
    """

    base: tuple[Floats, ...]
    parts: tuple[Floats, ...]

    def chance(self, members: Floats) -> Floats:
        """Return the chance of a silent exit of every row and coalition.

        Parameters
        ----------
        members
            1 where a theme is in a coalition; shape (coalitions, themes).
        """
        chances = [
            expit(base[:, None] + part @ members.T)
            for base, part in zip(self.base, self.parts, strict=True)
        ]
        # Hazards that compete are kept from adding up to more than one.
        total: Floats = np.maximum(sum(chances), 1.0) if len(chances) > 1 else np.ones(1)
        result: Floats = chances[0] / total
        return result


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
    sums = _sums(model.pipeline[-1])
    player = _player_of_prepared(model, themes) if sums else None
    if player is None:
        return None
    prepare = model.pipeline[:-1]
    typical = prepare.transform(other)
    moved = prepare.transform(own) - typical
    belongs = (player[:, None] == np.arange(len(themes))).astype(np.float64)
    base, parts = [], []
    for total in sums:
        if isinstance(total, float):
            odds = np.log(total / (1 - total)) if total > 0 else -np.inf
            base.append(np.full(1, odds))
            parts.append(np.zeros((len(own), len(themes))))
        else:
            base.append(total.decision_function(typical))
            parts.append((moved * total.coef_[0]) @ belongs)
    return LinearParts(tuple(base), tuple(parts))


def _sums(model: object) -> Sequence[LogisticRegression | float]:
    """Return the sums that a model is made of, a silent exit first; none for other models."""
    if isinstance(model, LogisticRegression):
        return (model,)
    return tuple(model.first_) if isinstance(model, WeeklyHazard) else ()


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
