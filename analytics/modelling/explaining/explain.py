"""Why a risk is what it is: the share of each theme, exact, against a reference.

The risk of a customer minus the risk of the reference is shared among the themes by their Shapley
values, so that the points of all themes add up to it. Beside its share stands what the risk loses
where one theme alone is set to the reference: that can be checked with the model in hand. Both
describe the model's response, not what an action would cause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.features.record import Feature
from analytics.features.registry import FEATURES
from analytics.modelling.explaining.coalition_worth import coalition_worth
from analytics.modelling.explaining.shapley import shapley_shares, shares_alone
from analytics.modelling.explaining.themes import theme_columns
from analytics.modelling.models.calibrated import Calibrated

Floats = npt.NDArray[np.float64]

#: No feature of the theme speaks for its points.
NOTHING = ""
#: Customers explained at once: memory for 256 risks each.
_ROWS_AT_ONCE = 20_000


@dataclass(frozen=True)
class ThemePoints:
    """What each theme does to each risk, in percentage points; index as the features.

    Parameters
    ----------
    shares
        Shapley values: a row's shares add up to its risk minus the reference's.
    alone
        The risk minus the risk with that theme alone at the reference.
    risk, reference_risk
        Calibrated risks of the row and of its reference, between 0 and 1.
    """

    shares: pd.DataFrame
    alone: pd.DataFrame
    risk: Floats
    reference_risk: Floats


def typical_customer(features: pd.DataFrame) -> pd.Series:
    """Return the median of each feature among the rows, 0 where nobody has the feature."""
    return features.median().fillna(0.0)


def theme_points(
    model: Calibrated,
    features: pd.DataFrame,
    reference: pd.Series | pd.DataFrame,
    *,
    registry: Sequence[Feature] = FEATURES,
) -> ThemePoints:
    """Return the points of every theme that the model sees.

    Parameters
    ----------
    reference
        The typical customer (a row), or the same customers at another date (a frame with the same
        index), to explain a change.
    """
    themes = theme_columns(model.columns, registry)
    shares = np.empty((len(features), len(themes)))
    alone, ends = np.empty_like(shares), np.empty((len(features), 2))
    for start in range(0, len(features), _ROWS_AT_ONCE):
        part = slice(start, start + _ROWS_AT_ONCE)
        others = (
            reference.iloc[part]
            if isinstance(reference, pd.DataFrame)
            else pd.DataFrame([reference.to_numpy()], columns=reference.index)
        )
        worth = coalition_worth(model, features.iloc[part], others, themes)
        shares[part], alone[part] = shapley_shares(worth), shares_alone(worth)
        ends[part] = worth[:, [-1, 0]]
    share_points, alone_points = (
        pd.DataFrame(100 * points, index=features.index, columns=list(themes))
        for points in (shares, alone)
    )
    return ThemePoints(share_points, alone_points, ends[:, 0], ends[:, 1])


def telling_features(
    points: pd.DataFrame,
    features: pd.DataFrame,
    reference: pd.Series | pd.DataFrame,
    direction: pd.Series,
    columns: Sequence[str],
    *,
    spread_of: pd.DataFrame | None = None,
    registry: Sequence[Feature] = FEATURES,
) -> pd.DataFrame:
    """Return, for every theme, the feature that speaks most for its points; empty if none does.

    It is the one farthest from the reference, in units of the feature's spread, in the direction
    that went with silence in the past (`direction`, a correlation by feature) where the points
    raise the risk, against it where they lower it. One that equals its reference says nothing.

    Parameters
    ----------
    points
        One column a theme.
    columns
        Features that the model sees.
    spread_of
        All customers among whom these are; None where these are all.
    """
    among = features if spread_of is None else spread_of
    names = [feature.name for feature in registry if feature.name in set(columns)]
    moved = features[names] - reference[names]
    spread = (among[names].quantile(0.9) - among[names].quantile(0.1)).replace(0.0, np.nan)
    unit = spread.fillna(among[names].std()).replace(0.0, np.nan)
    pull = moved / unit * direction[names]
    # A sentence without its number could state the opposite of what happened.
    speaking = {feature.name for feature in registry if feature.speaks and "{" in feature.shown_as}
    of_theme, result = theme_columns(names, registry), {}
    for theme in points.columns:
        able = of_theme.get(theme, [])
        able = [name for name in able if name in speaking] or able
        if not able:
            result[theme] = np.full(len(features), NOTHING, dtype=object)
            continue
        sign = np.sign(points[theme].to_numpy())[:, None]
        strength = np.nan_to_num(pull[able].to_numpy() * sign, nan=0.0)
        best = strength.argmax(axis=1)
        says = strength[np.arange(len(best)), best] > 0
        result[theme] = np.where(says, np.array(able, dtype=object)[best], NOTHING)
    return pd.DataFrame(result, index=features.index)


def direction_of(features: pd.DataFrame, silent: npt.NDArray[np.int8]) -> pd.Series:
    """Return each feature's rank correlation with going silent; 0 where it does not vary."""
    ranks = features.rank(pct=True)
    return ranks.corrwith(pd.Series(silent, index=features.index, dtype=float)).fillna(0.0)
