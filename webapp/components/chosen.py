"""From what the filter bar told the pages to a filter."""

from __future__ import annotations

from dash.exceptions import PreventUpdate

from analytics.domain.customer.filter import CustomerFilter


def filter_or_everyone(query: object) -> CustomerFilter:
    """Read the filter of the page; everyone where the filter bar has not spoken yet."""
    return CustomerFilter.from_query(query if isinstance(query, str) else "")


def chosen_filter(query: object) -> CustomerFilter:
    """Read the filter of the page.

    Raises
    ------
    PreventUpdate
        The filter bar has not spoken yet; it will in a moment.
    """
    if not isinstance(query, str):
        raise PreventUpdate
    return CustomerFilter.from_query(query)
