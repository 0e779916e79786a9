"""Ids of the filter bar; the pages read the chosen filter from `FilterIds.STORE`."""

from __future__ import annotations

from enum import StrEnum


class FilterIds(StrEnum):
    """Parts of the filter bar."""

    STORE = "filter-store"
    PANEL = "filter-panel"
    DETAILS = "filter-details"
    COUNT = "filter-count"
    CLEAR = "filter-clear"
    SEARCH = "filter-search"
    FLAGS = "filter-flags"


def choice_id(field: str) -> str:
    """Return the id of the checklist of one field of the filter."""
    return f"filter-choice-{field}"


def find_id(field: str) -> str:
    """Return the id of the box that searches the menu of one field."""
    return f"filter-find-{field}"


def summary_id(field: str) -> str:
    """Return the id of the text that names what a menu has chosen."""
    return f"filter-summary-{field}"
