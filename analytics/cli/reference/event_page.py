"""`docs/events.md`: the catalogue of events."""

from __future__ import annotations

from analytics.cli.reference.markdown import made_by, markdown_table
from analytics.domain.event_log.events import EVENT_CATALOGUE, EventKind
from analytics.domain.frustration import EVENT_WEIGHTS


def event_rows() -> list[dict[str, object]]:
    """Return the catalogue of events as rows."""
    return [
        {
            "name": event.name,
            "kind": event.kind.value,
            "direction": event.direction.value,
            "meaning": event.meaning,
            "weight": EVENT_WEIGHTS.get(event.name, 0.0),
        }
        for event in EVENT_CATALOGUE.values()
    ]


def event_page() -> str:
    """Return the page."""
    kinds = ", ".join(kind.value for kind in EventKind if kind is not EventKind.UNKNOWN)
    rows = [[f"`{row['name']}`", *map(str, list(row.values())[1:])] for row in event_rows()]
    return "\n".join(
        [
            "# Events\n",
            made_by("silent-churn events list"),
            f"What can happen to a customer. The kinds are {kinds}. Only what the customer did "
            "(`by_customer`) can count as activity; which of it does, a profile says "
            "([`meaningful_events`](profile.md)). The weight is that of one event in the "
            "frustration index: an assumption, until what your customers said on past dates "
            "teaches better ones.\n",
            "Events of other types are kept, reported, and count for nothing until the mapping "
            'gives them a name of this list: `event_type = { column = "what", values = '
            '{ purchase = "order" } }`, or a profile names them as activity.\n',
            *markdown_table(("event", "kind", "direction", "meaning", "weight"), rows),
        ]
    )
