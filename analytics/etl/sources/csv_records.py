"""Cuts lines into CSV records by the declared quoting, and refuses what does not follow it."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analytics.etl.mappings.mapping_source import Source
from analytics.etl.sources.chunk import Lines, Refused, shortened
from analytics.etl.sources.lines import LineBlock

#: A quoted value may run over at most this many lines; further, its quote was never closed.
MAX_LINES_A_RECORD = 256


@dataclass(frozen=True)
class Dialect:
    """How a CSV file is written, as declared."""

    delimiter: str
    quote: str
    escape: str

    @classmethod
    def of(cls, source: Source) -> Dialect:
        """Return the declared dialect of a source."""
        return cls(source.delimiter, source.quote, source.escape)

    @property
    def well_formed(self) -> str:
        """Regular expression of a record in which each quote opens or closes a whole field."""
        if not self.quote:
            return ".*"
        quote, escape = _literal(self.quote), _literal(self.escape)
        plain = f"[^{quote}{_literal(self.delimiter)}{escape}\\n]"
        inside = f"[^{quote}{escape}]|{quote}{quote}"
        if self.escape:
            plain, inside = f"(?:{plain}|{escape}.)", f"{inside}|{escape}(?:.|\\n)"
        field = f"(?:{plain}*|{quote}(?:{inside})*{quote})"
        return f"^{field}(?:{_literal(self.delimiter)}{field})*$"

    def fields(self, record: str) -> list[str]:
        """Cut one well-formed record into its fields."""
        allow_long_fields(record)
        quoting = {"quotechar": self.quote} if self.quote else {"quoting": csv.QUOTE_NONE}
        rows = csv.reader(
            io.StringIO(record, newline=""),
            delimiter=self.delimiter,
            escapechar=self.escape or None,
            **quoting,
        )
        return next(rows, [])


def allow_long_fields(text: str) -> None:
    """Let Python's reader cut a text with a field as long as itself; its own limit is 131,072."""
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))


@dataclass(frozen=True)
class Records:
    """Well-formed records with the line each begins on."""

    texts: pa.Array
    lines: Lines
    refused: tuple[Refused, ...]
    over_several_lines: bool


class RecordCutter:
    """Cuts blocks of lines into records; a record left open waits for the next block.

    A quoted value may run over lines. A record whose quotes do not fit is refused as its first
    line alone (rule ``quoting``), and reading goes on with the next line: one stray quote never
    swallows the rows behind it.
    """

    def __init__(self, dialect: Dialect, columns: int) -> None:
        self._dialect = dialect
        self._columns = columns
        self._well_formed = re.compile(dialect.well_formed)
        self._waiting: list[str] = []
        self._waiting_numbers: list[int] = []

    def cut(self, block: LineBlock, *, last: bool) -> Records:
        """Return the records of a block; after the last one nothing waits any more."""
        lines = self._waiting + block.lines
        numbers = np.concatenate([np.array(self._waiting_numbers, dtype=np.int64), block.numbers])
        self._waiting, self._waiting_numbers = [], []
        texts = pa.array(lines, type=pa.string())
        spoilt = self._spoilt(texts)
        if not spoilt:
            return _without_blank(texts, numbers, block.refused, over_several_lines=False)
        return self._mended(lines, numbers, spoilt, block.refused, last=last)

    def _spoilt(self, texts: pa.Array) -> list[int]:
        """Positions of lines that are no well-formed record by themselves."""
        if (
            not self._dialect.quote
            or not pc.any(pc.match_substring(texts, self._dialect.quote)).as_py()
        ):
            return []
        good = pc.match_substring_regex(texts, self._dialect.well_formed)
        return np.flatnonzero(~good.to_numpy(zero_copy_only=False)).tolist()

    def _mended(
        self,
        lines: list[str],
        numbers: Lines,
        spoilt: list[int],
        refused: tuple[Refused, ...],
        *,
        last: bool,
    ) -> Records:
        pieces: list[str] = []
        starts: list[int] = []
        more: list[Refused] = []
        done = 0
        for at in spoilt:
            if at < done:
                continue
            pieces += lines[done:at]
            starts += range(done, at)
            end = self._end_of_record(lines, numbers, at)
            if end is None and not last and len(lines) - at < MAX_LINES_A_RECORD:
                self._waiting = lines[at:]
                self._waiting_numbers = numbers[at:].tolist()
                done = len(lines)
                break
            if end is None:
                more.append(_bad_quotes(lines[at], int(numbers[at]), self._dialect.quote))
                done = at + 1
                continue
            pieces.append("\n".join(lines[at:end]))
            starts.append(at)
            done = end
        pieces += lines[done:]
        starts += range(done, len(lines))
        return _without_blank(
            pa.array(pieces, type=pa.string()),
            numbers[np.array(starts, dtype=np.int64)],
            (*refused, *more),
            over_several_lines=True,
        )

    def _end_of_record(self, lines: list[str], numbers: Lines, start: int) -> int | None:
        """Return the position behind the record that starts here, if it ever closes."""
        quotes, text = lines[start].count(self._dialect.quote), lines[start]
        for end in range(start + 1, min(start + MAX_LINES_A_RECORD, len(lines))):
            if numbers[end] - numbers[start] != end - start:  # a line between was refused
                return None
            text = f"{text}\n{lines[end]}"
            quotes += lines[end].count(self._dialect.quote)
            closes = quotes % 2 == 0 or bool(self._dialect.escape)
            if not closes or not self._well_formed.match(text):
                continue
            if len(self._dialect.fields(text)) == self._columns:
                return end + 1
        return None


def _without_blank(
    texts: pa.Array, lines: Lines, refused: tuple[Refused, ...], *, over_several_lines: bool
) -> Records:
    """Leave out blank lines: between records they are no rows."""
    filled = pc.not_equal(texts, "").to_numpy(zero_copy_only=False)
    if filled.all():
        return Records(texts, lines, refused, over_several_lines)
    return Records(texts.filter(pa.array(filled)), lines[filled], refused, over_several_lines)


def _bad_quotes(line: str, number: int, quote: str) -> Refused:
    return Refused(
        number,
        shortened(line),
        "",
        "quoting",
        f"A quote {quote} must open at the start of a field and close at its end. "
        "Got one elsewhere, or one that never closes.",
    )


def _literal(character: str) -> str:
    """Return a character as both regular expression engines take it literally."""
    return character if character.isspace() else re.escape(character)
