"""What people type about saved segments; the service tells what is wrong with it."""

from __future__ import annotations

from analytics.errors import UsageError

#: No database numbers its rows beyond it.
LARGEST_ID = 2**63 - 1


def typed(given: object) -> str:
    """Return what was typed; empty for anything that is no text."""
    return given if isinstance(given, str) else ""


def pressed_segment(pressed: object) -> int:
    """Return the id of the segment whose button was pressed.

    Raises
    ------
    UsageError
        It is no button of a row.
    """
    segment = pressed.get("segment") if isinstance(pressed, dict) else None
    if not isinstance(segment, int) or not 0 < segment <= LARGEST_ID:
        raise UsageError(
            f"A saved segment must be named by its number. Got {str(segment)[:40]!r}.",
            rule="saved_segment_known",
            got=str(segment)[:40],
        )
    return segment
