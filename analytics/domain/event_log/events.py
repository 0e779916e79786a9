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
    """One kind of thing that happens; `frustration.EVENT_WEIGHTS` says how far it frustrates."""

    name: str
    kind: EventKind
    direction: Direction
    meaning: str


def _types(kind: EventKind, direction: Direction, *rows: tuple[str, str]) -> tuple[EventType, ...]:
    return tuple(EventType(name, kind, direction, meaning) for name, meaning in rows)


_ALL = (
    *_types(
        EventKind.ENGAGEMENT,
        Direction.BY_CUSTOMER,
        ("session", "Used the product or visited."),
        ("login", "Signed in."),
        ("feature_use", "Used a feature."),
        ("order", "Bought something; value is the amount."),
        ("submission", "Handed in work."),
        ("top_up", "Added credit."),
        ("usage", "Used the service (call, data, minutes)."),
        ("data_export", "Exported own data, often before leaving."),
    ),
    *_types(
        EventKind.FRICTION,
        Direction.TO_CUSTOMER,
        ("error", "Met an error."),
        ("rage_click", "Clicked again and again in anger."),
        ("dead_click", "Clicked where nothing happened."),
        ("error_click", "Clicked and met a script error."),
        ("slow_load", "Waited for a slow page."),
        ("failed_search", "Searched and found nothing."),
        ("payment_failed", "A payment did not go through."),
        ("delivery_late", "A delivery came late."),
        ("return", "Sent goods back; value is the amount."),
        ("missed_deadline", "Missed a deadline."),
        ("low_score", "Got a low result."),
        ("outage", "Could not use the service."),
    ),
    *_types(
        EventKind.VOICE,
        Direction.BY_CUSTOMER,
        ("ticket_opened", "Asked support for help."),
        ("ticket_reopened", "Asked again: it was not solved."),
        ("complaint", "Complained."),
        ("refund_request", "Asked for money back."),
        ("cancel_request", "Asked to cancel."),
        ("survey_response", "Answered a survey; value is the score from 1 to 5."),
    ),
    *_types(
        EventKind.VOICE,
        Direction.TO_CUSTOMER,
        ("ticket_resolved", "Support closed the ticket."),
    ),
    *_types(
        EventKind.COMMERCIAL,
        Direction.TO_CUSTOMER,
        ("invoice_paid", "An invoice was paid; value is the amount."),
        ("plan_upgraded", "Moved to a larger plan."),
        ("plan_downgraded", "Moved to a smaller plan."),
        ("price_increased", "The price went up."),
        ("paused", "Paused the plan."),
        ("resumed", "Resumed the plan."),
    ),
    *_types(
        EventKind.TREATMENT,
        Direction.TO_CUSTOMER,
        ("contacted", "We contacted the customer."),
        ("offer_sent", "We sent an offer."),
    ),
)

EVENT_CATALOGUE: Mapping[str, EventType] = MappingProxyType({event.name: event for event in _ALL})


def event_type(name: str) -> EventType:
    """Return the catalogue entry; unknown types are kept, not dropped."""
    return EVENT_CATALOGUE.get(name) or EventType(
        name, EventKind.UNKNOWN, Direction.TO_CUSTOMER, "Not in the event catalogue."
    )


def names_of(kind: EventKind) -> tuple[str, ...]:
    """Return the catalogue's names of one kind, in catalogue order."""
    return tuple(event.name for event in _ALL if event.kind is kind)


#: Activity whose value is an amount paid: below zero it is taken back, and no activity.
PAID_EVENTS: tuple[str, ...] = ("order", "top_up")
#: What a paid event with a negative amount is taken for.
TAKEN_BACK = "return"

#: Contact that says the customer is unhappy: with one of these around an exit, it was not silent.
VOCAL_EVENTS: tuple[str, ...] = ("complaint", "cancel_request", "refund_request", "ticket_reopened")
