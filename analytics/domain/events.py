"""The event catalogue: what can happen to a customer and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class EventKind(StrEnum):
    """What an event says about the customer."""

    ENGAGEMENT = "engagement"
    FRICTION = "friction"
    VOICE = "voice"
    COMMERCIAL = "commercial"
    TREATMENT = "treatment"
    UNKNOWN = "unknown"


class Direction(StrEnum):
    """Who caused the event; only what the customer did counts as activity."""

    BY_CUSTOMER = "by_customer"
    TO_CUSTOMER = "to_customer"


@dataclass(frozen=True)
class EventType:
    """One kind of thing that happens.

    Parameters
    ----------
    weight
        Expert weight of one occurrence in the frustration index; 0 for none.
    """

    name: str
    kind: EventKind
    direction: Direction
    meaning: str
    weight: float = 0.0


def _types(
    kind: EventKind, direction: Direction, *rows: tuple[str, str, float]
) -> tuple[EventType, ...]:
    return tuple(
        EventType(name, kind, direction, meaning, weight) for name, meaning, weight in rows
    )


_ALL = (
    *_types(
        EventKind.ENGAGEMENT,
        Direction.BY_CUSTOMER,
        ("session", "Used the product or visited.", 0),
        ("login", "Signed in.", 0),
        ("feature_use", "Used a feature.", 0),
        ("order", "Bought something; value is the amount.", 0),
        ("submission", "Handed in work.", 0),
        ("top_up", "Added credit.", 0),
        ("usage", "Used the service (call, data, minutes).", 0),
        ("data_export", "Exported own data, often before leaving.", 0),
    ),
    *_types(
        EventKind.FRICTION,
        Direction.TO_CUSTOMER,
        ("error", "Met an error.", 1.0),
        ("rage_click", "Clicked again and again in anger.", 1.5),
        ("dead_click", "Clicked where nothing happened.", 0.5),
        ("error_click", "Clicked and met a script error.", 1.0),
        ("slow_load", "Waited for a slow page.", 0.5),
        ("failed_search", "Searched and found nothing.", 0.5),
        ("payment_failed", "A payment did not go through.", 2.0),
        ("delivery_late", "A delivery came late.", 2.0),
        ("return", "Sent goods back; value is the amount.", 1.5),
        ("missed_deadline", "Missed a deadline.", 1.5),
        ("low_score", "Got a low result.", 1.0),
        ("outage", "Could not use the service.", 2.0),
    ),
    *_types(
        EventKind.VOICE,
        Direction.BY_CUSTOMER,
        ("ticket_opened", "Asked support for help.", 1.5),
        ("ticket_reopened", "Asked again: it was not solved.", 2.5),
        ("complaint", "Complained.", 3.0),
        ("refund_request", "Asked for money back.", 2.5),
        ("cancel_request", "Asked to cancel.", 3.0),
        ("survey_response", "Answered a survey; value is the score from 1 to 5.", 0),
    ),
    *_types(
        EventKind.VOICE,
        Direction.TO_CUSTOMER,
        ("ticket_resolved", "Support closed the ticket.", 0),
    ),
    *_types(
        EventKind.COMMERCIAL,
        Direction.TO_CUSTOMER,
        ("invoice_paid", "An invoice was paid; value is the amount.", 0),
        ("plan_upgraded", "Moved to a larger plan.", 0),
        ("plan_downgraded", "Moved to a smaller plan.", 0),
        ("price_increased", "The price went up.", 1.0),
        ("paused", "Paused the plan.", 0),
        ("resumed", "Resumed the plan.", 0),
    ),
    *_types(
        EventKind.TREATMENT,
        Direction.TO_CUSTOMER,
        ("contacted", "We contacted the customer.", 0),
        ("offer_sent", "We sent an offer.", 0),
    ),
)

EVENT_CATALOGUE: Mapping[str, EventType] = MappingProxyType({one.name: one for one in _ALL})


def event_type(name: str) -> EventType:
    """Return the catalogue entry; unknown types are kept, not dropped."""
    return EVENT_CATALOGUE.get(name) or EventType(
        name, EventKind.UNKNOWN, Direction.TO_CUSTOMER, "Not in the event catalogue."
    )


def names_of(kind: EventKind) -> tuple[str, ...]:
    """Return the catalogue's names of one kind, in catalogue order."""
    return tuple(one.name for one in _ALL if one.kind is kind)


#: Activity whose value is an amount paid: below zero it is taken back, and no activity.
PAID_EVENTS: tuple[str, ...] = ("order", "top_up")
#: What a paid event with a negative amount is taken for.
TAKEN_BACK = "return"

#: Contact that says the customer is unhappy: with one of these around an exit, it was not silent.
VOCAL_EVENTS: tuple[str, ...] = ("complaint", "cancel_request", "refund_request", "ticket_reopened")
