"""Files as they come in real life: each lands by the law or is refused in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.errors import SilentChurnError
from tests.analytics.etl.etl_world import HEADER, land_text, mapping_of, rejects

MAPPING = mapping_of("""
[[source]]
name = "orders"
to = "events"
path = "orders.csv"
format = "csv"
[source.columns]
customer_id = "customer"
occurred_at = "at"
event_type = { constant = "order" }
event_id = "id"
value = "amount"
""")
GOOD = b"1,a,2024-01-01,1\n2,b,2024-01-02,2\n"
HEAD = HEADER.encode()

LANDING: dict[str, tuple[bytes, int, int]] = {
    # name: content, rows accepted, rows rejected
    "plain": (HEAD + GOOD, 2, 0),
    "no final line end": (HEAD + GOOD.rstrip(b"\n"), 2, 0),
    "CR LF": ((HEAD + GOOD).replace(b"\n", b"\r\n"), 2, 0),
    "CR only": ((HEAD + GOOD).replace(b"\n", b"\r"), 2, 0),
    "mixed line ends": (HEAD + b"1,a,2024-01-01,1\r\n2,b,2024-01-02,2\r3,c,2024-01-01,3", 3, 0),
    "byte order mark": (b"\xef\xbb\xbf" + HEAD + GOOD, 2, 0),
    "blank lines": (b"\n\n" + HEAD + b"\n" + GOOD + b"\n\n", 2, 0),
    "blank fields only": (HEAD + GOOD + b",,,\n", 2, 1),
    "blanks around": (HEAD + b" 1 , a ,2024-01-01 , 1 \n", 1, 0),
    "everything quoted": (HEAD + b'"1","a","2024-01-01","1"\n', 1, 0),
    "quoted header": (b'"id","customer","at","amount"\n' + GOOD, 2, 0),
    "quoted line end": (HEAD + b'3,"a\nb",2024-01-01,1\n' + GOOD, 3, 0),
    "doubled quotes": (HEAD + b'3,"the ""best""",2024-01-01,1\n' + GOOD, 3, 0),
    "blank before a quote": (HEAD + b'3, "a",2024-01-01,1\n' + GOOD, 2, 1),
    "unclosed quote": (HEAD + b'3,"a,2024-01-01,1\n' + GOOD, 2, 1),
    "unclosed quote at the end": (HEAD + GOOD + b'3,"a,2024-01-01,1', 2, 1),
    "lone quote": (HEAD + b'"\n' + GOOD, 2, 1),
    "short rows": (HEAD + b"3,a\n4\n" + GOOD, 2, 2),
    "long rows": (HEAD + b"3,a,2024-01-01,1,\n" + GOOD, 2, 1),
    "semicolons": (HEAD + b"3;a;2024-01-01;1\n" + GOOD, 2, 1),
    "NUL": (HEAD + b"3,a\x00,2024-01-01,1\n" + GOOD, 2, 1),
    "NULs only": (HEAD + b"\x00\x00\x00\n" + GOOD, 2, 1),
    "Latin-1": (HEAD + b"3,Jos\xe9,2024-01-01,1\n" + GOOD, 2, 1),
    "cut character": (HEAD + GOOD + b"3,Jos\xc3", 2, 1),
    "surrogate in UTF-8": (HEAD + b"3,\xed\xa0\x80,2024-01-01,1\n" + GOOD, 2, 1),
    "emoji": (HEAD + "3,🦊,2024-01-01,1\n".encode() + GOOD, 3, 0),
    "right to left": (HEAD + "3,שלום,2024-01-01,1\n".encode() + GOOD, 3, 0),
    "line separators of Unicode": (HEAD + "3,a\u2028b\u0085,2024-01-01,1\n".encode() + GOOD, 3, 0),
    "form feed": (HEAD + b"3,a\x0cb,2024-01-01,1\n" + GOOD, 3, 0),
    "decimal comma": (HEAD + b'3,a,2024-01-01,"1,5"\n' + GOOD, 2, 1),
    "words for nothing": (HEAD + b"3,a,2024-01-01,N/A\n" + GOOD, 2, 1),
    "infinite": (HEAD + b"3,a,2024-01-01,1e999\n" + GOOD, 2, 1),
    "header repeated": (HEAD + GOOD + HEAD, 2, 1),
    "further columns": (b"id,customer,at,new,amount\n1,a,2024-01-01,x,1\n", 1, 0),
    "columns in another order": (b"amount,at,customer,id\n1,2024-01-01,a,1\n", 1, 0),
    "nameless column": (b"id,customer,at,amount,\n1,a,2024-01-01,1,\n", 1, 0),
    "huge cell": (HEAD + b"3,a,2024-01-01," + b"9" * 2_000_000 + b"\n" + GOOD, 2, 1),
    "huge name": (HEAD + b"3," + b"x" * 2_000_000 + b",2024-01-01,1\n" + GOOD, 2, 1),
}

REFUSED: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "file_not_empty"),
    "mark only": (b"\xef\xbb\xbf", "file_not_empty"),
    "line ends only": (b"\n\r\n\n", "header_present"),
    "header only": (HEAD, "rows_present"),
    "header without line end": (HEAD.rstrip(), "rows_present"),
    "no header": (GOOD, "columns_present"),
    "another header": (b"who,when\na,2024-01-01\n", "columns_present"),
    "case of a name": (HEAD.upper() + GOOD, "columns_present"),
    "column twice": (b"id,customer,at,at,amount\n1,a,2024-01-01,2024-01-02,1\n", "columns_differ"),
    "wrong delimiter": ((HEAD + GOOD).replace(b",", b";"), "columns_present"),
    "UTF-16": ((HEAD + GOOD).decode().encode("utf-16"), "encoding_as_declared"),
    "UTF-16 without mark": ((HEAD + GOOD).decode().encode("utf-16-le"), "encoding_as_declared"),
    "an archive": (b"PK\x03\x04" + bytes(range(256)) * 20, "format_as_declared"),
    "only bad rows": (HEAD + b"1,,2024-01-01,1\n", "events_present"),
}


@pytest.mark.parametrize("name", LANDING)
def test_what_can_be_read_lands_and_the_rest_is_kept_aside(tmp_path: Path, name: str) -> None:
    content, accepted, rejected = LANDING[name]
    result = land_text(tmp_path, content, MAPPING)
    report = result.report
    assert (report.accepted, report.rejected) == (accepted, rejected)
    assert report.read == accepted + rejected == report.events + len(rejects(result))


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_at_all_is_refused_in_one_sentence(tmp_path: Path, name: str) -> None:
    content, rule = REFUSED[name]
    with pytest.raises(SilentChurnError) as caught:
        land_text(tmp_path, content, MAPPING)
    assert caught.value.rule == rule
    assert caught.value.message.count("\n") == 0
