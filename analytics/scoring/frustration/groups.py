"""Frustrated or not, heard of or not: what became of each kind of customer on past dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.frustration import EXPERT_WEIGHTS, SUPPRESSED_FROM_INDEX
from analytics.domain.tables.frustration_tables import FrustrationGroup
from analytics.features.outcomes.labels import Outcome
from analytics.features.prepared import day_number
from analytics.modelling.measuring.metrics import interval
from analytics.modelling.measuring.resampling import CustomerDraws
from analytics.modelling.observing.observations import Snapshot
from analytics.scoring.frustration.frustration_index import Floats, Weights, frustration_of

Flags = npt.NDArray[np.bool_]

GROUPS = {
    "suppressed": "Frustrated, not a word in 90 days",
    "spoke": "Frustrated, and told us",
    "calm_silent": "Less frustrated, not a word in 90 days",
    "calm_spoke": "Less frustrated, and told us",
}
#: Outcomes that count as having left.
_LEFT = (Outcome.SILENT, Outcome.VOCAL, Outcome.INVOLUNTARY)


def is_suppressed(index: Floats, contacts_90d: Floats, ended: Flags) -> Flags:
    """Tell who is frustrated, has not said a word in 90 days, and is still a customer.

    Nobody where the source does not tell of contacts: silence is then not known.
    """
    result: Flags = (index >= SUPPRESSED_FROM_INDEX) & (contacts_90d == 0) & ~ended
    return result


def group_of(index: Floats, contacts_90d: Floats) -> npt.NDArray[np.str_]:
    """Return each customer's group, of the keys of `GROUPS`; empty where contacts are unknown."""
    frustrated, silent = index >= SUPPRESSED_FROM_INDEX, contacts_90d == 0
    suppressed, spoke, calm_silent, calm_spoke = GROUPS
    return np.select(
        [np.isnan(contacts_90d), frustrated & silent, frustrated, silent],
        ["", suppressed, spoke, calm_silent],
        default=calm_spoke,
    )


def groups_table(
    snapshots: Sequence[Snapshot], said: pd.DataFrame, in_use: Weights, *, seed: int
) -> pd.DataFrame:
    """Return the run table ``frustration_groups``; the first snapshot is today's.

    Today's groups are those of the weights in use, as every page has them. Past dates are grouped
    by expert weights, because fitted ones have learned from what was said after those dates. No
    rows where the source does not tell of contacts.
    """
    if snapshots[0].features["contacts_90d"].isna().all():
        return pd.DataFrame(columns=list(FrustrationGroup.table.column_names))
    now, past = snapshots[0], pd.concat([_rows_of(snapshot, said) for snapshot in snapshots])
    today = _of_snapshot(now, in_use)[~now.ended]
    draws = CustomerDraws.of(past["customer_key"].to_numpy(dtype=np.int64), seed=seed)
    return pd.DataFrame(
        {
            "place": place,
            "group_name": name,
            "label": label,
            "customers_now": int((today == name).sum()),
            **_figures(past, (past["group"] == name).to_numpy(), draws),
        }
        for place, (name, label) in enumerate(GROUPS.items(), start=1)
    )


def _figures(past: pd.DataFrame, held: Flags, draws: CustomerDraws) -> Mapping[str, Any]:
    known, labelled = held & past["told"].to_numpy(), held & past["labelled"].to_numpy()
    spoke, left = past["spoke"].to_numpy(dtype=float), past["left"].to_numpy(dtype=float)
    spoke_low, spoke_high = interval(draws.ratio(spoke * known, known * 1.0))
    silent_low, silent_high = interval(draws.ratio(left * labelled, labelled * 1.0))
    return {
        "customer_dates": int(known.sum()),
        "spoke_share": spoke[known].mean() if known.any() else np.nan,
        "spoke_low": spoke_low,
        "spoke_high": spoke_high,
        "scored": int(labelled.sum()),
        "silent_share": left[labelled].mean() if labelled.any() else np.nan,
        "silent_low": silent_low,
        "silent_high": silent_high,
    }


def _rows_of(one: Snapshot, said: pd.DataFrame) -> pd.DataFrame:
    day = day_number(one.observation_date)
    told = day in said.index.get_level_values("observation_day")
    spoke = pd.Series(0.0, index=one.features.index)
    if told:
        after = said.xs(day, level="observation_day").reindex(one.features.index)
        spoke = after["problem_contacts"].fillna(0.0) + after["bad_answers"].fillna(0.0)
    rows = pd.DataFrame(
        {
            "customer_key": one.features.index.to_numpy(),
            "group": _of_snapshot(one, EXPERT_WEIGHTS),
            "told": told,
            "spoke": spoke.to_numpy() > 0,
            "labelled": one.labelled,
            "left": np.isin(one.outcome, _LEFT),
        }
    )
    return rows[~one.ended]


def _of_snapshot(one: Snapshot, weights: Weights) -> npt.NDArray[np.str_]:
    index = frustration_of(one.features, weights).index
    return group_of(index, one.features["contacts_90d"].to_numpy())
