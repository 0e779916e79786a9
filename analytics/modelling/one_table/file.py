"""Reads snapshot tables, one row a customer, and joins several of the same customers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa

from analytics.domain.words.counting import counted, verb_of
from analytics.errors import BadInput, ContractFailed
from analytics.etl.mappings.mapping_columns import Format
from analytics.etl.mappings.mapping_source import Source
from analytics.etl.sources.cells import as_written
from analytics.etl.sources.chunk import Reader
from analytics.etl.sources.lines import check_not_empty
from analytics.etl.sources.open_source import open_source

_FORMATS: dict[str, Format] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".parquet": "parquet",
    ".xlsx": "excel",
    ".xlsm": "excel",
    ".xls": "excel",
}
_DELIMITERS = (",", ";", "\t", "|")
#: Share of unreadable rows above which a file is not what its name says.
MAX_REFUSED_SHARE = 0.2
#: Share of customers that two files must have in common to be about the same ones.
MIN_MATCHED_SHARE = 0.5
_SHOWN_COLUMNS = 3


@dataclass(frozen=True)
class SnapshotRows:
    """The rows of one file, or of several joined.

    Parameters
    ----------
    rows
        Values as they came: text from text files, else typed.
    notes
        What was left out or put together, in sentences.
    keys
        Columns that the files were joined on: they name customers and tell nothing else.
    """

    name: str
    rows: pd.DataFrame
    notes: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


def read_snapshots(paths: Sequence[Path]) -> SnapshotRows:
    """Read the files and join them one to one on the column that names customers in each.

    Raises
    ------
    BadInput
        A file is missing, empty or not of its format.
    ContractFailed
        The files share no column that names each customer once, or too few customers.
    """
    whole, *others = [read_snapshot(path) for path in paths]
    for other in others:
        whole = _joined(whole, other)
    return whole


def read_snapshot(path: Path) -> SnapshotRows:
    """Read one CSV, Parquet or Excel file (its first sheet).

    Raises
    ------
    BadInput
        The file is missing, empty, of another kind, or mostly unreadable.
    """
    check_not_empty(path)
    reader = open_source(_source_of(path), path)
    tables, refused = _pieces(path, reader)
    rows = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()
    if not len(rows):
        raise BadInput(
            f"{path.name} must have rows below its header. Got none that can be read.",
            rule="rows_present",
            got=path.name,
        )
    if refused > MAX_REFUSED_SHARE * (refused + len(rows)):
        raise BadInput(
            f"At most {MAX_REFUSED_SHARE:.0%} of the rows of {path.name} may be unreadable. "
            f"Got {refused} of {refused + len(rows)}.",
            rule="format_as_declared",
            got=refused,
        )
    left_out = (
        f"{path.name}: {refused:,} of {counted(refused + len(rows), 'row')} could not be read and "
        f"{verb_of(refused)} left out."
    )
    return SnapshotRows(path.name, rows, (left_out,) if refused else ())


def _source_of(path: Path) -> Source:
    kind = _FORMATS.get(path.suffix.lower())
    if kind is None:
        raise BadInput(
            f"A snapshot must be a file of the kind {', '.join(_FORMATS)}. Got {path.name}.",
            rule="format_known",
            got=path.name,
        )
    delimiter = _delimiter(path) if kind == "csv" else ","
    return Source.model_validate(
        {"name": "snapshot", "path": path.name, "format": kind, "delimiter": delimiter}
    )


def _delimiter(path: Path) -> str:
    """Return the mark that the header has most of."""
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        header = next((line for line in file if line.strip()), "")
    return max(_DELIMITERS, key=header.count)


def _pieces(path: Path, reader: Reader) -> tuple[list[pd.DataFrame], int]:
    tables, refused = [], 0
    try:
        for chunk in reader.chunks(reader.columns):
            refused += len(chunk.refused)
            if len(chunk.rows):
                tables.append(as_written(chunk.rows).to_pandas(date_as_object=False))
    except (pa.ArrowException, ValueError) as error:
        raise BadInput(
            f"{path.name} must be readable as its name says. Got: {str(error)[:160]}.",
            rule="format_as_declared",
            got=path.name,
        ) from None
    return tables, refused


def _joined(left: SnapshotRows, right: SnapshotRows) -> SnapshotRows:
    """Join two files one to one; customers of only one of them are left out and counted."""
    key = _key(left, right)
    shared = [name for name in right.rows.columns if name in left.rows.columns and name != key]
    left_rows = left.rows.assign(**{key: _as_key(left.rows[key])})
    right_rows = right.rows.assign(**{key: _as_key(right.rows[key])})
    rows = left_rows.merge(right_rows, on=key, suffixes=("", f" ({right.name})"))
    alone = (len(left_rows) - len(rows), len(right_rows) - len(rows))
    if len(rows) < MIN_MATCHED_SHARE * min(len(left_rows), len(right_rows)):
        raise ContractFailed(
            f"{left.name} and {right.name} must be about the same customers. Got {len(rows):,} "
            f"of {len(left_rows):,} and {len(right_rows):,} with the same {key}.",
            rule="keys_match",
            got=len(rows),
        )
    repeated = [name for name in shared if rows[name].equals(rows[f"{name} ({right.name})"])]
    rows = rows.drop(columns=[f"{name} ({right.name})" for name in repeated])
    note = (
        f"{left.name} and {right.name} joined on {key}: {counted(len(rows), 'customer')} in both, "
        f"{alone[0]:,} only in the first and {alone[1]:,} only in the second, which are left out."
    )
    return SnapshotRows(
        f"{left.name} + {right.name}",
        rows,
        (*left.notes, *right.notes, note),
        tuple(dict.fromkeys((*left.keys, key))),
    )


def _key(left: SnapshotRows, right: SnapshotRows) -> str:
    """Return the shared column that names each customer once in both files."""
    shared = [name for name in left.rows.columns if name in right.rows.columns]
    for name in shared:
        if all(_names_each_once(side.rows[name]) for side in (left, right)):
            return str(name)
    repeats = {name: _repeats(left.rows[name]) + _repeats(right.rows[name]) for name in shared}
    nearest = sorted(shared, key=lambda name: repeats[name])[:_SHOWN_COLUMNS]
    told = ", ".join(f"{name} with {repeats[name]:,} repeated or missing" for name in nearest)
    raise ContractFailed(
        f"{left.name} and {right.name} must share a column that names each customer once in both. "
        f"Got {told or 'no shared column'}.",
        rule="key_unique",
        got=told,
    )


def _names_each_once(column: pd.Series) -> bool:
    return _repeats(column) == 0


def _repeats(column: pd.Series) -> int:
    return len(column) - int(_as_key(column).nunique())


def _as_key(column: pd.Series) -> pd.Series:
    """Return ids as text, so that 17 of a workbook meets 17 of a text file."""
    if pd.api.types.is_float_dtype(column) and (column.dropna() % 1 == 0).all():
        column = column.astype("Int64")
    text = column.astype("string").str.strip()
    return text.mask(text == "")
