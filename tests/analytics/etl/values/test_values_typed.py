"""A value that came as a number or a time is that, whatever the rules for text say."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.etl.mappings.mapping_columns import ColumnSpec, Condition
from analytics.etl.sources.arrow_types import as_text, plain_rows
from analytics.etl.sources.cells import as_written, cells
from analytics.etl.values.conditions import all_hold
from analytics.etl.values.numbers import NumberStyle, NumberStyles, numbers_of, parse_numbers
from analytics.etl.values.texts import SourceColumns
from analytics.etl.values.times import parse_times
from tests.analytics.etl.etl_world import land, mapping_of, rows, write

GERMAN = NumberStyle(",", ".")
MARKS = st.sampled_from(
    [NumberStyle(), GERMAN, NumberStyle(",", " "), NumberStyle(".", "'"), NumberStyle(",", "")]
)
MAPPING = """
[[source]]
name = "orders"
to = "events"
path = "orders.*"
format = "{format}"
decimal = ","
thousands = "."
{more}
[source.columns]
customer_id = "customer"
occurred_at = {{ column = "at", format = "%d.%m.%Y" }}
event_type = {{ constant = "order" }}
value = "amount"
"""


def of(values: object) -> SourceColumns:
    column = values if isinstance(values, pa.Array) else cells(values)  # type: ignore[arg-type]
    return SourceColumns(plain_rows(pa.table({"v": column})), ())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False)), MARKS)
def test_a_typed_number_lands_equal_whatever_the_marks(
    numbers: list[float], style: NumberStyle
) -> None:
    decimals = [Decimal(repr(one)) for one in numbers]
    for column in (cells(numbers), pa.array(numbers, pa.float64()), cells(decimals)):
        assert numbers_of(of(column), "v", style).to_pylist() == numbers


@settings(max_examples=60, deadline=None)
@given(st.floats(-1e12, 1e12), MARKS)
def test_a_number_written_by_its_marks_is_the_number(number: float, style: NumberStyle) -> None:
    whole, _, decimals = f"{abs(number):,.3f}".partition(".")
    text = whole.replace(",", style.thousands) + style.decimal + decimals
    text = f"-{text}" if number < 0 else text
    assert parse_numbers(pa.array([text]), style).to_pylist() == [round(number, 3)]


@settings(max_examples=60, deadline=None)
@given(st.floats(0.01, 1e9), st.sampled_from(["({})", "{}-", "-{}", "- {}", "\u2212{}"]))
def test_a_declared_negative_is_negative_and_no_other_way_is_ever_positive(
    size: float, form: str
) -> None:
    text = pa.array([form.format(f"{size:.2f}")])
    wanted = -float(f"{size:.2f}")
    declared = NumberStyle(negative=("brackets", "trailing_minus"))
    assert parse_numbers(text, declared).to_pylist() == [wanted]
    for style in (NumberStyle(), NumberStyle(remove=("(", ")")), NumberStyle(remove=("-",))):
        found = parse_numbers(text, style).to_pylist()[0]
        assert found in {None, wanted}


@pytest.mark.parametrize(
    ("text", "remove", "number"),
    [
        ("EUR -5", ("EUR", " "), -5.0),
        ("EUR -5", ("EUR -",), None),
        ("($1.50)", ("(", ")", "$"), None),
        ("1e-3", ("-",), None),
        ("12,-", (",-",), 12.0),
        ("-12,-", (",-",), -12.0),
        ("1\u202f234,5\u00a0€", ("€",), 1234.5),
    ],
)
def test_what_is_removed_never_takes_a_sign_with_it(
    text: str, remove: tuple[str, ...], number: float | None
) -> None:
    style = NumberStyle("," if "," in text else ".", " ", remove)
    assert parse_numbers(pa.array([text]), style).to_pylist() == [number]


def test_conditions_compare_numbers_and_not_their_texts() -> None:
    columns = of([1.234, 59.9, "1.234,50", "50,5", None, Decimal("2.5")])
    condition = Condition.model_validate({"column": "v", "is": ">", "value": 2})
    held = all_hold([condition], columns, NumberStyles(GERMAN)).to_pylist()
    assert held == [False, True, True, True, False, True]


def test_a_condition_reads_a_column_by_the_marks_that_the_column_has(tmp_path: Path) -> None:
    text = MAPPING.format(
        format="csv",
        more='delimiter = ";"\nfilter = [{ column = "amount", is = ">", value = 100 }]',
    ).replace('decimal = ","\nthousands = "."\n', "")
    text = text.replace('"amount"\n', '{ column = "amount", decimal = ",", thousands = "." }\n')
    path = write(
        tmp_path / "orders.csv", "customer;at;amount\na;03.02.2025;1.234,5\nb;03.02.2025;9\n"
    )
    report = land(tmp_path, mapping_of(text), path).report
    assert (report.accepted, report.filtered) == (1, 1)


@settings(max_examples=30, deadline=None)
@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2036, 1, 1)),
    st.sampled_from([{}, {"format": "%d.%m.%Y"}, {"epoch": "s"}, {"format": "%m/%d/%y %H:%M"}]),
)
def test_a_typed_time_is_that_time_whatever_form_texts_have(
    at: datetime, how: dict[str, str]
) -> None:
    spec = ColumnSpec.model_validate({"column": "v", **how})
    expected = [at.replace(tzinfo=UTC)]
    for column in (cells([at]), pa.array([at], pa.timestamp("us")), cells([expected[0]])):
        assert parse_times(of(column), spec, "UTC").to_pylist() == expected
    day = [datetime(at.year, at.month, at.day, tzinfo=UTC)]
    assert parse_times(of([at.date()]), spec, "UTC").to_pylist() == day


def test_whole_numbers_are_read_as_dates_by_their_digits_but_not_others() -> None:
    spec = ColumnSpec.model_validate({"column": "v", "format": "%Y%m%d"})
    days = parse_times(of([20250203, 20250204.0, Decimal("20250205.00")]), spec, "UTC")
    assert [one.day for one in days.to_pylist()] == [3, 4, 5]
    month = ColumnSpec.model_validate({"column": "v", "format": "%Y.%m"})
    # 2025.10 typed as a number is 2025.1: January or October.
    assert parse_times(of([2025.1]), month, "UTC").to_pylist() == [None]


def test_ids_keep_every_digit_and_no_decimals_of_whole_numbers() -> None:
    given_ids = [123.0, Decimal("17850.00"), 12345678901234567890123, 1.5, True, "1.0", None]
    assert of(given_ids).text("v").to_pylist() == [
        "123", "17850", "12345678901234567890123", "1.5", "true", "1.0", None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "kind",
    [pa.string(), pa.large_string(), pa.string_view(), pa.binary(), pa.binary_view(),
     pa.dictionary(pa.int8(), pa.string()), pa.dictionary(pa.int8(), pa.large_string())],
    ids=str,
)  # fmt: skip
def test_an_empty_text_is_missing_in_every_text_type(tmp_path: Path, kind: pa.DataType) -> None:
    texts = pa.array(["1,5", "", None], pa.string())
    amounts = texts.dictionary_encode() if pa.types.is_dictionary(kind) else texts.cast(kind)
    at = pa.array([date(2025, 2, 3)] * 3)
    table = pa.table({"customer": ["a", "b", "c"], "at": at, "amount": amounts})
    pq.write_table(table, tmp_path / "orders.parquet")
    mapping = mapping_of(MAPPING.format(format="parquet", more=""))
    result = land(tmp_path, mapping, tmp_path / "orders.parquet")
    assert result.landed is not None
    assert rows(result.landed.events, "value") == [(1.5,), (None,), (None,)]


ODD = {
    "list": pa.array([[1], [2]]),
    "struct": pa.array([{"a": 1}, {"a": 2}]),
    "map": pa.array([[("a", 1)], [("b", 2)]], pa.map_(pa.string(), pa.int64())),
    "duration": pa.array([5, 6], pa.duration("s")),
    "time": pa.array([5, 6], pa.time32("s")),
    "date": pa.array([date(2025, 1, 1), date(2025, 1, 2)]),
}


@pytest.mark.parametrize("name", ODD)
def test_what_is_no_number_in_a_column_of_amounts_is_refused_row_by_row(
    tmp_path: Path, name: str
) -> None:
    at = pa.array([date(2025, 2, 3)] * 3)
    amounts = pa.concat_arrays([ODD[name], pa.nulls(1, ODD[name].type)])
    table = pa.table({"customer": ["a", "b", "c"], "at": at, "amount": amounts})
    pq.write_table(table, tmp_path / "orders.parquet")
    mapping = mapping_of(MAPPING.format(format="parquet", more=""))
    report = land(tmp_path, mapping, tmp_path / "orders.parquet").report
    assert (report.accepted, report.rules) == (1, {"number_readable": 2})


def test_times_too_far_off_are_refused_and_shown(tmp_path: Path) -> None:
    far = pa.array([2**62, 1_738_591_200_000_000], pa.timestamp("us"))
    table = pa.table({"customer": ["a", "b"], "at": far, "amount": [1.0, 2.0]})
    pq.write_table(table, tmp_path / "orders.parquet")
    mapping = mapping_of(MAPPING.format(format="parquet", more=""))
    report = land(tmp_path, mapping, tmp_path / "orders.parquet").report
    assert (report.accepted, report.rules) == (1, {"time_readable": 1})


def test_json_excel_and_database_land_the_same_numbers_and_times(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/shop.sqlite"
    engine = sa.create_engine(address)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE orders (customer, at DATE, amount NUMERIC(9, 3))")
        connection.exec_driver_sql("INSERT INTO orders VALUES (1, '2025-02-03', 1.234)")
        connection.exec_driver_sql("INSERT INTO orders VALUES (2, '2025-02-04', 59.9)")
    engine.dispose()
    sql = MAPPING.format(format="sql", more=f'sql_table = "orders"\nurl = "{address}"')
    sql = sql.replace('path = "orders.*"\n', "")
    lines = [{"customer": 1, "at": "03.02.2025", "amount": 1.234},
             {"customer": 2.0, "at": "04.02.2025", "amount": "59,9"}]  # fmt: skip
    path = write(tmp_path / "orders.jsonl", "\n".join(map(json.dumps, lines)))
    by_json = land(tmp_path / "j", mapping_of(MAPPING.format(format="json_lines", more="")), path)
    by_sql = land(tmp_path / "s", mapping_of(sql), address)  # type: ignore[arg-type]
    assert by_json.landed is not None
    assert by_sql.landed is not None
    columns = "customer_id, occurred_at, value"
    assert rows(by_json.landed.events, columns) == rows(by_sql.landed.events, columns)
    assert rows(by_sql.landed.events, "value") == [(1.234,), (59.9,)]


QUERIED = """
[[source]]
name = "raw"
path = "raw.jsonl"
format = "json_lines"
{marks}
[[source]]
name = "orders"
to = "events"
query = "SELECT customer, day, amount FROM raw"
decimal = ","
thousands = "."
[source.columns]
customer_id = "customer"
occurred_at = "day"
event_type = {{ constant = "order" }}
value = "amount"
"""


@pytest.mark.parametrize("mixed", [False, True])
def test_a_query_does_not_make_text_of_numbers(tmp_path: Path, mixed: bool) -> None:
    given_rows: list[dict[str, object]] = [
        {"customer": 12345678901234567890123, "day": "2025-02-03", "amount": 1.234},
        {"customer": 7, "day": "2025-02-04", "amount": "1.234,5" if mixed else 59.9},
    ]
    path = write(tmp_path / "raw.jsonl", "\n".join(map(json.dumps, given_rows)))
    marks = 'decimal = ","' if mixed else ""
    result = land(tmp_path, mapping_of(QUERIED.format(marks=marks)), path)
    assert result.landed is not None
    landed = dict(rows(result.landed.events, "customer_id, value"))
    assert landed == {"12345678901234567890123": 1.234, "7": 1234.5 if mixed else 59.9}


def test_a_value_listed_by_the_mapping_is_read_as_toml_writes_it(tmp_path: Path) -> None:
    text = MAPPING.format(format="csv", more='delimiter = ";"').replace(
        'value = "amount"', 'value = { column = "amount", values = { free = "0.5" } }'
    )
    path = write(
        tmp_path / "orders.csv", "customer;at;amount\na;03.02.2025;1.234\nb;03.02.2025;free\n"
    )
    result = land(tmp_path, mapping_of(text), path)
    assert result.landed is not None
    assert rows(result.landed.events, "value") == [(1234.0,), (0.5,)]


def test_cells_are_shown_as_they_were_written() -> None:
    table = pa.table({"v": cells([1.5, "x", None, datetime(2025, 2, 3, 14), b"y", [1]])})
    assert as_written(table).column("v").to_pylist() == [
        "1.5", "x", None, "2025-02-03 14:00:00", "y", "[1]",
    ]  # fmt: skip
    assert as_text(table.column("v").combine_chunks()).to_pylist()[0] == "1.5"
