"""The ladder of models for a snapshot table; everything they learn, they learn on training rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler

from analytics.modelling.leakage.single_column_gate import single_column_powers

#: Texts seen less often in training share one column, and no column gets more than so many.
_MIN_TEXT_ROWS = 20
_MAX_TEXTS = 30
_FOREST_ROWS_PER_TREE = 20_000


@dataclass(frozen=True)
class SnapshotModel:
    """One rung: `build` makes an unfitted classifier for a table of columns and a seed."""

    name: str
    label: str
    build: Callable[[pd.DataFrame, int], BaseEstimator]


class BestSingleColumn(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Logistic regression on the one column that alone ranks the training rows best."""

    def __init__(self, seed: int = 0) -> None:
        self.seed = seed

    def fit(self, table: pd.DataFrame, left: npt.NDArray[np.int8]) -> Self:
        """Choose the column by its rate of leavers, cross-fitted inside the training rows."""
        powers = single_column_powers(table, left, seed=self.seed)
        self.column_ = max(powers, key=lambda one: one.auc).column
        chosen = table[[self.column_]]
        self.model_ = _logistic(chosen, self.seed).fit(chosen, left)
        self.classes_ = self.model_.classes_
        return self

    def predict_proba(self, table: pd.DataFrame) -> npt.NDArray[np.float64]:
        """Return the probability of each class."""
        said: npt.NDArray[np.float64] = self.model_.predict_proba(table[[self.column_]])
        return said


def _single(table: pd.DataFrame, seed: int) -> BaseEstimator:
    return BestSingleColumn(seed)


def _logistic(table: pd.DataFrame, seed: int) -> Pipeline:
    numbers = Pipeline([("fill", _fill()), ("scale", StandardScaler())])
    return Pipeline(
        [
            ("columns", _columns(table, numbers)),
            ("model", LogisticRegression(C=0.3, max_iter=1_000, random_state=seed)),
        ]
    )


def _forest(table: pd.DataFrame, seed: int) -> Pipeline:
    return Pipeline(
        [
            ("columns", _columns(table, _fill())),
            (
                "model",
                RandomForestClassifier(
                    n_estimators=120,
                    min_samples_leaf=10,
                    max_samples=_FOREST_ROWS_PER_TREE
                    if len(table) > _FOREST_ROWS_PER_TREE
                    else None,
                    n_jobs=2,
                    random_state=seed,
                ),
            ),
        ]
    )


def _boosting(table: pd.DataFrame, seed: int) -> Pipeline:
    return Pipeline(
        [
            ("columns", _columns(table, "passthrough")),
            (
                "model",
                HistGradientBoostingClassifier(
                    learning_rate=0.05,
                    max_iter=100,
                    max_leaf_nodes=8,
                    min_samples_leaf=40,
                    l2_regularization=10.0,
                    early_stopping=False,
                    random_state=seed,
                ),
            ),
        ]
    )


def _columns(table: pd.DataFrame, numbers: Pipeline | SimpleImputer | str) -> ColumnTransformer:
    texts = [name for name in table.columns if isinstance(table[name].dtype, pd.CategoricalDtype)]
    return ColumnTransformer(
        [
            ("numbers", numbers, [name for name in table.columns if name not in texts]),
            ("texts", _one_column_a_text(), texts),
        ]
    )


def _fill() -> SimpleImputer:
    return SimpleImputer(strategy="median", add_indicator=True, keep_empty_features=True)


def _one_column_a_text() -> Pipeline:
    """Missing is a text like any other; what training did not show counts as rare."""
    one_hot = OneHotEncoder(
        min_frequency=_MIN_TEXT_ROWS,
        max_categories=_MAX_TEXTS,
        handle_unknown="infrequent_if_exist",
        sparse_output=False,
    )
    return Pipeline([("number", FunctionTransformer(_numbered)), ("one_hot", one_hot)])


def _numbered(texts: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Return the number of each text, -1 where missing: names of texts only, nothing learnt."""
    codes = [texts[name].cat.codes.to_numpy(dtype=np.int64) for name in texts.columns]
    return np.stack(codes, axis=1) if codes else np.empty((len(texts), 0), dtype=np.int64)


#: From the simplest, all above the base rate; a rung counts only where it beats what is believed.
SNAPSHOT_LADDER: tuple[SnapshotModel, ...] = (
    SnapshotModel("best_single_column", "Best single column", _single),
    SnapshotModel("logistic_regression", "Logistic regression", _logistic),
    SnapshotModel("random_forest", "Random forest", _forest),
    SnapshotModel("gradient_boosting", "Gradient boosting", _boosting),
)
