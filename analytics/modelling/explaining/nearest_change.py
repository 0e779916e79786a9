"""The smallest change of something a company can act on that would lower a customer's tier.

It is the model's response to other numbers, not a promise: nobody has measured that solving a
ticket keeps a customer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.customer.risk_tier import SCORED_TIERS
from analytics.domain.customer.tier_cuts import TENTHS_BELOW, TierCuts
from analytics.modelling.explaining.themes import ACTIVITY, COMMERCIAL, FRICTION, VOICE
from analytics.modelling.models.calibrated import Calibrated
from analytics.modelling.tier_levels import levels_of

Floats = npt.NDArray[np.float64]

#: How much of the way to the aim is asked for, smallest first.
STEPS = (0.25, 0.5, 0.75, 1.0)
#: A tier that is lowered by less than a percentage point was hardly the higher one.
SMALLEST_FALL = 0.01


@dataclass(frozen=True)
class Lever:
    """Something that a company can act on; features move toward an aim, never away from it.

    Parameters
    ----------
    headline
        The feature that the sentence names; its value must change for the lever to exist.
    lowers, raises
        Features that fall to zero, and that rise to the typical customer's value.
    whole
        Features that are counts: nobody has half a ticket.
    needs
        Feature that must be above zero: who does not come at all uses nothing.
    """

    name: str
    theme: str
    headline: str
    lowers: tuple[str, ...] = ()
    raises: tuple[str, ...] = ()
    whole: frozenset[str] = frozenset()
    needs: str = ""


#: What the customer did or how long they have been one is nothing that a company can change.
LEVERS: tuple[Lever, ...] = (
    Lever(
        "open_tickets",
        VOICE,
        "tickets_unresolved_180d",
        lowers=("tickets_unresolved_180d", "oldest_unresolved_ticket_180d"),
        whole=frozenset({"tickets_unresolved_180d"}),
    ),
    Lever(
        "problems",
        FRICTION,
        "friction_events_28d",
        lowers=(
            "friction_events_28d",
            "friction_rate_per_active_day_28d",
            "friction_per_active_day_90d",
            "friction_without_contact_90d",
            "load_errors",
            "load_clicks",
            "load_waiting",
            "load_delivery",
            "load_progress",
            "friction_percentile_90d",
        ),
        whole=frozenset({"friction_events_28d", "friction_without_contact_90d"}),
    ),
    Lever(
        "failed_payments",
        COMMERCIAL,
        "payments_failed_56d",
        lowers=("payments_failed_56d", "payments_failed_share_180d"),
        whole=frozenset({"payments_failed_56d"}),
    ),
    Lever(
        "features_used",
        ACTIVITY,
        "features_used_28d",
        raises=("features_used_28d", "feature_entropy_28d"),
        whole=frozenset({"features_used_28d"}),
        needs="active_days_28d",
    ),
)


@dataclass(frozen=True)
class NearestChange:
    """The smallest changes that lower a tier; one entry a customer who has one.

    Parameters
    ----------
    rows
        Positions among the features given.
    lever, step
        Number of the lever, and how much of the way.
    before, after
        Value of the lever's headline feature.
    risk
        What the model would say.
    """

    rows: npt.NDArray[np.intp]
    lever: npt.NDArray[np.intp]
    step: Floats
    before: Floats
    after: Floats
    risk: Floats


def nearest_change(
    model: Calibrated,
    features: pd.DataFrame,
    risk: Floats,
    typical: pd.Series,
    at_stake: Floats,
    *,
    cuts: TierCuts,
    levers: Sequence[Lever] = LEVERS,
) -> NearestChange:
    """Return the smallest change of one lever that lowers the tier, where there is one.

    Smallest is the least part of the way; where two levers need as much, the one after which the
    risk is lower.

    Parameters
    ----------
    at_stake
        Value at stake, which decides the tier where many share the risk of a cut.
    """
    aim = np.minimum(_next_cut(risk, at_stake, cuts), risk - SMALLEST_FALL)
    best = pd.DataFrame({"lever": -1, "step": np.inf, "risk": risk, "before": 0.0, "after": 0.0},
                        index=np.arange(len(features)))  # fmt: skip
    for number, lever in enumerate(levers):
        if lever.headline not in features or not _seen(model, lever):
            continue
        able = features[lever.needs].to_numpy() > 0 if lever.needs else True
        for step in STEPS:
            open_rows = np.flatnonzero((aim > 0) & able & (best["step"].to_numpy() >= step))
            if not len(open_rows):
                continue
            found = _tried(model, features.iloc[open_rows], lever, step, typical)
            old = best.iloc[open_rows]
            better = (found["risk"].to_numpy() < aim[open_rows]) & found["moves"].to_numpy()
            nearer = (old["step"] > step) | (old["risk"] > found["risk"].to_numpy())
            taken = open_rows[better & nearer.to_numpy()]
            chosen = found[better & nearer.to_numpy()]
            best.loc[taken, ["risk", "before", "after"]] = chosen[
                ["risk", "before", "after"]
            ].to_numpy()
            best.loc[taken, "lever"], best.loc[taken, "step"] = number, step
    found = best[best["lever"] >= 0]
    return NearestChange(
        found.index.to_numpy(dtype=np.intp),
        found["lever"].to_numpy(dtype=np.intp),
        *(found[name].to_numpy(dtype=np.float64) for name in ("step", "before", "after", "risk")),
    )


def changed(features: pd.DataFrame, lever: Lever, step: float, typical: pd.Series) -> pd.DataFrame:
    """Return the features with the lever moved by a part of the way to its aim."""
    result = features.copy()
    ways: tuple[tuple[tuple[str, ...], Callable[[str], float], int], ...] = (
        (lever.lowers, lambda name: 0.0, -1),
        (lever.raises, lambda name: float(typical[name]), 1),
    )
    for names, aim_of, sign in ways:
        for name in names:
            if name not in features:
                continue
            now = features[name].to_numpy(dtype=np.float64)
            way = np.maximum(sign * (aim_of(name) - now), 0.0) * step
            way = np.ceil(way) if name in lever.whole else way
            result[name] = now + sign * np.nan_to_num(way)
    return result


def _tried(
    model: Calibrated, features: pd.DataFrame, lever: Lever, step: float, typical: pd.Series
) -> pd.DataFrame:
    other = changed(features, lever, step, typical)
    before, after = (
        frame[lever.headline].to_numpy(dtype=np.float64) for frame in (features, other)
    )
    return pd.DataFrame(
        {"risk": model.predict(other), "before": before, "after": after, "moves": before != after}
    )


def _seen(model: Calibrated, lever: Lever) -> list[str]:
    return [name for name in (*lever.lowers, *lever.raises) if name in model.columns]


def _next_cut(risk: Floats, at_stake: Floats, cuts: TierCuts) -> Floats:
    """Return the risk of each customer's tier below which a lower tier is shown; 0 for the lowest.

    A risk that rounds up to the cut is shown as the cut.
    """
    lowest = np.array([cuts.lowest(tier) for tier in SCORED_TIERS])
    half_a_step = np.where(lowest < TENTHS_BELOW, 0.0005, 0.005)
    below = np.where(lowest > 0, lowest - half_a_step, 0.0)
    result: Floats = below[levels_of(risk, at_stake, cuts)]
    return result
