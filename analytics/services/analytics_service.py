"""The one door to everything the app shows and does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from analytics.database.state_store import StateStore
from analytics.domain.customer.filter import CustomerFilter
from analytics.services.answers import Answers, process_cache
from analytics.services.current_run.choices import filter_choices, find_values
from analytics.services.current_run.queries import Sort
from analytics.services.current_run.run_access import OpenRun, RunAccess
from analytics.services.current_run.stamps import stamp_of
from analytics.services.customers import customer_rows, work
from analytics.services.customers.customer import customer
from analytics.services.evidence.acceptance import acceptance
from analytics.services.evidence.evidence import evidence
from analytics.services.evidence.evidence_results import EvidenceResult
from analytics.services.evidence.features import features
from analytics.services.export import customer_lines, plan_lines
from analytics.services.overview import overview
from analytics.services.recommendations import make_plan, plan_rows, recommendations
from analytics.services.results import (
    CustomerBlock,
    CustomerResult,
    CustomerRow,
    FilterChoices,
    OverviewResult,
    RecommendationsResult,
    RunStamp,
)
from analytics.services.segments.saved_segments import save_segment, saved_segments, segment_name
from analytics.services.segments.segment_results import SavedSegment, SegmentsResult
from analytics.services.segments.segments import segments
from analytics.settings import Settings

if TYPE_CHECKING:
    from flask_caching import Cache


def utc_now() -> datetime:
    """Return the time by the machine's clock."""
    return datetime.now(UTC)


