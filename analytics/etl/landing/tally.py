"""Counts the rows of an ingest: accepted + rejected + merged = read, by source and in all."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from analytics.etl.sources.chunk import Refused

SAMPLE_SIZE = 20
#: Different values kept of each fault, to find out what would read them.
KEPT_VALUES = 2_000


@dataclass
class Fault:
    """One rule that rows of one file break in one column.

    Parameters
    ----------
    first
        The first such row.
    values
        The values at fault, each once.
    """

    file: str
    first: Refused
    rows: int = 0
    values: dict[str, None] = field(default_factory=dict)

    def add(self, refused: Refused) -> None:
        """Count one more row."""
        self.rows += 1
        if refused.got and len(self.values) < KEPT_VALUES:
            self.values[refused.got] = None


@dataclass
class SourceTally:
    """Rows of one source."""

    accepted: int = 0
    rejected: int = 0
    filtered: int = 0
    merged: int = 0

    @property
    def read(self) -> int:
        """Every row that counts is accepted, rejected or merged."""
        return self.accepted + self.rejected + self.merged


@dataclass
class Tally:
    """Rows of all sources, refused rows by rule, and a few of those to show."""

    sources: dict[str, SourceTally] = field(default_factory=dict)
    rules: Counter[str] = field(default_factory=Counter)
    sample: list[tuple[str, Refused]] = field(default_factory=list)
    _faults: dict[tuple[str, str, str], Fault] = field(default_factory=dict)

    def add(
        self, source: str, *, accepted: int, refused: tuple[Refused, ...], filtered: int
    ) -> None:
        """Count what became of one chunk."""
        counts = self.sources.setdefault(source, SourceTally())
        counts.accepted += accepted
        counts.rejected += len(refused)
        counts.filtered += filtered
        self.rules.update(row.rule for row in refused)
        room = SAMPLE_SIZE - len(self.sample)
        self.sample += [(source, row) for row in refused[:room]]
        for row in refused:
            place = (source, row.rule, row.column)
            self._faults.setdefault(place, Fault(source, row)).add(row)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Each rule that rows of a file break in a column."""
        return tuple(self._faults.values())

    def merge(self, source: str, rows: int) -> None:
        """Count accepted rows as lines that became part of the event of another."""
        self.sources[source].accepted -= rows
        self.sources[source].merged += rows

    @property
    def read(self) -> int:
        """Rows read from all sources."""
        return sum(source.read for source in self.sources.values())

    @property
    def accepted(self) -> int:
        """Rows accepted from all sources."""
        return sum(source.accepted for source in self.sources.values())

    @property
    def rejected(self) -> int:
        """Rows refused from all sources."""
        return sum(source.rejected for source in self.sources.values())

    @property
    def merged(self) -> int:
        """Lines of all sources that became part of the event of another line."""
        return sum(source.merged for source in self.sources.values())

    @property
    def filtered(self) -> int:
        """Rows that the mapping's filters left out; not among those read."""
        return sum(source.filtered for source in self.sources.values())

    def by_source(self) -> dict[str, dict[str, int]]:
        """Return the counts of each source as plain values."""
        return {
            name: {
                "read": counts.read,
                "accepted": counts.accepted,
                "rejected": counts.rejected,
                "merged": counts.merged,
                "filtered": counts.filtered,
            }
            for name, counts in self.sources.items()
        }
