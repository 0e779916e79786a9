"""Daily counts of made-up businesses: weekdays, seasons, growth, sales, closed days."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]


def daily_customers(seed: int) -> Counts:
    """Return the customers a day of a clean log, eight months to two years long."""
    rng = np.random.default_rng(seed)
    days = int(rng.integers(240, 730))
    time = np.arange(days)
    weekdays = rng.dirichlet(np.full(7, rng.choice([2.0, 8.0, 50.0])))
    closed = rng.choice([0, 1, 2])
    weekdays[7 - closed :] = 0
    year = 1 + rng.uniform(0, 0.6) * np.sin(2 * np.pi * (time - rng.uniform(0, 365)) / 365)
    growth = np.exp(rng.uniform(-0.7, 1.0) * time / 365)
    mean = np.exp(rng.uniform(np.log(20), np.log(400))) * 7 * weekdays[time % 7] / weekdays.sum()
    mean = mean * year * growth
    for _ in range(3):  # a sale
        first = int(rng.integers(0, days))
        mean[first : first + int(rng.integers(2, 9))] *= rng.uniform(2, 4)
    for _ in range(4):  # holidays
        first = int(rng.integers(0, days))
        mean[first : first + int(rng.integers(1, 5))] = 0
    customers: Counts = rng.poisson(mean * rng.gamma(20, 1 / 20, days)).astype(np.int64)
    return customers


def even_numbers(customers: Counts, seed: int) -> Counts:
    """Return how many customers a day have an even number of events; most have one."""
    return np.random.default_rng(seed).binomial(customers, 0.12).astype(np.int64)
