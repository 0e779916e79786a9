"""Which page an address shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analytics.errors import NoRunPublished, SilentChurnError
from analytics.services.analytics_service import AnalyticsService
from webapp.components.states import cannot_show, no_run_published, not_found
from webapp.page import Page, find_page
from webapp.security.errors import log_failure, new_reference
from webapp.shell.layout import TITLE


def route(pages: Sequence[Page], pathname: str, service: AnalyticsService) -> tuple[Any, bool, str]:
    """Return the page of an address, whether the filter bar is hidden, and the window's title.

    Pages are not even laid out before the first run is published, so none of them has to ask.
    """
    found = find_page(pages, pathname)
    if found is None:
        return not_found("No page stands at this address."), True, f"Not found · {TITLE}"
    page, tail = found
    title = f"{tail or page.name} · {TITLE}"
    try:
        service.stamp()
    except NoRunPublished:
        return no_run_published(), True, title
    except SilentChurnError as error:
        reference = new_reference()
        log_failure(error, reference)
        return cannot_show(error.message, reference), True, title
    return page.layout(tail), not page.filtered, title
