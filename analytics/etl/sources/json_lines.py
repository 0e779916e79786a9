"""Reads JSON lines: one object a line, nested fields named with a dot."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pyarrow as pa

from analytics.errors import BadInput
from analytics.etl.mappings.mapping_source import Source
from analytics.etl.sources.cells import WrittenNumber, cells
from analytics.etl.sources.chunk import Chunk, Refused, shortened
from analytics.etl.sources.lines import LineBlock, blocks_of_lines, check_not_empty

#: Lines looked at to learn the names of the fields.
_NAMING_LINES = 1_000
#: Digits in a row that `orjson` may round.
_LONG_NUMBER = re.compile(r"\d{16}")


class JsonLinesReader:
    """A file of JSON lines, read in blocks; numbers are numbers, texts are texts.

    A line that is not one JSON object is refused (rule ``json_readable``).

    Raises
    ------
    BadInput
        The file is missing, empty, in another encoding than declared, or no JSON lines.
    """

    has_texts = True

    def __init__(self, path: Path, source: Source) -> None:
        check_not_empty(path)
        self._path = path
        self._source = source
        self.columns = self._names()
        if not self.columns:
            raise BadInput(
                f"{path.name} must hold one JSON object a line, with fields. Got none in its first "
                "lines; an array over several lines is no such file.",
                rule="json_readable",
                got=path.name,
            )

    def chunks(self, wanted: Sequence[str]) -> Iterator[Chunk]:
        """Yield the wanted fields; a field that a line lacks is missing there."""
        for block in blocks_of_lines(self._path, self._source.encoding):
            yield _chunk(block.without_blank(), tuple(dict.fromkeys(wanted)))

    def _names(self) -> tuple[str, ...]:
        names: dict[str, None] = {}
        for block in blocks_of_lines(self._path, self._source.encoding):
            for line in block.lines[:_NAMING_LINES]:
                names.update(dict.fromkeys(_field_names(_object(line) or {})))
            break
        return tuple(names)


def _chunk(block: LineBlock, wanted: tuple[str, ...]) -> Chunk:
    objects = [_object(line) for line in block.lines]
    kept = np.array([at for at, read in enumerate(objects) if read is not None], dtype=np.int64)
    rows = [read for read in objects if read is not None]
    columns = {name: cells(_field(row, name) for row in rows) for name in wanted}
    refused = (
        _unreadable(block.lines[at], int(block.numbers[at]))
        for at, read in enumerate(objects)
        if read is None
    )
    texts = pa.array(block.lines, pa.string()).take(pa.array(kept))
    return Chunk(pa.table(columns), block.numbers[kept], texts, (*block.refused, *refused))


def _object(line: str) -> dict[str, Any] | None:
    try:
        given = orjson.loads(line)
        if _LONG_NUMBER.search(line):  # more digits than a double holds: an id, not a size
            given = json.loads(line, parse_float=_written)
    except (ValueError, RecursionError):
        return None
    return given if isinstance(given, dict) else None


def _written(text: str) -> float:
    """Keep the digits of a long number, but not the ".0" of a whole one."""
    whole, _, decimals = text.partition(".")
    return WrittenNumber(whole if decimals and not decimals.strip("0") else text)


def _field(row: dict[str, Any], name: str) -> Any:
    if name in row or "." not in name:
        return row.get(name)
    first, rest = name.split(".", 1)
    inner = row.get(first)
    return _field(inner, rest) if isinstance(inner, dict) else None


def _field_names(row: dict[str, Any], before: str = "") -> list[str]:
    names = []
    for name, value in row.items():
        names.append(before + name)
        if isinstance(value, dict):
            names += _field_names(value, f"{before}{name}.")
    return names


def _unreadable(line: str, number: int) -> Refused:
    return Refused(
        number,
        shortened(line),
        "",
        "json_readable",
        f"A line must be one JSON object. Got {line[:60]!r}.",
    )
