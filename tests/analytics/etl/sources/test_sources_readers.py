"""Fixed width, JSON lines, Parquet, Excel and SQL give the same rows as CSV would."""

from __future__ import annotations

import json
import os
import zipfile
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa

from analytics.errors import BadInput, ContractFailed, EnvironmentFault, UsageError
from analytics.etl.mappings.mapping_source import Source
from analytics.etl.sources.sql import SqlReader
from tests.analytics.etl.etl_world import HEADER, land, mapping_of, read_all, rows, shop, write

POSITIONS = {"id": [1, 3], "day": [5, 12], "amount": [14, 19]}


def test_fixed_width_columns_are_cut_at_their_positions(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.txt", "ID  DAY      AMOUNT\r\n  1 20240131  12.50\r\n 22 20240201   3.00"
    )
    found, refused, lines = read_all(path, format="fixed_width", positions=POSITIONS)
    assert found == [("1", "20240131", "12.50"), ("22", "20240201", "3.00")]
    assert (refused, lines) == ([], [2, 3])


def test_a_line_cut_short_is_refused_since_part_of_a_number_is_not_that_number(
    tmp_path: Path,
) -> None:
    path = write(tmp_path / "a.txt", "  1 20240131  12.50\n  2 20240131  12.\n")
    options = {"format": "fixed_width", "positions": POSITIONS, "header": False}
    found, refused, _ = read_all(path, **options)
    assert len(found) == 1
    assert [(one.line, one.rule) for one in refused] == [(2, "line_length")]


def test_json_lines_give_nested_fields_by_dotted_names(tmp_path: Path) -> None:
    lines = ['{"id": 1, "who": {"name": "Zoë", "tags": ["a"]}}', '{"id": "2"}', "[]", "{broken"]
    path = write(tmp_path / "a.jsonl", "\n".join(lines))
    found, refused, numbers = read_all(path, ["id", "who.name", "who.tags"], format="json_lines")
    assert found == [("1", "Zoë", '["a"]'), ("2", None, None)]
    assert [(one.line, one.rule) for one in refused] == [(3, "json_readable"), (4, "json_readable")]
    assert numbers == [1, 2]


def test_parquet_lands_like_the_same_rows_in_csv(tmp_path: Path) -> None:
    table = pa.table(
        {
            "id": [1.0, 2.0],
            "customer": pa.array([17850, None], pa.int32()),
            "at": pa.array([datetime(2024, 5, 1, 10), datetime(2024, 5, 2)], pa.timestamp("ns")),
            "amount": [2.5, None],
        }
    )
    pq.write_table(table, tmp_path / "orders.parquet")
    by_parquet = shop(**{"orders*.csv": "orders.parquet", '"csv"': '"parquet"'})
    one = land(tmp_path / "a", by_parquet, tmp_path / "orders.parquet")
    text = HEADER + "1,17850,2024-05-01 10:00,2.5\n2,,2024-05-02,\n"
    two = land(tmp_path / "b", shop(), write(tmp_path / "orders.csv", text))
    assert one.landed is not None
    assert two.landed is not None
    assert rows(one.landed.events) == rows(two.landed.events)
    assert len(rows(one.landed.events)) == 1
    assert one.report.rules == two.report.rules == {"customer_id_present": 1}


def test_a_file_that_is_no_parquet_is_one_sentence(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", "id,note\n")
    with pytest.raises(BadInput, match="must be a Parquet file"):
        read_all(path, format="parquet")


def workbook(path: Path, cells: list[list[object]]) -> Path:
    """Write the smallest workbook there is: one sheet named Data."""
    body = ""
    for number, row in enumerate(cells, start=1):
        values = "".join(
            f"<c><v>{cell}</v></c>"
            if isinstance(cell, int | float)
            else f'<c t="inlineStr"><is><t>{escape(str(cell))}</t></is></c>'
            for cell in row
        )
        body += f'<row r="{number}">{values}</row>'
    space = "http://schemas.openxmlformats.org"
    relation = f"{space}/officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{space}/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{space}/package/2006/relationships"><Relationship '
        f'Id="r1" Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{space}/spreadsheetml/2006/main" '
        f'xmlns:r="{relation}"><sheets>'
        '<sheet name="Data" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{space}/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{space}/spreadsheetml/2006/main">'
        f"<sheetData>{body}</sheetData></worksheet>",
    }
    with zipfile.ZipFile(path, "w") as book:
        for name, text in parts.items():
            book.writestr(name, text)
    return path


def test_an_excel_sheet_is_read_with_whole_numbers_as_ids(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["id", "note"], [17850, "x"], [2.5, "ü"]])
    found, _, lines = read_all(path, format="excel", sheet="Data")
    assert found == [("17850", "x"), ("2.5", "ü")]
    assert lines == [2, 3]


