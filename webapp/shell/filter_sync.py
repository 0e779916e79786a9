"""Filter bar and address say the same: the pure part."""

from __future__ import annotations

from typing import Any

from dash import no_update

from analytics.domain.customer.filter import CustomerFilter
from webapp.address import LONGEST_ADDRESS, Address
from webapp.components.filter_bar import CHOICE_FIELDS, FLAG_FIELDS, count_of, labels_of
from webapp.left_out import is_understood

LEFT_OUT = "Part of the address was not understood and left out."
TOO_LONG = (
    "This choice is too long for an address: the page shows it, but a reload, a link and the CSV "
    "file do not. Choose fewer values, or all."
)


def controls_of(chosen: CustomerFilter) -> dict[str, Any]:
    """Return the value of each control that shows a filter."""
    return {
        **{field: list(getattr(chosen, field)) for field in CHOICE_FIELDS},
        "flags": [field for field in FLAG_FIELDS if getattr(chosen, field)],
        "search": chosen.search,
    }


def from_controls(controls: dict[str, Any]) -> CustomerFilter:
    """Return the filter that the controls show; what is not allowed is left out.

    Blanks around a text that somebody typed or pasted mean nothing; those inside do.
    """
    flags, typed = controls.get("flags"), controls.get("search")
    chosen = flags if isinstance(flags, list) else []
    search = typed.strip() if isinstance(typed, str) else ""
    switched = {field: "1" if field in chosen else "" for field in FLAG_FIELDS}
    return CustomerFilter.parse({**controls, **switched, "search": search})


def note_of(search: object, *, changed: bool) -> Any:
    """Return what to say of an address; a note stays until another choice is made."""
    if not is_understood(search):
        return LEFT_OUT
    return None if changed else no_update


def synced(there: Address, *, controls: Any, search: object, query: object) -> dict[str, Any]:
    """Return what the sync callback sets; what stands already is left alone.

    Parameters
    ----------
    controls
        Values of the controls, or `no_update` where they were the cause.
    search
        The address as it stands.
    query
        The filter that the pages were told last; None at the start.
    """
    wanted, told = there.to_search(), there.chosen.to_query()
    fits = len(wanted) <= LONGEST_ADDRESS
    count = count_of(there.chosen)
    return {
        "controls": dict.fromkeys((*CHOICE_FIELDS, "flags", "search"), no_update)
        if controls is no_update
        else controls,
        "summaries": labels_of(there.chosen),
        "count": f" · {count} in use" if count else "",
        "search": wanted if fits and wanted != (search or "") else no_update,
        "query": no_update if told == query else told,
        "note": note_of(search, changed=query is None or told != query) if fits else TOO_LONG,
    }
