"""Ids of the segments page."""

from __future__ import annotations

from enum import StrEnum

#: Types of the buttons in the rows of saved segments, which carry the segment's id.
RENAME_TYPE = "segments-saved-rename"
DELETE_TYPE = "segments-saved-delete"


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
    NAMED = "segments-named"
    CLUSTERS = "segments-clusters"
    MOVES = "segments-moves"
    STEADY = "segments-steady"
    SAVED = "segments-saved"
    SAVED_CHANGED = "segments-saved-changed"
    SAVED_NAME = "segments-saved-name"
    SAVED_AUTHOR = "segments-saved-author"
    SAVED_BUTTON = "segments-saved-button"
    SAVED_WHAT = "segments-saved-what"
