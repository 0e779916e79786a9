"""Accumulators that several families share, and the small functions that write them.

The columns they may use are those of `known` in `analytics.features.sql`: `age` (days before the
observation date), the `is_...` flags, `channel`, `value_cents`, `feature_bit`, `bit_0`
to `bit_2` (one bit a day of the last 180), `decay_21`, `decay_45` (millionths), `weekday`.
"""

from __future__ import annotations

from analytics.domain.frustration import FRICTION_CHANNELS
from analytics.features.record import Accumulator

ACTIVE_DAYS_BITS = tuple(
    Accumulator(
        f"active_bits_{part}", f"BIT_OR(CASE WHEN is_activity = 1 THEN bit_{part} ELSE 0 END)"
    )
    for part in range(3)
)

_FIRST_BITS = {days: (1 << days) - 1 for days in (7, 14, 28, 56)}


def active_days(first: int, past: int) -> str:
    """Return SQL for the number of active days with `first` <= age < `past`, up to 180."""
    terms = []
    for part in range(3):
        low, high = max(first - 60 * part, 0), min(past - 60 * part, 60)
        if low < high:
            mask = ((1 << high) - 1) ^ ((1 << low) - 1)
            terms.append(f"CAST(BIT_COUNT(active_bits_{part} & {mask}) AS INTEGER)")
    return "(" + " + ".join(terms) + ")"


def total(name: str, condition: str, value: str = "1") -> Accumulator:
    """Return the sum of `value` over the events that meet `condition`."""
    return Accumulator(name, f"SUM(CASE WHEN {condition} THEN {value} ELSE 0 END)")


def within(first: int, past: int) -> str:
    """Return the condition `first` <= age < `past`."""
    return f"age < {past}" if first == 0 else f"age >= {first} AND age < {past}"


def channel_loads() -> tuple[Accumulator, ...]:
    """Return one decayed load a friction channel, in millionths of an event."""
    return tuple(
        total(
            f"load_{channel.name}_sum",
            f"channel = {position}",
            f"decay_{channel.half_life_days}",
        )
        for position, channel in enumerate(FRICTION_CHANNELS, start=1)
    )


EXPOSURE_21 = Accumulator(
    "exposure_21_sum", "SUM(CASE WHEN is_activity = 1 THEN decay_21 ELSE 0 END)"
)
EXPOSURE_45 = Accumulator(
    "exposure_45_sum", "SUM(CASE WHEN is_activity = 1 THEN decay_45 ELSE 0 END)"
)
