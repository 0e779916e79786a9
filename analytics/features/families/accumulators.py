"""Accumulators that several families share, and the small functions that write them."""

from __future__ import annotations

from analytics.domain.frustration import FRICTION_CHANNELS, FrictionChannel
from analytics.features.event_groups import EventGroup, channel_group
from analytics.features.record import PAID_ACTIVITY, Accumulator, Grain


def within(first: int, past: int) -> str:
    """Return the condition `first` <= age < `past`, in days before the observation date's end."""
    return f"age < {past}" if first == 0 else f"age >= {first} AND age < {past}"


def window_name(first: int, past: int) -> str:
    """Return how a name says the window: 28d, or 28d_to_84d."""
    return f"{past}d" if first == 0 else f"{first}d_to_{past}d"


def active_days(first: int, past: int) -> Accumulator:
    """Return the number of days with meaningful activity in a window."""
    return Accumulator(
        f"active_days_{window_name(first, past)}_sum",
        f"SUM(CASE WHEN {within(first, past)} THEN active_day ELSE 0 END)",
    )


def activity_events(first: int, past: int, *, also: str = "", named: str = "") -> Accumulator:
    """Return the number of meaningful events in a window, on the days that meet `also`."""
    condition = f"{within(first, past)} AND {also}" if also else within(first, past)
    return Accumulator(
        f"activity_events_{named}{window_name(first, past)}_sum",
        f"SUM(CASE WHEN {condition} THEN activity ELSE 0 END)",
    )


def paid_cents(first: int, past: int) -> Accumulator:
    """Return the cents of the meaningful events in a window."""
    return Accumulator(
        f"paid_cents_{window_name(first, past)}_sum",
        f"SUM(CASE WHEN {within(first, past)} THEN paid_cents ELSE 0 END)",
        needs=(PAID_ACTIVITY,),
    )


def counted(group: EventGroup, first: int, past: int, *, also: str = "") -> Accumulator:
    """Return the number of a group's events in a window."""
    condition = f"{group.name} = 1 AND {within(first, past)}" + (f" AND {also}" if also else "")
    return Accumulator(
        f"{group.name[3:]}_{window_name(first, past)}_sum",
        f"SUM(CASE WHEN {condition} THEN 1 ELSE 0 END)",
        Grain.SIGNS,
        (group,),
    )


def summed_cents(group: EventGroup, first: int, past: int) -> Accumulator:
    """Return the summed value, in cents, of a group's events in a window."""
    return Accumulator(
        f"{group.name[3:]}_cents_{window_name(first, past)}_sum",
        f"SUM(CASE WHEN {group.name} = 1 AND {within(first, past)} THEN value_cents ELSE 0 END)",
        Grain.SIGNS,
        (group,),
    )


def days_since(group: EventGroup) -> Accumulator:
    """Return the days since the latest of a group's events; none where there was none."""
    return Accumulator(
        f"{group.name[3:]}_last_age",
        f"MIN(CASE WHEN {group.name} = 1 THEN age END)",
        Grain.SIGNS,
        (group,),
        empty=None,
    )


def channel_loads() -> tuple[Accumulator, ...]:
    """Return one decayed load a friction channel, in millionths of an event."""
    return tuple(
        Accumulator(
            f"load_{channel.name}_sum",
            f"SUM(CASE WHEN {_belongs(channel)} THEN decay_{channel.half_life_days} ELSE 0 END)",
            Grain.SIGNS,
            (channel_group(channel),),
        )
        for channel in FRICTION_CHANNELS
    )


def _belongs(channel: FrictionChannel) -> str:
    """Return the condition on an event to count in a channel."""
    condition = f"{channel_group(channel).name} = 1"
    if channel.value_at_most is None:
        return condition
    return f"{condition} AND value_cents <= {100 * channel.value_at_most}"


EXPOSURE_21 = Accumulator("exposure_21_sum", "SUM(activity * decay_21)")
EXPOSURE_45 = Accumulator("exposure_45_sum", "SUM(activity * decay_45)")
