"""The likely cause behind a risk: what a customer met that few others met.

A model weighs best what shows first, the fading itself, and says little of what lies behind it. So
the cause is found without the model and without any outcome: of the troubles that can drive
somebody away, the one of which the customer has more than most, and most unusually so.

Two things must hold for a trouble to be a cause:

- It has been met not long ago: the decayed numbers add up to at least `MET_FROM`, which is one
  event within two of its half-lives (of 21 or 45 days). Where most have met nothing at all, an old
  crumb is "more than most" and yet no trouble.
- Most others met less: more than `MORE_THAN_MOST` of the scored customers. What drives people away
  often meets many at once, so that to ask for fewer would leave the cause of most leavers unsaid.

An action against a trouble asks for more: one event within its half-life (`troubles_seen`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.modelling.explaining.themes import COMMERCIAL, FRICTION, TENURE, VOICE

Floats = npt.NDArray[np.float64]

#: Within so many days a customer may still be arriving.
ARRIVING_DAYS = 183.0
#: Least decayed number of events that can be a cause: one within two half-lives.
MET_FROM = 0.25
#: Least decayed number of events that calls for an action: one within its half-life.
SEEN_FROM = 0.5
#: A cause is more than this share of the scored customers have. On a simulated business .5 names
#: the true cause of 71% of leavers among the first two reasons, and .75 that of 58% with SEEN_FROM.
MORE_THAN_MOST = 0.5
#: A second cause as near as this makes the first uncertain.
CLEAR_BY = 0.05

#: Decayed numbers of what went wrong, recent events weighing more; what a source lacks is absent.
_LOADS = {
    FRICTION: ("load_errors", "load_clicks", "load_waiting", "load_delivery", "load_progress"),
    VOICE: ("load_tickets",),
    COMMERCIAL: ("load_payment", "plan_downgrades_90d"),
}
#: Loads fade and do not end: a ticket of half a year ago still counts a little, so that none of
#: these says "lately".
_SAID = {
    FRICTION: "Met more problems than {less:.0%} of the scored customers, recent ones counting "
    "most.",
    VOICE: "More tickets and complaints than {less:.0%} of the scored customers have, recent ones "
    "counting most.",
    COMMERCIAL: "More price rises, failed payments or smaller plans than {less:.0%} of the scored "
    "customers have, recent ones counting most.",
    TENURE: "A customer for {days:.0f} days, newer than {less:.0%} of the scored customers.",
}


@dataclass(frozen=True)
class Causes:
    """The likely cause of each scored customer; index as the features.

    Parameters
    ----------
    theme
        Theme of the cause; empty where nothing stands out.
    share_with_less
        Share of the scored customers who have less of it.
    clear
        False where another cause stands out nearly as much.
    """

    theme: pd.Series
    share_with_less: pd.Series
    clear: pd.Series
    text: pd.Series


def likely_causes(features: pd.DataFrame) -> Causes:
    """Return the likely cause of each of the scored customers, compared among themselves."""
    loads = _loads(features)
    strength = pd.DataFrame(
        {theme: _share_with_less(loads[theme].to_numpy()) for theme in loads}, index=loads.index
    ).where(loads >= MET_FROM, 0.0)
    days = features["tenure_days"].to_numpy(dtype=np.float64)
    strength[TENURE] = np.where(days < ARRIVING_DAYS, _share_with_less(-days), 0.0)
    ordered = np.sort(strength.to_numpy(), axis=1)
    most, second = ordered[:, -1], ordered[:, -2]
    stands_out = most > MORE_THAN_MOST
    theme = np.where(
        stands_out, strength.columns.to_numpy()[strength.to_numpy().argmax(axis=1)], ""
    )
    text = [
        # Rounded down: nobody has less than themselves, so that 100% cannot be.
        _SAID[cause].format(less=np.floor(100 * less) / 100, days=age) if cause else ""
        for cause, less, age in zip(theme, most, days, strict=True)
    ]
    found = pd.DataFrame(
        {
            "theme": theme,
            "share_with_less": np.where(stands_out, most, np.nan),
            "clear": most - second >= CLEAR_BY,
            "text": text,
        },
        index=features.index,
    )
    return Causes(found["theme"], found["share_with_less"], found["clear"], found["text"])


def troubles_seen(features: pd.DataFrame) -> pd.DataFrame:
    """Tell which troubles each customer has met of late; a column a theme, index as the features.

    A trouble counts from a decayed number of `SEEN_FROM` events on, whatever others have met.
    """
    return _loads(features) >= SEEN_FROM


def _loads(features: pd.DataFrame) -> pd.DataFrame:
    loads = {theme: _load(features, names) for theme, names in _LOADS.items()}
    return pd.DataFrame(loads, index=features.index)


def _load(features: pd.DataFrame, names: tuple[str, ...]) -> Floats:
    known = [name for name in names if name in features]
    load: Floats = features[known].fillna(0.0).sum(axis=1).to_numpy(dtype=np.float64)
    return load


def _share_with_less(values: Floats) -> Floats:
    """Return the share of all who have strictly less; 0 where nobody is there."""
    share: Floats = np.searchsorted(np.sort(values), values, side="left") / max(len(values), 1)
    return share
