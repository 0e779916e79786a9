"""Ids of the recommendations page."""

from __future__ import annotations

from enum import StrEnum


class RecommendationsIds(StrEnum):
    """Parts of the recommendations page."""

    URL = "recommendations-url"
    PLAN_QUERY = "recommendations-plan-query"
    STAMP = "recommendations-stamp"
    NOTICES = "recommendations-notices"
    EMPTY = "recommendations-empty"
    BODY = "recommendations-body"
    EXPORT = "recommendations-export"
    BUDGET = "recommendations-budget"
    HOURS = "recommendations-hours"
    HOURS_RANGE = "recommendations-hours-range"
    TOTALS = "recommendations-totals"
    BY_ACTION = "recommendations-by-action"
    MARGINAL = "recommendations-marginal"
    MARGINAL_TABLE = "recommendations-marginal-table"
    HOLDOUT = "recommendations-holdout"
    PLAN = "recommendations-plan"
    PLAN_NOTE = "recommendations-plan-note"
