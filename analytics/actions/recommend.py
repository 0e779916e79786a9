"""One recommended action a customer: the best option that pays for itself, or none."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.actions.expected_value import NO_ACTION_LABEL, action_options
from analytics.actions.holdout import in_holdout
from analytics.domain.profile import NO_ACTION, Profile
from analytics.domain.risk_tier import FRUSTRATED_BANDS, RiskTier

#: Contact can wake a sleeper, and the assumed save rates do not know it: low risks are left alone.
CONTACTED_TIERS = (RiskTier.CRITICAL, RiskTier.HIGH, RiskTier.MEDIUM)

_FROM_BEST = {
    "action": "recommended_action",
    "label": "action_label",
    "expected_cost": "action_cost",
    "expected_net_value": "expected_net_value",
    "expected_net_value_low": "expected_net_value_low",
    "expected_net_value_high": "expected_net_value_high",
    "break_even_save_rate": "break_even_save_rate",
    "minutes": "action_minutes",
}


def options_of(table: pd.DataFrame, reasons: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """Return the options of every customer who may be contacted, best first.

    Parameters
    ----------
    table
        The customers table, index `customer_key`.
    reasons
        Reasons of the kind risk.
    """
    contacted = table[table["risk_tier"].isin([str(tier) for tier in CONTACTED_TIERS])]
    themes = reasons.groupby("customer_key")["theme"].agg(frozenset)
    frustrated = contacted["frustration_band"].isin([str(band) for band in FRUSTRATED_BANDS])
    answers = [
        themes.get(key, frozenset()) | ({"friction"} if troubled else frozenset())
        for key, troubled in frustrated.items()
    ]
    return action_options(
        contacted.index.to_numpy(),
        contacted["revenue_at_risk"].to_numpy(),
        answers,
        profile.actions,
    )


def with_recommendations(
    table: pd.DataFrame, options: pd.DataFrame, profile: Profile
) -> pd.DataFrame:
    """Return the table with its action columns and the holdout."""
    best = options[(options["rank"] == 1) & (options["expected_net_value"] > 0)]
    chosen = best.set_index("customer_key")[list(_FROM_BEST)].rename(columns=_FROM_BEST)
    result = table.join(chosen)
    result["recommended_action"] = result["recommended_action"].fillna(NO_ACTION)
    scored = np.where(result["eligible"], NO_ACTION_LABEL, "")
    result["action_label"] = result["action_label"].where(
        result["recommended_action"] != NO_ACTION, scored
    )
    rate = best.set_index("customer_key")["assumed_save_rate"].reindex(result.index).fillna(0.0)
    result["avoidable_loss"] = rate * result["revenue_at_risk"]
    result["holdout"] = in_holdout(list(result["customer_id"]), profile.holdout_share)
    return result
