"""A time format reads what is written by it, in the zone that the text names, and no words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.errors import UsageError
from analytics.etl.mappings.mapping_columns import ColumnSpec
from analytics.etl.raw_clicks.click_file import read_clicks
from analytics.etl.values.texts import SourceColumns
from analytics.etl.values.time_formats import time_format
from analytics.etl.values.times import parse_times
from analytics.modelling.one_table.columns import typed_column
from tests.analytics.etl.etl_world import mapping_of


def read(texts: list[str | None], form: str, zone: str = "UTC") -> list[datetime | None]:
    columns = SourceColumns(pa.table({"t": pa.array(texts, pa.string())}), ())
    found: list[datetime | None] = parse_times(
        columns, ColumnSpec(column="t", format=form), zone
    ).to_pylist()
    return found


def utc(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text).replace(tzinfo=UTC)


WORDS = ["now", "today", "NOW", "Today", "tomorrow", "yesterday", "NaT", "nan", "None", "infinity",
         "-infinity", "epoch", "", "0"]  # fmt: skip
FORMS = ["iso", "%d.%m.%Y", "%Y-%m-%d", "%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M:%S%z", "%Y%m%d",
         "%Y-%m-%dT%H:%M:%SZ", "%d %b %Y %Z"]  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_no_word_is_a_time_under_any_form(form: str) -> None:
    assert read(list(WORDS), form) == [None] * len(WORDS)


PLAIN = ["%Y-%m-%d %H:%M:%S.%f", "%d.%m.%Y %H:%M:%S", "%m/%d/%Y %I:%M:%S %p", "%d %b %Y %H:%M",
         "%A, %d. %B %Y", "%Y%m%d%H%M%S", "%Y-%j", "%d/%m/%y", "%Y %W %w", "%Y %U %a"]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1)), st.sampled_from(PLAIN))
def test_what_a_form_writes_it_reads_as_python_does(at: datetime, form: str) -> None:
    text = at.strftime(form)
    assert read([text], form) == [datetime.strptime(text, form).replace(tzinfo=UTC)]


@settings(max_examples=100, deadline=None)
@given(st.dates(datetime(1990, 1, 1).date(), datetime(2060, 1, 1).date()))
def test_iso_weeks_are_the_days_that_they_name(day: object) -> None:
    year, week, weekday = day.isocalendar()  # type: ignore[attr-defined]
    assert read([f"{year}-W{week:02d}-{weekday}"], "%G-W%V-%u") == [utc(str(day))]


@pytest.mark.parametrize(
    ("text", "form", "time"),
    [
        ("31.04.2025", "%d.%m.%Y", None),
        ("29.02.2023", "%d.%m.%Y", None),
        ("2025-366", "%Y-%j", None),
        ("2025-W53-1", "%G-W%V-%u", None),
        ("2025203", "%Y%m%d", None),  # 3 February, or the 20th month
        ("03.02.2025 x", "%d.%m.%Y", None),
        ("3 FEB 2025", "%d %b %Y", "2025-02-03"),
        ("3\u00a0feb\u202f2025", "%d %b %Y", "2025-02-03"),
        ("3 févr. 2025", "%d %b %Y", None),
        ("12:05 a.m. 02/03/2025", "%I:%M %p %m/%d/%Y", "2025-02-03 00:05"),
        ("03.02.68", "%d.%m.%y", "2068-02-03"),
        ("03.02.69", "%d.%m.%y", "1969-02-03"),
    ],
)
def test_a_form_reads_no_day_that_is_none(text: str, form: str, time: str | None) -> None:
    assert read([text], form) == [utc(time)]


@pytest.mark.parametrize(
    ("text", "form", "time"),
    [
        ("2025-07-03 14:00 UTC", "%Y-%m-%d %H:%M %Z", "2025-07-03 14:00"),
        ("2025-07-03 14:00 GMT", "%Y-%m-%d %H:%M %Z", "2025-07-03 14:00"),
        ("2025-07-03 14:00 CEST", "%Y-%m-%d %H:%M %Z", "2025-07-03 12:00"),
        ("2025-01-03 14:00 CET", "%Y-%m-%d %H:%M %Z", "2025-01-03 13:00"),
        ("2025-10-26 02:30 CEST", "%Y-%m-%d %H:%M %Z", "2025-10-26 00:30"),
        ("2025-10-26 02:30 CET", "%Y-%m-%d %H:%M %Z", "2025-10-26 01:30"),
        ("2025-07-03 14:00 America/New_York", "%Y-%m-%d %H:%M %Z", "2025-07-03 18:00"),
        ("2025-07-03 14:00 UTC+02:00", "%Y-%m-%d %H:%M %Z", "2025-07-03 12:00"),
        ("2025-07-03 14:00 EST", "%Y-%m-%d %H:%M %Z", None),
        ("2025-07-03 14:00 Foo/Bar", "%Y-%m-%d %H:%M %Z", None),
        ("2025-07-03 14:00Z", "%Y-%m-%d %H:%M%z", "2025-07-03 14:00"),
        ("2025-07-03 14:00-0530", "%Y-%m-%d %H:%M%z", "2025-07-03 19:30"),
        ("2025-07-03 14:00+99:00", "%Y-%m-%d %H:%M%z", None),
        ("2025-07-03T14:00:00Z", "%Y-%m-%dT%H:%M:%SZ", "2025-07-03 14:00"),
        ("2025-07-03T14:00:00.000Z", "%Y-%m-%dT%H:%M:%S.000Z", "2025-07-03 14:00"),
        ("2025-07-03 14:00 UTC", "%Y-%m-%d %H:%M UTC", "2025-07-03 14:00"),
        ("2025-07-03 14:00+02:00", "%Y-%m-%d %H:%M+02:00", "2025-07-03 12:00"),
        ("2025-07-03 14:00 Uhr", "%Y-%m-%d %H:%M Uhr", "2025-07-03 12:00"),
        ("Thu Jul 03 2025 14:00:00 GMT+0100", "%a %b %d %Y %H:%M:%S GMT%z", "2025-07-03 13:00"),
    ],
)
def test_the_zone_that_a_text_names_counts(text: str, form: str, time: str | None) -> None:
    neighbour = {"Z": "2025-07-03 14:00 UTC"}.get(form[-1])
    found = read([text, neighbour], form, "Europe/Berlin")
    assert found[0] == utc(time)
    if neighbour is not None and "%Z" in form:
        assert found[1] == utc("2025-07-03 14:00")


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ("%d.%m.%J", "%J"), ("%", "%"), ("%H:%M", "year"), ("%d.%m", "year"),
        ("%d.%m.%Y %d", "twice"), ("%G-%m", "%V"), ("%Y %W", "day of the week"), ("%s", "%s"),
    ],
)  # fmt: skip
def test_a_form_that_is_none_is_named_when_the_mapping_is_read(form: str, says: str) -> None:
    text = f"""
