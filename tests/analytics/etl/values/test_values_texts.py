"""Numbers and times follow their declared form; what does not is missing, never guessed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.etl.mappings.mapping_columns import ColumnSpec, Condition
from analytics.etl.sources.arrow_types import as_text
from analytics.etl.values.conditions import all_hold
from analytics.etl.values.numbers import NumberStyle, NumberStyles, parse_numbers
from analytics.etl.values.texts import SourceColumns
from analytics.etl.values.times import parse_times
from analytics.etl.values.words import make_words

PLAIN = NumberStyle()


def times(texts: list[str | None], zone: str = "UTC", **spec: object) -> list[datetime | None]:
    columns = SourceColumns(pa.table({"t": pa.array(texts, pa.string())}), ())
    made = parse_times(columns, ColumnSpec.model_validate({"column": "t", **spec}), zone)
    found: list[datetime | None] = made.to_pylist()
    return found


@pytest.mark.parametrize(
    ("text", "style", "number"),
    [
        ("12", PLAIN, 12.0),
        ("-1.5e3", PLAIN, -1500.0),
        ("+.5", PLAIN, 0.5),
        ("1,234", PLAIN, None),
        ("nan", PLAIN, None),
        ("inf", PLAIN, None),
        ("0x10", PLAIN, None),
        ("1 2", PLAIN, None),
        ("1.234,56", NumberStyle(",", "."), 1234.56),
        ("1234,56", NumberStyle(",", "."), 1234.56),
        ("1.23", NumberStyle(",", "."), None),
        ("1,234.5", NumberStyle(".", ","), 1234.5),
        ("12,34", NumberStyle(".", ","), None),
        ("1 234,5", NumberStyle(",", " "), 1234.5),
        ("$ 12.50", NumberStyle(remove=("$",)), 12.5),
    ],
)
def test_numbers_follow_their_declared_marks(
    text: str, style: NumberStyle, number: float | None
) -> None:
    assert parse_numbers(pa.array([text]), style).to_pylist() == [number]


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False)))
def test_every_finite_number_is_read_back_exactly(numbers: list[float]) -> None:
    texts = pa.array([repr(one) for one in numbers], pa.string())
    assert parse_numbers(texts, PLAIN).to_pylist() == numbers


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2024-02-29", "2024-02-29T00:00:00+00:00"),
        ("2024-02-29 13:45", "2024-02-29T13:45:00+00:00"),
        ("2024-02-29T13:45:01.123456789", "2024-02-29T13:45:01.123456+00:00"),
        ("2024-02-29T13:45:01Z", "2024-02-29T13:45:01+00:00"),
        ("2024-02-29T13:45:01+05:30", "2024-02-29T08:15:01+00:00"),
        ("2024-02-29 13:45 -0800", "2024-02-29T21:45:00+00:00"),
        ("9999-12-31", "9999-12-31T00:00:00+00:00"),
        ("1970-01-01", "1970-01-01T00:00:00+00:00"),
        ("2023-02-29", None),
        ("2024-13-01", None),
        ("2024-01-01 25:00", None),
        ("2024", None),
        ("20240229", None),
        ("29.02.2024", None),
        ("1709164800", None),
        ("NaT", None),
        ("", None),
    ],
)
def test_iso_times_are_read_and_nothing_else(text: str, time: str | None) -> None:
    expected = None if time is None else datetime.fromisoformat(time)
    assert times([text]) == [expected]


def test_a_bad_time_does_not_spoil_its_neighbours() -> None:
    found = times(["2024-01-01", "2024-02-31", "2024-03-01T00:00:00+01:00", None])
    assert found == [
        datetime(2024, 1, 1, tzinfo=UTC), None, datetime(2024, 2, 29, 23, tzinfo=UTC), None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("local", "zone", "utc"),
    [
        ("2021-10-31 02:30", "Europe/Berlin", "2021-10-31T00:30"),  # repeated: the first
        ("2021-03-28 02:30", "Europe/Berlin", "2021-03-28T01:00"),  # skipped: moved forward
        ("2024-01-01 00:00", "Pacific/Kiritimati", "2023-12-31T10:00"),
        ("2024-02-29 00:00", "America/New_York", "2024-02-29T05:00"),
    ],
)
def test_local_times_follow_their_zone_through_clock_changes(
    local: str, zone: str, utc: str
) -> None:
    assert times([local], zone) == [datetime.fromisoformat(f"{utc}:00+00:00")]


ZONES = ["Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC"]


@settings(max_examples=60, deadline=None)
@given(st.datetimes(datetime(1990, 1, 1), datetime(2036, 1, 1)), st.sampled_from(ZONES))
def test_every_local_time_becomes_the_moment_its_zone_says(local: datetime, zone: str) -> None:
    local = local.replace(microsecond=0)
    found = times([local.isoformat()], zone)[0]
    assert found is not None
    expected = local.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)
    exists = expected.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == local
    if exists:
        assert found == expected
    else:
        assert expected - timedelta(hours=1) <= found <= expected + timedelta(hours=1)


def test_declared_formats_epochs_and_offsets_are_read() -> None:
    assert times(["31.01.2024 05", "x"], format="%d.%m.%Y %H") == [
        datetime(2024, 1, 31, 5, tzinfo=UTC), None,
    ]  # fmt: skip
    assert times(["1700000000", "1e30", "-"], epoch="s") == [
        datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC), None, None,
    ]  # fmt: skip
    assert times(["-1", "36"], offset="hours", anchor="2024-01-01") == [
        datetime(2023, 12, 31, 23, tzinfo=UTC), datetime(2024, 1, 2, 12, tzinfo=UTC),
    ]  # fmt: skip


def test_an_offset_counts_from_the_date_that_another_column_names() -> None:
    table = pa.table({"day": ["10", "10", "10"], "term": ["A", "B", "C"]})
    spec = ColumnSpec.model_validate(
        {
            "column": "day",
            "offset": "days",
            "anchor_column": "term",
            "anchor_values": {"A": "2024-02-01", "B": "2024-10-01"},
        }
    )
    found = parse_times(SourceColumns(table, ()), spec, "UTC").to_pylist()
    assert found == [
        datetime(2024, 2, 11, tzinfo=UTC), datetime(2024, 10, 11, tzinfo=UTC), None,
    ]  # fmt: skip


def test_identifiers_kept_as_numbers_lose_their_decimals() -> None:
    assert as_text(pa.array([17850.0, 1.5, None, float("nan")])).to_pylist() == [
        "17850", "1.5", None, None,
    ]  # fmt: skip
    assert as_text(pa.array([True, False])).to_pylist() == ["true", "false"]


COLUMNS = SourceColumns(
    pa.table(
        {
            "kind": ["A", "B", " C ", "NA", None],
            "n": ["1", "10", "x", "", "2"],
            "flag": ["TRUE", "false", "True", "", "yes"],
        }
    ),
    ("NA",),
)


@pytest.mark.parametrize(
    ("column", "operator", "value", "rows"),
    [
        ("kind", "=", "C", [2]),
        ("kind", "!=", "C", [0, 1, 3, 4]),
        ("kind", "in", ["A", "B"], [0, 1]),
        ("kind", "not_in", ["A", "B"], [2, 3, 4]),
        ("kind", "missing", None, [3, 4]),
        ("kind", "present", None, [0, 1, 2]),
        ("kind", "matches", "^[AB]$", [0, 1]),
        ("kind", "starts_with", "A", [0]),
        ("kind", "not_starts_with", "A", [1, 2, 3, 4]),
        ("n", "<", 3, [0, 4]),
        ("n", ">=", 2, [1, 4]),
        ("n", "=", 10, [1]),
        ("flag", "=", True, [0, 2]),
    ],
)
def test_conditions_hold_for_the_rows_they_name(
    column: str, operator: str, value: object, rows: list[int]
) -> None:
    condition = Condition.model_validate({"column": column, "is": operator, "value": value})
    held = all_hold([condition], COLUMNS, NumberStyles(PLAIN)).to_pylist()
    assert [at for at, one in enumerate(held) if one] == rows


def words(**spec: object) -> list[str | None]:
    found: list[str | None] = make_words(
        COLUMNS, ColumnSpec.model_validate(spec), NumberStyles(PLAIN)
    ).to_pylist()
    return found


def test_words_are_renamed_joined_looked_up_and_chosen_by_rules() -> None:
    assert words(column="kind") == ["A", "B", "C", None, None]
    assert words(columns=["kind", "flag"]) == ["A-TRUE", "B-false", "C-True", None, None]
    assert words(column="kind", values={"A": "order"}) == ["order", "B", "C", None, None]
    assert words(column="kind", values={"A": "order"}, otherwise="other") == [
        "order", "other", "other", None, None,
    ]  # fmt: skip
    rule = {"when": [{"column": "n", "is": ">", "value": 1}], "then": "many"}
    assert words(rules=[rule], otherwise="few") == ["few", "many", "few", "few", "many"]
    assert words(column="kind", prefix="k-")[:2] == ["k-A", "k-B"]
