"""Channels of frustration: which events belong together, how they fade and what they weigh."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class FrictionChannel:
    """Events that frustrate in the same way.

    Parameters
    ----------
    half_life_days
        Days after which one event counts half: 21 for the screen, 45 for service and billing.
    weight
        Expert weight of the channel in the frustration index; an assumption.
    per_use
        More use meets more of it, so that its rate per activity counts as well as its amount.
    value_at_most
        Only events with a value up to this count, such as bad survey answers; None for all.
    said
        The customer says it to us, rather than living through it.
    """

    name: str
    label: str
    events: tuple[str, ...]
    half_life_days: int
    weight: float
    per_use: bool = True
    value_at_most: int | None = None
    said: bool = False


FRICTION_CHANNELS: tuple[FrictionChannel, ...] = (
    FrictionChannel("errors", "errors", ("error", "outage"), 21, 1.0),
    FrictionChannel(
        "clicks",
        "rage, dead and error clicks",
        ("rage_click", "dead_click", "error_click"),
        21,
        1.0,
    ),
    FrictionChannel(
        "waiting", "waiting and empty searches", ("slow_load", "failed_search"), 21, 0.5
    ),
    FrictionChannel(
        "payment",
        "failed payments and price rises",
        ("payment_failed", "price_increased"),
        45,
        0.6,
        per_use=False,
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
        0.8,
        per_use=False,
        said=True,
    ),
    FrictionChannel(
        "surveys",
        "bad survey answers",
        ("survey_response",),
        45,
        0.6,
        per_use=False,
        value_at_most=2,
        said=True,
    ),
)

#: The part of the index that no channel has alone: an open ticket that grows old beside problems.
UNRESOLVED = "unresolved"
UNRESOLVED_LABEL = "problems beside a ticket left open"
UNRESOLVED_WEIGHT = 0.4

#: Days for which an open ticket does not fade.
OPEN_TICKET_HELD_DAYS = 60

PART_LABELS: Mapping[str, str] = MappingProxyType(
    {friction_channel.name: friction_channel.label for friction_channel in FRICTION_CHANNELS}
    | {UNRESOLVED: UNRESOLVED_LABEL}
)
#: Weight of each part of the index where the data teach none; assumptions.
EXPERT_WEIGHTS: Mapping[str, float] = MappingProxyType(
    {friction_channel.name: friction_channel.weight for friction_channel in FRICTION_CHANNELS}
    | {UNRESOLVED: UNRESOLVED_WEIGHT}
)

#: Weight that one event of a type has in the index, by that of its channel; others have none.
EVENT_WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        event: friction_channel.weight
        for friction_channel in FRICTION_CHANNELS
        for event in friction_channel.events
    }
)

#: Fewer active days in 28 than this, and an index is stale: it tells of the last use, not of now.
FRESH_FROM_ACTIVE_DAYS_28D = 3

#: Version of channels, expert weights and scale; a change makes indices incomparable with older
#: runs.
FRUSTRATION_SCALE_VERSION = 2

#: From here on a customer counts as frustrated; the cut of the band of that name.
SUPPRESSED_FROM_INDEX = 40.0
