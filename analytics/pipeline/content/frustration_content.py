"""The frustration index of a run: its weights, and every table that says what it is worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from analytics.domain.frustration import EXPERT_WEIGHTS, FRICTION_CHANNELS, PART_LABELS
from analytics.domain.profiles.profile import Profile
from analytics.domain.tables.frustration_tables import (
    FrustrationCheck,
    FrustrationGroup,
    JudgedRanking,
    PartWeight,
)
from analytics.domain.tables.run_row import RunRow
from analytics.features.prepared import day_number
from analytics.modelling.judging import Backtest
from analytics.modelling.observing.observations import Snapshot, stack
from analytics.pipeline.frustration_seen import FrustrationSeen
from analytics.pipeline.learned import Learned
from analytics.pipeline.observing.observed import Observed
from analytics.scoring.frustration.frustration_index import (
    frustration_of,
    is_stale,
    reference_rates,
    strengths,
)
from analytics.scoring.frustration.groups import groups_table
from analytics.scoring.frustration.incident import incident_rise, no_incident
from analytics.scoring.frustration.index_checks import (
    Check,
    against_activity,
    checks_table,
    retest,
    split_half,
    with_satisfaction,
)
from analytics.scoring.frustration.index_gain import gains
from analytics.scoring.frustration.rows import FrustrationRows, frustration_rows
from analytics.scoring.frustration.weights import ChosenWeights, choose_weights

_SEED = 0
_HALF_LIVES = {channel.name: channel.half_life_days for channel in FRICTION_CHANNELS}


@dataclass(frozen=True)
class LearnedWeights:
    """Past rows and the weights that they teach."""

    rows: FrustrationRows
    weights: ChosenWeights


def weights_of(observed: Observed, seen: FrustrationSeen) -> LearnedWeights:
    """Choose the weights of the index by what customers said on past dates."""
    rows = frustration_rows(observed.snapshots, seen.said)
    return LearnedWeights(rows, choose_weights(rows, seed=_SEED))


def frustration_tables(
    learned: Learned, by_past: LearnedWeights, profile: Profile
) -> dict[type[RunRow], pd.DataFrame]:
    """Return every table about the index.

    Parameters
    ----------
    by_past
        The weights that past dates taught.
    """
    observed, seen, tested = learned.observed, learned.frustration_seen, learned.trained.backtest
    chosen = by_past.weights
    return {
        PartWeight: _weights_table(observed.snapshots[0], chosen),
        JudgedRanking: _or_empty(chosen.judged, JudgedRanking),
        FrustrationCheck: checks_table(_checks(observed, seen, by_past, tested, profile)),
        FrustrationGroup: groups_table(observed.snapshots, seen.said, chosen.in_use, seed=_SEED),
    }


def _weights_table(now: Snapshot, chosen: ChosenWeights) -> pd.DataFrame:
    found = strengths(now.features[~now.ended])
    fitted = chosen.fitted or {}
    return pd.DataFrame(
        {
            "part": name,
            "label": label,
            "half_life_days": _HALF_LIVES.get(name),
            "customers_with": int((found[name] > 0).sum()),
            "expert_weight": EXPERT_WEIGHTS[name],
            "fitted_weight": fitted.get(name, np.nan),
            "weight_in_use": chosen.in_use[name],
        }
        for name, label in PART_LABELS.items()
    )


def _checks(
    observed: Observed,
    seen: FrustrationSeen,
    learned: LearnedWeights,
    tested: Backtest,
    profile: Profile,
) -> list[Check]:
    return [
        _split_half(observed.snapshots[0], seen, learned),
        _retest(observed.snapshots, learned),
        with_satisfaction(learned.rows, seed=_SEED),
        _activity(observed.snapshots[0], learned),
        *_gains(observed.snapshots, tested, profile),
        _incident(observed.snapshots, seen, learned),
    ]


def _split_half(now: Snapshot, seen: FrustrationSeen, learned: LearnedWeights) -> Check:
    """Leave out who has used nothing lately: an index of no use is 0 on both kinds of days."""
    who = now.features.index[~now.ended & ~is_stale(now.features)]
    rates = reference_rates(now.features)
    halves = [_of_half(half.reindex(who).fillna(0.0), rates, learned) for half in seen.halves]
    keys = who.to_numpy(dtype=np.int64)
    return split_half(halves[0], halves[1], keys, np.zeros(len(keys), dtype=np.int64), seed=_SEED)


def _of_half(
    half: pd.DataFrame, rates: dict[str, float], learned: LearnedWeights
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return the index of half the days; open tickets belong to no half."""
    table = half.assign(load_tickets_held_180d=0.0, oldest_unresolved_ticket_180d=0.0)
    return frustration_of(table, learned.weights.in_use, rates).index


