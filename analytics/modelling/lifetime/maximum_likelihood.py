"""Finds the parameters under which the data are likeliest, and how sure that is."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

Floats = npt.NDArray[np.float64]
Interval = tuple[float, float]

#: Takes the logs of the parameters; returns the mean negative log-likelihood and its slopes.
Cost = Callable[[Floats], tuple[float, Floats]]

#: How far, on the log scale, a parameter may go from its start.
_REACH = 12.0
#: 97.5% quantile of the normal distribution.
_Z_95 = 1.959963984540054
_STEP = 1e-4


def likeliest(cost: Cost, start: Floats) -> tuple[Floats, float]:
    """Return the logs of the likeliest parameters, and the cost there."""
    found = minimize(
        cost,
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=[(float(log) - _REACH, float(log) + _REACH) for log in start],
        options={"ftol": 1e-13, "gtol": 1e-7, "maxiter": 1000},
    )
    return np.asarray(found.x, dtype=np.float64), float(found.fun)


def intervals_of(logs: Floats, cost: Cost, size: float) -> list[Interval]:
    """Return the 95% interval of each parameter from the observed information.

    Parameters
    ----------
    logs
        Logs of the fitted parameters; on that scale the likelihood is closer to normal, and no
        interval reaches below 0.
    size
        Customers that the cost is the mean of.

    Returns
    -------
    list of (low, high)
        From 0 to infinity where the likelihood is flat, so that the data do not tell.
    """
    rows = [(cost(logs + step)[1] - cost(logs - step)[1]) for step in np.eye(len(logs)) * _STEP]
    information = np.array(rows) * size / (2 * _STEP)
    information = (information + information.T) / 2
    values = np.linalg.eigvalsh(information)
    if not np.all(np.isfinite(values)) or values[0] <= 1e-9 * abs(values[-1]):
        return [(0.0, float("inf"))] * len(logs)
    spread = np.sqrt(np.diag(np.linalg.inv(information)))
    with np.errstate(over="ignore"):  # infinite is what a hardly known parameter may be
        low, high = np.exp(logs - _Z_95 * spread), np.exp(logs + _Z_95 * spread)
    return [(float(least), float(other)) for least, other in zip(low, high, strict=True)]
