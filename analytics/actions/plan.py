"""Whom to contact: the choice of contacts under a budget and a number of working minutes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]


def choose(
    net_value: Numbers,
    cost: Numbers,
    minutes: Numbers,
    *,
    budget: float | None = None,
    capacity_minutes: float | None = None,
) -> Mask:
    """Return which contacts to make: greedy by net value for what is scarce.

    What is scarce is minutes where there is a capacity, money where there is a budget, and the
    share of both that a contact uses up where there are both. Greedy is within one contact of the
    best possible plan while there is one limit (Dantzig's bound); contacts that lose money are
    never made.

    Parameters
    ----------
    net_value, cost, minutes
        One number a possible contact: expected net value and cost in money, working minutes.
    budget, capacity_minutes
        Limits on the sums; None is no limit.

    Returns
    -------
    Mask
        True for each contact to make.
    """
    chosen = np.zeros(len(net_value), dtype=bool)
    order = priority(net_value, cost, minutes, budget=budget, capacity_minutes=capacity_minutes)
    money = np.inf if budget is None else float(budget)
    time = np.inf if capacity_minutes is None else float(capacity_minutes)
    while len(order):
        order = order[(cost[order] <= money) & (minutes[order] <= time)]
        fits = (np.cumsum(cost[order]) <= money) & (np.cumsum(minutes[order]) <= time)
        taken = order[: len(order) if fits.all() else int(np.argmin(fits))]
        if not len(taken):
            break
        chosen[taken] = True
        money -= float(cost[taken].sum())
        time -= float(minutes[taken].sum())
        order = order[len(taken) :]
    return chosen


def priority(
    net_value: Numbers,
    cost: Numbers,
    minutes: Numbers,
    *,
    budget: float | None = None,
    capacity_minutes: float | None = None,
) -> NDArray[np.intp]:
    """Return the positions of the contacts worth making, best first; ties stay in order."""
    scarcity = np.zeros(len(net_value))
    if capacity_minutes is not None:
        scarcity = scarcity + minutes / max(capacity_minutes, 1e-9)
    if budget is not None:
        scarcity = scarcity + cost / max(budget, 1e-9)
    limited = budget is not None or capacity_minutes is not None
    worth = net_value / np.maximum(scarcity, 1e-12) if limited else net_value
    order = np.argsort(-worth, kind="stable")
    return order[net_value[order] > 0]
