"""The ladder of models: each rung must beat the one below it to be believed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
from sklearn.ensemble import IsolationForest, RandomForestClassifier
from sklearn.feature_selection import VarianceThreshold
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

from analytics.features.registry import SELF_RELATIVE_NAMES
from analytics.modelling.signed_log import SignedLog

RFM_COLUMNS = (
    "days_since_last_activity",
    "active_days_ever",
    "value_180d",
    "tenure_days",
    "active_day_share_ever",
    "mean_gap_days",
    "silence_over_longest_gap",
)
#: Most rows a tree sees; more cost time and hardly change the forest.
FOREST_ROWS_PER_TREE = 20_000
#: Share of customers that the Isolation Forest may call unusual.
UNUSUAL_SHARE = 0.03


@dataclass(frozen=True)
class ModelSpec:
    """One rung of the ladder.

    Parameters
    ----------
    columns
        Features it sees; None for every feature there is.
    build
        Makes an unfitted classifier from the number of training rows and a seed.
    """

    name: str
    label: str
    columns: tuple[str, ...] | None
    build: Callable[[int, int], Pipeline]

    def columns_of(self, table: pd.DataFrame) -> tuple[str, ...]:
        """Return the columns of a table of features that it sees."""
        return tuple(table.columns) if self.columns is None else self.columns


def _logistic(strength: float) -> Callable[[int, int], Pipeline]:
    def build(rows: int, seed: int) -> Pipeline:
        return Pipeline(
            [
                (
                    "fill",
                    SimpleImputer(strategy="median", keep_empty_features=True, add_indicator=True),
                ),
                ("tame", SignedLog()),
                ("varying", VarianceThreshold()),
                ("scale", StandardScaler()),
                (
                    "model",
                    LogisticRegression(C=strength, solver="newton-cholesky", random_state=seed),
                ),
            ]
        )

    return build


def _forest(rows: int, seed: int) -> Pipeline:
    return Pipeline(
        [
            ("fill", SimpleImputer(strategy="median", keep_empty_features=True)),
            (
                "model",
                RandomForestClassifier(
                    n_estimators=120,
                    min_samples_leaf=40,
                    max_samples=FOREST_ROWS_PER_TREE if rows > FOREST_ROWS_PER_TREE else None,
                    n_jobs=2,
                    random_state=seed,
                ),
            ),
        ]
    )


LADDER: tuple[ModelSpec, ...] = (
    ModelSpec("recency", "Days silent alone", ("days_since_last_activity",), _logistic(1.0)),
    ModelSpec("cadence", "Silence against own rhythm", ("silence_surprise",), _logistic(1.0)),
    ModelSpec("rfm_logistic", "Recency, frequency, value, rhythm", RFM_COLUMNS, _logistic(0.3)),
    ModelSpec("logistic_regression", "Logistic regression", None, _logistic(0.1)),
    ModelSpec("random_forest", "Random forest", None, _forest),
)


def spec_of(name: str) -> ModelSpec:
    """Return the rung of that name."""
    return next(one for one in LADDER if one.name == name)


#: Not a rung: a flag on behaviour against the own past, never a probability and never averaged in.
NOVELTY_NAME = "isolation_forest"
NOVELTY_LABEL = "Isolation forest (a flag, not a probability)"
NOVELTY_COLUMNS = SELF_RELATIVE_NAMES


def build_novelty(seed: int) -> Pipeline:
    """Return an unfitted Isolation Forest over features that compare customers with themselves."""
    return Pipeline(
        [
            ("fill", SimpleImputer(strategy="median", keep_empty_features=True)),
            ("tame", SignedLog()),
            (
                "model",
                IsolationForest(
                    n_estimators=200,
                    max_samples=256,
                    contamination=UNUSUAL_SHARE,
                    n_jobs=2,
                    random_state=seed,
                ),
            ),
        ]
    )
