"""The reasons of a run: why each risk is what it is, what moved, what frustrates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analytics.features.record import Feature
from analytics.features.registry import FEATURES
from analytics.modelling.explain import (
    direction_of,
    telling_features,
    theme_points,
    typical_customer,
)
from analytics.modelling.training import Trained
from analytics.scoring.reasons import change_reasons, frustration_reasons, risk_reasons
from analytics.scoring.scores import Scores
from analytics.scoring.sentences import Sentences


@dataclass(frozen=True)
class Explained:
    """Reasons of all kinds; columns customer_key, kind, rank, theme, points, text."""

    reasons: pd.DataFrame

    def of_kind(self, kind: str) -> pd.DataFrame:
        """Return the reasons of one kind."""
        return self.reasons[self.reasons["kind"] == kind]


def explain(
    now: Scores,
    before: Scores | None,
    trained: Trained,
    *,
    registry: Sequence[Feature] = FEATURES,
) -> Explained:
    """Return every customer's reasons: eligible ones for the risk, all for the frustration."""
    features = now.snapshot.features[now.snapshot.eligible]
    direction = direction_of(trained.train.table, trained.train.silent)
    typical = typical_customer(features)
    points = theme_points(trained.champion, features, typical, registry=registry)
    telling = telling_features(
        points, features, typical, direction, trained.champion.columns, registry=registry
    )
    said = Sentences.of(registry)
    parts = [
        risk_reasons(points, telling, features, sentences=said),
        frustration_reasons(now.frustration),
    ]
    if before is not None:
        parts.append(_changes(features, before, trained, direction, registry))
    return Explained(pd.concat(parts, ignore_index=True))


def _changes(
    features: pd.DataFrame,
    before: Scores,
    trained: Trained,
    direction: pd.Series,
    registry: Sequence[Feature],
) -> pd.DataFrame:
    """Explain the change for those who were scored on both dates."""
    scored_then = before.snapshot.features[before.snapshot.eligible]
    both = features.index.intersection(scored_then.index)
    current, earlier = features.loc[both], scored_then.loc[both]
    points = theme_points(trained.champion, current, earlier, registry=registry)
    telling = telling_features(
        points, current, earlier, direction, trained.champion.columns, registry=registry
    )
    said = Sentences.of(registry)
    return change_reasons(points, telling, current, earlier, sentences=said)
