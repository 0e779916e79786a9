"""Ids of the customer list."""

from __future__ import annotations

from enum import StrEnum


class CustomersIds(StrEnum):
    """Parts of the customer list."""

    STAMP = "customers-stamp"
    NOTICES = "customers-notices"
    EMPTY = "customers-empty"
    BODY = "customers-body"
    EXPORT = "customers-export"
    COUNT = "customers-count"
    GRID = "customers-grid"
