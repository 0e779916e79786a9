"""CSV is read as declared: nothing is guessed, nothing is lost, nothing is mis-read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from analytics.errors import BadInput
from analytics.etl.mappings.mapping_source import Source
from analytics.etl.sources import lines as line_reading
from analytics.etl.sources.csv_records import Dialect, RecordCutter
from analytics.etl.sources.lines import blocks_of_lines
from tests.analytics.etl.etl_world import read_all, write


def test_quoted_values_may_hold_delimiters_quotes_and_line_ends(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", 'id,note\n1,"a,b"\n2,"say ""hi"""\n3,"two\n\nlines"\n4,x\n')
    found, refused, lines = read_all(path)
    assert found == [("1", "a,b"), ("2", 'say "hi"'), ("3", "two\n\nlines"), ("4", "x")]
    assert not refused
    assert lines == [2, 3, 4, 7]


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("2", "columns_counted"),
        ("2,b,c", "columns_counted"),
        ('2,"open', "quoting"),
        ('2,"shut"too', "quoting"),
        ('2,5" disk', "quoting"),
        ("2,a\x00b", "nul_character"),
    ],
)
def test_a_malformed_row_is_refused_alone(tmp_path: Path, row: str, rule: str) -> None:
    path = write(tmp_path / "a.csv", f"id,note\n1,a\n{row}\n3,c\n4,d\n")
    found, refused, _ = read_all(path)
    assert found == [("1", "a"), ("3", "c"), ("4", "d")]
    assert [(one.line, one.rule) for one in refused] == [(3, rule)]


def test_a_header_or_value_of_any_length_is_read(tmp_path: Path) -> None:
    long = "x" * 300_000
    path = write(tmp_path / "a.csv", f"id,note,{long}\n1,a,b\n2,{long},c\n3,{long}\n")
    found, refused, _ = read_all(path)
    assert [one[:2] for one in found] == [("1", "a"), ("2", long)]
    assert [(one.line, one.rule) for one in refused] == [(4, "columns_counted")]


def test_an_unclosed_quote_never_swallows_the_rows_behind_it(tmp_path: Path) -> None:
    rest = "".join(f"{n},fine\n" for n in range(1000))
    path = write(tmp_path / "a.csv", f'id,note\n1,"never closed\n{rest}')
    found, refused, _ = read_all(path)
    assert len(found) == 1000
    assert [(one.line, one.rule) for one in refused] == [(2, "quoting")]


