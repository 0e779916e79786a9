"""The ladder of models: each rung must beat the one below it to be believed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import (
    HistGradientBoostingClassifier,
    IsolationForest,
    RandomForestClassifier,
)
from sklearn.feature_selection import VarianceThreshold
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

from analytics.domain.words.model_names import model_label
from analytics.features.registry import FEATURES, SELF_RELATIVE_NAMES
from analytics.modelling.exits import ExitLogistic, MeanOfModels
from analytics.modelling.hazard import WeeklyHazard
from analytics.modelling.observing.stacked import NO_EVENT_LOG_ODDS
from analytics.modelling.observing.targets import LearningTarget
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


#: Of the hazard that learns from exits.
EXIT_HAZARD_STRENGTH, EXIT_HAZARD_WEEKS = 0.003, 4

#: Which way each column can only move the risk; 0 for those without a record.
_MONOTONE = {feature.name: feature.monotone for feature in FEATURES} | {NO_EVENT_LOG_ODDS: 1}

Build = Callable[[Sequence[str], int, int], Pipeline]


@dataclass(frozen=True)
class ModelSpec:
    """One rung of the ladder.

    Parameters
    ----------
    columns
        Columns it sees; None for every one there is.
    build
        Makes an unfitted classifier from the names of the columns, the number of training rows and
        a seed.
    learns
        What it learns from; see `targets`.
    members
        Models of which it is the mean log-odds; it then learns nothing itself.
    """

    name: str
    columns: tuple[str, ...] | None
    build: Build
    learns: LearningTarget = LearningTarget.SILENT
    members: tuple[ModelSpec, ...] = ()

    @property
    def learns_exits(self) -> bool:
        """Whether it learns from exits, alone or among others."""
        exits = (LearningTarget.EXITS, LearningTarget.EXIT_WEEKS)
        return self.learns in exits or any(member.learns in exits for member in self.members)

    @property
    def label(self) -> str:
        """What people call it."""
        return model_label(self.name)

    def columns_of(self, table: pd.DataFrame) -> tuple[str, ...]:
        """Return the columns of a table of features that it sees."""
        return tuple(table.columns) if self.columns is None else self.columns


def _base_rate(columns: Sequence[str], rows: int, seed: int) -> Pipeline:
    return Pipeline([("model", DummyClassifier(strategy="prior"))])


def _plain(columns: Sequence[str], rows: int, seed: int) -> Pipeline:
    """Weigh log-odds as they are: their distance is known, so taming them would bend it."""
    return Pipeline(
        [
            ("fill", SimpleImputer(strategy="median", keep_empty_features=True)),
            ("model", LogisticRegression(C=1e4, max_iter=1000, random_state=seed)),
        ]
    )


def _logistic(strength: float) -> Build:
    def build(columns: Sequence[str], rows: int, seed: int) -> Pipeline:
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


def _hazard(columns: Sequence[str], rows: int, seed: int) -> Pipeline:
    return Pipeline(
        [
            ("fill", SimpleImputer(strategy="median", keep_empty_features=True)),
            ("tame", SignedLog()),
            ("varying", VarianceThreshold()),
            ("scale", StandardScaler()),
            ("model", WeeklyHazard(strength=0.1, seed=seed)),
        ]
    )


def _exits(columns: Sequence[str], rows: int, seed: int) -> Pipeline:
    pipeline = _logistic(1.0)(columns, rows, seed)
    return pipeline.set_params(model=ExitLogistic(seed=seed))


def _exit_hazard(columns: Sequence[str], rows: int, seed: int) -> Pipeline:
    pipeline = _hazard(columns, rows, seed)
    return pipeline.set_params(
        model=WeeklyHazard(strength=EXIT_HAZARD_STRENGTH, seed=seed, weeks=EXIT_HAZARD_WEEKS)
    )


def _no_fit(columns: Sequence[str], rows: int, seed: int) -> Pipeline:
    return Pipeline([("model", MeanOfModels())])


def _forest(columns: Sequence[str], rows: int, seed: int) -> Pipeline:
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


def _boosting(columns: Sequence[str], rows: int, seed: int) -> Pipeline:
    """Small trees and a slow pace: there are few who leave, and their labels are noisy."""
    return Pipeline(
        [
            ("fill", SimpleImputer(strategy="median", keep_empty_features=True)),
            (
                "model",
                HistGradientBoostingClassifier(
                    max_iter=200,
                    learning_rate=0.04,
                    max_leaf_nodes=8,
                    min_samples_leaf=60,
                    l2_regularization=10.0,
                    max_features=0.3,
                    monotonic_cst=[_MONOTONE.get(name, 0) for name in columns],
                    early_stopping=False,
                    random_state=seed,
                ),
            ),
        ]
    )


_FOREST = ModelSpec("random_forest", None, _forest)
_EXIT_LOGISTIC = ModelSpec("exit_logistic", None, _exits, learns=LearningTarget.EXITS)
_EXIT_HAZARD = ModelSpec("exit_hazard", None, _exit_hazard, learns=LearningTarget.EXIT_WEEKS)

#: From the simplest up; the order is that in which a rung must beat those below.
LADDER: tuple[ModelSpec, ...] = (
    ModelSpec("base_rate", (), _base_rate),
    ModelSpec("recency", ("days_since_last_activity",), _logistic(1.0)),
    ModelSpec("cadence", ("silence_surprise",), _logistic(1.0)),
    ModelSpec("bgnbd", (NO_EVENT_LOG_ODDS,), _plain),
    ModelSpec("rfm_logistic", RFM_COLUMNS, _logistic(0.3)),
    ModelSpec("rfm_bgnbd", (*RFM_COLUMNS, NO_EVENT_LOG_ODDS), _logistic(0.3)),
    ModelSpec("logistic_regression", None, _logistic(0.01)),
    _FOREST,
    ModelSpec("gradient_boosting", None, _boosting),
    ModelSpec("hazard", None, _hazard, learns=LearningTarget.WEEKS),
    _EXIT_LOGISTIC,
    _EXIT_HAZARD,
    ModelSpec("exit_mean", None, _no_fit, members=(_EXIT_LOGISTIC, _EXIT_HAZARD)),
    ModelSpec("exit_and_forest", None, _no_fit, members=(_EXIT_LOGISTIC, _EXIT_HAZARD, _FOREST)),
)


def with_strength(spec: ModelSpec, strength: float) -> Build:
    """Return what builds a model with the penalty given, where it would choose one."""

    def build(columns: Sequence[str], rows: int, seed: int) -> Pipeline:
        pipeline = spec.build(columns, rows, seed)
        if isinstance(pipeline[-1], ExitLogistic):
            pipeline.set_params(model__strength=strength)
        return pipeline

    return build


RECENCY = "recency"
#: The simplest rung, which says the same of everyone.
AVERAGE = LADDER[0].name


def spec_of(name: str) -> ModelSpec:
    """Return the rung of that name."""
    return next(rung for rung in LADDER if rung.name == name)


#: Not a rung: a flag on behaviour against the own past, never a probability and never averaged in.
NOVELTY_NAME = "isolation_forest"
NOVELTY_COLUMNS = SELF_RELATIVE_NAMES


#: Rows that each tree of the Isolation Forest sees, as its authors advise.
_NOVELTY_ROWS = 256


def build_novelty(seed: int, *, rows: int = _NOVELTY_ROWS) -> Pipeline:
    """Return an unfitted Isolation Forest over features that compare customers with themselves.

    Parameters
    ----------
    rows
        How many there are to learn from.
    """
    return Pipeline(
        [
            ("fill", SimpleImputer(strategy="median", keep_empty_features=True)),
            ("tame", SignedLog()),
            (
                "model",
                IsolationForest(
                    n_estimators=200,
                    max_samples=min(_NOVELTY_ROWS, rows),
                    contamination=UNUSUAL_SHARE,
                    n_jobs=2,
                    random_state=seed,
                ),
            ),
        ]
    )
