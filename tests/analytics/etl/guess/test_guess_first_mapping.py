from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analytics.cli import main
from analytics.errors import BadInput, ContractFailed
from analytics.etl.guess.first_mapping import FirstMapping, first_mapping
from analytics.etl.mappings.mapping import Mapping
from analytics.etl.mappings.mapping_file import parse_mapping
from tests.analytics.etl.sources.test_sources_readers import workbook

NOW = datetime(2026, 3, 1, tzinfo=UTC)
DAYS = [datetime(2025, 1, 3, 9, 5) + timedelta(days=n, minutes=n) for n in range(60)]

LATER = timedelta(hours=20)


def written(path: Path, head: str, rows: Sequence[str], encoding: str = "utf-8") -> Path:
    path.write_bytes("\n".join([head, *rows, ""]).encode(encoding))
    return path


def guessed(path: Path) -> tuple[FirstMapping, Mapping]:
    made = first_mapping(path, NOW)
    return made, parse_mapping(made.text, name="guessed")


def unsure(made: FirstMapping) -> set[str]:
    return {one.key for one in made.guesses if not one.sure}


def test_german_orders_are_guessed_whole(tmp_path: Path) -> None:
    rows = [f"{n};K-{n % 7};{day:%d.%m.%Y};1.2{n:02d},50 €;Köln" for n, day in enumerate(DAYS)]
    path = written(
        tmp_path / "bestellungen.csv",
        "Bestellnummer;Kundennummer;Datum;Betrag;Region",
        rows,
        "cp1252",
    )
    made, mapping = guessed(path)
    source = mapping.source[0]
    assert (source.delimiter, source.encoding) == (";", "cp1252")
    columns = source.columns
    assert columns["customer_id"].column == "Kundennummer"
    assert (columns["occurred_at"].column, columns["occurred_at"].format) == ("Datum", "%d.%m.%Y")
    assert columns["event_type"].constant == "order"
    assert columns["event_id"].column == "Bestellnummer"
    value = columns["value"]
    assert (value.column, value.decimal, value.thousands) == ("Betrag", ",", ".")
    assert source.customer["region"].column == "Region"
    assert made.tried.startswith("Tried on the file: 60 rows of 60 would land, as 60 events of 7 ")
    assert unsure(made) == {"encoding"}


@pytest.mark.parametrize(
    "name",
    [
        *("Bestellnr.", "AUFTRAGSNUMMER", "Vorgangs-Nr.", "Liefernr", "Beleg no.", "tx_num"),
        *("bookingId", "Case Number", "Número", "N° commande", "Numéro de pièce"),
    ],
)
def test_a_running_number_of_the_rows_is_their_id(tmp_path: Path, name: str) -> None:
    rows = [f"{n + 7000},K-{n % 7},{day:%Y-%m-%d},12" for n, day in enumerate(DAYS)]
    made, mapping = guessed(
        written(tmp_path / "orders.csv", f"{name},Kundennummer,Datum,Menge", rows)
    )
    assert mapping.source[0].columns["event_id"].column == name
    assert "duplicates" not in made.text


@pytest.mark.parametrize(("name", "cell"), [("Bid", "{}.5"), ("Piano", "{}"), ("Beleg no.", "1")])
def test_what_is_no_number_of_the_rows_is_not_their_id(
    tmp_path: Path, name: str, cell: str
) -> None:
    rows = [f"{cell.format(n)},K-{n % 7},{day:%Y-%m-%d}" for n, day in enumerate(DAYS)]
    made, mapping = guessed(written(tmp_path / "orders.csv", f"{name},Kundennummer,Datum", rows))
    assert "event_id" not in mapping.source[0].columns
    assert "no column that we know by name identifies a row" in made.text


def test_the_format_of_times_is_told_by_all_values_not_the_first(tmp_path: Path) -> None:
    early = [f"c{n % 5},0{n % 9 + 1}/0{n % 7 + 1}/2025,9.5" for n in range(40)]
    ambiguous = written(tmp_path / "orders.csv", "customer,date,amount", early)
    made, _ = guessed(ambiguous)
    assert "columns.occurred_at" in unsure(made)
    clear = written(tmp_path / "orders2.csv", "customer,date,amount", [*early, "c1,02/28/2025,3"])
    made, mapping = guessed(clear)
    assert mapping.source[0].columns["occurred_at"].format == "%m/%d/%Y"
    assert "columns.occurred_at" not in unsure(made)


def test_a_decimal_mark_that_no_value_tells_is_not_sure(tmp_path: Path) -> None:
    rows = [f"c{n % 5},{day:%Y-%m-%d},{n % 9 + 1}.{n:03d}" for n, day in enumerate(DAYS)]
    made, _ = guessed(written(tmp_path / "orders.csv", "customer,date,amount", rows))
    assert "columns.value" in unsure(made)


