"""Rows that tell of the same thing: the later counts, each once, and none is lost track of."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.etl.ingest import IngestResult
from tests.analytics.etl.etl_world import (
    HEADER,
    SHOP,
    land,
    land_text,
    mapping_of,
    rows,
    shop,
    write,
)

ADDED = SHOP.replace('"csv"', '"csv"\nduplicates = "add"')
KEPT = SHOP.replace('"csv"', '"csv"\nduplicates = "keep"').replace('event_id = "id"\n', "")
WITHOUT_ID = SHOP.replace('event_id = "id"\n', "")
PEOPLE = """
[[source]]
name = "people"
to = "customers"
path = "people*.csv"
format = "csv"
[source.columns]
customer_id = "who"
plan = "plan"
monthly_revenue = "mrr"
"""
HEAD = "who,plan,mrr\n"
ONE = HEADER + "1,a,2024-01-01,1\n"


def events(result: IngestResult, columns: str) -> list[tuple[object, ...]]:
    assert result.landed is not None
    return rows(result.landed.events, columns)


def customers(result: IngestResult, columns: str = "customer_id, plan, monthly_revenue") -> object:
    assert result.landed is not None
    return rows(result.landed.customers, columns)


def in_files(folder: Path, **files: str) -> Path:
    for name, content in files.items():
        write(folder / "in" / f"{name}.csv", content)
    return folder / "in"


def test_the_later_file_of_a_source_counts_wherever_the_row_stands_in_it(tmp_path: Path) -> None:
    january = HEAD + "".join(f"x{n},basic,1\n" for n in range(5)) + "a,basic,10\n"
    given = in_files(
        tmp_path,
        people_1=january,
        people_2=HEAD + "a,pro,900\n",
        orders=ONE,
    )
    result = land(tmp_path, mapping_of(SHOP + PEOPLE), given)
    assert customers(result)[0] == ("a", "pro", 900.0)  # type: ignore[index]


def test_files_of_a_folder_are_read_in_the_natural_order_of_their_names(tmp_path: Path) -> None:
    given = in_files(
        tmp_path,
        people_2=HEAD + "a,two,2\n",
        people_10=HEAD + "a,ten,10\n",
        orders=ONE,
    )
    result = land(tmp_path, mapping_of(SHOP + PEOPLE), given)
    assert customers(result) == [("a", "ten", 10.0)]


def test_files_named_one_by_one_are_read_in_the_order_given(tmp_path: Path) -> None:
    given = in_files(
        tmp_path,
        people_1=HEAD + "a,one,1\n",
        people_2=HEAD + "a,two,\n",
        orders=ONE,
    )
    names = ("people_2.csv", "people_1.csv", "orders.csv")
    result = land(tmp_path, mapping_of(SHOP + PEOPLE), *(given / one for one in names))
    assert customers(result) == [("a", "one", 1.0)]
    note = "source people: people_2.csv, then people_1.csv. Where rows differ, the later file"
    assert any(note in one for one in result.report.warnings)
    # Each column takes the last value that is there: the later file does not know the revenue.
    result = land(tmp_path, mapping_of(SHOP + PEOPLE), given)
    assert customers(result) == [("a", "two", 1.0)]


def test_a_file_that_is_given_twice_is_read_once(tmp_path: Path) -> None:
    given = in_files(tmp_path, orders=ONE)
    result = land(tmp_path, shop(), given, given / "orders.csv")
    assert (result.report.read, result.report.duplicates) == (1, 0)


def test_a_later_source_counts_before_an_earlier_one(tmp_path: Path) -> None:
    given = in_files(
        tmp_path,
        people=HEAD + "a,basic,1\nb,basic,1\n",
        crm=HEAD + "a,pro,9\n",
        orders=ONE,
    )
    crm = PEOPLE.replace('"people"', '"crm"').replace("people*", "crm*")
    result = land(tmp_path, mapping_of(SHOP + PEOPLE + crm), given)
    assert customers(result) == [("a", "pro", 9.0), ("b", "basic", 1.0)]
    result = land(tmp_path, mapping_of(SHOP + crm + PEOPLE), given)
    assert customers(result) == [("a", "basic", 1.0), ("b", "basic", 1.0)]


BY_QUERY = """
[[source]]
name = "people"
path = "people*.csv"
format = "csv"
[[source]]
name = "latest"
to = "customers"
query = "SELECT who, arg_max(plan, rowid) AS plan FROM people GROUP BY who"
[source.columns]
customer_id = "who"
plan = "plan"
"""


def test_queries_see_the_files_of_a_source_in_the_same_order(tmp_path: Path) -> None:
    given = in_files(
        tmp_path,
        people_2=HEAD + "b,x,0\na,two,2\n",
        people_10=HEAD + "a,ten,10\n",
        orders=ONE,
    )
    result = land(tmp_path, mapping_of(SHOP + BY_QUERY), given)
    assert customers(result, "customer_id, plan") == [("a", "ten"), ("b", "x")]
    plain = BY_QUERY.replace("arg_max(plan, rowid) AS plan", "plan").replace(" GROUP BY who", "")
    result = land(tmp_path, mapping_of(SHOP + plain), given)
    assert customers(result, "customer_id, plan") == [("a", "ten"), ("b", "x")]


def test_of_two_rows_of_one_event_the_later_one_counts_and_the_difference_is_told(
    tmp_path: Path,
) -> None:
    given = in_files(
        tmp_path,
        orders_1=HEADER + "7,b,2024-01-01,1\n1,a,2024-01-01,59\n",
        orders_2=HEADER + "1,a,2024-01-02,49\n",
    )
    result = land(tmp_path, shop(), given)
    assert events(result, "event_id, value") == [("1", 49.0), ("7", 1.0)]
    assert result.report.duplicates == 1
    assert [one for one in result.report.warnings if "such as id 1 of customer a" in one]


def test_an_event_received_twice_was_known_when_it_was_received_first(tmp_path: Path) -> None:
    mapping = mapping_of(SHOP.replace('value = "amount"', 'received_at = "amount"'))
    content = HEADER + "1,a,2024-01-01,2024-01-02\n1,a,2024-01-01,2024-01-09\n"
    result = land_text(tmp_path, content, mapping)
    assert events(result, "day(received_at)") == [(2,)]
    assert result.report.warnings == ()


def test_ids_that_start_again_with_each_customer_are_events_of_each(tmp_path: Path) -> None:
    content = HEADER + "1,a,2025-02-03,1\n1,b,2025-02-04,2\n1,c,2025-02-05,3\n2,a,2025-03-03,1\n"
    report = land_text(tmp_path, content).report
    assert (report.events, report.duplicates, report.warnings) == (4, 0, ())


def test_ids_that_start_again_each_year_are_told_with_the_way_out(tmp_path: Path) -> None:
    content = HEADER + "1,a,2024-02-03,1\n2,a,2024-02-04,2\n1,a,2025-02-03,5\n"
    report = land_text(tmp_path, content).report
    assert (report.events, report.duplicates) == (2, 1)
    assert 'event_id = { columns = ["Date", "Order no"] }' in report.warnings[0]
    added = land_text(tmp_path, content, mapping_of(ADDED)).report
    assert (added.events, added.merged) == (2, 1)
    assert added.warnings[0].startswith("Lines more than a week apart were added up in 1 event.")


LINES = "id,customer,at,amount,sku\n"
JANUARY = LINES + "100,a,2025-01-31,10,x\n100,a,2025-01-31,5,y\n"


def test_overlapping_exports_of_lines_are_not_doubled(tmp_path: Path) -> None:
    both = JANUARY + "101,a,2025-02-03,7,x\n"
    given = in_files(tmp_path, orders_jan=JANUARY, orders_jan_feb=both)
    result = land(tmp_path, mapping_of(ADDED), given)
    assert events(result, "event_id, value") == [("100", 15.0), ("101", 7.0)]
    report = result.report
    assert (report.read, report.accepted, report.merged, report.rejected) == (5, 4, 1, 0)
    assert (report.duplicates, report.events) == (2, 2)
    assert (
        "orders_jan_feb.csv holds 2 of the 2 rows of orders_jan.csv too. Each counts once."
        in report.warnings
    )


@pytest.mark.parametrize(
    ("second", "value", "told"),
    [
        # The same line twice in one file is meant, and still is when the file comes again.
        (
            LINES + "100,a,2025-01-31,10,x\n100,a,2025-01-31,10,x\n",
            25.0,
            "orders_2.csv holds 1 of the 2 rows",
        ),
        # Nothing but the stamp of the export differs.
        (LINES + "100,a,2025-01-31,10,x (2)\n100,a,2025-01-31,5,y (2)\n", 15.0, "the same 2 rows"),
        # The rest of the invoice.
        (LINES + "100,a,2025-01-31,2,z\n", 17.0, "Different lines of 1 event lie in several files"),
    ],
)
def test_lines_in_two_files_count_as_often_as_one_of_them_says(
    tmp_path: Path, second: str, value: float, told: str
) -> None:
    given = in_files(tmp_path, orders_1=JANUARY, orders_2=second)
    result = land(tmp_path, mapping_of(ADDED), given)
    assert events(result, "event_id, value") == [("100", value)]
    assert any(told in one for one in result.report.warnings)


@pytest.mark.parametrize("text", [SHOP, ADDED, KEPT, WITHOUT_ID], ids=["id", "add", "keep", "none"])
def test_a_file_loaded_twice_under_another_name_changes_nothing_and_is_told(
    tmp_path: Path, text: str
) -> None:
    content = HEADER + "1,a,2024-01-01,5\n1,a,2024-01-01,5\n2,b,2024-01-02,7\n3,b,2024-01-02,7\n"
    content = content.replace("3,b,2024-01-02,7\n", "") if text in (SHOP, ADDED) else content
    once = land(tmp_path / "one", mapping_of(text), in_files(tmp_path / "one", orders=content))
    given = in_files(tmp_path / "two", orders=content, orders_copy=content)
    twice = land(tmp_path / "two", mapping_of(text), given)
    assert events(once, "*") == events(twice, "*")
    assert any("as if one file had been loaded twice" in one for one in twice.report.warnings)
    assert not any("loaded twice" in one for one in once.report.warnings)
    again = land(tmp_path / "one", mapping_of(text), tmp_path / "one" / "in", append=True)
    assert again.report.events == once.report.events
    assert any("Landed before: " in one for one in again.report.warnings)


def test_equal_rows_without_id_are_one_and_the_way_to_keep_them_is_told(tmp_path: Path) -> None:
    content = "customer,at,amount\n" + "a,2025-02-03,5\n" * 3
    report = land_text(tmp_path, content, mapping_of(WITHOUT_ID)).report
    assert (report.accepted, report.duplicates, report.events) == (3, 2, 1)
    assert report.warnings[0].startswith("Equal in everything to another row")


def test_the_later_row_of_a_treatment_counts(tmp_path: Path) -> None:
    from tests.analytics.etl.test_etl_ingest import TREATED

    in_files(tmp_path, orders=ONE)
    body = "who,when,what,chance\na,2024-01-05,call,0.9\na,2024-01-05,call,0.5\n"
    result = land(tmp_path, mapping_of(TREATED), in_files(tmp_path, campaign=body))
    assert result.landed is not None
    assert result.landed.treatments is not None
    assert rows(result.landed.treatments, "propensity") == [(0.5,)]


@settings(max_examples=20, deadline=None)
@given(
    st.sampled_from([SHOP, ADDED, KEPT, WITHOUT_ID]),
    st.lists(
        st.tuples(
            st.integers(0, 1), st.integers(1, 3), st.sampled_from(["a", "b", ""]),
            st.sampled_from(["1", "2", "x", ""]),
        ), min_size=1, max_size=14,
    ),
)  # fmt: skip
def test_every_row_read_is_accepted_rejected_or_merged(
    text: str, given_rows: list[tuple[int, int, str, str]]
) -> None:
    files = ["9,z,2024-01-01,1\n", "8,z,2024-01-02,1\n"]
    for file, event, customer, amount in given_rows:
        files[file] += f"{event},{customer},2024-01-0{event},{amount}\n"
    with tempfile.TemporaryDirectory() as name:
        folder = in_files(Path(name), orders_1=HEADER + files[0], orders_2=HEADER + files[1])
        report = land(Path(name), mapping_of(text), folder).report
    assert report.read == len(given_rows) + 2
    assert report.accepted + report.rejected + report.merged == report.read
    assert report.events == report.accepted - report.duplicates
    for one in report.sources.values():
        assert one["accepted"] + one["rejected"] + one["merged"] == one["read"]
    assert report.merged == 0 or text == ADDED


def test_landing_two_files_at_once_or_one_after_the_other_is_the_same(tmp_path: Path) -> None:
    dice = random.Random(3)
    for text in (SHOP, KEPT, WITHOUT_ID):
        parts = [
            HEADER + "".join(
                f"{dice.randrange(4)},{dice.choice('ab')},2024-01-0{dice.randrange(1, 4)},"
                f"{dice.randrange(3)}\n" for _ in range(20)
            ) for _ in range(2)
        ]  # fmt: skip
        folder = tmp_path / str(len(text))
        given = in_files(folder, orders_1=parts[0], orders_2=parts[1])
        both = land(folder / "both", mapping_of(text), given).report
        land(folder / "each", mapping_of(text), given / "orders_1.csv")
        after = land(folder / "each", mapping_of(text), given / "orders_2.csv", append=True).report
        assert after.tables == both.tables
