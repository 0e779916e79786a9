"""Channels of frustration: which events belong together, how they fade and what they weigh."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FrictionChannel:
    """Events that frustrate in the same way.

    Parameters
    ----------
    half_life_days
        Days after which one event counts half: 21 for the screen, 45 for service and billing.
    weight
        Expert weight of the channel in the frustration index; an assumption.
    """

    name: str
    label: str
    events: tuple[str, ...]
    half_life_days: int
    weight: float


FRICTION_CHANNELS: tuple[FrictionChannel, ...] = (
    FrictionChannel("errors", "errors", ("error", "outage"), 21, 1.0),
    FrictionChannel("clicks", "rage and dead clicks", ("rage_click", "dead_click"), 21, 1.0),
    FrictionChannel(
        "waiting", "waiting and empty searches", ("slow_load", "failed_search"), 21, 0.6
    ),
    FrictionChannel(
        "payment",
        "failed payments and price rises",
        ("payment_failed", "price_increased"),
        45,
        1.2,
    ),
    FrictionChannel(
        "delivery", "returns and late deliveries", ("return", "delivery_late"), 45, 1.2
    ),
    FrictionChannel(
        "progress", "missed deadlines and low scores", ("missed_deadline", "low_score"), 45, 1.2
    ),
    FrictionChannel(
        "tickets",
        "support tickets and complaints",
        ("ticket_opened", "ticket_reopened", "complaint", "refund_request"),
        45,
        1.4,
    ),
)

#: Version of channels, weights and scale; a change makes indices incomparable with older runs.
FRUSTRATION_SCALE_VERSION = 1
