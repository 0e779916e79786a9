"""The registry of numbers: everything that a page, a file or a view may show, defined once.

It is not written twice: it gathers the columns of the run's tables and the measures over
customers. Tooltips, glossary, comments of the SQL tables and docs/numbers.md are made from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from analytics.domain.customer_columns.columns import Column, Unit
from analytics.domain.numbers.measures import MEASURES, Measure
from analytics.domain.numbers.page_numbers import PAGE_NUMBERS
from analytics.domain.run_tables import RUN_TABLES

OF_A_CHOICE = "Any choice of customers, as of the run's date."
ON_A_PAGE = "One row of the table in which it stands."
PAGES = "pages"
CUSTOMERS_TABLE = "the customers table of the run"

UNIT_WORDS: Mapping[Unit, str] = MappingProxyType(
    {
        Unit.COUNT: "number",
        Unit.DAYS: "days",
        Unit.MONEY: "money, in the currency of the profile",
        Unit.SHARE: "share",
        Unit.INDEX: "points from 0 to 100",
        Unit.RATIO: "ratio",
    }
)


@dataclass(frozen=True)
class Number:
    """One number with everything a reader may ask of it.

    Parameters
    ----------
    place
        Table it is a column of; ``measures`` for a number over any choice of customers, ``pages``
        for one that a page works out.
    grain
        What one value stands for.
    formula
        How it is made: in words, or in SQL for a measure.
    higher_is
        ``good``, ``bad`` or empty where neither is.
    window
        The time it looks at.
    """

    place: str
    name: str
    label: str
    unit: Unit
    meaning: str
    formula: str
    grain: str
    higher_is: str
    window: str
    source: str
    assumption: bool


def definition(one: Measure | Column) -> str:
    """Return meaning, formula, window, unit and whether it is assumed, as one text."""
    unit = UNIT_WORDS.get(one.unit)
    parts = [
        one.meaning,
        f"Formula: {one.formula}." if isinstance(one, Column) and one.formula else "",
        f"Window: {one.window}." if one.window else "",
        f"Source: {one.source}." if isinstance(one, Column) and one.source else "",
        f"Unit: {unit}." if unit else "",
        "Rests on assumptions, not measured." if one.assumption else "",
    ]
    return " ".join(part for part in parts if part)


def _of_column(one: Column, table: str, grain: str) -> Number:
    return Number(
        table,
        one.name,
        one.label,
        one.unit,
        one.meaning,
        one.formula or one.meaning,
        grain,
        one.higher_is,
        one.window or "as its table",
        one.source or f"run table {table}",
        one.assumption,
    )


def _of_measure(one: Measure) -> Number:
    return Number(
        "measures",
        one.name,
        one.label,
        one.unit,
        one.meaning,
        one.sql,
        OF_A_CHOICE,
        one.higher_is,
        one.window,
        CUSTOMERS_TABLE,
        one.assumption,
    )


NUMBERS: tuple[Number, ...] = (
    *(_of_measure(measure) for measure in MEASURES),
    *(
        _of_column(table_column, table.name, table.grain)
        for table in RUN_TABLES
        for table_column in table.columns
        if table_column.unit in UNIT_WORDS
    ),
    *(_of_column(page_number, PAGES, ON_A_PAGE) for page_number in PAGE_NUMBERS),
)
