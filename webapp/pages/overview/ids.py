"""Ids of the overview."""

from __future__ import annotations

from enum import StrEnum


class OverviewIds(StrEnum):
    """Parts of the overview."""

    STAMP = "overview-stamp"
    NOTICES = "overview-notices"
    EMPTY = "overview-empty"
    BODY = "overview-body"
    HEADLINE = "overview-headline"
    KPIS = "overview-kpis"
    PLAN_LINK = "overview-plan-link"
    WATCH = "overview-watch"
    CAUSES = "overview-causes"
    TIERS = "overview-tiers"
    STATES = "overview-states"
    GROUPS = "overview-groups"
    GROUPS_TITLE = "overview-groups-title"
    AT_RISK = "overview-at-risk"
    AT_RISK_TABLE = "overview-at-risk-table"
    REVENUE = "overview-revenue"
    REVENUE_TABLE = "overview-revenue-table"
    PREDICTED_OBSERVED = "overview-predicted-observed"
    PREDICTED_OBSERVED_TABLE = "overview-predicted-observed-table"
    EXPORT = "overview-export"
