"""A customer's own rhythm: how long a silence it would hardly ever produce by chance.

Silence means something only against the own rhythm: a fixed window re-labels people who are simply
rarely active.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.profiles.profile import Profile

MIN_OWN_GAPS = 10

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Rhythm:
    """What each customer's rhythm allows; arrays aligned with the feature frame's index.

    Parameters
    ----------
    horizon_days
        Own horizon: the clipped length of silence with probability `silence_probability` or less.
    admissible
        The horizon lies within the profile's bound, so a silence can be told from chance.
    silent_days
        Days since the last meaningful activity.
    lapsed
        Already silent for longer than the own horizon.
    """

    horizon_days: Floats
    admissible: Flags
    silent_days: Floats
    lapsed: Flags


def rhythm_of(features: pd.DataFrame, profile: Profile) -> Rhythm:
    """Return every customer's rhythm as of the features, the way the profile's label asks."""
    if profile.label == "no_event":
        return _fixed(features, profile)
    return _personal(features, profile)


def _fixed(features: pd.DataFrame, profile: Profile) -> Rhythm:
    """One horizon for all: for activity too sparse to tell each customer's silence from chance."""
    silent = features["rhythm_silent_days"].to_numpy()
    horizon = np.full(len(features), float(profile.horizon_max_days))
    ever_active = features["rhythm_lifetime_active_days"].to_numpy() >= 1
    lapsed = ever_active & (silent > profile.longest_active_silence_days)
    return Rhythm(horizon, ever_active, silent, lapsed)


def _personal(features: pd.DataFrame, profile: Profile) -> Rhythm:
    """The own horizon of each customer.

    The quantile is the larger of the geometric model's and the 99% quantile of the own past gaps
    (with ten gaps or more; else the typical customer's, scaled to the own rate), because real gaps
    spread wider than the model's.
    """
    rate = features["rhythm_daily_probability"].to_numpy()
    by_model = np.log(profile.silence_probability) / np.log1p(-rate)
    own_gaps = features["rhythm_gap_count"].to_numpy() >= MIN_OWN_GAPS
    own = features["rhythm_gap_q99"].to_numpy()
    scaled = own[own_gaps] * rate[own_gaps]
    typical = float(np.median(scaled)) if scaled.size else 0.0
    by_gaps = np.where(own_gaps, np.nan_to_num(own), typical / rate)
    needed = np.ceil(np.maximum(by_model, by_gaps))
    silent = features["rhythm_silent_days"].to_numpy()
    ever_active_twice = features["rhythm_lifetime_active_days"].to_numpy() >= 2
    horizon = np.clip(needed, profile.horizon_min_days, profile.horizon_max_days)
    admissible = needed <= profile.horizon_max_days
    lapsed = np.where(
        admissible, silent > horizon, ever_active_twice & (silent > profile.horizon_max_days)
    )
    return Rhythm(horizon, admissible, silent, lapsed.astype(bool))
