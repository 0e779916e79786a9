"""The one reason for which most rows of a file were refused, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from analytics.errors import ContractFailed
from analytics.etl.advice.number_keys import number_keys
from analytics.etl.advice.time_keys import described_time, tells_time, time_keys
from analytics.etl.landing.tally import Fault, Tally
from analytics.etl.mappings.mapping import Mapping
from analytics.etl.mappings.mapping_columns import ColumnSpec
from analytics.etl.mappings.mapping_source import Source

#: Share of a file's rows refused for one reason from which a note says so.
NEARLY_ALL = 0.9
_TIME_RULES = {"time_readable", "time_plausible", "time_not_in_future"}
_MOST_KEYS = 3


@dataclass(frozen=True)
class Advice:
    """One refused row to look at, and the keys that would let it and its like land.

    Parameters
    ----------
    file
        Source and file, as in the rejects.
    column
        Landed column at fault; empty where the row as a whole is.
    source_column
        The column of the file that it is made from.
    value
        What stood there; the whole row where no column is at fault.
    rows, rows_read
        Rows of the file refused for this reason, and all that were read.
    keys
        Lines for the mapping, each of which would do; empty where none is known.
    """

    file: str
    line: int
    column: str
    source_column: str
    value: str
    rule: str
    reason: str
    rows: int
    rows_read: int
    keys: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """Return the fields as plain values."""
        return {**asdict(self), "keys": list(self.keys)}

    @property
    def sentence(self) -> str:
        """The row, the column, the value and the key to set, in words."""
        made_from = f", column {self.source_column!r}" if self.source_column else ""
        return f"{self.file} line {self.line}{made_from}: {self.reason}{self._what_to_set}"

    @property
    def _what_to_set(self) -> str:
        if not self.keys:
            return ""
        where = f" for {self.column}" if self.column else " in the source"
        several = len(self.keys) > 1
        each = f"{', '.join(self.keys[:-1])} or {self.keys[-1]}" if several else self.keys[0]
        if self.rows < NEARLY_ALL * self.rows_read:
            return f" Rows like this one would be read with {each}."
        return f" Set {each}{where}{', whichever is meant' if several else ''}."


class RowsRefused(ContractFailed):
    """Too many rows are refused, or all of them."""

    def __init__(
        self, message: str, *, rule: str, got: object, advice: Advice | None, accepted: int
    ) -> None:
        said = "" if advice is None else f" {advice.sentence}"
        details = {} if advice is None else {"refused": advice.as_dict()}
        super().__init__(f"{message}{said}", rule=rule, got=got, details=details)
        #: False where the table may be one without times.
        self.tells_times = accepted > 0 or (advice is not None and looks_like_time(advice))


def advice_on_all(mapping: Mapping, tally: Tally, now: datetime) -> Advice | None:
    """Return what to do about the most common reason of all; None where nothing was refused."""
    faults = sorted(tally.faults, key=lambda one: -one.rows)
    return _advice(mapping, faults[0], tally, now) if faults else None


def notes_on_files(mapping: Mapping, tally: Tally, now: datetime) -> list[Advice]:
    """Return what to do about each file of which nearly all rows are refused for one reason."""
    return [
        _advice(mapping, fault, tally, now)
        for fault in tally.faults
        if fault.rows >= NEARLY_ALL * tally.sources[fault.file].read
    ]


def looks_like_time(advice: Advice) -> bool:
    """Return whether a refused value tells a time in some form, so that its table has times."""
    return advice.rule in _TIME_RULES and (bool(advice.keys) or tells_time(advice.value))


def note(advice: Advice) -> str:
    """Return the note on a file that came to little or nothing."""
    only = advice.rows_read == 1
    rows = "its only row was" if only else f"{advice.rows:,} of {advice.rows_read:,} rows were"
    return f"{advice.file}: {rows} refused for one reason. {advice.sentence}"


def _advice(mapping: Mapping, fault: Fault, tally: Tally, now: datetime) -> Advice:
    first, read = fault.first, tally.sources[fault.file].read
    source = mapping.find(fault.file.partition("/")[0])
    spec = source.columns.get(first.column)
    reason = first.reason
    if first.rule == "time_readable" and (said := described_time(first.got)):
        reason = reason.rstrip(".") + f", {said}."
    return Advice(
        file=fault.file,
        line=first.line,
        column=first.column if spec is not None else "",
        source_column=(spec.column or "") if spec is not None else "",
        value=first.got or first.raw,
        rule=first.rule,
        reason=reason,
        rows=fault.rows,
        rows_read=read,
        keys=tuple(_keys(mapping, source, spec, fault, now))[:_MOST_KEYS],
    )


def _keys(
    mapping: Mapping, source: Source, spec: ColumnSpec | None, fault: Fault, now: datetime
) -> Sequence[str]:
    rule, values = fault.first.rule, list(fault.values)
    if spec is not None and rule in _TIME_RULES:
        return time_keys(values, spec, mapping.zone, now)
    if spec is not None and rule == "number_readable":
        return number_keys(values, spec, mapping.origin(source))
    if spec is not None and rule == "event_type_listed":
        return ['otherwise = "keep"']
    if rule == "encoding" and mapping.origin(source).encoding.lower() in {"utf-8", "utf8"}:
        return ['encoding = "cp1252"']
    return ()
