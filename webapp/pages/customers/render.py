"""The head of the customer list as a function of its totals."""

from __future__ import annotations

from typing import Any

from analytics.domain.customer.filter import CustomerFilter
from analytics.domain.words.counting import counted
from analytics.services.results import RunStamp
from webapp.address import Address
from webapp.components.badges import notices, run_stamp
from webapp.components.panels import export_link
from webapp.components.states import no_match


def render_list(stamp: RunStamp, total: int, chosen: CustomerFilter) -> dict[str, Any]:
    """Return what stands around the list, by the name of its place."""
    href = f"/export/customers.csv{Address(chosen).to_search()}"
    return {
        "stamp": run_stamp(stamp),
        "notices": notices(stamp),
        "empty": no_match("/customers") if total == 0 else None,
        "hide_body": total == 0,
        "export": export_link(href, total),
        "count": f"{counted(total, 'customer')}, money in {stamp.currency}",
    }
