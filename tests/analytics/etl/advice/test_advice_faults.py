"""A first try that fails says which row, which column, which value, and what to set."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analytics.cli.main import main
from analytics.errors import BadInput, ContractFailed, UsageError
from analytics.etl.advice.faults import RowsRefused
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


def refused(tmp_path: Path, column: str, values: list[str]) -> RowsRefused:
    """Return how a file whose every row has such a value in a column is refused."""
    lines = ["id;customer;at;amount"]
    for number, value in enumerate(values):
        at, amount = (value, "1") if column == "at" else ("2024-01-01", value)
        lines.append(f"{number};c;{at};{amount}")
    mapping = shop(**{'format = "csv"': 'format = "csv"\nquote = ""\ndelimiter = ";"'})
    with pytest.raises(RowsRefused) as caught:
        land_text(tmp_path, "\n".join(lines), mapping, max_reject_share=0.2)
    return caught.value


@pytest.mark.parametrize(
    ("values", "keys"),
    [
        (["14/02/2024", "03/02/2024"], ['format = "%d/%m/%Y"']),
        (["03/02/2024", "04/02/2024"], ['format = "%d/%m/%Y"', 'format = "%m/%d/%Y"']),
        (["02/14/2024 3:05 PM"], ['format = "%m/%d/%Y %I:%M %p"']),
        (["03.02.24"], ['format = "%d.%m.%y"', 'format = "%m.%d.%y"', 'format = "%y.%m.%d"']),
        (["20240203"], ['format = "%Y%m%d"']),
        (["2024-W06-1"], ['format = "%G-W%V-%u"']),
        (["2024-034"], ['format = "%Y-%j"']),
        (["2024-02-03 14:00:00 UTC"], ['format = "%Y-%m-%d %H:%M:%S %Z"']),
        (["Mon, 05 Feb 2024 14:00:00 GMT"], ['format = "%a, %d %b %Y %H:%M:%S %Z"']),
        (["3. February 2024"], ['format = "%d. %B %Y"']),
        (["1706968800"], ['epoch = "s"']),
        (["1706968800000"], ['epoch = "ms"']),
        (["45325.5"], ['offset = "days", anchor = "1899-12-30"']),
        (["3 février 2024"], []),
    ],
)
def test_times_of_another_form_are_told_with_the_form_to_set(
    tmp_path: Path, values: list[str], keys: list[str]
) -> None:
    error = refused(tmp_path, "at", values)
    told = error.as_dict()["refused"]
    assert isinstance(told, dict)
    assert (told["line"], told["column"], told["source_column"], told["value"], told["keys"]) == (
        2, "occurred_at", "at", values[0], keys,
    )  # fmt: skip
    for part in ("line 2", "'at'", f"'{values[0]}'", *keys):
        assert part in error.message


@pytest.mark.parametrize(
    ("values", "keys"),
    [
        (["1.234,50", "2,00"], ['decimal = ",", thousands = "."']),
        (["12,5"], ['decimal = ","']),
        (["1,234"], ['decimal = ","', 'thousands = ","']),
        (["1 234,50"], ['decimal = ",", thousands = " "']),
        (["€ 12,50"], ['decimal = ",", remove = ["€"]']),
        (["12.5%"], ['remove = ["%"], factor = 0.01']),
        (["(12.50)", "5-"], ['negative = ["brackets", "trailing_minus"]']),
        (["NA", "NULL"], ['missing = ["NA", "NULL"]']),
        (["USD 5", "EUR 5"], []),  # taking both out would add them up
        (["abc"], []),
    ],
)
def test_numbers_of_other_marks_are_told_with_the_marks_to_set(
    tmp_path: Path, values: list[str], keys: list[str]
) -> None:
    told = refused(tmp_path, "amount", values).as_dict()["refused"]
    assert isinstance(told, dict)
    assert (told["column"], told["value"], told["keys"]) == ("value", values[0], keys)


def test_what_only_some_rows_need_is_not_said_of_all(tmp_path: Path) -> None:
    content = HEADER + "1,a,2024-01-01,1\n2,a,1706968800,1\n"
    with pytest.raises(RowsRefused, match=r'Rows like this one would be read with epoch = "s"\.'):
        land_text(tmp_path, content, max_reject_share=0.2)


def test_a_file_that_came_to_nothing_beside_a_good_one_is_a_note(tmp_path: Path) -> None:
    both = SHOP + SHOP.replace('"orders"', '"tickets"').replace("orders*", "tickets*").replace(
        'event_id = "id"\n', ""
    )
    write(tmp_path / "in" / "orders.csv", HEADER + "1,a,2024-01-01,1\n" * 20)
    write(tmp_path / "in" / "tickets.csv", HEADER + "1,a,14/02/2024,1\n")
    result = land(tmp_path, mapping_of(both), tmp_path / "in")
    note = next(one for one in result.report.warnings if "tickets/" in one)
    assert "its only row was refused for one reason" in note
    assert 'Set format = "%d/%m/%Y" for occurred_at.' in note
    assert [one.keys for one in result.advice] == [('format = "%d/%m/%Y"',)]


@pytest.mark.parametrize("dry_run", [True, False])
@pytest.mark.parametrize("as_json", [True, False])
def test_the_command_tells_row_column_value_and_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], dry_run: bool, as_json: bool
) -> None:
    mapping = write(tmp_path / "shop.toml", SHOP)
    path = write(tmp_path / "orders.csv", HEADER + "1,a,14/02/2024,1\n2,b,15/02/2024,1\n")
    flags = [*(["--dry-run"] if dry_run else []), *(["--json"] if as_json else [])]
    with pytest.raises(SystemExit) as stopped:
        main(["ingest", "--mapping", str(mapping), str(path), "--workspace", str(tmp_path), *flags])
    assert stopped.value.code == 4
    printed = capsys.readouterr()
    said = json.loads(printed.out)["error"]["message"] if as_json else printed.err
    for part in ("orders.csv line 2", "'at'", "'14/02/2024'", 'Set format = "%d/%m/%Y"'):
        assert part in said
    if as_json:
        refused_row = json.loads(printed.out)["error"]["refused"]
        assert refused_row["keys"] == ['format = "%d/%m/%Y"']


GOOD = "1;a;2024-01-01;1\n"
HEAD = "id;customer;at;amount\n"


@pytest.mark.parametrize(
    ("content", "more", "rule", "says"),
    [
        (b"sep=;\n" + (HEAD + GOOD).encode(), "", "separator_line", "skip_lines = 1"),
        (b'\xef\xbb\xbf"sep=,"\r\n' + HEAD.encode(), "", "separator_line", 'delimiter = ","'),
        ((HEAD + GOOD).encode("utf-16-le"), "", "encoding_as_declared", '"utf-16-le"'),
        ((HEAD + GOOD).encode("utf-16-be"), "", "encoding_as_declared", '"utf-16-be"'),
        ((HEAD + GOOD).encode("utf-16-le"), 'encoding = "utf-16"', "encoding_as_declared", "mark"),
        (("Größe;" + HEAD).encode("cp1252"), "", "encoding_as_declared", 'encoding = "cp1252"'),
        ((HEAD + GOOD).replace(";", "\t").encode(), "", "columns_present", r'delimiter = "\t"'),
        (
            (HEAD.replace("amount", "Größe") + GOOD).encode(),
            'encoding = "cp1252"\nignore = ["x"]',
            "columns_present",
            'encoding = "utf-8"',
        ),
    ],
)
def test_a_first_line_that_is_no_header_is_named_for_what_it_is(
    tmp_path: Path, content: bytes, more: str, rule: str, says: str
) -> None:
    mapping = shop(**{'format = "csv"': f'format = "csv"\ndelimiter = ";"\n{more}'})
    with pytest.raises((BadInput, ContractFailed)) as caught:
        land_text(tmp_path, content, mapping)
    assert caught.value.rule == rule
    assert says in caught.value.message


def test_a_header_that_cannot_be_read_is_no_row_where_names_are_given(tmp_path: Path) -> None:
    more = 'format = "csv"\nnames = ["id", "customer", "at", "amount"]'
    content = "Nr,Größe,at,x\n".encode("cp1252") + b"1,a,2024-01-01,1\n"
    report = land_text(tmp_path, content, shop(**{'format = "csv"': more})).report
    assert (report.read, report.accepted) == (1, 1)


def test_a_line_with_one_delimiter_too_many_says_so(tmp_path: Path) -> None:
    with pytest.raises(RowsRefused, match="names may name one more column"):
        land_text(tmp_path, HEADER + "1,a,2024-01-01,1,\n", max_reject_share=0.2)


def test_words_for_nothing_may_differ_by_source_and_column(tmp_path: Path) -> None:
    text = f"""missing = ["NA"]
{SHOP.replace('value = "amount"', 'value = { column = "amount", missing = ["-"] }')}
[source.customer]
region = {{ column = "region", missing = [] }}
plan = "plan"
"""
    content = "id,customer,at,amount,region,plan\n1,a,2024-01-01,-,NA,NA\n"
    result = land_text(tmp_path, content, mapping_of(text))
    assert result.landed is not None
    assert rows(result.landed.customers, "region, plan") == [("NA", None)]
    assert rows(result.landed.events, "value") == [(None,)]
    by_source = text.replace('format = "csv"', 'format = "csv"\nmissing = ["a"]')
    with pytest.raises(ContractFailed):
        land_text(tmp_path / "b", content, mapping_of(by_source))
    with pytest.raises(UsageError, match="must be the same everywhere"):
        mapping_of(text.replace('"id"', '{ column = "region", missing = ["x"] }'))
