"""Groups of event types that features and labels count together; each becomes one flag."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analytics.domain.event_log.events import EVENT_CATALOGUE, VOCAL_EVENTS, EventKind
from analytics.domain.frustration import FrictionChannel
from analytics.errors import UsageError


@dataclass(frozen=True)
class EventGroup:
    """Event types that count as the same thing.

    Parameters
    ----------
    name
        Column of the flag, such as ``is_contact``.
    valued
        Only events that carry a value count.
    """

    name: str
    event_types: tuple[str, ...]
    valued: bool = False

    def __post_init__(self) -> None:
        """Refuse a name that could not be a column, and a group of nothing."""
        if not re.fullmatch(r"is_[a-z0-9_]+", self.name):
            raise UsageError(
                f"An event group's name must be like is_something. Got {self.name!r}.",
                rule="event_group_valid",
                got=self.name,
            )
        if not self.event_types:
            raise UsageError(
                f"Event group {self.name} must name at least one event type. Got none.",
                rule="event_group_valid",
                got=self.name,
            )


def channel_group(channel: FrictionChannel) -> EventGroup:
    """Return the group of a friction channel's events."""
    return EventGroup(
        f"is_{channel.name}_channel", channel.events, valued=channel.value_at_most is not None
    )


FRICTION_GROUP = EventGroup(
    "is_friction",
    tuple(event.name for event in EVENT_CATALOGUE.values() if event.kind is EventKind.FRICTION),
)
#: Contact with us, whatever about.
CONTACT_GROUP = EventGroup(
    "is_contact",
    ("ticket_opened", "ticket_reopened", "complaint", "refund_request", "cancel_request"),
)
RAGE_GROUP = EventGroup("is_rage", ("rage_click",))
OPENED_GROUP = EventGroup("is_opened", ("ticket_opened", "ticket_reopened"))
RESOLVED_GROUP = EventGroup("is_resolved", ("ticket_resolved",))
SURVEY_GROUP = EventGroup("is_survey", ("survey_response",), valued=True)
UPGRADE_GROUP = EventGroup("is_upgrade", ("plan_upgraded",))
DOWNGRADE_GROUP = EventGroup("is_downgrade", ("plan_downgraded",))
PRICE_INCREASE_GROUP = EventGroup("is_price_increase", ("price_increased",))
PAYMENT_FAILED_GROUP = EventGroup("is_payment_failed", ("payment_failed",))
INVOICE_GROUP = EventGroup("is_invoice", ("invoice_paid",))
PAUSE_GROUP = EventGroup("is_pause", ("paused",))
RESUME_GROUP = EventGroup("is_resume", ("resumed",))
VOCAL_GROUP = EventGroup("is_vocal", VOCAL_EVENTS)

#: What the outcome of an observation is made of, whatever features there are.
LABEL_GROUPS = (VOCAL_GROUP, PAUSE_GROUP, RESUME_GROUP)
#: What the state filter counts, whatever features there are.
FILTER_GROUPS = (
    FRICTION_GROUP,
    RAGE_GROUP,
    PAYMENT_FAILED_GROUP,
    OPENED_GROUP,
    PRICE_INCREASE_GROUP,
)
#: What a likely cause looks at beside them.
CAUSE_GROUPS = (PRICE_INCREASE_GROUP,)
#: What a customer's value is made of, whatever features there are.
MONEY_GROUPS = (INVOICE_GROUP,)


def distinct_groups(groups: tuple[EventGroup, ...]) -> tuple[EventGroup, ...]:
    """Return each group once, in order, refusing one name for two groups.

    Raises
    ------
    UsageError
        Two groups share a name but not their event types.
    """
    found: dict[str, EventGroup] = {}
    for group in groups:
        if found.setdefault(group.name, group) != group:
            raise UsageError(
                f"Event group {group.name} must have one definition. Got two.",
                rule="event_group_unique",
                got=group.name,
            )
    return tuple(found.values())
