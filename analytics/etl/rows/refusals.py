"""Which rows of a chunk are refused, and why, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from analytics.domain.event_log.contract import MAX_TEXT_LENGTH
from analytics.etl.mappings.mapping_columns import ColumnSpec
from analytics.etl.sources.chunk import Chunk, Refused

Rows = NDArray[np.bool_]

#: Longest value quoted in a reason, in characters.
_MAX_QUOTED = 80

#: What ``ingest`` says of a table that tells how things are, not when anything happened.
SNAPSHOT_SENTENCE = (
    "Events need a time (occurred_at). This table is a snapshot with one row a customer and has "
    "none; bring a log with one row for each thing that happened, with its date."
)


@dataclass(frozen=True)
class BrokenRule:
    """One rule and the rows of a chunk that break it.

    Parameters
    ----------
    got
        Returns the value at fault of one row; None where a rule is about the whole row.
    """

    rule: str
    column: str
    rows: Rows
    says: str
    got: Callable[[int], object] | None = None

    def reason(self, position: int) -> str:
        """Return the rule, then what came."""
        if self.got is None:
            return self.says
        value = self.got(position)
        shown = "nothing" if value is None else repr(str(value)[:_MAX_QUOTED])
        return f"{self.says} Got {shown}."

    def value(self, position: int) -> str:
        """Return the value at fault of one row, shortened; empty where there is none."""
        value = None if self.got is None else self.got(position)
        return "" if value is None else str(value)[:_MAX_QUOTED]


def refused_rows(chunk: Chunk, broken: list[BrokenRule]) -> tuple[Rows, list[Refused]]:
    """Return which rows are refused, and one record for each.

    The first broken rule names the reject; its reason lists every rule that the row breaks.
    """
    refused = np.zeros(len(chunk.lines), dtype=np.bool_)
    for rule in broken:
        refused |= rule.rows
    positions = np.flatnonzero(refused)
    raws = chunk.raw_texts(positions)
    records = []
    for position, raw in zip(positions.tolist(), raws, strict=True):
        reasons = [rule for rule in broken if rule.rows[position]]
        first = reasons[0]
        text = " ".join(dict.fromkeys(rule.reason(position) for rule in reasons))
        line, value = int(chunk.lines[position]), first.value(position)
        records.append(Refused(line, raw, first.column, first.rule, text, value))
    return refused, records


def rule_sentence(rule: str, column: str, spec: ColumnSpec | None, now: datetime) -> str:
    """Return what a rule of the contract asks for."""
    sentences = {
        "time_readable": f"{column} must be a time {_time_form(spec)}.",
        "number_readable": f"{column} must be a number as the mapping declares it.{_signs(spec)}",
        "event_type_listed": f"{column} must be a value that the mapping lists.",
        "id_whole": f"{column} must be whole: a floating-point number of 16 digits and more has "
        "lost its last ones, so different ids may have become one. Store it as text.",
        "time_plausible": f"{column} must lie between the years 1990 and 2200.",
        "time_not_in_future": f"{column} must not lie after {now:%Y-%m-%d} by more than a day.",
        "received_after_occurred": f"{column} must not lie before occurred_at by more than a day.",
        "number_finite": f"{column} must be a finite number.",
        "text_length": f"{column} must have at most {MAX_TEXT_LENGTH} characters.",
    }
    return sentences.get(rule, f"{column} must be filled.")


def _signs(spec: ColumnSpec | None) -> str:
    if spec is None or not any(set(removed) & set("()-\u2212") for removed in spec.remove):
        return ""
    return " remove must not take a sign away: negative says how negative numbers are written."


def _time_form(spec: ColumnSpec | None) -> str:
    if spec is None or (spec.format == "iso" and not spec.epoch and not spec.offset):
        return "such as 2024-05-31 14:00:00"
    if spec.epoch:
        return f"counted in {spec.epoch} since 1970"
    if spec.offset:
        return f"counted in {spec.offset}"
    zones = (
        ", its zone UTC, an offset, a name such as Europe/Berlin or a short name that the "
        "mapping's zone has on that day"
    )
    return f"of the form {spec.format}{zones if '%Z' in spec.format else ''}"