class AnalyticsService:
    """Answers questions about the current run, and keeps what people do about it.

    Every answer takes all its numbers from one run; a new current run is noticed at the next
    question. All methods that read raise `NoRunPublished` while there is nothing to show.

    Parameters
    ----------
    cache
        Where answers are kept; in this process by default.
    clock
        Tells the time, for the age of the data and for what people write.
    """

    def __init__(
        self,
        settings: Settings,
        cache: Cache | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._runs = RunAccess(settings)
        self._answers = Answers(cache or process_cache(), settings.cache_timeout_s)
        self._state = StateStore(settings.state_database_url, settings.data_folder)

    def stamp(self) -> RunStamp:
        """Return which run is shown and how old it is."""
        return self._stamp(self._runs.open())

    def choices(self) -> FilterChoices:
        """Return the values that the filters may take."""
        return self._choices(self._runs.open())

    def find_values(self, field: str, text: str) -> tuple[str, ...]:
        """Return values of a company's own column that contain a text, where a menu lists few."""
        return find_values(self._runs.open(), field, text)

    def overview(self, chosen: CustomerFilter) -> OverviewResult:
        """Answer: how many leave silently, what does it cost, where, what to do today?"""
        opened = self._runs.open()
        stamp = self._stamp(opened)
        kept = self._answers.get(
            f"overview|{opened.key}|{chosen.to_query()}",
            lambda: overview(opened, stamp, chosen, self._choices(opened)),
        )
        return replace(kept, stamp=stamp)

    def segments(self, chosen: CustomerFilter, group_column: str) -> SegmentsResult:
        """Answer: which groups? `group_column` is one of `queries.GROUP_COLUMNS`."""
        opened = self._runs.open()
        stamp = self._stamp(opened)
        kept = self._answers.get(
            f"segments|{opened.key}|{group_column}|{chosen.to_query()}",
            lambda: segments(opened, stamp, chosen, group_column),
        )
        return replace(kept, stamp=stamp)

    def saved_segments(self) -> tuple[SavedSegment, ...]:
        """Return the segments that people saved, each followed over the runs of this kind.

        Raises
        ------
        EnvironmentFault
            The state database cannot be read.
        """
        runs = self._runs.like(self._runs.open().run)
        return saved_segments(self._state.saved_segments(), runs, self._answers.get)

    def save_segment(self, name: str, chosen: CustomerFilter, author: str) -> None:
        """Save a choice of customers under a name, for all to use."""
        save_segment(self._state, name, chosen, work.author_of(author), self._clock())

    def rename_segment(self, segment_id: int, name: str, author: str) -> None:
        """Give a saved segment another name."""
        kept, person = segment_name(name), work.author_of(author)
        self._state.rename_segment(segment_id, kept, person, self._clock())

    def delete_segment(self, segment_id: int, author: str) -> None:
        """Delete a saved segment for everybody."""
        self._state.delete_segment(segment_id, work.author_of(author), self._clock())

    def customer_block(
        self, chosen: CustomerFilter, *, start: int, end: int, sort: Sort
    ) -> CustomerBlock:
        """Return the rows of the grid from one place up to another, and how many there are."""
        opened = self._runs.open()
        total = self._answers.get(
            f"count|{opened.key}|{chosen.to_query()}", lambda: customer_rows.count(opened, chosen)
        )
        rows = customer_rows.block(opened, chosen, start=start, end=end, sort=sort)
        return CustomerBlock(rows, total)

    def customer(self, customer_id: str) -> CustomerResult:
        """Answer: what happened to this one? Raises `UnknownCustomer`."""
        opened = self._runs.open()
        stamp = self._stamp(opened)
        kept = self._answers.get(
            f"customer|{opened.key}|{customer_id}", lambda: customer(opened, stamp, customer_id)
        )
        return work.with_work(replace(kept, stamp=stamp), self._state)

    def find(self, text: str, limit: int = 8) -> tuple[CustomerRow, ...]:
        """Return customers whose id or name contains a text, exact ids first."""
        return customer_rows.find(self._runs.open(), text, limit)

    def recommendations(
        self, chosen: CustomerFilter, *, budget: float | None, capacity_minutes: float | None
    ) -> RecommendationsResult:
        """Answer: whom do we contact this week, with what, for what return?"""
        opened = self._runs.open()
        stamp = self._stamp(opened)
        kept = self._answers.get(
            f"plan|{opened.key}|{budget}|{capacity_minutes}|{chosen.to_query()}",
            lambda: recommendations(
                opened, stamp, chosen, budget=budget, capacity_minutes=capacity_minutes
            ),
        )
        plan, stamp = work.plan_with_work(kept.plan, stamp, self._state)
        return replace(kept, plan=plan, stamp=stamp)

    def evidence(self) -> EvidenceResult:
        """Answer: can I trust this?"""
        opened = self._runs.open()
        stamp = self._stamp(opened)
        kept = self._answers.get(f"evidence|{opened.key}", lambda: evidence(opened, stamp))
        profile = opened.run.summary.profile
        checked = acceptance(self._settings.data_folder, profile) if stamp.simulated else None
        listed = self._answers.get(
            f"features|{opened.key}",
            lambda: features(opened.run, self._runs.former(opened.run)),
        )
        return replace(kept, stamp=stamp, acceptance=checked, features=listed)

    def export_rows(self, chosen: CustomerFilter, sort: Sort = ()) -> Iterator[str]:
        """Return the CSV of every customer in a choice: the header first, then lines in parts."""
        return customer_lines(self._runs.open(), chosen, sort)

    def export_plan(
        self, chosen: CustomerFilter, *, budget: float | None, capacity_minutes: float | None
    ) -> Iterator[str]:
        """Return the CSV of a whole plan, also of the lines that the page does not show."""
        opened = self._runs.open()
        plan = make_plan(opened, chosen, budget=budget, capacity_minutes=capacity_minutes)
        rows = plan_rows(opened, plan.chosen_ids)
        return plan_lines(work.plan_with_work(rows, self._stamp(opened), self._state)[0])

    def add_note(self, customer_id: str, text: str, author: str) -> None:
        """Write a note about a customer; raises `EnvironmentFault` where it cannot be kept."""
        work.add_note(self._state, self._runs.open(), customer_id, text, author, self._clock())

    def take_on(
        self,
        customer_id: str,
        action: str,
        owner: str,
        due_on: date | None,
        *,
        seen: str | None = None,
    ) -> None:
        """Take on one of a customer's actions, or hand an open one over.

        Parameters
        ----------
        seen
            Revision of the open item that the person looked at; only that one is handed over.

        Raises
        ------
        SomebodyWasFirst
            Somebody else has it; the message says who.
        """
        opened, now = self._runs.open(), self._clock()
        work.take_on(self._state, opened, customer_id, action, owner, due_on, now, seen)

    def set_status(self, item_id: int, status: str, *, seen: str | None = None) -> None:
        """Say what became of a work item: open, done or dropped.

        Parameters
        ----------
        seen
            Revision of the item that the person looked at.

        Raises
        ------
        SomebodyWasFirst
            Somebody else changed it in between.
        """
        self._state.set_status(item_id, status, self._clock(), seen=seen)

    def close(self) -> None:
        """Close what is open, before a fork or at the end; the next question opens it anew."""
        self._runs.close()
        self._state.close()

    def after_fork(self) -> None:
        """Forget connections and locks of the parent; for the first line of a worker."""
        self._runs.after_fork()
        self._state.after_fork()

    def _choices(self, opened: OpenRun) -> FilterChoices:
        return self._answers.get(f"choices|{opened.key}", lambda: filter_choices(opened))

    def _stamp(self, opened: OpenRun) -> RunStamp:
        return stamp_of(opened.run, self._settings, self._clock())
