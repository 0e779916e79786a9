"""What a sum of trees says for every coalition of themes, in one walk through each tree.

A coalition's row has the customer's values in its themes and the reference's in the others. At a
split where customer and reference part, the coalitions with the theme go the customer's way, the
others the reference's. Walking once with whole sets of coalitions gives exactly what 256
predictions would, in a fraction of the time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint16]

#: Low byte: themes of which the customer's values are needed; high byte: the reference's.
_OUT = 8


@dataclass(frozen=True)
class SplitTree:
    """A binary tree; a leaf has feature -1."""

    feature: Ints
    threshold: Floats
    missing_left: npt.NDArray[np.bool_]
    left: Ints
    right: Ints
    value: Floats


def trees_of(model: object) -> tuple[SplitTree, ...]:
    """Return the trees whose values add up to what the model says; none for other models.

    A forest's values are probabilities, already divided by the number of trees; those of gradient
    boosting are log-odds, the first tree carrying the baseline.
    """
    if isinstance(model, RandomForestClassifier):
        return tuple(_forest_trees(model))
    if isinstance(model, HistGradientBoostingClassifier):
        return tuple(_boosted_trees(model))
    return ()


def coalition_sums(
    trees: Sequence[SplitTree],
    own: Floats,
    reference: Floats,
    theme: Ints,
    *,
    players: int,
    asked: Ints | None = None,
) -> Floats:
    """Return the sum of the trees for each row and coalition; shape (rows, coalitions).

    Parameters
    ----------
    own, reference
        Columns as the trees see them; one reference row for all, or one a row.
    theme
        Number of the player of each column.
    asked
        Numbers of the coalitions, in the order of `coalitions`; None for all.
    """
    reference = np.broadcast_to(reference, own.shape)
    numbers = np.arange(1 << players) if asked is None else asked
    most_out = players - min(int(number).bit_count() for number in numbers)
    parts = [part for tree in trees for part in _leaves(tree, own, reference, theme, most_out)]
    sizes = [len(rows) for rows, _, _ in parts]
    rows = np.concatenate([rows for rows, _, _ in parts])
    codes = np.concatenate([codes for _, codes, _ in parts])
    values = np.repeat([value for _, _, value in parts], sizes)
    distinct, code = np.unique(codes, return_inverse=True)
    reached = csr_array((values, (rows, code)), shape=(len(own), len(distinct)))
    sums: Floats = reached @ _holds(distinct, numbers)
    return sums


def _holds(codes: Codes, number: Ints) -> Floats:
    """Return 1 where a coalition has all themes that a code needs, and none that it excludes."""
    needed, excluded = (codes & 0xFF)[:, None], (codes >> _OUT)[:, None]
    holds: Floats = ((number & needed) == needed) & ((number & excluded) == 0)
    return holds.astype(np.float64)


def _leaves(
    tree: SplitTree, own: Floats, reference: Floats, theme: Ints, most_out: int
) -> Iterator[tuple[Ints, Codes, float]]:
    """Yield, for each leaf that any coalition reaches, the rows, their codes and the value.

    Coalitions that leave out more than `most_out` themes are not followed.
    """
    everybody = np.arange(len(own))
    waiting = [(0, everybody, np.zeros(len(own), dtype=np.uint16))]
    while waiting:
        node, rows, codes = waiting.pop()
        if not len(rows):
            continue
        column = int(tree.feature[node])
        if column < 0:
            yield rows, codes, float(tree.value[node])
            continue
        goes_left = _left(tree, node, own[rows, column])
        typical_left = _left(tree, node, reference[rows, column])
        needs = np.uint16(1 << int(theme[column]))
        excludes = np.uint16(int(needs) << _OUT)
        part = goes_left != typical_left
        for child, here, typical in (
            (tree.left[node], goes_left, typical_left),
            (tree.right[node], ~goes_left, ~typical_left),
        ):
            stays = ~part & here
            by_own = part & here & (codes & excludes == 0)
            by_reference = part & typical & (codes & needs == 0)
            by_reference &= np.bitwise_count(codes >> _OUT | excludes >> _OUT) <= most_out
            chosen = stays | by_own | by_reference
            mark = np.where(by_own, needs, np.where(by_reference, excludes, np.uint16(0)))
            waiting.append((int(child), rows[chosen], (codes | mark)[chosen]))


def _left(tree: SplitTree, node: int, values: Floats) -> npt.NDArray[np.bool_]:
    left: npt.NDArray[np.bool_] = values <= tree.threshold[node]
    return left | np.isnan(values) if tree.missing_left[node] else left


def _forest_trees(model: RandomForestClassifier) -> Iterator[SplitTree]:
    for estimator in model.estimators_:
        tree = estimator.tree_
        leaf = tree.children_left < 0
        votes = tree.value[:, 0, :]
        chance = votes[:, 1] / votes.sum(axis=1) / len(model.estimators_)
        yield SplitTree(
            np.where(leaf, -1, tree.feature),
            tree.threshold,
            tree.missing_go_to_left.astype(bool),
            tree.children_left,
            tree.children_right,
            chance,
        )


def _boosted_trees(model: HistGradientBoostingClassifier) -> Iterator[SplitTree]:
    baseline = float(np.ravel(model._baseline_prediction)[0])
    for number, (predictor,) in enumerate(model._predictors):
        nodes = predictor.nodes
        leaf = nodes["is_leaf"].astype(bool)
        yield SplitTree(
            np.where(leaf, -1, nodes["feature_idx"].astype(np.int64)),
            nodes["num_threshold"].astype(np.float64),
            nodes["missing_go_to_left"].astype(bool),
            nodes["left"].astype(np.int64),
            nodes["right"].astype(np.int64),
            nodes["value"] + (0.0 if number else baseline),
        )
