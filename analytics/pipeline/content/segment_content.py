"""Everything a run says of segments: the customers' columns, and the tables behind them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.domain.customer.named_segment import CELLS
from analytics.domain.customer.tier_cuts import TierCuts
from analytics.domain.profiles.profile import Profile
from analytics.domain.tables.run_row import RunRow
from analytics.domain.tables.segment_tables import ClusterCentre, RfmCut, SegmentMove, Steadiness
from analytics.domain.words.counting import counted
from analytics.pipeline.content.former_segments import FormerSegments
from analytics.pipeline.learned import Learned
from analytics.pipeline.scored_dates import ScoredDates
from analytics.scoring.activity_states.state_columns import state_columns
from analytics.scoring.risk_tiers.steady_history import weekly_flips
from analytics.scoring.segments.cluster_names import cluster_table, names_of
from analytics.scoring.segments.clusters import (
    CLUSTERS_STABLE_FROM,
    Clustering,
    cluster,
)
from analytics.scoring.segments.rfm import (
    are_of_this_kind,
    new_cuts,
    rfm_columns,
    rfm_scores,
    rfm_values,
)
from analytics.scoring.segments.segment_moves import MOVE_COLUMNS, segment_moves

_SEED = 0
#: Share of the scored customers who may change tier in a week.
MOST_FLIPS = 0.08


@dataclass(frozen=True)
class SegmentContent:
    """Columns by `customer_key` for the customers table, and the run tables of segments."""

    columns: pd.DataFrame
    tables: dict[type[RunRow], pd.DataFrame]


def segment_content(
    table: pd.DataFrame,
    learned: Learned,
    profile: Profile,
    former: FormerSegments | None,
    scored: ScoredDates,
    *,
    run_id: str,
) -> SegmentContent:
    """Put every customer of a run into its segments.

    Parameters
    ----------
    table
        The customers table so far, index `customer_key`.
    run_id
        Of the run that is being made; it marks cut points of its own.
    """
    snapshot = learned.observed.snapshots[0]
    features = snapshot.features
    rfm = rfm_values(
        table.assign(active_days_180d=features["active_days_180d"]),
        early_warning_days=profile.early_warning_days,
        horizon_days=profile.horizon_max_days,
    )
    known_cuts = _kept_cuts(former)
    rfm_cuts = new_cuts(rfm, run_id=run_id) if known_cuts is None else known_cuts
    eligible = features[snapshot.eligible]
    clustering = cluster(eligible, seed=_SEED)
    clusters = cluster_table(clustering, eligible, former.clusters if former is not None else None)
    states = state_columns(
        snapshot,
        learned.observed.activity_of_weeks,
        learned.observed.people.loc[features.index],
        profile,
    )
    own = pd.Series(names_of(clustering, clusters), index=eligible.index, dtype=object)
    columns = states.join(rfm_columns(rfm_scores(rfm, rfm_cuts))).assign(
        tier_held=scored.held,
        named_segment=_named(table),
        behaviour_cluster=own.reindex(table.index).fillna(""),
    )
    tables = {
        RfmCut: rfm_cuts,
        ClusterCentre: clusters,
        SegmentMove: _moves(table.join(columns), former),
        Steadiness: _stability(learned, clustering, scored.cuts),
    }
    return SegmentContent(columns, tables)


def _kept_cuts(former: FormerSegments | None) -> pd.DataFrame | None:
    """Return the cut points of the last run; None without any of this version's kind."""
    if former is None or former.rfm_cuts is None or not are_of_this_kind(former.rfm_cuts):
        return None
    return former.rfm_cuts


def _named(table: pd.DataFrame) -> list[str]:
    cells = zip(table["value_band"], table["risk_tier"], table["frustration_band"], strict=True)
    return [str(CELLS[cell]) for cell in cells]


def _moves(table: pd.DataFrame, former: FormerSegments | None) -> pd.DataFrame:
    if former is None or former.customers is None:
        return pd.DataFrame(columns=list(SegmentMove.table.column_names))
    return segment_moves(
        former.customers,
        table[list(MOVE_COLUMNS)],
        former_run=former.run_id,
        former_as_of=former.as_of,
    )


def _stability(learned: Learned, clustering: Clustering, cuts: TierCuts) -> pd.DataFrame:
    flips, plain = weekly_flips(learned.weekly, cuts)
    weeks = learned.weekly["day"].nunique()
    by_model = f"{counted(weeks, 'week')}, by the model that had learned from none of them."
    rows = [
        ("tier_flips", "Change tier in a week", flips, MOST_FLIPS, by_model),
        (
            "tier_flips_by_score_alone",
            "The same without the rule of two low scores",
            plain,
            np.nan,
            by_model,
        ),
        (
            "cluster_ari",
            "Clusters found again in other draws of the customers",
            clustering.ari,
            CLUSTERS_STABLE_FROM,
            "Mean adjusted Rand index of bootstrap samples: 1 is the same clusters, 0 is chance.",
        ),
    ]
    found = pd.DataFrame(rows, columns=["measure", "label", "value", "goal", "note"])
    at_most = found["measure"].str.startswith("tier_flips")
    reached = np.where(at_most, found["value"] <= found["goal"], found["value"] >= found["goal"])
    known = found["value"].notna() & found["goal"].notna()
    return found.assign(reached=pd.Series(reached, dtype="boolean").where(known))
