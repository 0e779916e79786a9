"""What a part of the evidence page is: one record that says where it stands and draws it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from analytics.domain.tables.run_row import RunRow
from analytics.services.evidence.evidence_results import EvidenceResult

_PAGE = "evidence"


@dataclass(frozen=True)
class Section:
    """One part of the page.

    Parameters
    ----------
    name
        Makes the ids of its places.
    title
        The question that it answers.
    short
        Its line in the table of contents.
    view
        Draws it; says so where there is nothing to draw.
    note
        Lead text below the title.
    reads
        Tables of the run that it shows, by the class of their rows.
    waiting
        Kind of skeleton that holds its place.
    """

    name: str
    title: str
    short: str
    view: Callable[[EvidenceResult], Any]
    note: str = ""
    reads: tuple[type[RunRow], ...] = ()
    waiting: str = "table"

    @property
    def slot(self) -> str:
        """Id of the place that its content is filled into."""
        return slot_of(self.name)

    @property
    def anchor(self) -> str:
        """Id of the place that the table of contents leads to."""
        return anchor_of(self.name)


def slot_of(name: str) -> str:
    """Return the id of the place of a part's content."""
    return f"{_PAGE}-{name.replace('_', '-')}"


def anchor_of(name: str) -> str:
    """Return the id of the place that a link to a part leads to."""
    return f"{_PAGE}-at-{name.replace('_', '-')}"