def test_tickets_open_and_end(tmp_path: Path) -> None:
    rows = [
        f"{n},org-{n % 6},{day:%m/%d/%Y %I:%M %p},{day + LATER:%m/%d/%Y %I:%M %p},Open"
        for n, day in enumerate(DAYS)
    ]
    head = "Ticket ID,Requester id,Created at,Solved at,Status"
    made, mapping = guessed(written(tmp_path / "tickets.csv", head, rows))
    opened, ended = mapping.source
    assert opened.columns["event_type"].constant == "ticket_opened"
    assert opened.columns["occurred_at"].column == "Created at"
    assert ended.columns["event_type"].constant == "ticket_resolved"
    assert made.event_types == {"ticket_opened": 60, "ticket_resolved": 60}


@pytest.mark.parametrize("marks", [("Good", "Bad", "Offered", ""), ("Offered",) * 3 + ("Bad",)])
def test_marks_that_customers_gave_are_no_events(tmp_path: Path, marks: Sequence[str]) -> None:
    rows = [
        f"{n},Help,org-{n % 6},{day:%Y-%m-%d %H:%M},"
        f"{'' if n % 5 == 0 else f'{day + LATER:%Y-%m-%d %H:%M}'},Normal,Open,{marks[n % 4]}"
        for n, day in enumerate(DAYS)
    ]
    head = "Ticket ID,Subject,Requester,Created at,Solved at,Priority,Status,Satisfaction Score"
    made, mapping = guessed(written(tmp_path / "zendesk_export.csv", head, rows))
    assert [one.columns["event_type"].constant for one in mapping.source] == [
        "ticket_opened",
        "ticket_resolved",
    ]
    assert made.event_types == {"ticket_opened": 60, "ticket_resolved": 48}
    assert made.lands


def test_the_kind_of_a_ticket_is_no_event_but_a_history_of_tickets_is_one(tmp_path: Path) -> None:
    def of(name: str, kinds: Sequence[str]) -> Mapping:
        rows = [f"{n},c{n % 6},{day:%Y-%m-%d %H:%M},{kinds[n % 2]}" for n, day in enumerate(DAYS)]
        return guessed(written(tmp_path / name, "Case ID,Customer,Created,Type", rows))[1]

    kinds = of("export.csv", ["Incident", "Outage"]).source[0].columns["event_type"]
    assert kinds.constant == "ticket_opened"
    history = of("history.csv", ["Ticket opened", "Ticket resolved"])
    assert history.source[0].columns["event_type"].column == "Type"


def test_a_column_that_would_refuse_too_many_rows_is_passed_over(tmp_path: Path) -> None:
    kinds = ["login", "", "order", ""]
    rows = [f"c{n % 5},{day:%Y-%m-%d},{kinds[n % 4]},visit" for n, day in enumerate(DAYS)]
    made, mapping = guessed(written(tmp_path / "visits.csv", "client,day,event,note", rows))
    assert mapping.source[0].columns["event_type"].constant == "session"
    assert made.lands


def test_a_mapping_that_would_refuse_too_many_rows_is_said_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        f"c{n % 5},{day if n % 3 else day.replace(year=2031):%Y-%m-%d}"
        for n, day in enumerate(DAYS)
    ]
    path = written(tmp_path / "visits.csv", "client,day", rows)
    made, _ = guessed(path)
    assert not made.lands
    assert "It refuses 33.3% of the rows, most by " in made.text
    with pytest.raises(SystemExit):
        main(["mapping", "guess", str(path)])
    assert "This mapping does not do yet." in capsys.readouterr().err


def test_clicks_are_mapped_by_what_they_are_called(tmp_path: Path) -> None:
    words = ["Page Viewed", "User Logged In", "Checkout Error", "Report Created", "Order Shipped"]
    rows = [f"u{n % 9},{day:%Y-%m-%dT%H:%M:%S}Z,{words[n % 5]}" for n, day in enumerate(DAYS)]
    made, mapping = guessed(written(tmp_path / "web.csv", "userId,timestamp,event", rows))
    kinds = mapping.source[0].columns["event_type"]
    assert kinds.values == {
        "Page Viewed": "session",
        "User Logged In": "login",
        "Checkout Error": "error",
    }
    assert "columns.event_type" in unsure(made)
    assert "taken so: User Logged In for login, Checkout Error for error; " in made.text
    assert "them: Report Created (12), Order Shipped (12, nearest known: order)" in made.text


