"""Accepted + rejected + merged = read, whatever happens to the rows on their way."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analytics.etl.etl_world import land_text, mapping_of, rejects, rows

MAPPING = mapping_of("""
[[source]]
name = "orders"
to = "events"
path = "orders.csv"
format = "csv"
properties = "rest"
refuse = [{ rule = "no_gifts", reason = "Gifts are no orders.", when = [
    { column = "kind", is = "=", value = "gift" }] }]
[source.columns]
customer_id = "customer"
occurred_at = "at"
value = "amount"
[source.columns.event_type]
column = "kind"
values = { o = "order", r = "return", gift = "order" }
otherwise = "refuse"
""")
HEADER = b"customer,at,kind,amount,note\n"


def clean_rows(count: int) -> list[bytes]:
    return [
        f"c{n % 3},2024-01-{n % 28 + 1:02d} 10:00,o,{n}.5,row {n}".encode() for n in range(count)
    ]


def mutate(row: bytes, how: str, at: int) -> bytes:
    """Damage a row in one of the ways that real files are damaged."""
    place = at % (len(row) + 1)
    fields = row.split(b",")
    field = at % len(fields)
    changed = {
        "nothing": row,
        "drop field": b",".join(fields[:field] + fields[field + 1 :]),
        "empty field": b",".join([*fields[:field], b"", *fields[field + 1 :]]),
        "swap fields": b",".join([*fields[1:], fields[0]]),
        "extra field": row + b",more",
        "quote": row[:place] + b'"' + row[place:],
        "NUL": row[:place] + b"\x00" + row[place:],
        "bad byte": row[:place] + b"\xff" + row[place:],
        "cut": row[:place],
        "line end": row[:place] + b"\n" + row[place:],
        "delimiter": row[:place] + b"," + row[place:],
        "gift": row.replace(b",o,", b",gift,"),
        "unknown kind": row.replace(b",o,", b",?,"),
        "future": row.replace(b"2024-", b"2124-"),
        "long ago": row.replace(b"2024-", b"1924-"),
        "letters": row.replace(b".5", b".five"),
        "twice": row + b"\n" + row,
    }
    return changed[how]


MUTATIONS = [
    "nothing", "drop field", "empty field", "swap fields", "extra field", "quote", "NUL",
    "bad byte", "cut", "line end", "delimiter", "gift", "unknown kind", "future", "long ago",
    "letters",
    "twice",
]  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(MUTATIONS), st.integers(0, 60)), min_size=1, max_size=12))
def test_every_row_read_is_accepted_or_rejected(changes: list[tuple[str, int]]) -> None:
    untouched = clean_rows(3)
    damaged = [
        mutate(row, how, at)
        for row, (how, at) in zip(clean_rows(len(changes)), changes, strict=True)
    ]
    content = HEADER + b"\n".join([*untouched, *damaged]) + b"\n"
    with tempfile.TemporaryDirectory() as folder:
        result = land_text(Path(folder), content, MAPPING)
        report, kept = result.report, rejects(result)
        assert result.landed is not None
        landed = rows(result.landed.events, "event_id")
    assert report.accepted + report.rejected == report.read
    assert len(kept) == report.rejected == sum(report.rules.values())
    assert len(landed) == report.events == report.accepted - report.duplicates
    assert len({line for line, _ in kept}) == len(kept)
    lines = [one for one in content.split(b"\n")[1:] if one]
    assert report.read <= len(lines)
    if not any(how in {"quote", "line end"} for how, _ in changes):
        assert report.read == len(lines)


def test_the_law_is_not_kept_by_accepting_everything(tmp_path: Path) -> None:
    damaged = [mutate(clean_rows(1)[0], how, 2) for how in MUTATIONS]
    result = land_text(tmp_path, HEADER + b"\n".join(damaged) + b"\n", MAPPING)
    assert set(result.report.rules) >= {
        "columns_counted", "quoting", "nul_character", "encoding", "no_gifts", "event_type_listed",
        "time_not_in_future", "time_plausible", "number_readable",
    }  # fmt: skip
    assert result.report.accepted >= 2
