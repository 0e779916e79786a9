"""How a file is written: its format, encoding, delimiter, and where its header stands."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from analytics.errors import SilentChurnError
from analytics.etl.mappings.mapping_source import Source
from analytics.etl.sources.lines import check_not_empty
from analytics.etl.sources.open_source import open_source

_DELIMITERS = (",", ";", "\t", "|")
_LOOKED_AT = 200
_MOST_TITLE_ROWS = 12
_BLOCK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NUMBER_OR_DATE = re.compile(r"^[\s$€£+-]*\d[\d\s.,:/T+-]*\s*(?:%|[A-Z]{3})?$")


@dataclass(frozen=True)
class FileForm:
    """The keys of a source that say how a file is written, and why each was guessed.

    Parameters
    ----------
    keys
        Values by key of ``[[source]]``.
    reasons
        A reason for each key; one that begins with ``not sure`` is not.
    """

    keys: dict[str, object]
    reasons: dict[str, str] = field(default_factory=dict)

    def source(self, path: Path) -> Source:
        """Return a source that reads the file."""
        return Source.model_validate({"name": "looked_at", "path": path.name, **self.keys})


def file_form(path: Path) -> FileForm:
    """Return how a file is written.

    Raises
    ------
    BadInput
        The file is missing, empty or cannot be read in any form.
    """
    check_not_empty(path)
    with path.open("rb") as file:
        start = file.read(4)
    suffix = path.suffix.lower()
    if start == b"PAR1":
        return FileForm({"format": "parquet"}, {"format": "the file begins as Parquet does"})
    if start[:2] == b"PK" or suffix in {".xls", ".xlsx", ".xlsm", ".xlsb", ".ods"}:
        return _excel(path)
    keys, reasons = _encoding(path)
    lines = _first_lines(path, str(keys.get("encoding", "utf-8")))
    if lines and lines[0].lstrip().startswith("{"):
        reasons["format"] = "each line begins with a brace"
        return FileForm({"format": "json_lines", **keys}, reasons)
    return _csv(lines, keys, reasons)


def _encoding(path: Path) -> tuple[dict[str, object], dict[str, str]]:
    """Return the encoding where it is not UTF-8; the whole file is looked at."""
    with path.open("rb") as file:
        start = file.read(4)
        for mark, name in _MARKS:
            if start.startswith(mark):
                keys: dict[str, object] = {} if name == "utf-8" else {"encoding": name}
                return keys, {"encoding": "the file begins with the mark of this encoding"}
        if start[1:2] == b"\x00":
            return {"encoding": "utf-16-le"}, {"encoding": "every second byte is zero"}
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")("strict")
        try:
            while block := file.read(_BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            wrong = error.object[error.start : error.start + 1]
            said = f"not sure: the byte {wrong!r} is no UTF-8, and most such files are Windows ones"
            return {"encoding": "cp1252"}, {"encoding": said}
    return {}, {}


def _first_lines(path: Path, encoding: str) -> list[str]:
    used = "utf-8-sig" if encoding == "utf-8" else encoding
    with path.open(encoding=used, errors="replace", newline="") as file:
        return [line.rstrip("\r\n") for line in islice(file, _LOOKED_AT)]


def _csv(lines: list[str], keys: dict[str, object], reasons: dict[str, str]) -> FileForm:
    rows = {delimiter: _rows(lines, delimiter) for delimiter in _DELIMITERS}
    usual = {delimiter: _usual_width(rows[delimiter]) for delimiter in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda one: (usual[one][1] > 1, usual[one][0] * usual[one][1]))
    same, width = usual[best]
    keys = {"format": "csv", **keys}
    reasons["format"] = f"text in {width} columns"
    if best != ",":
        keys["delimiter"] = best
        reasons["delimiter"] = f"it cuts {same:.0%} of the first lines into {width} fields"
    first = next((at for at, row in enumerate(rows[best]) if len(row) == width), 0)
    titles = sum(1 for line in lines[:first] if line)
    if titles:
        keys["skip_lines"] = first
        reasons["skip_lines"] = f"the header is line {first + 1}; titles stand above it"
    header = rows[best][first] if rows[best] else []
    if header and any(_NUMBER_OR_DATE.match(cell) for cell in header if cell.strip()):
        keys["header"] = False
        keys["names"] = [f"column_{at}" for at in range(1, width + 1)]
        reasons["header"] = "not sure: the first line holds numbers, so it is taken for a row"
    return FileForm(keys, reasons)


def _rows(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return [line.split(delimiter) for line in lines]


def _usual_width(rows: Sequence[Sequence[str]]) -> tuple[float, int]:
    """Return the share of rows with the most common number of fields, and that number."""
    widths = Counter(len(row) for row in rows if row)
    if not widths:
        return 0.0, 1
    width, times = max(widths.items(), key=lambda one: (one[1], one[0]))
    return times / sum(widths.values()), width


def _excel(path: Path) -> FileForm:
    """Return the form of a workbook: its first sheet, from the first row that is all names."""
    keys: dict[str, object] = {"format": "excel"}
    reasons = {"format": "the file is a workbook; its first sheet is read"}
    best: tuple[int, int] | None = None
    for skipped in range(_MOST_TITLE_ROWS):
        form = FileForm({**keys, "skip_lines": skipped})
        try:
            columns = open_source(form.source(path), path).columns
        except SilentChurnError:
            if skipped == 0:
                raise
            break
        named = sum(1 for column in columns if column and not _NUMBER_OR_DATE.match(column))
        whole = named == len(columns) or best is None
        if whole and (best is None or named > best[1]):
            best = (skipped, named)
    if best is not None and best[0]:
        keys["skip_lines"] = best[0]
        reasons["skip_lines"] = f"the header is row {best[0] + 1}; titles stand above it"
    return FileForm(keys, reasons)
