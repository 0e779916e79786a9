"""A mapping's queries see its own sources and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.errors import BadInput, ContractFailed, UsageError
from tests.analytics.etl.etl_world import land, mapping_of, rejects, rows, write

JOINED = """
[[source]]
name = "usage"
path = "usage.csv"
format = "csv"
[[source]]
name = "accounts"
path = "accounts.csv"
format = "csv"
[[source]]
name = "sessions"
to = "events"
query = '''{query}'''
[source.columns]
customer_id = "account"
occurred_at = "day"
event_type = {{ constant = "session" }}
"""
QUERY = "SELECT account, day FROM usage JOIN accounts USING (device)"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(
        tmp_path / "in" / "usage.csv",
        "device,day\nd1,2024-01-01\nd2,2024-01-02\nd9,2024-01-03\nd1\n",
    )
    write(tmp_path / "in" / "accounts.csv", "device,account\nd1,a\nd2,\n")
    return tmp_path


def test_the_rows_that_a_query_returns_are_the_rows_read(folder: Path) -> None:
    result = land(folder, mapping_of(JOINED.format(query=QUERY)), folder / "in")
    assert result.landed is not None
    assert rows(result.landed.events, "customer_id") == [("a",)]
    # Two rows of the answer, and one of usage.csv that no query could use.
    assert (result.report.read, result.report.accepted) == (3, 1)
    assert rejects(result) == [(5, "columns_counted"), (2, "customer_id_present")]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT content AS account, '2024-01-01' AS day FROM read_text('{secret}')",
        "SELECT account, '2024-01-01' AS day FROM read_csv('{secret}')",
        "SELECT account, '2024-01-01' AS day FROM '{secret}'",
        "SELECT account, '2024-01-01' AS day FROM glob('/*') g(account)",
    ],
)
def test_a_query_cannot_read_files(folder: Path, query: str) -> None:
    secret = write(folder / "secret.csv", "account\nhidden\n")
    mapping = mapping_of(JOINED.format(query=query.format(secret=secret)))
    with pytest.raises(BadInput, match="must work on the mapping's sources") as caught:
        land(folder, mapping, folder / "in")
    assert caught.value.rule == "query_works"


@pytest.mark.parametrize(
    "query",
    ["DROP TABLE usage", "SELECT 1; SELECT 2", "COPY usage TO 'out.csv'", "SET threads = 1",
     "ATTACH 'x.db'", "INSTALL httpfs", "PRAGMA version"],
)  # fmt: skip
def test_a_query_must_be_one_select(folder: Path, query: str) -> None:
    with pytest.raises(UsageError, match="must be one SELECT"):
        land(folder, mapping_of(JOINED.format(query=query)), folder / "in")


@pytest.mark.parametrize(
    ("query", "error", "message"),
    [
        ("SELECT nothing FROM usage", BadInput, "Got: Binder Error"),
        ("SELECT FROM", BadInput, "Got: Parser Error"),
        ("SELECT account, CAST(device AS INT) AS day FROM accounts", BadInput, "Conversion Error"),
        ("SELECT account FROM accounts", ContractFailed, "must have the column 'day'"),
    ],
)
def test_a_query_that_does_not_work_says_why(
    folder: Path, query: str, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message) as caught:
        land(folder, mapping_of(JOINED.format(query=query)), folder / "in")
    assert "\n" not in str(caught.value)


def test_blank_text_is_null_in_queries(folder: Path) -> None:
    query = "SELECT device AS account, '2024-01-01' AS day FROM accounts WHERE account IS NULL"
    result = land(folder, mapping_of(JOINED.format(query=query)), folder / "in")
    assert result.landed is not None
    assert rows(result.landed.events, "customer_id") == [("d2",)]
