"""Segments that people saved from a filter, and how each went from run to run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import RowMapping

from analytics.database.state_store import StateStore
from analytics.domain.customer.filter import FILTER_FIELDS, CustomerFilter
from analytics.errors import UsageError
from analytics.runs.past_customers import past_customers
from analytics.runs.run_store import PublishedRun
from analytics.services.current_run.queries import conditions, measured
from analytics.services.current_run.run_access import OpenRun
from analytics.services.current_run.totals import as_totals
from analytics.services.results import Totals
from analytics.services.segments.segment_results import PastSize, SavedSegment

MAX_SEGMENT_NAME_LENGTH = 60
MAX_SAVED_SEGMENTS = 100
#: Runs that a segment is followed over, the latest included.
MOST_RUNS = 12

Kept = Callable[[str, Callable[[], PastSize]], PastSize]


def saved_segments(
    rows: list[RowMapping], runs: tuple[PublishedRun, ...], kept: Kept
) -> tuple[SavedSegment, ...]:
    """Return every saved segment with its size and money in each run.

    Parameters
    ----------
    runs
        Of the same kind of data and profile, newest first.
    kept
        Keeps what a run says of a segment: it cannot change.
    """
    zone = runs[0].summary.zone_info if runs else UTC
    return tuple(
        SavedSegment(
            row["segment_id"],
            row["name"],
            row["query"],
            row["saved_by"],
            row["saved_at"].replace(tzinfo=UTC).astimezone(zone),
            tuple(_kept_size(row["query"], run, kept) for run in reversed(runs[:MOST_RUNS])),
        )
        for row in rows
    )


def save_segment(
    state: StateStore, name: str, chosen: CustomerFilter, author: str, now: datetime
) -> None:
    """Save a choice of customers under a name.

    Raises
    ------
    UsageError
        The choice is everyone, the name is no name or taken, or there are too many.
    """
    if chosen.is_everyone:
        raise UsageError(
            "A saved segment must narrow the customers by at least one filter. Got everyone.",
            rule="segment_narrows",
        )
    if len(state.saved_segments()) >= MAX_SAVED_SEGMENTS:
        raise UsageError(
            f"There may be {MAX_SAVED_SEGMENTS} saved segments at most. Delete one first.",
            rule="segment_count",
            got=MAX_SAVED_SEGMENTS,
        )
    state.save_segment(segment_name(name), chosen.to_query(), author, now)


def segment_name(given: str) -> str:
    """Return the name of a segment as it is kept.

    Raises
    ------
    UsageError
        It is empty or too long.
    """
    kept = " ".join("".join(c if c.isprintable() else " " for c in given).split())
    if not 0 < len(kept) <= MAX_SEGMENT_NAME_LENGTH:
        raise UsageError(
            f"A segment's name must have 1 to {MAX_SEGMENT_NAME_LENGTH} characters. "
            f"Got {len(kept)}.",
            rule="segment_name_length",
            got=len(kept),
        )
    return kept


def _kept_size(query: str, run: PublishedRun, kept: Kept) -> PastSize:
    key = f"saved|{run.run_id}:{run.fingerprint}|{query}"
    return kept(key, lambda: _size(query, run))


def _size(query: str, run: PublishedRun) -> PastSize:
    as_of = run.summary.as_of_day
    return PastSize(as_of, run.run_id, _totals(CustomerFilter.from_query(query), run))


def _totals(chosen: CustomerFilter, run: PublishedRun) -> Totals | None:
    """Measure a choice in a run; None where the run lacks a column that it asks for."""
    asked = {
        filter_field.column
        for filter_field in FILTER_FIELDS
        if filter_field.column and getattr(chosen, filter_field.name)
    }
    with past_customers(run) as past:
        if past is None or not asked <= past.columns:
            return None
        row = past.reader.row(measured().where(*conditions(chosen)))
        return as_totals(row, OpenRun(run, past.reader)) if row else None
