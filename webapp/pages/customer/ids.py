"""Ids of one customer's page."""

from __future__ import annotations

from enum import StrEnum


class CustomerIds(StrEnum):
    """Parts of one customer's page."""

    CUSTOMER = "customer-id"
    CHANGED = "customer-changed"
    STAMP = "customer-stamp"
    NOTICES = "customer-notices"
    EMPTY = "customer-empty"
    BODY = "customer-body"
    HEAD = "customer-head"
    ACTIVITY = "customer-activity"
    ACTIVITY_TABLE = "customer-activity-table"
    RISK = "customer-risk"
    RISK_TABLE = "customer-risk-table"
    FRUSTRATION = "customer-frustration"
    FRUSTRATION_TABLE = "customer-frustration-table"
    REASONS = "customer-reasons"
    CHANGES = "customer-changes"
    NEAREST_CHANGE = "customer-nearest-change"
    PARTS = "customer-parts"
    ACTIONS = "customer-actions"
    FACTS = "customer-facts"
    EVENTS_NOTE = "customer-events-note"
    EVENTS = "customer-events"
    WORK = "customer-work"
    WORK_SEEN = "customer-work-seen"
    NOTES = "customer-notes"
    WORK_ACTION = "customer-work-action"
    WORK_OWNER = "customer-work-owner"
    WORK_DUE = "customer-work-due"
    WORK_BUTTON = "customer-work-button"
    NOTE_TEXT = "customer-note-text"
    NOTE_AUTHOR = "customer-note-author"
    NOTE_BUTTON = "customer-note-button"


STATUS_TYPE = "customer-work-status"


def status_id(item_id: int, status: str) -> dict[str, str | int]:
    """Return the id of the button that gives an item of the work list a status."""
    return {"type": STATUS_TYPE, "item": item_id, "status": status}
