"""What a page is: a record, not a side effect."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dash.development.base_component import Component

from analytics.domain.event_log.contract import MAX_TEXT_LENGTH
from webapp.address import customer_in

if TYPE_CHECKING:
    from dash import Dash

    from analytics.services.analytics_service import AnalyticsService


@dataclass(frozen=True)
class Page:
    """One page of the app.

    Parameters
    ----------
    path
        Where it stands. A path that ends in ``/*`` takes one more part, handed to `layout`.
    order
        Place in the navigation, smallest first.
    layout
        Makes the page for the tail of the address (empty for most); asks no service.
    register_callbacks
        Adds the page's callbacks to an app.
    in_nav
        False for pages that are reached by a link only.
    filtered
        True where the filter bar chooses what the page shows.
    """

    name: str
    path: str
    order: int
    layout: Callable[[str], Component]
    register_callbacks: Callable[[Dash, AnalyticsService], None]
    in_nav: bool = True
    filtered: bool = True

    def tail_of(self, pathname: str) -> str | None:
        """Return what the last part of an address names, or None if the address is another's."""
        if not self.path.endswith("/*"):
            return "" if pathname.rstrip("/") == self.path.rstrip("/") else None
        stem = self.path[:-1]
        tail = customer_in(pathname[len(stem) :]) if pathname.startswith(stem) else ""
        return tail if 0 < len(tail) <= MAX_TEXT_LENGTH else None


def path_of(given: object) -> str:
    """Return the path that a browser names; the start where it names none."""
    return given if isinstance(given, str) and given.startswith("/") else "/"


def find_page(pages: Sequence[Page], pathname: str) -> tuple[Page, str] | None:
    """Return the page of an address with its tail, or None where no page stands."""
    for page in pages:
        tail = page.tail_of(pathname)
        if tail is not None:
            return page, tail
    return None
