"""Each number is defined once, with everything that a reader may ask of it."""

from __future__ import annotations

from analytics.database.mart import table_of
from analytics.domain.numbers.measures import CUSTOMER_COLUMNS, MEASURES
from analytics.domain.numbers.numbers import NUMBERS, UNIT_WORDS, definition
from analytics.domain.run_tables import RUN_ROWS, RUN_TABLES

WAYS = {"good", "bad", ""}


def test_every_number_has_a_name_label_unit_meaning_formula_grain_window_and_source() -> None:
    for one in NUMBERS:
        told = (one.name, one.label, one.meaning, one.formula, one.grain, one.window, one.source)
        assert all(told), (one.place, one.name)
        assert one.unit in UNIT_WORDS
        assert one.higher_is in WAYS


def test_no_number_is_defined_twice_in_one_place() -> None:
    keys = [(one.place, one.name) for one in NUMBERS]
    assert len(keys) == len(set(keys))


def test_every_measure_and_every_numeric_column_of_a_run_is_registered() -> None:
    known = {(one.place, one.name) for one in NUMBERS}
    assert {("measures", one.name) for one in MEASURES} <= known
    for table in RUN_TABLES:
        for column in table.columns:
            assert column.unit not in UNIT_WORDS or (table.name, column.name) in known


def test_a_number_of_a_customer_says_its_own_window_and_source() -> None:
    for one in CUSTOMER_COLUMNS:
        if one.unit in UNIT_WORDS:
            assert one.window, one.name
            assert one.source, one.name


def test_the_sql_tables_say_of_each_column_what_the_screen_says() -> None:
    for row in RUN_ROWS:
        served = table_of(row)
        for column in row.table.columns:
            assert served.c[column.name].comment == definition(column)
