"""Recognises a table that tells how customers are but not when anything happened.

Only the words of a refusal depend on it: accepted data are never guessed at.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from analytics.errors import BadInput, ContractFailed, SilentChurnError, UsageError
from analytics.etl.mappings.mapping_file import SHIPPED_MAPPINGS
from analytics.etl.rows.refusals import SNAPSHOT_SENTENCE
from analytics.etl.sources.csv_records import allow_long_fields
from analytics.etl.sources.lines import check_not_empty

_ROWS = 1_000
_SHARE = 0.6
_DELIMITERS = (",", ";", "\t", "|")
_TIME = re.compile(
    r"^\s*(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})"
    r"|(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|1\d{9}|1\d{12}"
    r"|\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{2,4}|\d{4}-?W\d{2}(?:-?\d)?|\d{4}-\d{2,3}"
    r"|\d{4}-?Q[1-4])(?:\D.*)?$"
)


def snapshot_refused(files: Iterable[Path]) -> ContractFailed | None:
    """Return the refusal when each of the files is a snapshot; None when one may hold events."""
    given = list(files)
    if not given or not all(is_snapshot(path) for path in given):
        return None
    return ContractFailed(
        SNAPSHOT_SENTENCE, rule="event_times", got=", ".join(path.name for path in given)
    )


def no_mapping_refused(given: Sequence[str]) -> SilentChurnError:
    """Return why sources cannot be ingested without a mapping.

    Raises
    ------
    BadInput
        A source is missing or empty.
    """
    files = [Path(path) for path in given if "://" not in path]
    for file in files:
        if not file.exists():
            return BadInput(f"SOURCE must be there. Got {file}.", rule="file_exists", got=file)
        if file.is_file():
            check_not_empty(file)
    refused = snapshot_refused(file for file in files if file.is_file())
    if refused is not None:
        return refused
    columns = [", ".join(_columns(file)) for file in files if file.is_file()]
    shown = f" with the columns {columns[0]}" if columns and columns[0] else ""
    return UsageError(
        "ingest needs --mapping: a TOML file that says which columns are customer_id, occurred_at "
        f"and event_type, or one of {', '.join(SHIPPED_MAPPINGS)}. "
        f"Got {' '.join(given) or 'nothing'}{shown}.",
        rule="mapping_given",
        got=" ".join(given),
    )


def is_snapshot(path: Path) -> bool:
    """Return whether a table has several columns and not one of times.

    A file that cannot be looked into is none.
    """
    columns = _columns(path)
    filled = any(columns.values())
    return len(columns) > 1 and filled and not any(map(_are_times, columns.values()))


def _columns(path: Path) -> dict[str, list[str]]:
    """Return the first values of each column as text."""
    try:
        if path.suffix.lower() == ".parquet":
            return _parquet_columns(path)
        return _text_columns(path)
    except (OSError, ValueError, OverflowError, csv.Error, pa.ArrowException):
        return {}


def _parquet_columns(path: Path) -> dict[str, list[str]]:
    with pq.ParquetFile(path) as file:
        batch = next(file.iter_batches(_ROWS), None)
    rows = [] if batch is None else batch.to_pylist()
    names = [] if batch is None else batch.schema.names
    return {name: [str(row[name]) for row in rows if row[name] is not None] for name in names}


def _text_columns(path: Path) -> dict[str, list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = [line for line in islice(file, _ROWS) if "\x00" not in line]
    if not lines or lines[0].lstrip()[:1] in {"{", "["}:  # nothing, or JSON
        return {}
    delimiter = max(_DELIMITERS, key=lines[0].count)
    if delimiter not in lines[0]:
        return {}
    allow_long_fields(max(lines, key=len))
    header, *rows = csv.reader(lines, delimiter=delimiter)
    whole = [row for row in rows if len(row) == len(header)]
    return {name.strip(): [row[at] for row in whole] for at, name in enumerate(header)}


def _are_times(values: list[str]) -> bool:
    filled = [value for value in values if value.strip()]
    times = sum(1 for row in filled if _TIME.match(row))
    return bool(filled) and times >= _SHARE * len(filled)
