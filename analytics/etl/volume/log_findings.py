"""What is broken in a log, in plain words: holes, ends, stray rows, days loaded twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb

from analytics.domain.event_log.events import Direction, EventKind, event_type
from analytics.etl.volume.daily_volume import Feed, feeds_of_sources, feeds_of_types
from analytics.etl.volume.log_volume import Shape, Span, double_days, shape_of

_EPOCH = date(1970, 1, 1)
#: The company itself sends these, by its own calendar: their silences mean nothing.
_BY_CALENDAR = frozenset({EventKind.COMMERCIAL, EventKind.TREATMENT})
#: Around the turn of the year, days without anybody are closed days: from, to, at most so many.
_YEAR_END_FROM, _YEAR_END_TO, _YEAR_END_DAYS = (12, 20), (1, 7), 16
#: Share of a feed's rows that the landing must have dropped for a double load to be harmless.
_DROPPED_SHARE = 0.4


@dataclass(frozen=True)
class FoundFeed:
    """A feed with what was found in it; `whole_until` is its last whole day, since 1970."""

    feed: Feed
    shape: Shape
    doubled: tuple[Span, ...] = ()

    @property
    def whole_until(self) -> int:
        """Last day before the feed stops; its last day where it does not."""
        stopped = self.shape.stopped
        return self.feed.last_day if stopped is None else self.feed.first_day + stopped.first - 1

    @property
    def broken(self) -> bool:
        """Tell whether anything was found."""
        shape = self.shape
        return bool(shape.holes or shape.stopped or shape.strays_before or self.doubled)

    def dates(self, span: Span) -> tuple[date, date]:
        """Return the first and last date of a span."""
        return self.day(span.first), self.day(span.last)

    def day(self, position: int) -> date:
        """Return the date at a position of the counts."""
        return _EPOCH + timedelta(days=self.feed.first_day + position)


def found_in(feed: Feed, *, until: int | None = None) -> FoundFeed:
    """Look at one feed, with nothing on the days after it up to `until`, if that is later."""
    whole = feed if until is None else feed.until(until)
    shape = shape_of(whole.customers, weekday=whole.weekday)
    holes = tuple(hole for hole in shape.holes if not _closed_at_year_end(whole, hole))
    kept = Shape(holes, shape.stopped, shape.strays_before)
    # Two deadlines on one day bring an even number to everybody; two visits do not.
    by_customer = event_type(feed.event_type).direction is Direction.BY_CUSTOMER
    doubled = double_days(whole.customers, whole.even) if by_customer else ()
    return FoundFeed(whole, kept, doubled)


def log_findings(
    connection: duckdb.DuckDBPyConnection, events: Path, volume: Path, *, zone: str
) -> tuple[str, ...]:
    """Return a sentence for each thing that is broken in what landed.

    Parameters
    ----------
    volume
        The daily volume by source, as it was read.
    """
    types = _watched(feeds_of_types(connection, events, zone=zone))
    sources = _watched(feeds_of_sources(connection, volume))
    until = max((found_in(feed).whole_until for feed in types), default=None)
    said = [
        sentence
        for feed in (*types, *of_shared_types(sources))
        for sentence in sentences_of(found_in(feed, until=until))
    ]
    return (*said, *_doubled_sources(sources, types))


def sentences_of(found: FoundFeed) -> list[str]:
    """Say what was found in one feed."""
    name = feed_name(found.feed)
    said = []
    if (strays := found.shape.strays_before) is not None:
        first, last = found.dates(strays)
        said.append(
            f"Stray rows at the beginning: from {first} to {last} only {_came(strays)} had {name}. "
            "The log itself begins after them."
        )
    for hole in found.shape.holes:
        first, last = found.dates(hole)
        said.append(
            f"The log has a hole: from {first} to {last} ({hole.days} days) {_few(hole)} had "
            f"{name}, where about {hole.expected:,.0f} were to be expected."
        )
    if found.shape.stopped is not None:
        said.append(stop_in_words(found))
    said += [_doubled_in_words(found, day) for day in found.doubled]
    return said


def feed_name(feed: Feed) -> str:
    """Return what a reader calls the feed: its type, and its source where several have the type."""
    name = feed.event_type or "any activity"
    return f"{name} of source {feed.source}" if feed.source else name


def stop_in_words(found: FoundFeed) -> str:
    """Say when a feed stops, or ends before the others; only for one that does."""
    stopped = found.shape.stopped
    assert stopped is not None, "asked of a feed that stops"
    name, (first, last) = feed_name(found.feed), found.dates(stopped)
    expected = f"where about {stopped.expected:,.0f} were to be expected"
    after = found.feed.customers[stopped.last + 1 :]
    if not stopped.seen and not after.sum():
        return (
            f"One feed ends first: the last day with {name} is {first - timedelta(days=1)}, but "
            f"the log goes on to {last}; after it nobody came, {expected}."
        )
    stray = f", and {_number(int(after.sum()))} on the {_days(len(after))} after it"
    return (
        f"The log stops: from {first} to {last} ({stopped.days} days) {_few(stopped)} had {name}, "
        f"{expected}{stray if len(after) else ''}."
    )


def _doubled_in_words(found: FoundFeed, span: Span) -> str:
    first, last = found.dates(span)
    when = f"On {first}" if first == last else f"From {first} to {last}"
    return (
        f"{when} nearly every customer has an even number of {feed_name(found.feed)} events, as if "
        "a file had been loaded twice."
    )


def _doubled_sources(sources: Sequence[Feed], types: Sequence[Feed]) -> list[str]:
    """Say which sources were read twice, where the landed types do not show it by themselves."""
    landed = {feed_type.event_type: found_in(feed_type) for feed_type in types}
    said = []
    for feed in sources:
        found = found_in(feed)
        for span in found.doubled:
            of_type = landed.get(feed.event_type)
            if of_type is None or _overlaps(of_type, found, span):
                continue
            read = sum(
                _events_in(source, found, span) for source in sources if _same_type(source, feed)
            )
            gone = read - _events_in(of_type.feed, found, span)
            dropped = gone >= _DROPPED_SHARE * _events_in(feed, found, span)
            what = " The repeats were dropped." if dropped else ""
            said.append(_doubled_in_words(found, span) + what)
    return said


def _same_type(one: Feed, other: Feed) -> bool:
    return one.event_type == other.event_type


def _overlaps(of_type: FoundFeed, found: FoundFeed, span: Span) -> bool:
    first, last = found.dates(span)
    return any(
        begin <= last and end >= first
        for begin, end in (of_type.dates(doubled) for doubled in of_type.doubled)
    )


def _events_in(feed: Feed, found: FoundFeed, span: Span) -> int:
    begin = found.feed.first_day + span.first - feed.first_day
    return int(feed.events[max(begin, 0) : max(begin + span.days, 0)].sum())


def of_shared_types(sources: Sequence[Feed]) -> list[Feed]:
    """Return the feeds whose event type comes from several sources."""
    types = [source.event_type for source in sources]
    return [source for source in sources if types.count(source.event_type) > 1]


def _watched(feeds: Iterable[Feed]) -> list[Feed]:
    return [feed for feed in feeds if event_type(feed.event_type).kind not in _BY_CALENDAR]


def _closed_at_year_end(feed: Feed, hole: Span) -> bool:
    first = _EPOCH + timedelta(days=feed.first_day + hole.first)
    last = _EPOCH + timedelta(days=feed.first_day + hole.last)
    begins = (first.month, first.day) >= _YEAR_END_FROM or first.month == 1
    ends = (last.month, last.day) <= _YEAR_END_TO or last.month == _YEAR_END_FROM[0]
    return begins and ends and hole.days <= _YEAR_END_DAYS


def _few(span: Span) -> str:
    return "nobody" if not span.seen else f"only {_came(span)}"


def _came(span: Span) -> str:
    return "1 customer" if span.seen == 1 else f"{span.seen:,} customers (counted once a day)"


def _number(count: int) -> str:
    return "1 customer" if count == 1 else f"{count:,} customers"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count:,} days"