def test_undecodable_bytes_refuse_their_row_only(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", b"id,note\n1,caf\xc3\xa9\n2,caf\xe9\n3,c\n")
    found, refused, _ = read_all(path)
    assert found == [("1", "café"), ("3", "c")]
    assert [(one.line, one.rule, one.raw) for one in refused] == [(3, "encoding", "2,caf\\xE9")]


def test_a_refused_line_inside_a_quoted_value_breaks_that_value(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", b'id,note\n1,"first\nsec\xffond\nthird"\n2,b\n')
    found, refused, _ = read_all(path)
    assert found == [("2", "b")]
    assert sorted((one.line, one.rule) for one in refused) == [
        (2, "quoting"), (3, "encoding"), (4, "quoting"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_declared_encodings_and_any_line_end_are_read(
    tmp_path: Path, encoding: str, end: str
) -> None:
    path = write(tmp_path / "a.csv", f"id,name{end}1,Zoë{end}2,Ærø".encode(encoding))
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    assert read_all(path, encoding=declared)[0] == [("1", "Zoë"), ("2", "Ærø")]


def test_shift_jis_bytes_that_look_like_delimiters_are_letters(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "id|name\n1|ソニー\n".encode("shift_jis"))
    assert read_all(path, encoding="shift_jis", delimiter="|")[0] == [("1", "ソニー")]


def test_a_byte_order_mark_of_another_encoding_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "id,name\n1,a\n".encode("utf-16"))
    with pytest.raises(BadInput, match=r"declared encoding utf-8\. Got the byte order mark"):
        read_all(path)


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(BadInput, match="must not be empty") as caught:
        read_all(write(tmp_path / "a.csv", content))
    assert caught.value.rule == "file_not_empty"


def test_a_header_alone_gives_no_rows(tmp_path: Path) -> None:
    assert read_all(write(tmp_path / "a.csv", "id,note\n"))[0] == []


def test_blank_lines_are_no_rows(tmp_path: Path) -> None:
    found, refused, lines = read_all(write(tmp_path / "a.csv", "\nid,note\n\n1,a\n\n\n2,b\n\n"))
    assert (found, refused, lines) == ([("1", "a"), ("2", "b")], [], [4, 7])


def test_lines_before_the_header_can_be_skipped(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "Export of \xe9\nby someone\nid,note\n1,a\n".encode("latin-1"))
    assert read_all(path, encoding="latin-1", skip_lines=2)[0] == [("1", "a")]


def test_a_file_without_header_takes_declared_names(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "1;a\n2;b\n")
    found, _, lines = read_all(path, header=False, names=["id", "note"], delimiter=";")
    assert (found, lines) == ([("1", "a"), ("2", "b")], [1, 2])


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "]", "-"])
@pytest.mark.parametrize("quote", ['"', "'"])
def test_declared_delimiters_and_quotes_are_taken_literally(
    tmp_path: Path, delimiter: str, quote: str
) -> None:
    text = f"id{delimiter}note\n1{delimiter}{quote}a{delimiter}b{quote}\n"
    path = write(tmp_path / "a.csv", text)
    found = read_all(path, delimiter=delimiter, quote=quote)[0]
    assert found == [("1", f"a{delimiter}b")]


def test_without_quoting_a_quote_is_a_letter(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", 'id,note\n1,5" disk\n2,"x\n')
    assert read_all(path, quote="")[0] == [("1", '5" disk'), ("2", '"x')]


def test_an_escape_is_followed_when_declared(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", 'id,note\n1,"say \\"hi\\", twice"\n2,b\n')
    assert read_all(path, escape="\\")[0] == [("1", 'say "hi", twice'), ("2", "b")]


def test_repeated_and_nameless_columns_get_names_of_their_own(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "id,x,x,\n1,2,3,4\n")
    assert read_all(path, ["x", "x#2", "#4"])[0] == [("2", "3", "4")]


def test_a_ten_megabyte_cell_is_one_value(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", f"id,note\n1,{'x' * 10_000_000}\n2,b\n")
    found = read_all(path)[0]
    assert [len(one[1]) for one in found] == [10_000_000, 1]


def test_blocks_of_any_size_give_the_same_records(tmp_path: Path) -> None:
    text = 'id,note\r\n1,"a\r\nb"\r\n2,é\r\n3,"c ""d"""\r\n4,"bad\r\n5,e\r\n'
    path = write(tmp_path / "a.csv", text)
    source = Source.model_validate({"name": "s", "path": "a.csv", "format": "csv"})
    seen = set()
    for size in (1, 2, 3, 7, 10_000):
        cutter = RecordCutter(Dialect.of(source), 2)
        blocks = list(blocks_of_lines(path, "utf-8", block_bytes=size))
        cuts = [cutter.cut(one, last=at == len(blocks) - 1) for at, one in enumerate(blocks)]
        records = [text for cut in cuts for text in cut.texts.to_pylist()]
        lines = [line for cut in cuts for line in cut.lines.tolist()]
        refused = [one.line for cut in cuts for one in cut.refused]
        seen.add((tuple(records), tuple(lines), tuple(refused)))
    assert len(seen) == 1
    records, lines, refused = seen.pop()
    assert (lines, refused) == ((1, 2, 4, 5, 7), (6,))


FIELD = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00\r", exclude_categories=["Cs"])
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(FIELD, FIELD), min_size=1, max_size=8), st.sampled_from([5, 64, 8192]))
def test_whatever_is_written_by_the_rules_is_read_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pairs: list[tuple[str, str]], block: int
) -> None:
    monkeypatch.setattr(line_reading, "BLOCK_BYTES", block)

    def quoted(text: str) -> str:
        return '"' + text.replace('"', '""') + '"'

    body = "".join(f"{quoted(a)},{quoted(b)}\n" for a, b in pairs)
    found, refused, _ = read_all(write(tmp_path / "a.csv", f"a,b\n{body}"))
    assert found == pairs
    assert not refused


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_without_a_crash(tmp_path: Path, content: bytes) -> None:
    path = write(tmp_path / "a.csv", b"id,note\n1,a\n" + content)
    found, refused, lines = read_all(path)
    assert found[:1] == [("1", "a")] or refused
    taken = lines + [one.line for one in refused]
    assert len(taken) == len(set(taken))


ENCODINGS = ["utf-8", "utf-16", "utf-32", "cp1252", "latin-1", "shift_jis", "gb18030", "koi8-r"]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(FIELD, st.sampled_from(ENCODINGS))
def test_names_survive_every_encoding_that_has_them(
    tmp_path: Path, name: str, encoding: str
) -> None:
    text = 'id,name\n1,"' + name.replace('"', '""') + '"\n'
    data = text.encode(encoding, "ignore")
    assume(data.decode(encoding) == text)
    found, refused, _ = read_all(write(tmp_path / "a.csv", data), encoding=encoding)
    assert (found, refused) == ([("1", name)], [])
