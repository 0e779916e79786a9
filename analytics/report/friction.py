"""What the report says where nobody is frustrated: how much friction was there at all?"""

from __future__ import annotations

from analytics.domain.customer.risk_tier import FRUSTRATED_FROM
from analytics.domain.event_log.events import EventKind, event_type
from analytics.domain.run_summary import RunSummary


def friction_events(summary: RunSummary) -> int:
    """Return how many friction events the landed data hold."""
    counts = summary.data_quality.get("event_types") or {}
    return sum(
        int(number) for name, number in counts.items()
        if event_type(name).kind is EventKind.FRICTION
    )  # fmt: skip


def nobody_frustrated(summary: RunSummary) -> str:
    """Say that nobody is frustrated, without calling data calm that cannot show friction."""
    seen = friction_events(summary)
    if not seen:
        return f"Nobody reaches {FRUSTRATED_FROM}, but these data hold no friction events"
    events = "event was" if seen == 1 else "events were"
    return f"Nobody reaches {FRUSTRATED_FROM}; {seen:,} friction {events} seen"