[[source]]
name = "orders"
to = "events"
path = "orders.csv"
format = "csv"
[source.columns]
customer_id = "customer"
occurred_at = {{ column = "at", format = "{form}" }}
event_type = {{ constant = "order" }}
"""
    with pytest.raises(UsageError) as caught:
        mapping_of(text)
    assert says in caught.value.message
    assert "occurred_at" in caught.value.message


def test_a_form_is_compiled_with_its_own_literals() -> None:
    form = time_format("%Y.%m.%d (%H)")
    assert pd.Series(["2025.02.03 (14)", "2025x02x03 (14)"]).str.match(form.pattern).tolist() == [
        True, False,
    ]  # fmt: skip


def test_clicks_and_snapshots_take_no_word_for_a_time(tmp_path: Path) -> None:
    file = tmp_path / "clicks.csv"
    file.write_text(
        "customer_id,session_id,clicked_at,element\n"
        "a,1,now,b\na,1,today,b\na,1,2025-02-03T14:00:00,b\n"
    )
    clicks, left_out = read_clicks(file)
    assert (len(clicks), left_out) == (1, 2)
    days, _ = typed_column(pd.Series([*["2025-02-13"] * 19, "now"]))
    assert days is not None
    assert days.isna().tolist() == [False] * 19 + [True]


def test_a_count_in_exponents_is_no_time() -> None:
    columns = SourceColumns(pa.table({"t": ["1738591200000", "1.73859E+12"]}), ())
    found = parse_times(columns, ColumnSpec(column="t", epoch="ms"), "UTC").to_pylist()
    assert found == [datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=1_738_591_200), None]
