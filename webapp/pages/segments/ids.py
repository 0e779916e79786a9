"""Ids of the segments page."""

from __future__ import annotations

from enum import StrEnum


class SegmentsIds(StrEnum):
    """Parts of the segments page."""

    URL = "segments-url"
    STAMP = "segments-stamp"
    NOTICES = "segments-notices"
    EMPTY = "segments-empty"
    BODY = "segments-body"
    EXPORT = "segments-export"
    MATRIX = "segments-matrix"
    BANDS = "segments-bands"
    GROUPS = "segments-groups"
    GROUP_COLUMN = "segments-group-column"
    GRID = "segments-grid"
    GRID_COUNT = "segments-grid-count"