def _retest(snapshots: Sequence[Snapshot], learned: LearnedWeights) -> Check:
    """Compare each date with the next, of who was active on both."""
    now, later, keys, days = [], [], [], []
    for new, old in pairwise(snapshots):
        frames = [_index_of_fresh(snapshot, learned) for snapshot in (old, new)]
        both = pd.concat(frames, axis=1, join="inner")
        now.append(both.iloc[:, 0].to_numpy())
        later.append(both.iloc[:, 1].to_numpy())
        keys.append(both.index.to_numpy(dtype=np.int64))
        days.append(np.full(len(both), day_number(old.observation_date), dtype=np.int64))
    if not now:
        none = np.empty(0)
        return retest(none, none, none.astype(np.int64), none.astype(np.int64), seed=_SEED)
    parts = (np.concatenate(of_dates) for of_dates in (now, later, keys, days))
    return retest(*parts, seed=_SEED)


def _index_of_fresh(one: Snapshot, learned: LearnedWeights) -> pd.Series:
    return _index_of(one, learned)[~one.ended & ~is_stale(one.features)]


def _index_of(one: Snapshot, learned: LearnedWeights) -> pd.Series:
    found = frustration_of(one.features, learned.weights.in_use)
    return pd.Series(found.index, index=one.features.index)


def _activity(now: Snapshot, learned: LearnedWeights) -> Check:
    here = now.features[~now.ended]
    index = frustration_of(now.features, learned.weights.in_use).index[~now.ended]
    keys = here.index.to_numpy(dtype=np.int64)
    return against_activity(
        index, here["active_days_28d"].to_numpy(), keys, np.zeros_like(keys), seed=_SEED
    )


def _gains(snapshots: Sequence[Snapshot], tested: Backtest, profile: Profile) -> list[Check]:
    """Judge with the expert weights: fitted ones may have seen what followed the test dates."""
    observations = stack(snapshots, early_warning_days=profile.early_warning_days)
    index = np.concatenate(
        [
            frustration_of(snapshot.features, EXPERT_WEIGHTS).index[snapshot.labelled]
            for snapshot in snapshots
        ]
    )
    return gains(observations, index, tested.test_days[0], seed=_SEED)


def _incident(
    snapshots: Sequence[Snapshot], seen: FrustrationSeen, learned: LearnedWeights
) -> Check:
    incident = seen.incident
    if incident is None:
        return no_incident()
    before = next(
        (snapshot for snapshot in snapshots if snapshot.observation_date < incident.first_day), None
    )
    after = next(
        (
            snapshot
            for snapshot in reversed(snapshots)
            if snapshot.observation_date >= incident.last_day
        ),
        None,
    )
    if before is None or after is None:
        return no_incident()
    then, since = (_index_of(around, learned) for around in (before, after))
    return incident_rise(incident, then, since, seen.groups, seed=_SEED)


def _or_empty(frame: pd.DataFrame, row: type[RunRow]) -> pd.DataFrame:
    return frame if len(frame) else pd.DataFrame(columns=list(row.table.column_names))
