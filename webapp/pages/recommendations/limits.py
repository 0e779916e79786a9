"""Budget and working time of the plan: what was typed, and what the controls show."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dash import no_update

from webapp.address import MAX_BUDGET, MAX_HOURS, Address, bounded


def limited(here: Address, *, budget: object, hours: object, usual_hours: float) -> Address:
    """Return the view within limits that somebody typed; the usual hours need no mention."""
    wanted = bounded(hours, MAX_HOURS)
    return replace(
        here,
        budget=bounded(budget, MAX_BUDGET),
        hours=None if wanted == usual_hours else wanted,
    )


def shown_limits(here: Address, *, usual_hours: float, search: object) -> dict[str, Any]:
    """Return what the controls show; the limits go to the page as an address of their own."""
    hours = usual_hours if here.hours is None else here.hours
    wanted = here.to_search()
    return {
        "budget": here.budget,
        "hours": hours,
        "slider": hours,
        "search": no_update if wanted == Address.read(search).to_search() else wanted,
        "limits": Address(budget=here.budget, hours=here.hours).to_search(),
    }
