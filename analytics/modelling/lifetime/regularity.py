"""Regularity: whether customers keep a rhythm (k well above 1) or buy at random (k = 1)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analytics.errors import InsufficientData


def wheat_morrison_k(customer: npt.ArrayLike, time: npt.ArrayLike) -> float:
    """Return the shape of the gaps between events, whatever each customer's own rate.

    Wheat, Morrison (1990), Estimating Purchase Regularity with Two Interpurchase Times, Journal of
    Marketing Research 27(1). If gaps are Gamma(k) at a rate of the customer's own, the first of two
    successive gaps is a share M ~ Beta(k, k) of both, so k = (1 - 4 Var M) / (8 Var M). Every pair
    of successive gaps counts; two events at the same time are one.

    Parameters
    ----------
    customer
        Of each event.
    time
        Of each event, in any unit and order.

    Raises
    ------
    InsufficientData
        No two customers' pairs, or all gaps alike.
    """
    who, when = np.asarray(customer), np.asarray(time, dtype=np.float64)
    order = np.lexsort((when, who))
    who, when = who[order], when[order]
    new = np.append(True, (who[1:] != who[:-1]) | (when[1:] != when[:-1]))[: len(who)]
    who, when = who[new], when[new]
    gap = np.diff(when)
    paired = who[2:] == who[:-2]
    first, second = gap[:-1][paired], gap[1:][paired]
    if len(first) < 2:
        raise InsufficientData(
            f"Regularity needs two pairs of successive gaps. Got {len(first)}.",
            rule="gap_pairs_present",
            got=len(first),
        )
    variance = float(np.mean((first / (first + second) - 0.5) ** 2))
    if not variance:
        raise InsufficientData(
            "Regularity needs gaps that differ. Got equal ones.", rule="gaps_differ"
        )
    return (1 - 4 * variance) / (8 * variance)
