"""One recommended action a customer: the best option that pays for itself, or why there is none."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.actions.expected_value import action_options, net_value
from analytics.actions.holdout import in_holdout
from analytics.domain.customer.risk_tier import CONTACTED_TIERS, FRUSTRATED_BANDS
from analytics.domain.profiles.no_action import NoAction
from analytics.domain.profiles.profile import NO_ACTION, Profile

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


def options_of(
    table: pd.DataFrame, reasons: pd.DataFrame, profile: Profile, seen: pd.DataFrame
) -> pd.DataFrame:
    """Return the options of every customer who may be contacted, best first.

    What answers a trouble is an option only where that trouble has been seen, or where the
    frustration index says so: a model may weigh a trouble that is small or long past.

    Parameters
    ----------
    table
        The customers table, index `customer_key`.
    reasons
        Reasons of the kind risk.
    seen
        Of `troubles_seen`: whether each customer met each trouble; a theme without a column needs
        no sign beside its reason.
    """
    contacted = table[_may_be_contacted(table)]
    themes = _borne_out(reasons, seen).groupby("customer_key")["theme"].agg(frozenset)
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
    result["action_label"] = result["action_label"].where(
        result["recommended_action"] != NO_ACTION, _why_none(table, profile)
    )
    rate = best.set_index("customer_key")["assumed_save_rate"].reindex(result.index).fillna(0.0)
    result["avoidable_loss"] = rate * result["revenue_at_risk"]
    result["holdout"] = in_holdout(list(result["customer_id"]), profile.holdout_share)
    return result


def _borne_out(reasons: pd.DataFrame, seen: pd.DataFrame) -> pd.DataFrame:
    """Leave out the reasons whose trouble the customer has not met of late."""
    met = seen.to_numpy(dtype=bool)
    rows = seen.index.get_indexer(pd.Index(reasons["customer_key"]))
    columns = seen.columns.get_indexer(pd.Index(reasons["theme"], dtype=object))
    unmet = (rows >= 0) & (columns >= 0)
    unmet[unmet] = ~met[rows[unmet], columns[unmet]]
    return reasons[~unmet]


def _why_none(table: pd.DataFrame, profile: Profile) -> pd.Series:
    """Return why a customer has no action, should there be none; empty without a score."""
    at_risk = table["revenue_at_risk"].to_numpy(dtype=np.float64)
    best = np.max([net_value(action, at_risk) for action in profile.actions], axis=0)
    why = np.select(
        [~table["eligible"], ~_may_be_contacted(table), best > 0],
        ["", str(NoAction.LOW_RISK), str(NoAction.ANSWERS_NOT)],
        str(NoAction.DOES_NOT_PAY),
    )
    return pd.Series(why, index=table.index, dtype=object)


def _may_be_contacted(table: pd.DataFrame) -> pd.Series:
    """Tell who may be contacted; nobody is who would be low but for the hold of the tier."""
    contacted = table["risk_tier"].isin([str(tier) for tier in CONTACTED_TIERS])
    lowest = table["risk_tier"] == str(CONTACTED_TIERS[-1])
    return contacted & ~(lowest & table["tier_held"]) if "tier_held" in table else contacted
