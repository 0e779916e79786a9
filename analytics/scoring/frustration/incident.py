"""Does the index rise where an incident struck, and not elsewhere?"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.features.incident_days import Incident
from analytics.modelling.measuring.metrics import interval
from analytics.modelling.measuring.resampling import CustomerDraws
from analytics.scoring.frustration.index_checks import Check, CheckOutcome, cannot_tell

Floats = npt.NDArray[np.float64]
FEWEST_EXPOSED = 50
#: Index points by which the exposed should rise beyond the others.
HOPED_RISE = 15.0
TOLD = ("incident", "Rise after an incident", "15 points or more")


def no_incident() -> Check:
    """Return the check of data in which no incident stands out."""
    return cannot_tell(
        *TOLD,
        "No day stands out on which far more went wrong than usual for a region, segment or plan; "
        "an outage that you know of is not in the data either.",
    )


def incident_rise(
    incident: Incident, before: pd.Series, after: pd.Series, groups: pd.DataFrame, *, seed: int
) -> Check:
    """Return how much more the index rose for those exposed than for the others there.

    Exposed are the customers of the group who were active on the days of the incident; the others
    were active on those days as well, in other groups. Own problems do not choose anybody.

    Parameters
    ----------
    before, after
        Index by `customer_key` on the observation dates around the incident.
    groups
        Index `customer_key`; the columns that name groups.
    """
    keys = before.index.intersection(after.index).intersection(pd.Index(incident.there))
    exposed = (groups.loc[keys, incident.kind].astype(str) == incident.name).to_numpy(dtype=float)
    rise = (after.loc[keys] - before.loc[keys]).to_numpy()
    if min(exposed.sum(), (1 - exposed).sum()) < FEWEST_EXPOSED:
        return cannot_tell(*TOLD, "Too few customers were there on the days of the incident.")
    draws = CustomerDraws.of(keys.to_numpy(dtype=np.int64), seed=seed)
    drawn = draws.ratio(rise * exposed, exposed) - draws.ratio(rise * (1 - exposed), 1 - exposed)
    struck, spared = rise[exposed > 0].mean(), rise[exposed == 0].mean()
    low, high = interval(drawn)
    found = float(struck - spared)
    outcome = (
        CheckOutcome.AS_HOPED
        if found >= HOPED_RISE
        else CheckOutcome.WEAKER
        if low > 0
        else CheckOutcome.NOT_AS_HOPED
    )
    return Check(
        *TOLD[:2],
        len(keys),
        found,
        low,
        high,
        TOLD[2],
        outcome,
        _words(incident, float(struck), float(spared), int(exposed.sum())),
    )


def _words(incident: Incident, struck: float, spared: float, exposed: int) -> str:
    days = (
        f"on {incident.first_day}"
        if incident.first_day == incident.last_day
        else f"from {incident.first_day} to {incident.last_day}"
    )
    return (
        f"{days[0].upper()}{days[1:]} customers of {incident.kind} {incident.name} met "
        f"{incident.times_usual:.1f} times their usual problems. The index of the {exposed:,} who "
        f"were active there moved by {struck:+.1f} points between the observation dates around "
        f"it, that of the others active then by {spared:+.1f}. The incident was found in these "
        "same data by the problems themselves, which the index counts: a rise is nearly certain "
        "and proves little."
    )
