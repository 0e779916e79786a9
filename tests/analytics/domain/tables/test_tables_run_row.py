"""A table of a run is one frozen dataclass: its fields say everything that its columns are."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from datetime import date, datetime

import pytest

from analytics.domain.customer_columns.columns import CUSTOMER_COLUMNS, Customer
from analytics.domain.run_tables import RUN_ROWS
from analytics.domain.tables.column import Column, Unit, ValueType
from analytics.domain.tables.flag_tables import PastMonth
from analytics.domain.tables.run_row import RunRow, column


class Part(RunRow):
    """A part of a wide row."""

    name: str = column(Unit.TEXT, "Name", "Who it is.", lookup=True, filled="'nobody'")


class Whole(Part, name="wholes", grain="One row a thing.", sorted_by=("worth desc", "name")):
    """A row with a field of every type."""

    seen_on: date = column(Unit.TIME, "Seen on", "Day.")
    seen_at: datetime | None = column(Unit.TIME, "Seen at", "Moment.")
    times: int = column(Unit.COUNT, "Times", "How often.")
    worth: float | None = column(Unit.MONEY, "Worth", "How much.", assumption=True)
    kept: bool | None = column(Unit.FLAG, "Kept", "Still here.")


def test_a_row_is_a_frozen_dataclass_without_defaults() -> None:
    row = Whole("a", date(2026, 1, 1), None, 3, None, True)
    assert [one.name for one in fields(row)] == list(Whole.table.column_names)
    with pytest.raises(FrozenInstanceError):
        row.times = 4  # type: ignore[misc]
    with pytest.raises(TypeError, match="kept"):
        Whole("a", date(2026, 1, 1), None, 3, None)  # type: ignore[call-arg]


def test_the_columns_take_name_and_type_from_the_fields_and_the_words_from_what_is_said() -> None:
    types = {one.name: one.type for one in Whole.table.columns}
    assert types == {
        "name": ValueType.TEXT,
        "seen_on": ValueType.DAY,
        "seen_at": ValueType.MOMENT,
        "times": ValueType.WHOLE,
        "worth": ValueType.NUMBER,
        "kept": ValueType.FLAG,
    }
    assert Whole.table.column["worth"] == Column(
        "worth", Unit.MONEY, "Worth", "How much.", assumption=True
    )
    assert Whole.table.column["name"].lookup
    assert Whole.table.column["name"].filled == "'nobody'"


def test_the_class_carries_name_grain_and_order() -> None:
    assert (Whole.table.name, Whole.table.file) == ("wholes", "wholes.parquet")
    assert Whole.table.grain == "One row a thing."
    assert Whole.table.order_sql == "worth desc nulls last, name nulls last"


def test_a_customer_is_put_together_from_parts_in_the_order_of_the_columns() -> None:
    assert [one.name for one in fields(Customer)] == [one.name for one in CUSTOMER_COLUMNS]
    assert CUSTOMER_COLUMNS[0].name == "customer_id"
    assert CUSTOMER_COLUMNS[-1].name == "holdout"


@pytest.mark.parametrize("row", RUN_ROWS, ids=lambda one: one.table.name)
def test_every_table_is_sorted_by_columns_of_its_own(row: type[RunRow]) -> None:
    names = [one.removesuffix(" desc") for one in row.table.sorted_by]
    assert names
    assert set(names) <= set(row.table.column_names)


@pytest.mark.parametrize("row", RUN_ROWS, ids=lambda one: one.table.name)
def test_the_unit_of_a_column_fits_what_is_stored(row: type[RunRow]) -> None:
    wanted = {
        Unit.TEXT: {ValueType.TEXT},
        Unit.TIME: {ValueType.DAY, ValueType.MOMENT},
        Unit.FLAG: {ValueType.FLAG},
    }
    numbers = {ValueType.WHOLE, ValueType.NUMBER}
    for one in row.table.columns:
        assert one.type in wanted.get(one.unit, numbers), one.name
        assert one.type is ValueType.TEXT or not (one.lookup or one.filled), one.name


def test_a_row_of_a_table_has_its_fields_typed() -> None:
    assert PastMonth.table.column["observation_date"].type is ValueType.DAY
    assert PastMonth.table.column["expected"].type is ValueType.NUMBER
