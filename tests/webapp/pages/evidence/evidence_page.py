"""The whole evidence page at once: every part by its name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from analytics.domain.tables.run_row import RunRow
from analytics.services.evidence.evidence_results import EvidenceResult
from webapp.components.badges import notices, run_stamp
from webapp.pages.evidence.sections import SECTIONS


def render_evidence(result: EvidenceResult) -> dict[str, Any]:
    head = {"stamp": run_stamp(result.stamp), "notices": notices(result.stamp)}
    return head | {one.name: one.view(result) for one in SECTIONS}


def with_rows(result: EvidenceResult, row: type[RunRow], rows: Iterable[RunRow]) -> EvidenceResult:
    """Return the same evidence with other rows of one table."""
    return replace(result, rows={**result.rows, row: tuple(rows)})