def test_lines_of_a_sheet_count_its_blank_rows(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [[], [], ["id", "note"], [1, "x"], [], [2, "y"]])
    found, _, lines = read_all(path, format="excel", skip_lines=2)
    assert (found, lines) == ([("1", "x"), ("2", "y")], [4, 6])


def test_a_sheet_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["id"], [1]])
    with pytest.raises(ContractFailed, match=r"sheet 'Orders'\. Got Data"):
        read_all(path, format="excel", sheet="Orders")
    with pytest.raises(BadInput, match="must be an Excel workbook"):
        read_all(write(tmp_path / "b.xlsx", "no workbook"), format="excel")


SQL_MAPPING = """
[[source]]
name = "orders"
to = "events"
format = "sql"
{select}
[source.columns]
customer_id = "customer"
occurred_at = "at"
event_type = {{ constant = "order" }}
event_id = "id"
value = "amount"
"""
BY_TABLE = 'sql_table = "etl_orders"'
BY_QUERY = """
sql_query = "SELECT * FROM etl_orders WHERE amount > :least ORDER BY id"
parameters = { least = 5 }
"""


def fill(url: str) -> None:
    engine = sa.create_engine(url)
    table = sa.Table(
        "etl_orders",
        sa.MetaData(),
        sa.Column("id", sa.Integer),
        sa.Column("customer", sa.String(20)),
        sa.Column("at", sa.DateTime),
        sa.Column("amount", sa.Numeric(10, 2, asdecimal=False)),
    )
    with engine.begin() as connection:
        table.drop(connection, checkfirst=True)
        table.create(connection)
        values = [
            {"id": n, "customer": f"c{n % 2}" if n else None, "at": datetime(2024, 5, 1, n),
             "amount": n * 2.5}
            for n in range(4)
        ]  # fmt: skip
        connection.execute(table.insert(), values)
    engine.dispose()


def drop(url: str) -> None:
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE IF EXISTS etl_orders"))
    engine.dispose()


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("sqlite:///{folder}/shop.sqlite", "sqlite:///{folder}/shop.sqlite"),
        (
            "postgresql+psycopg://postgres@127.0.0.1:5432/test",
            "postgresql://postgres@127.0.0.1/test",
        ),
        ("mysql+pymysql://root@127.0.0.1:3306/test", "mysql://root@127.0.0.1/test"),
    ],
    ids=["sqlite", "postgresql", "mariadb"],
)
def test_a_database_table_or_query_lands(tmp_path: Path, url: str, plain: str) -> None:
    url, plain = url.format(folder=tmp_path), plain.format(folder=tmp_path)
    try:
        fill(url)
    except sa.exc.OperationalError:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip("the database server of this test does not answer")
    try:
        table = land_sql(tmp_path / "a", BY_TABLE, plain)
        query = land_sql(tmp_path / "b", BY_QUERY, plain)
    finally:
        drop(url)
    assert table == [("c0", "2024-05-01T02:00:00", 5.0), ("c1", "2024-05-01T01:00:00", 2.5),
                     ("c1", "2024-05-01T03:00:00", 7.5)]  # fmt: skip
    assert query == [("c1", "2024-05-01T03:00:00", 7.5)]


def land_sql(workspace: Path, select: str, url: str) -> list[tuple[object, ...]]:
    mapping = mapping_of(SQL_MAPPING.format(select=select))
    result = land(workspace, mapping, url)  # type: ignore[arg-type]
    assert result.landed is not None
    return rows(
        result.landed.events,
        "customer_id, strftime(occurred_at, '%Y-%m-%dT%H:%M:%S'), value",
    )


def sql_source(**options: object) -> Source:
    given = {"name": "orders", "format": "sql", "sql_table": "nowhere", **options}
    return Source.model_validate(given)


@pytest.mark.parametrize(
    ("url", "error", "rule"),
    [
        ("not an address", BadInput, "database_address"),
        ("oracle://somewhere/x", BadInput, "database_address"),
        ("unheardof://somewhere/x", BadInput, "database_address"),
        ("postgresql://nobody:secret@127.0.0.1:1/none", EnvironmentFault, "database_answers"),
        ("sqlite://", BadInput, "table_exists"),
        ("postgresql://u:${NO_SUCH_VARIABLE}@h/d", UsageError, "environment_set"),
    ],
)
def test_a_database_that_cannot_be_read_is_one_sentence(
    url: str, error: type[Exception], rule: str
) -> None:
    with pytest.raises(error) as caught:
        SqlReader(url, sql_source(), environment={})
    assert caught.value.rule == rule  # type: ignore[attr-defined]
    assert "secret" not in json.dumps(caught.value.as_dict())  # type: ignore[attr-defined]


def test_a_query_that_does_not_work_is_one_sentence() -> None:
    source = sql_source(sql_table=None, sql_query="SELECT FROM WHERE")
    with pytest.raises(BadInput, match="query of source orders must work"):
        SqlReader("sqlite://", source)
