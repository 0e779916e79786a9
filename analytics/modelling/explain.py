"""Why a risk is what it is: what it would be if one theme were like the typical customer's.

The points of a theme are the model's risk minus its risk with that theme's features set to the
reference. They describe the model's response, not what an action would cause.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.features.record import Feature, Theme
from analytics.features.registry import FEATURES
from analytics.modelling.calibrated import Calibrated

Floats = npt.NDArray[np.float64]

#: No feature of the theme speaks for its points.
NOTHING = ""


def theme_columns(registry: Sequence[Feature]) -> dict[Theme, tuple[str, ...]]:
    """Return the names of each theme's features."""
    return {theme: tuple(one.name for one in registry if one.theme is theme) for theme in Theme}


def typical_customer(features: pd.DataFrame) -> pd.Series:
    """Return the median of each feature among the rows, 0 where nobody has the feature."""
    return features.median().fillna(0.0)


def theme_points(
    model: Calibrated,
    features: pd.DataFrame,
    reference: pd.Series | pd.DataFrame,
    *,
    registry: Sequence[Feature] = FEATURES,
) -> pd.DataFrame:
    """Return the points of every theme, in percentage points of risk.

    Parameters
    ----------
    reference
        The typical customer (a row), or the same customers at another date (a frame with the same
        index), to explain a change.

    Returns
    -------
    Index as `features`; one column a theme that the model sees.
    """
    risk = model.predict(features)
    seen = set(model.columns)
    result = {}
    for theme, names in theme_columns(registry).items():
        columns = [name for name in names if name in seen]
        if not columns:
            continue
        other = features.copy()
        other[columns] = reference[columns].to_numpy()
        result[theme.value] = 100 * (risk - model.predict(other))
    return pd.DataFrame(result, index=features.index)


def telling_features(
    points: pd.DataFrame,
    features: pd.DataFrame,
    reference: pd.Series | pd.DataFrame,
    direction: pd.Series,
    columns: Sequence[str],
    *,
    registry: Sequence[Feature] = FEATURES,
) -> pd.DataFrame:
    """Return, for every theme, the feature that speaks most for its points; empty if none does.

    It is the one farthest from the reference, in units of the feature's spread, in the direction
    that went with silence in the past (`direction`, a correlation by feature) where the points
    raise the risk, against it where they lower it. One that equals its reference says nothing.

    Parameters
    ----------
    points
        Of `theme_points`; one column a theme.
    columns
        Features that the model sees.
    """
    moved = features - reference
    spread = (features.quantile(0.9) - features.quantile(0.1)).replace(0.0, np.nan)
    pull = moved / spread.fillna(features.std()).replace(0.0, np.nan) * direction
    # A sentence without its number could state the opposite of what happened.
    speaking = {one.name for one in registry if one.speaks and "{" in one.shown_as}
    of_theme, result = theme_columns(registry), {}
    for theme in points.columns:
        names = [name for name in of_theme[Theme(theme)] if name in set(columns)]
        names = [name for name in names if name in speaking] or names
        sign = np.sign(points[theme].to_numpy())[:, None]
        strength = np.nan_to_num(pull[names].to_numpy() * sign, nan=0.0)
        best = strength.argmax(axis=1)
        says = strength[np.arange(len(best)), best] > 0
        result[theme] = np.where(says, np.array(names)[best], NOTHING)
    return pd.DataFrame(result, index=features.index)


def direction_of(features: pd.DataFrame, silent: npt.NDArray[np.int8]) -> pd.Series:
    """Return each feature's rank correlation with going silent; 0 where it does not vary."""
    ranks = features.rank(pct=True)
    return ranks.corrwith(pd.Series(silent, index=features.index, dtype=float)).fillna(0.0)
