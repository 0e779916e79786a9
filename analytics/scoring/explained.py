"""The reasons of a run: why each risk is what it is, what moved, what frustrates."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analytics.modelling.explain import (
    direction_of,
    telling_features,
    theme_points,
    typical_customer,
)
from analytics.modelling.training import Trained
from analytics.scoring.reasons import change_reasons, frustration_reasons, risk_reasons
from analytics.scoring.scores import Scores


@dataclass(frozen=True)
class Explained:
    """Reasons of all kinds; columns customer_key, kind, rank, theme, points, text."""

    reasons: pd.DataFrame

    def of_kind(self, kind: str) -> pd.DataFrame:
        """Return the reasons of one kind."""
        return self.reasons[self.reasons["kind"] == kind]


def explain(now: Scores, before: Scores | None, trained: Trained) -> Explained:
    """Return every customer's reasons: eligible ones for the risk, all for the frustration."""
    features = now.snapshot.features[now.snapshot.eligible]
    direction = direction_of(trained.train.table, trained.train.silent)
    typical = typical_customer(features)
    points = theme_points(trained.champion, features, typical)
    telling = telling_features(points, features, typical, direction, trained.champion.columns)
    parts = [risk_reasons(points, telling, features), frustration_reasons(now.frustration)]
    if before is not None:
        parts.append(_changes(features, before, trained, direction))
    return Explained(pd.concat(parts, ignore_index=True))


def _changes(
    features: pd.DataFrame, before: Scores, trained: Trained, direction: pd.Series
) -> pd.DataFrame:
    """Explain the change for those who were scored on both dates."""
    scored_then = before.snapshot.features[before.snapshot.eligible]
    both = features.index.intersection(scored_then.index)
    current, earlier = features.loc[both], scored_then.loc[both]
    points = theme_points(trained.champion, current, earlier)
    telling = telling_features(points, current, earlier, direction, trained.champion.columns)
    return change_reasons(points, telling, current, earlier)
