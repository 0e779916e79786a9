"""Ids that a spreadsheet or a program rounded, so that several customers may have become one.

A spreadsheet keeps 15 digits and writes longer numbers as 1.23457E+16 or with zeros at the end; a
floating-point number keeps 2⁵³. Where the digits are lost for certain the row is refused (see
`lost_digits`); where the id is text it lands as it is written, and the landing says what it means.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pyarrow.compute as pc

from analytics.etl.mappings.mapping_columns import ColumnSpec
from analytics.etl.rows.refusals import Rows
from analytics.etl.values.texts import SourceColumns

#: Columns whose values tell one thing from another.
ID_COLUMNS = frozenset({"customer_id", "event_id"})
#: From here on floating-point numbers skip whole numbers.
_FIRST_ROUNDED = 2.0**53

#: A large number written with all its digits, as an integer column or JSON has it, lost none.
_ALL_DIGITS = r"^-?\d+$"
_SCIENTIFIC = r"(^|[^0-9.,])\d([.,]\d+)?[eE]\+\d{2,}$"
_LONG, _ENDS_IN_ZEROS = r"^\d{16,}$", r"^\d{15}0+$"
#: Fewer long ids than this may all end in zeros by chance.
_FEWEST_LONG = 3


def lost_digits(columns: SourceColumns, spec: ColumnSpec) -> Rows:
    """Return the rows whose id is a number too large to be told from the next, digits gone."""
    rows = np.zeros(len(columns), dtype=np.bool_)
    for name in spec.used_columns:
        large = pc.greater_equal(pc.abs(columns.typed(name).number), _FIRST_ROUNDED)
        whole = pc.match_substring_regex(columns.text(name), _ALL_DIGITS)
        lost = pc.and_(pc.fill_null(large, False), pc.invert(pc.fill_null(whole, False)))
        rows |= lost.to_numpy(zero_copy_only=False)
    return rows


def rounded_id_notes(connection: duckdb.DuckDBPyConnection, tables: Path) -> list[str]:
    """Return a sentence for ids of customers and of events that look rounded."""
    return [
        *_notes(connection, tables / "customers.parquet", "customer_id", "customer"),
        *_notes(connection, tables / "events.parquet", "event_id", "event"),
    ]


def _notes(connection: duckdb.DuckDBPyConnection, table: Path, column: str, what: str) -> list[str]:
    scientific, first, long, zeros, example = connection.execute(
        f"SELECT count_if(regexp_matches({column}, $scientific)), "  # noqa: S608 - our own names
        f"min({column}) FILTER (WHERE regexp_matches({column}, $scientific)), "
        f"count_if(regexp_matches({column}, $long)), "
        f"count_if(regexp_matches({column}, $zeros)), "
        f"min({column}) FILTER (WHERE regexp_matches({column}, $zeros)) FROM read_parquet($table)",
        {
            "scientific": _SCIENTIFIC,
            "long": _LONG,
            "zeros": _ENDS_IN_ZEROS,
            "table": str(table),
        },
    ).fetchall()[0]
    said = []
    if scientific:
        said.append(_sentence(f"such as {first}", scientific, what))
    if long >= _FEWEST_LONG and zeros > long / 2:
        like = f"that end in zeros from the 16th digit on, such as {example}"
        said.append(_sentence(like, zeros, what))
    return said


def _sentence(like: str, count: int, what: str) -> str:
    many = f"{count:,} {what}{'' if count == 1 else 's'}"
    return (
        f"Ids {like} are long numbers that a spreadsheet has rounded: {many}, each of which may "
        "stand for several. Export the ids as text and ingest again."
    )
