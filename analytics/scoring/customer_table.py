"""The customers table of a run: one row a customer, every column but those of the actions."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.customer.tier_cuts import TierCuts
from analytics.domain.customer_columns.group_columns import OWN_COLUMNS
from analytics.domain.event_log.local_days import end_of_day
from analytics.domain.numbers.measures import NORMAL_90
from analytics.domain.profiles.profile import Profile
from analytics.scoring.customer_value.value import Value
from analytics.scoring.explanations.explained import Explained
from analytics.scoring.explanations.reasons import NO_REASON
from analytics.scoring.frustration.frustration_index import is_stale
from analytics.scoring.frustration.groups import is_suppressed
from analytics.scoring.scores import TieredScores

_TEXTS = ("name", *OWN_COLUMNS)

Floats = npt.NDArray[np.float64]


def customer_table(
    people: pd.DataFrame,
    now: TieredScores,
    before: TieredScores | None,
    value: Value,
    explained: Explained,
    *,
    risk_interval: tuple[Floats, Floats],
    cuts: TierCuts,
    unusual: npt.NDArray[np.bool_],
    profile: Profile,
) -> pd.DataFrame:
    """Return the table without its action columns; index `customer_key`.

    Parameters
    ----------
    people
        The landed customers, index `customer_key`, in the snapshot's order.
    risk_interval
        Ends of the 80% interval of the churn risk, NaN where not eligible.
    cuts
        Of the run's tiers.
    """
    features, rhythm = now.snapshot.features, now.snapshot.rhythm
    risk, index = now.churn_risk, now.frustration.index
    low, high = risk_interval
    silent_days = rhythm.silent_days
    contacts = features["contacts_90d"].to_numpy()
    as_of = end_of_day(now.snapshot.observation_date, profile.zone_of_days)
    has_ended = people["ended_at"] <= pd.Timestamp(as_of)
    columns: dict[str, npt.ArrayLike] = {
        "customer_id": people["customer_id"].to_numpy(),
        **{name: people[name].fillna("").astype(str).to_numpy() for name in _TEXTS},
        "signed_up_at": people["signed_up_at"].to_numpy(),
        "ended_at": people["ended_at"].where(has_ended).to_numpy(),
        "end_reason": people["end_reason"].where(has_ended).fillna("").astype(str).to_numpy(),
        "tenure_days": features["tenure_days"].to_numpy(),
        "last_activity_at": people["last_activity_at"].to_numpy(),
        "days_since_last_activity": silent_days,
        # Between one active day and none there is no gap that could be usual.
        "usual_gap_days": features["mean_gap_days"]
        .where(features["active_days_ever"] > 1)
        .to_numpy(),
        "horizon_days": np.where(rhythm.admissible, rhythm.horizon_days, np.nan),
        "active_days_28d": features["active_days_28d"].to_numpy(),
        "activity_ratio_28d": features["activity_ratio_28d"].to_numpy(),
        "recently_active": silent_days < profile.early_warning_days,
        "eligible": now.snapshot.eligible,
        "churn_risk": risk,
        "churn_risk_low": low,
        "churn_risk_high": high,
        "risk_is_unsure": _unsure(low, high, cuts),
        "risk_tier": now.tier,
        "unusual": unusual,
        "frustration_index": index,
        "frustration_band": now.frustration.band,
        "contacts_90d": contacts,
        "frustration_stale": is_stale(features),
        "suppressed_frustration": is_suppressed(index, contacts, now.snapshot.ended),
        "monthly_revenue": value.monthly_revenue,
        "value_band": value.band,
        "value_form": value.form,
        "value_if_stays": value.if_stays,
        "value_if_leaves": value.if_leaves,
        **_money_at_risk(risk, low, high, value),
    }
    table = pd.DataFrame(columns, index=features.index)
    table["name"] = table["name"].where(table["name"] != "", table["customer_id"])
    return table.join(_before(before, table.index)).join(_reason_columns(explained, table))


def _money_at_risk(risk: Floats, low: Floats, high: Floats, value: Value) -> dict[str, Floats]:
    """Return revenue at risk, its interval, and what makes the interval of a total.

    The loss is the value at stake S of a customer who leaves (B = 1) and nothing else, so with S
    told up to a spread s its variance is p (1 - p) S² + p s². Each customer's own interval is of
    the expected loss: both sides of the risk's and the value's, squared and added.
    """
    stake, spread = value.at_stake, value.spread
    expected, of_value = risk * stake, NORMAL_90 * risk * spread
    below = np.hypot((risk - low) * stake, of_value)
    above = np.hypot((high - risk) * stake, of_value)
    return {
        "revenue_at_risk": np.nan_to_num(expected),
        "revenue_at_risk_low": np.nan_to_num(np.maximum(expected - below, 0.0)),
        "revenue_at_risk_high": np.nan_to_num(expected + above),
        "revenue_variance": np.nan_to_num(risk * (1 - risk) * stake**2 + risk * spread**2),
        "revenue_shock": np.nan_to_num(risk * (1 - risk) * stake),
    }


def _unsure(low: Floats, high: Floats, cuts: TierCuts) -> npt.NDArray[np.bool_]:
    """Tell where "not sure" is the honest answer; False without a score."""
    return np.array(
        [
            bool(np.isfinite(lowest)) and cuts.is_unsure(float(lowest), float(other))
            for lowest, other in zip(low, high, strict=True)
        ],
        dtype=bool,
    )


def _before(before: TieredScores | None, keys: pd.Index) -> pd.DataFrame:
    if before is None:
        return pd.DataFrame({"churn_risk_28d_ago": np.nan, "previous_risk_tier": ""}, index=keys)
    then = pd.DataFrame(
        {"churn_risk_28d_ago": before.churn_risk, "previous_risk_tier": before.tier},
        index=before.snapshot.features.index,
    ).reindex(keys)
    return then.fillna({"previous_risk_tier": ""})


def _reason_columns(explained: Explained, table: pd.DataFrame) -> pd.DataFrame:
    risk = explained.of_kind("risk")
    texts = risk.set_index(["customer_key", "rank"])["text"].unstack().reindex(table.index)  # noqa: PD010
    themes = risk[risk["rank"] == 1].set_index("customer_key")["theme"].reindex(table.index)
    # A model that does not see the trouble says nothing against it; one that does may clear it.
    counted = risk[risk["is_cause"] & ~(risk["points"] <= 0)]
    causes = counted.set_index("customer_key")["theme"].reindex(table.index)
    columns = {f"reason_{rank}": texts.get(rank) for rank in (1, 2, 3)}
    result = pd.DataFrame(
        {"reason_theme": themes, "likely_cause": causes, **columns},
        index=table.index,
        dtype="string",
    )
    result = result.fillna("")
    nothing = table["eligible"] & (result["reason_1"] == "")
    result.loc[nothing, "reason_1"] = NO_REASON
    return result
