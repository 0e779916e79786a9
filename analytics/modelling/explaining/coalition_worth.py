"""The risk of every coalition of themes: a customer's values in some themes, the reference's else.

There are three ways to the same numbers, the quickest that holds is taken: a logistic regression
over columns that were prepared one by one adds up theme by theme; a sum of trees is walked once;
any other model is asked for all coalitions. The first two are held against the model's own answer
for every customer, so that they can never say something else than the model does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import expit

from analytics.modelling.exits import MeanOfModels
from analytics.modelling.explaining.linear_parts import linear_parts
from analytics.modelling.explaining.shapley import coalitions
from analytics.modelling.explaining.tree_coalitions import coalition_sums, trees_of
from analytics.modelling.log_odds import log_odds
from analytics.modelling.models.calibrated import Calibrated, apply_calibrator

Floats = npt.NDArray[np.float64]

#: Largest difference between a quick way and the model's own answer, as a probability.
_SAME = 1e-6


def coalition_worth(
    model: Calibrated,
    features: pd.DataFrame,
    reference: pd.DataFrame,
    themes: Mapping[str, Sequence[str]],
) -> Floats:
    """Return the calibrated risk of each row (down) and coalition (across).

    Parameters
    ----------
    reference
        One row for all, or one a row of `features`; its index is not used.
    themes
        Columns of each player, in the order of the players; together all that the model sees.
    """
    features, reference = features[list(model.columns)], reference[list(model.columns)]
    members = members_of(model)
    if len(members) > 1:
        together = [_raw(member, features, reference, themes) for member in members]
        return _calibrated(model, np.mean(together, axis=0))
    return _calibrated(model, _raw(model, features, reference, themes))


def members_of(model: Calibrated) -> list[Calibrated]:
    """Return the models of which one is the mean log-odds; the model alone if it is no mean."""
    last = model.pipeline[-1]
    if not isinstance(last, MeanOfModels):
        return [model]
    return [replace(model, pipeline=pipeline) for pipeline in last.members]


def _raw(
    model: Calibrated,
    features: pd.DataFrame,
    reference: pd.DataFrame,
    themes: Mapping[str, Sequence[str]],
) -> Floats:
    """Return the log-odds of each row and coalition before calibration."""
    own, other = features.to_numpy(), reference.to_numpy()
    for quick in (_added_up, _walked):
        raw = quick(model, own, other, themes)
        if raw is not None:
            worth = _calibrated(model, raw)
            if np.allclose(worth[:, -1], model.predict(features), rtol=0, atol=_SAME):
                return raw
    return _asked(model, features, reference, themes)


def log_odds_lost(
    model: Calibrated,
    features: pd.DataFrame,
    reference: pd.DataFrame,
    themes: Mapping[str, Sequence[str]],
) -> Floats:
    """Return what the log-odds lose with each theme (across) alone at the reference.

    For a model that adds up theme by theme they are its summands, in the order of the Shapley
    values.
    """
    members = members_of(model)
    if len(members) > 1:
        lost_by_each = [log_odds_lost(member, features, reference, themes) for member in members]
        mean: Floats = np.mean(lost_by_each, axis=0)
        return mean
    own, other = (frame[list(model.columns)].to_numpy() for frame in (features, reference))
    parts = linear_parts(model, own, other, themes)
    if parts is not None and parts.adds_up:
        return parts.parts[0]
    everybody = (1 << len(themes)) - 1
    without = [everybody ^ (1 << player) for player in range(len(themes))]
    raw = _walked(model, own, other, themes, np.array([everybody, *without]))
    if raw is None:
        now = model.raw_log_odds(features)
        left = [model.raw_log_odds(_mixed(features, reference, theme)) for theme in themes.values()]
        raw = np.column_stack([now, *left])
    lost: Floats = raw[:, :1] - raw[:, 1:]
    return lost


def _added_up(
    model: Calibrated, own: Floats, other: Floats, themes: Mapping[str, Sequence[str]]
) -> Floats | None:
    """Sum what each theme adds to the log-odds, where it adds the same in every company."""
    parts = linear_parts(model, own, other, themes)
    if parts is None:
        return None
    return log_odds(parts.chance(coalitions(len(themes)).astype(np.float64)))


def _walked(
    model: Calibrated,
    own: Floats,
    other: Floats,
    themes: Mapping[str, Sequence[str]],
    asked: npt.NDArray[np.int64] | None = None,
) -> Floats | None:
    """Walk a sum of trees, where every column stays one column on the way to them."""
    trees = trees_of(model.pipeline[-1])
    if not trees:
        return None
    seen_own, seen_other = (_prepared(model, values) for values in (own, other))
    if seen_own.shape[1] != len(model.columns):
        return None
    place = {name: player for player, names in enumerate(themes.values()) for name in names}
    theme = np.array([place[name] for name in model.columns])
    total = coalition_sums(trees, seen_own, seen_other, theme, players=len(themes), asked=asked)
    is_chance = not hasattr(model.pipeline[-1], "decision_function")
    return log_odds(np.clip(total, 0, 1) if is_chance else expit(total))


def _prepared(model: Calibrated, values: Floats) -> Floats:
    """Return the values as the trees see them; a forest compares in single precision."""
    for (_, step), _ in pairwise(model.pipeline.steps):
        values = step.transform(values)
    is_forest = not hasattr(model.pipeline[-1], "decision_function")
    kept: Floats = np.asarray(values, np.float32 if is_forest else np.float64).astype(np.float64)
    return kept


def _asked(
    model: Calibrated,
    features: pd.DataFrame,
    reference: pd.DataFrame,
    themes: Mapping[str, Sequence[str]],
) -> Floats:
    """Ask the model for the log-odds of every coalition."""
    members = coalitions(len(themes))
    raw = np.empty((len(features), len(members)))
    for coalition, inside in enumerate(members):
        outside = [
            name
            for names, is_in in zip(themes.values(), inside, strict=True)
            if not is_in
            for name in names
        ]
        raw[:, coalition] = model.raw_log_odds(_mixed(features, reference, outside))
    return raw


def _mixed(features: pd.DataFrame, reference: pd.DataFrame, outside: Sequence[str]) -> pd.DataFrame:
    """Return the features with some columns at the reference."""
    mixed, names = features.copy(), list(outside)
    mixed[names] = np.broadcast_to(reference[names].to_numpy(), (len(features), len(names)))
    return mixed


def _calibrated(model: Calibrated, raw: Floats) -> Floats:
    return apply_calibrator(model.calibrator, raw.ravel()).reshape(raw.shape)
