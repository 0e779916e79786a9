from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.domain.numbers.measures import Column, Unit
from analytics.exports.csv_lines import csv_cell_sql, csv_line

UNHURRIED = settings(deadline=None)  # a loaded machine is no failure
DATABASE = duckdb.connect()


@pytest.mark.parametrize("start", list("=+-@\t\r\n＝＋－＠"))
def test_a_text_that_a_spreadsheet_would_run_is_disarmed(start: str) -> None:
    cell = next(csv.reader(io.StringIO(csv_line([f"{start}cmd|' /C calc'!A0"]), newline="")))[0]
    assert cell.startswith(f"'{start}")


@UNHURRIED
@given(
    st.sampled_from(["Europe/Berlin", "America/Sao_Paulo", "Asia/Kathmandu", "Pacific/Kiritimati"]),
    st.datetimes(datetime(1995, 1, 1), datetime(2037, 12, 31), timezones=st.just(UTC)),
)
def test_the_database_writes_a_time_of_a_zone_as_python_does(zone: str, moment: datetime) -> None:
    column = Column("cell", Unit.TIME, "", "")
    written = written_by_database(column, moment.replace(tzinfo=None), zone)
    assert f"{written},\r\n" == csv_line([moment.astimezone(ZoneInfo(zone)), None])


@UNHURRIED
@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers())
def test_a_number_stays_the_number_it_is(number: float) -> None:
    assert float(csv_line([number])) == float(number)


@UNHURRIED
@given(st.lists(st.text(), min_size=2, max_size=5))
def test_every_text_comes_back_as_it_was_but_for_the_apostrophe(texts: list[str]) -> None:
    back = next(csv.reader(io.StringIO(csv_line(texts), newline="")))
    assert [one.removeprefix("'") for one in back] == [one.removeprefix("'") for one in texts]


def test_times_dates_flags_and_gaps_are_written_plainly() -> None:
    values = [datetime(2026, 3, 1, 12, tzinfo=UTC), date(2026, 3, 1), True, False, None]
    assert csv_line(values) == "2026-03-01T12:00:00+00:00,2026-03-01,true,false,\r\n"


@UNHURRIED
@given(st.text() | st.sampled_from(["=1+1", '"', "a,b", "\r", "\n", "+", "＝x", '-"', "'", ""]))
def test_the_database_writes_a_text_as_python_does(text: str) -> None:
    column = Column("cell", Unit.TEXT, "", "")
    assert f"{written_by_database(column, text)},\r\n" == csv_line([text, None])


@UNHURRIED
@given(st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)) | st.none())
def test_the_database_writes_a_time_as_python_does(moment: datetime | None) -> None:
    column = Column("cell", Unit.TIME, "", "")
    assert f"{written_by_database(column, moment)},\r\n" == csv_line([moment, None])


@UNHURRIED
@given(st.floats(allow_nan=False, allow_infinity=False) | st.booleans() | st.integers(-9, 9))
def test_the_database_writes_a_number_or_flag_that_reads_back_the_same(value: float) -> None:
    unit = Unit.FLAG if isinstance(value, bool) else Unit.MONEY
    text = written_by_database(Column("cell", unit, "", ""), value)
    assert text == str(value).lower() if isinstance(value, bool) else float(text) == value


def written_by_database(column: Column, value: object, zone: str = "UTC") -> str:
    given_as = {Unit.TEXT: "varchar", Unit.TIME: "timestamp", Unit.FLAG: "boolean"}
    kind = given_as.get(column.unit, "double")
    query = f"select {csv_cell_sql(column, zone)} from (select cast(? as {kind}) as cell)"
    return str(DATABASE.execute(query, [value]).fetchall()[0][0])
