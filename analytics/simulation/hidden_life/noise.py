"""The chance of one week, drawn for every customer alike.

Everything that decides over a customer's hidden life is drawn here, the same number of draws
whatever happens. So two lives of one customer that differ in a single contact meet the same luck
(common random numbers), and what the contact changed is exact.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from analytics.simulation.hidden_life.world import Floats, Ints


@dataclass(frozen=True)
class Noise:
    """Uniform draws unless said otherwise; one entry a customer, or one a customer and day.

    Parameters
    ----------
    mood, wait
        Standard normal.
    lingering
        Standard exponential.
    active, bought, late, returned
        Shape (customers, 7).
    """

    mood: Floats
    wait: Floats
    lingering: Floats
    move: Floats
    exit_time: Floats
    leaves: Floats
    away: Floats
    problem: Floats
    problem_length: Floats
    ticket: Floats
    payment: Floats
    pause: Floats
    pause_length: Floats
    plan: Floats
    active: Floats
    bought: Floats
    late: Floats
    returned: Floats

    def take(self, who: Ints) -> Noise:
        """Return the draws of some of the customers."""
        return Noise(
            **{declared.name: getattr(self, declared.name)[who] for declared in fields(self)}
        )


def draw_noise(size: int, rng: np.random.Generator, *, orders: bool) -> Noise:
    """Draw one week; the fate of orders only where there are any."""
    mood, wait = rng.standard_normal((2, size))
    lingering = rng.standard_exponential(size)
    (move, exit_time, leaves, away, problem, problem_length, ticket, payment, pause,
     pause_length, plan) = rng.random((11, size))  # fmt: skip
    active = rng.random((size, 7))
    bought, late, returned = rng.random((3, size, 7)) if orders else np.ones((3, size, 7))
    return Noise(
        mood, wait, lingering, move, exit_time, leaves, away, problem, problem_length, ticket,
        payment, pause, pause_length, plan, active, bought, late, returned,
    )  # fmt: skip


def geometric(draw: Floats, chance: float) -> Floats:
    """Turn uniform draws into numbers of trials up to the first success."""
    trials: Floats = np.ceil(np.log1p(-draw) / np.log1p(-chance)).clip(1.0)
    return trials
