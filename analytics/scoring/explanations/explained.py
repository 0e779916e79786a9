"""The reasons of a run: why each risk is what it is, what moved, what frustrates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.domain.customer.risk_tier import CONTACTED_TIERS
from analytics.domain.customer.tier_cuts import TierCuts
from analytics.features.record import Feature
from analytics.features.registry import FEATURES
from analytics.modelling.explaining.explain import (
    direction_of,
    telling_features,
    theme_points,
    typical_customer,
)
from analytics.modelling.explaining.nearest_change import nearest_change
from analytics.modelling.explaining.reason_stability import REASONS_STABLE_FROM, top_three_share
from analytics.modelling.explaining.taken_apart import speaking_columns, taken_apart, with_parts
from analytics.modelling.models.calibrated import Calibrated
from analytics.modelling.training import Trained
from analytics.scoring.explanations.causes import Causes, likely_causes
from analytics.scoring.explanations.nearest_changes import nearest_change_reasons
from analytics.scoring.explanations.plain_signs import (
    AVERAGE_FOR_ALL,
    plain_signs,
    where_they_stand,
)
from analytics.scoring.explanations.reasons import (
    Floats,
    change_reasons,
    frustration_reasons,
    risk_reasons,
    standing_reasons,
)
from analytics.scoring.explanations.sentences import Sentences
from analytics.scoring.scores import Scores, TieredScores


@dataclass(frozen=True)
class Explained:
    """Reasons of all kinds; columns customer_key and those of a reason."""

    reasons: pd.DataFrame

    def of_kind(self, kind: str) -> pd.DataFrame:
        """Return the reasons of one kind."""
        return self.reasons[self.reasons["kind"] == kind]


def explain(
    now: TieredScores,
    before: Scores | None,
    trained: Trained,
    at_stake: Floats,
    *,
    cuts: TierCuts,
    gap_days: int,
    refits: Sequence[Calibrated] = (),
    registry: Sequence[Feature] = FEATURES,
    contract_days: pd.Series | None = None,
) -> Explained:
    """Return every customer's reasons: eligible ones for the risk, all for the frustration.

    Parameters
    ----------
    at_stake
        Value at stake of everybody in today's snapshot.
    cuts
        Of the run's tiers.
    gap_days
        Of the profile: days between the date and the start of the horizon.
    refits
        The champion as other draws of the customers would have made it; without any, no reason is
        called uncertain for it.
    contract_days
        Days from today to the end of each customer's contract; None where no source tells.
    """
    eligible = now.snapshot.eligible
    features, risk = with_parts(now.snapshot, gap_days)[eligible], now.churn_risk[eligible]
    model, redone = taken_apart(trained.champion), [taken_apart(refit) for refit in refits]
    direction = direction_of(trained.train.table, trained.train.silent)
    causes = likely_causes(features, now.snapshot.engaged, contract_days)
    reasons = reasons_for_risk(model, features, direction, causes, registry=registry)
    typical = typical_customer(features)
    near = nearest_change(trained.champion, features, risk, typical, at_stake[eligible], cuts=cuts)
    may_be_contacted = np.isin(
        now.tier[eligible], [str(contacted_tier) for contacted_tier in CONTACTED_TIERS]
    )
    parts = [
        with_stability(reasons, redone, features, typical, registry=registry),
        _for_the_rest(reasons, model, features[may_be_contacted], typical),
        nearest_change_reasons(near, features, risk, at_stake[eligible], cuts=cuts),
        frustration_reasons(now.frustration),
    ]
    if before is not None:
        then = with_parts(before.snapshot, gap_days)[before.snapshot.eligible]
        parts.append(_changes(features, then, model, direction, registry))
    return Explained(pd.concat(parts, ignore_index=True))


def reasons_for_risk(
    model: Calibrated,
    features: pd.DataFrame,
    direction: pd.Series,
    causes: Causes,
    *,
    only: pd.Index | None = None,
    registry: Sequence[Feature] = FEATURES,
) -> pd.DataFrame:
    """Return the reasons of scored customers against the typical one among them.

    Parameters
    ----------
    features
        Of the scored customers only, of one observation date.
    direction
        Of `direction_of`, on the rows that the model learned from.
    causes
        The likely causes of the same customers.
    only
        Customers to explain among them; None for all.
    """
    typical = typical_customer(features)
    asked = features if only is None else features.loc[only]
    points = theme_points(model, asked, typical, registry=registry)
    telling = telling_features(
        points.shares,
        asked,
        typical,
        direction,
        speaking_columns(model),
        spread_of=features,
        registry=registry,
    )
    return risk_reasons(
        points,
        telling,
        asked,
        causes,
        signs=plain_signs(asked),
        sentences=Sentences.of(registry),
    )


def _for_the_rest(
    reasons: pd.DataFrame, model: Calibrated, features: pd.DataFrame, typical: pd.Series
) -> pd.DataFrame:
    """Say where those stand who may be contacted and show no sign of their own."""
    rest = features[~features.index.isin(reasons["customer_key"])]
    risk = model.predict(rest)
    if not model.columns:
        said = [AVERAGE_FOR_ALL.format(risk=average) for average in risk]
        return standing_reasons(pd.Series(said, index=rest.index, dtype=object))
    typical_risk = float(model.predict(typical.to_frame().T)[0])
    return standing_reasons(where_they_stand(rest, risk, typical_risk))


def with_stability(
    reasons: pd.DataFrame,
    refits: Sequence[Calibrated],
    features: pd.DataFrame,
    typical: pd.Series,
    *,
    registry: Sequence[Feature] = FEATURES,
) -> pd.DataFrame:
    """Return the reasons for the risk with the share of refits that would name them too.

    A likely cause and a sign without points are found without the model, so that no refit can take
    them back.
    """
    weighed = reasons["points"].notna()
    if not refits or not weighed.any():
        return reasons
    keys = reasons["customer_key"]
    share = top_three_share(refits, features.loc[keys.unique()], typical, registry=registry)
    rows = share.index.get_indexer(pd.Index(keys))
    columns = share.columns.get_indexer(pd.Index(reasons["theme"]))
    found = np.where(columns >= 0, share.to_numpy()[rows, columns], np.nan)
    by_model = (weighed & ~reasons["is_cause"]).to_numpy()
    stable = np.where(by_model, found >= REASONS_STABLE_FROM, reasons["stable"])
    return reasons.assign(refit_share=np.where(by_model, found, np.nan), stable=stable.astype(bool))


def _changes(
    features: pd.DataFrame,
    then: pd.DataFrame,
    model: Calibrated,
    direction: pd.Series,
    registry: Sequence[Feature],
) -> pd.DataFrame:
    """Explain the change for those who were scored on both dates."""
    both = features.index.intersection(then.index)
    current, earlier = features.loc[both], then.loc[both]
    points = theme_points(model, current, earlier, registry=registry)
    telling = telling_features(
        points.shares, current, earlier, direction, speaking_columns(model), registry=registry
    )
    said = Sentences.of(registry)
    return change_reasons(points, telling, current, earlier, sentences=said)
