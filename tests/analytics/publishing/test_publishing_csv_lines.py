from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.publishing.csv_lines import csv_line


@pytest.mark.parametrize("start", list("=+-@\t\r\n＝＋－＠"))
def test_a_text_that_a_spreadsheet_would_run_is_disarmed(start: str) -> None:
    cell = next(csv.reader(io.StringIO(csv_line([f"{start}cmd|' /C calc'!A0"]), newline="")))[0]
    assert cell.startswith(f"'{start}")


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers())
def test_a_number_stays_the_number_it_is(number: float) -> None:
    assert float(csv_line([number])) == float(number)


@given(st.lists(st.text(), min_size=2, max_size=5))
def test_every_text_comes_back_as_it_was_but_for_the_apostrophe(texts: list[str]) -> None:
    back = next(csv.reader(io.StringIO(csv_line(texts), newline="")))
    assert [one.removeprefix("'") for one in back] == [one.removeprefix("'") for one in texts]


def test_times_dates_flags_and_gaps_are_written_plainly() -> None:
    values = [datetime(2026, 3, 1, 12, tzinfo=UTC), date(2026, 3, 1), True, False, None]
    assert csv_line(values) == "2026-03-01T12:00:00+00:00,2026-03-01,true,false,\r\n"