def test_lines_of_an_order_add_up_and_negative_amounts_are_returns(tmp_path: Path) -> None:
    rows = [
        f"{n // 3},c{n // 3 % 8},{DAYS[n // 3]:%Y-%m-%d %H:%M},{-1 if n % 9 < 3 else 2},4.5"
        for n in range(150)
    ]
    head = "InvoiceNo,CustomerID,InvoiceDate,Quantity,UnitPrice"
    _, mapping = guessed(written(tmp_path / "lines.csv", head, rows))
    source = mapping.source[0]
    assert source.duplicates == "add"
    assert source.columns["value"].times == "Quantity"
    assert source.columns["value"].absolute
    assert source.columns["event_type"].rules[0].then == "return"


def test_rows_without_a_customer_are_left_out(tmp_path: Path) -> None:
    rows = [f"{'' if n % 4 == 0 else f'c{n % 5}'},{day:%Y-%m-%d}" for n, day in enumerate(DAYS)]
    made, mapping = guessed(written(tmp_path / "visits.csv", "client,day", rows))
    assert mapping.source[0].filter[0].operator == "present"
    assert "45 rows of 45 would land" in made.tried


def test_titles_above_the_header_and_a_byte_order_mark_are_seen(tmp_path: Path) -> None:
    rows = [f"c{n % 5}\t{day:%Y%m%d}\t3" for n, day in enumerate(DAYS)]
    head = "Report of the shop\n\ncustomer no\tday\tamount"
    _, mapping = guessed(written(tmp_path / "report.txt", head, rows, "utf-8-sig"))
    source = mapping.source[0]
    assert (source.delimiter, source.skip_lines) == ("\t", 2)
    assert source.columns["occurred_at"].format == "%Y%m%d"


@pytest.mark.parametrize("kind", ["parquet", "jsonl", "xlsx", "utf16"])
def test_other_forms_are_read_too(tmp_path: Path, kind: str) -> None:
    rows = [{"user_id": f"u{n % 5}", "ts": day, "total": n + 0.5} for n, day in enumerate(DAYS)]
    path = tmp_path / f"orders.{kind}"
    if kind == "parquet":
        pq.write_table(pa.Table.from_pylist(rows), path)
    elif kind == "xlsx":
        cells = [[one["user_id"], str(one["ts"]), one["total"]] for one in rows]
        workbook(path, [["user_id", "ts", "total"], *cells])
    elif kind == "jsonl":
        epochs = [{**one, "ts": int(one["ts"].timestamp())} for one in rows]  # type: ignore[union-attr]
        path.write_text("\n".join(json.dumps(one) for one in epochs), encoding="utf-8")
    else:
        lines = [f"{one['user_id']},{one['ts']:%Y-%m-%d},{one['total']}" for one in rows]
        written(path, "user_id,ts,total", lines, "utf-16")
    made, mapping = guessed(path)
    columns = mapping.source[0].columns
    assert (columns["customer_id"].column, columns["value"].column) == ("user_id", "total")
    assert columns["occurred_at"].epoch == ("s" if kind == "jsonl" else None)
    assert "60 rows of 60 would land" in made.tried


def test_awkward_names_make_a_mapping_that_reads(tmp_path: Path) -> None:
    rows = [f"c{n % 5},{day:%Y-%m-%d},{n}" for n, day in enumerate(DAYS)]
    head = '"Kunde ""A"" \\ [x]",Date (UTC),"Sum #=1"'
    made, _ = guessed(written(tmp_path / "2025 [orders] #1.csv", head, rows))
    assert "60 rows of 60 would land" in made.tried


def test_what_is_no_log_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ContractFailed, match="Events need a time"):
        first_mapping(written(tmp_path / "a.csv", "customer,plan", ["c1,pro", "c2,pro"]), NOW)
    with pytest.raises(BadInput, match="1 column"):
        first_mapping(written(tmp_path / "b.txt", "00001 19970101", ["00001 19970101"]), NOW)
    with pytest.raises(BadInput, match="at least one row"):
        first_mapping(written(tmp_path / "c.csv", "customer,date", []), NOW)


def test_a_mapping_is_never_written_over_without_being_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [f"c{n % 5},{day:%Y-%m-%d},{n}" for n, day in enumerate(DAYS)]
    path = written(tmp_path / "orders.csv", "customer,date,amount", rows)
    out = tmp_path / "shop.toml"
    codes = []
    for arguments in ([], [], ["--replace"], ["--json", "--replace"]):
        with pytest.raises(SystemExit) as stopped:
            main(["mapping", "guess", str(path), "--out", str(out), *arguments])
        codes.append(stopped.value.code)
    assert codes == [0, 2, 0, 0]
    printed = capsys.readouterr()
    assert "--replace" in printed.err
    assert f"silent-churn ingest --mapping {out} {path} --dry-run" in printed.err
    told = json.loads(printed.out[printed.out.index("{\n") :])
    assert told["mapping"] == out.read_text(encoding="utf-8")
    assert {"key", "value", "reason", "sure"} == set(told["guesses"][0])
