"""How many are leaving silently, what it costs, where, and what to do today."""

from __future__ import annotations

from sqlalchemy import func, select

from analytics.database.mart import CUSTOMERS
from analytics.domain.customer.filter import CustomerFilter
from analytics.domain.customer.trend_words import SinceThen
from analytics.domain.tables.history_tables import PastPortfolio
from analytics.services.current_run.choices import varying_column
from analytics.services.current_run.queries import (
    can_be_contacted,
    conditions,
    group_column,
    is_at_risk,
    was_at_risk,
)
from analytics.services.current_run.run_access import OpenRun
from analytics.services.current_run.run_rows import rows_of
from analytics.services.current_run.totals import groups_of, totals_over
from analytics.services.customers.customer_rows import customer_rows
from analytics.services.left_alone import why_nobody
from analytics.services.results import FilterChoices, OverviewResult, RunStamp

WATCH_LIST_ROWS = 10
MOST_OVERVIEW_GROUPS = 12


def overview(
    opened: OpenRun, stamp: RunStamp, chosen: CustomerFilter, choices: FilterChoices
) -> OverviewResult:
    """Answer the overview page for a choice of customers."""
    column = varying_column(choices)
    totals = totals_over(opened, chosen)
    watched = customer_rows(
        opened,
        chosen,
        can_be_contacted(),
        sort=(("expected_net_value", True),),
        limit=WATCH_LIST_ROWS,
    )
    return OverviewResult(
        stamp=stamp,
        totals=totals,
        everyone=totals if chosen.is_everyone else totals_over(opened, CustomerFilter()),
        tiers=groups_of(opened, chosen, CUSTOMERS.c.risk_tier),
        trend=trend(opened),
        by_cause=groups_of(
            opened, chosen, CUSTOMERS.c.likely_cause, is_at_risk(), limit=MOST_OVERVIEW_GROUPS
        ),
        by_group=groups_of(opened, chosen, group_column(column), limit=MOST_OVERVIEW_GROUPS),
        group_column=column,
        watch_list=watched,
        states=groups_of(opened, chosen, CUSTOMERS.c.customer_state),
        since_then=since_then(opened, chosen),
        nothing_to_do="" if watched else why_nobody(opened, chosen),
    )


def since_then(opened: OpenRun, chosen: CustomerFilter) -> SinceThen:
    """Return where those of a choice who were at risk 28 days ago stand today."""
    tier = CUSTOMERS.c.risk_tier
    statement = (
        select(tier, func.count().label("customers"))
        .where(*conditions(chosen), was_at_risk())
        .group_by(tier)
    )
    rows = opened.reader.rows(statement)
    return SinceThen.from_counts({str(row["risk_tier"]): int(row["customers"]) for row in rows})


def trend(opened: OpenRun) -> tuple[PastPortfolio, ...]:
    """Return every past observation date of all customers, oldest first."""
    return rows_of(opened, PastPortfolio)
