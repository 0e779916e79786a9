"""What events contradict is put right, counted and told once; refunds are no sign of life."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.etl.ingest import IngestResult
from tests.analytics.etl.etl_world import HEADER, SHOP, land, land_text, mapping_of, rows, write

ADDED = SHOP.replace('"csv"', '"csv"\nduplicates = "add"')
PEOPLE = """
[[source]]
name = "people"
to = "customers"
path = "people.csv"
format = "csv"
[source.columns]
customer_id = "who"
signed_up_at = "began"
ended_at = "left"
end_reason = "why"
contract_ends_at = "term"
"""


def events(result: IngestResult) -> list[tuple[Any, ...]]:
    assert result.landed is not None
    return rows(result.landed.events, "event_id, event_type, value")


def test_a_negative_order_is_a_return_of_that_amount(tmp_path: Path) -> None:
    content = HEADER + "1,a,2024-01-05,50\n2,a,2024-01-06,-20\n3,a,2024-01-07,0\n4,a,2024-01-08,\n"
    result = land_text(tmp_path, content)
    assert events(result) == [
        ("1", "order", 50.0), ("2", "return", 20.0), ("3", "order", 0.0), ("4", "order", None),
    ]  # fmt: skip
    assert result.report.corrections == {"negative_order_as_return": 1}
    assert "look like returns: 1 of 4 orders" in result.report.warnings[0]
    assert "factor = -1" not in result.report.warnings[0]


def test_a_refund_under_the_number_of_its_order_does_not_replace_the_order(tmp_path: Path) -> None:
    result = land_text(tmp_path, HEADER + "1,a,2024-01-05,50\n1,a,2024-02-05,-50\n")
    assert events(result) == [("1", "order", 50.0), ("1", "return", 50.0)]
    assert result.report.duplicates == 0


def test_lines_are_added_up_before_the_sign_is_looked_at(tmp_path: Path) -> None:
    content = HEADER + "1,a,2024-01-05,50\n1,a,2024-01-05,-5\n2,a,2024-01-06,5\n2,a,2024-01-06,-9\n"
    assert events(land_text(tmp_path, content, mapping_of(ADDED))) == [
        ("1", "order", 45.0), ("2", "return", 4.0),
    ]  # fmt: skip


def test_a_mapping_may_say_that_negative_orders_are_orders(tmp_path: Path) -> None:
    kept = mapping_of(SHOP.replace('"csv"', '"csv"\nnegative_orders = "keep"'))
    result = land_text(tmp_path, HEADER + "1,a,2024-01-05,-50\n", kept)
    assert events(result) == [("1", "order", -50.0)]
    assert (result.report.corrections, result.report.warnings) == ({}, ())


def test_sales_written_as_negative_numbers_are_told_with_the_way_out(tmp_path: Path) -> None:
    result = land_text(tmp_path, HEADER + "1,a,2024-01-05,-50\n2,a,2024-01-06,-20\n")
    assert "set factor = -1" in result.report.warnings[0]
    assert result.report.event_types == {"return": 2}


@pytest.mark.parametrize("kind", ["session", "survey_response", "invoice_paid", "return"])
def test_other_events_keep_their_sign(tmp_path: Path, kind: str) -> None:
    mapping = mapping_of(SHOP.replace('"order"', f'"{kind}"'))
    assert events(land_text(tmp_path, HEADER + "1,a,2024-01-05,-50\n", mapping)) == [
        ("1", kind, -50.0)
    ]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(-3, 3), min_size=1, max_size=10))
def test_no_money_is_lost_to_the_sign(tmp_path_factory: Any, amounts: list[int]) -> None:
    content = HEADER + "".join(f"{n},a,2024-01-05,{one}\n" for n, one in enumerate(amounts))
    landed = events(land_text(tmp_path_factory.mktemp("w"), content))
    assert sum(value if kind == "order" else -value for _, kind, value in landed) == sum(amounts)
    assert all(value >= 0 for _, _, value in landed)


def land_people(folder: Path, people: str, orders: str, **options: Any) -> IngestResult:
    write(folder / "in" / "people.csv", f"who,began,left,why,term\n{people}")
    write(folder / "in" / "orders.csv", HEADER + orders)
    return land(folder, mapping_of(SHOP + PEOPLE), folder / "in", **options)


def of_customer(result: IngestResult) -> tuple[Any, ...]:
    assert result.landed is not None
    return rows(result.landed.customers, "signed_up_at, signed_up_by, ended_at, end_reason")[0]


def day(month: int, day: int = 1, hour: int = 0) -> datetime:
    return datetime(2024, month, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("signed_up", "expected", "by"),
    [
        ("2024-06-01", day(2, 1, 10), "first_event"),
        ("2024-02-02", day(2, 1, 10), "first_event"),
        # On the day itself the hour may be that of the record.
        ("2024-02-01 18:00", day(2, 1, 18), "recorded"),
        ("2024-01-01", day(1), "recorded"),
    ],
)
def test_a_sign_up_after_the_first_event_is_moved_to_it(
    tmp_path: Path, signed_up: str, expected: datetime, by: str
) -> None:
    result = land_people(tmp_path, f"a,{signed_up},,,\n", "1,a,2024-02-01 10:00,5\n")
    assert of_customer(result)[:2] == (expected, by)
    moved = by == "first_event"
    assert result.report.corrections == ({"sign_up_after_first_event": 1} if moved else {})
    told = [one for one in result.report.warnings if "sign-up after the first event: 1 cust" in one]
    assert len(told) == moved


def test_being_approached_before_the_sign_up_moves_nothing(tmp_path: Path) -> None:
    mapping = mapping_of(SHOP.replace('{ constant = "order" }', '"amount"').replace(
        'value = "amount"\n', "") + PEOPLE)  # fmt: skip
    write(tmp_path / "in" / "people.csv", "who,began,left,why,term\na,2024-03-01,,,\n")
    body = "1,a,2024-01-01,offer_sent\n2,a,2024-03-02,order\n"
    write(tmp_path / "in" / "orders.csv", HEADER + body)
    result = land(tmp_path, mapping, tmp_path / "in")
    assert of_customer(result)[:2] == (day(3), "recorded")


def test_a_moved_sign_up_is_moved_again_by_events_that_come_later(tmp_path: Path) -> None:
    land_people(tmp_path, "a,2024-06-01,,,\n", "1,a,2024-02-01,5\n")
    result = land_people(tmp_path, "b,2024-06-01,,,\n", "2,a,2024-01-01,5\n", append=True)
    assert of_customer(result)[:2] == (day(1), "first_event")


@pytest.mark.parametrize(
    ("people", "last_order", "told"),
    [
        ("a,2024-01-01,2024-03-01,cancelled,\n", "2024-06-01", True),
        # A month that was paid for runs out; so does a committed term.
        ("a,2024-01-01,2024-03-01,cancelled,\n", "2024-03-28", False),
        ("a,2024-01-01,2024-03-01,cancelled,2024-05-31\n", "2024-06-01", False),
        ("a,2024-01-01,2025-03-01,cancelled,\n", "2024-06-01", False),
        ("a,2024-01-01,,,2024-02-01\n", "2024-06-01", False),
    ],
)
def test_who_is_active_long_after_the_recorded_end_has_left_but_is_told_of(
    tmp_path: Path, people: str, last_order: str, told: bool
) -> None:
    result = land_people(tmp_path, people, f"1,a,2024-01-01,5\n2,a,{last_order},5\n")
    assert (of_customer(result)[2] is not None) is ("cancelled" in people)
    assert any("days after the recorded end: 1 c" in one for one in result.report.warnings) is told
    assert result.report.corrections == {}
