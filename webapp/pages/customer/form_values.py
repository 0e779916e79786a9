"""What people type on a customer's page, read with suspicion."""

from __future__ import annotations

from datetime import date

from analytics.domain.work_list import (
    MAX_ACTION_LENGTH,
    MAX_NAME_LENGTH,
    MAX_NOTE_LENGTH,
    WORK_STATUSES,
)
from analytics.errors import UsageError


def customer_of(given: object) -> str:
    """Return the id of the customer whose page it is; the service knows which there are."""
    return given if isinstance(given, str) else ""


def note_text(given: object) -> str:
    """Return the text of a note.

    Raises
    ------
    UsageError
        It is empty or too long.
    """
    return _text(given, "A note", "note_text", MAX_NOTE_LENGTH, lines=True)


def person(given: object) -> str:
    """Return the name of a person.

    Raises
    ------
    UsageError
        It is empty or too long.
    """
    return _text(given, "A name", "person_name", MAX_NAME_LENGTH)


def due_date(given: object) -> date | None:
    """Return the day something is due; None where none was given.

    Raises
    ------
    UsageError
        It is not a date.
    """
    if given in (None, ""):
        return None
    try:
        return date.fromisoformat(str(given)[:10])
    except ValueError:
        raise UsageError(
            f"A due date must be a date. Got {str(given)[:40]!r}.", rule="due_date", got=given
        ) from None


def status(given: object) -> str:
    """Return the status of an item.

    Raises
    ------
    UsageError
        It is not one of the known.
    """
    if given not in WORK_STATUSES:
        raise UsageError(
            f"A status must be one of {', '.join(WORK_STATUSES)}. Got {str(given)[:40]!r}.",
            rule="work_status",
            got=given,
        )
    return str(given)


def item_id(given: object) -> int:
    """Return the number of an item of the work list.

    Raises
    ------
    UsageError
        It is none that could be there.
    """
    if isinstance(given, bool) or not isinstance(given, int) or not 0 < given < 2**63:
        raise UsageError(
            f"A work item must be one of those taken on. Got {str(given)[:40]!r}.",
            rule="work_item_known",
            got=str(given)[:40],
        )
    return given


def seen_of(given: object, name: str) -> str | None:
    """Return a revision that the page showed, as `work_view.seen_items` names it, if it did."""
    found = given.get(name) if isinstance(given, dict) else None
    return found if isinstance(found, str) else None


def action_name(given: object) -> str:
    """Return the name of an action; the service knows which there are.

    Raises
    ------
    UsageError
        None was chosen.
    """
    return _text(given, "An action", "action_chosen", MAX_ACTION_LENGTH)


def _text(given: object, what: str, rule: str, longest: int, *, lines: bool = False) -> str:
    text = given if isinstance(given, str) else ""
    clean = "".join(c for c in text if c.isprintable() or (lines and c == "\n")).strip()
    if not 0 < len(clean) <= longest:
        raise UsageError(
            f"{what} must have 1 to {longest:,} characters. Got {len(clean):,}.",
            rule=rule,
            got=len(clean),
        )
    return clean
