"""The content of a run: every table, made step by step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.actions.recommend import options_of, with_recommendations
from analytics.domain.customer_columns.columns import Customer
from analytics.domain.profiles.profile import Profile
from analytics.domain.tables.feature_catalogue import FeatureCatalogue
from analytics.domain.tables.history_tables import (
    CustomerReason,
    PastPortfolio,
    PastRisk,
    PossibleAction,
)
from analytics.domain.tables.run_row import RunRow
from analytics.modelling.feature_report import feature_report
from analytics.modelling.models.estimators import spec_of
from analytics.pipeline.content.evidence_content import Evidence, evidence_of
from analytics.pipeline.content.explained_customers import explained_customers
from analytics.pipeline.content.former_segments import FormerSegments
from analytics.pipeline.content.frustration_content import frustration_tables, weights_of
from analytics.pipeline.content.segment_content import segment_content
from analytics.pipeline.learned import Learned
from analytics.pipeline.scored_dates import ScoredDates, scored_dates
from analytics.scoring.customer_value.value_on_date import ValuesOnDate
from analytics.scoring.explanations.causes import troubles_seen
from analytics.scoring.explanations.explained import Explained
from analytics.scoring.history import portfolio_history, risk_history

Say = Callable[[str], None]


@dataclass(frozen=True)
class RunContent:
    """The tables of a run, its feature catalogue, and what stands behind its summary.

    Parameters
    ----------
    counting
        Event types that count: those of the profile and those that a feature counts.
    """

    tables: dict[type[RunRow], pd.DataFrame]
    values: ValuesOnDate
    evidence: Evidence
    catalogue: FeatureCatalogue
    counting: frozenset[str] = frozenset()


def run_content(
    profile: Profile, learned: Learned, former: FormerSegments | None, *, run_id: str, say: Say
) -> RunContent:
    """Score, explain, segment, recommend and judge; return every table of the run.

    Parameters
    ----------
    former
        Cut points, clusters and customers of the last run; None for the first.
    """
    frustration = weights_of(learned.observed, learned.frustration_seen)
    scored = scored_dates(learned, frustration.weights.in_use, profile)
    evidence = evidence_of(learned, scored, profile)
    tested, champion = learned.trained.backtest, learned.trained.champion.name
    say(f"Champion: {spec_of(champion).label}.")
    customers = explained_customers(learned, scored, profile)
    segments = segment_content(customers.table, learned, profile, former, scored, run_id=run_id)
    table = customers.table.join(segments.columns)
    options = _options(table, customers.explained, scored, profile)
    ids = learned.observed.people["customer_id"].to_numpy()
    return RunContent(
        {
            Customer: with_recommendations(table, options, profile),
            PastRisk: risk_history(scored.history, ids),
            PastPortfolio: portfolio_history(scored.history, scored.value_by_date, tested),
            CustomerReason: _with_ids(customers.explained.reasons, ids),
            PossibleAction: _with_ids(options, ids),
            **evidence.tables,
            **frustration_tables(learned, frustration, profile),
            **segments.tables,
        },
        scored.worth[0],
        evidence,
        _catalogue(learned),
        counting=_counting(learned, profile),
    )


def _options(
    table: pd.DataFrame, explained: Explained, scored: ScoredDates, profile: Profile
) -> pd.DataFrame:
    """Weigh every action for every customer who may be helped by it."""
    troubles = troubles_seen(scored.now.snapshot.features)
    return options_of(table, explained.of_kind("risk"), profile, troubles)


def _catalogue(learned: Learned) -> FeatureCatalogue:
    """Say of every feature what it measured in these data, and whether the model reads it."""
    observed = learned.observed
    return feature_report(
        observed.snapshots,
        observed.features,
        absent=observed.absent,
        used=learned.trained.champion.columns,
        counted_by=observed.counted_by,
    )


def _counting(learned: Learned, profile: Profile) -> frozenset[str]:
    by_features = (name for feature in learned.observed.features for name in feature.event_types)
    return frozenset((*profile.meaningful_events, *by_features))


def _with_ids(
    frame: pd.DataFrame, ids: np.ndarray[tuple[int], np.dtype[np.object_]]
) -> pd.DataFrame:
    return frame.assign(customer_id=ids[frame["customer_key"]])
