"""`silent-churn clicks` from the outside."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from analytics.etl.raw_clicks.click_file import read_clicks
from tests.command import run

CLICKS = """customer_id,session_id,clicked_at,element,kind,changed_after_ms,error_after_ms
ann,s1,2026-05-04T12:00:00.000Z,#save,button,,
ann,s1,2026-05-04T12:00:00.300Z,#save,button,,
ann,s1,2026-05-04T12:00:00.600Z,#save,button,,
bob,s2,2026-05-04T13:00:00Z,#pay,button,,
bob,s2,2026-05-04T14:00:00Z,#pay,button,50,20
,s2,2026-05-04T15:00:00Z,#pay,button,,
bob,s2,soon,#pay,button,,
"""


def test_clicks_become_events_and_unreadable_rows_are_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given, out = tmp_path / "clicks.csv", tmp_path / "events.csv"
    given.write_text(CLICKS)
    code, text, _ = run(capsys, "clicks", str(given), "--out", str(out), "--json")
    assert code == 0
    assert json.loads(text) == {
        "read": 7,
        "left_out": 2,
        "events": 3,
        "found": {"rage_click": 1, "error_click": 1, "dead_click": 1},
        "out": str(out),
    }
    events = pd.read_csv(out)
    assert events["event_type"].tolist() == ["rage_click", "dead_click", "error_click"]
    assert events["occurred_at"].tolist()[0] == "2026-05-04T12:00:00.000000Z"
    assert events["customer_id"].tolist() == ["ann", "bob", "bob"]


def test_parquet_and_milliseconds_give_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = pd.DataFrame(
        {"customer_id": 7, "session_id": 1, "clicked_at": [0, 200, 400], "element": "#a"}
    )
    table.to_parquet(tmp_path / "clicks.parquet")
    out = tmp_path / "events.csv"
    code, text, _ = run(
        capsys, "clicks", str(tmp_path / "clicks.parquet"), "--out", str(out), "--json"
    )
    assert code == 0
    assert json.loads(text)["found"]["rage_click"] == 1


NAMES = """customer_id,session_id,clicked_at,element,changed_after_ms
00123,0071,1777896000000,7,
,72,1777896000000,7,
NA,73,1777896000000,null,
1001,74,NULL,7,
1001,74,2026-05-04T12:00:00Z,7,NA
"""


def test_names_stay_as_they_are_written(tmp_path: Path) -> None:
    given = tmp_path / "clicks.csv"
    given.write_text(NAMES)
    table, left_out = read_clicks(given)
    assert left_out == 2
    assert table["customer_id"].tolist() == ["00123", "NA", "1001"]
    assert table["session_id"].tolist() == ["0071", "73", "74"]
    assert table["element"].tolist() == ["7", "null", "7"]
    assert set(table["clicked_at"]) == {pd.Timestamp("2026-05-04 12:00", tz="UTC")}
    assert table["changed_after_ms"].isna().all()


def test_empty_names_of_a_parquet_file_are_no_names(tmp_path: Path) -> None:
    given = tmp_path / "clicks.parquet"
    at = pd.Timestamp("2026-05-04 12:00")
    pd.DataFrame(
        {"customer_id": ["a", ""], "session_id": "s", "clicked_at": at, "element": "#a"}
    ).to_parquet(given)
    table, left_out = read_clicks(given)
    assert (table["customer_id"].tolist(), left_out) == (["a"], 1)


def test_the_clicks_are_never_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given, link = tmp_path / "clicks.csv", tmp_path / "link.csv"
    given.write_text(CLICKS)
    link.hardlink_to(given)
    for out in (given, tmp_path / "." / "x" / ".." / "clicks.csv", link):
        code, text, _ = run(capsys, "clicks", str(given), "--out", str(out), "--json")
        assert code == 2
        assert json.loads(text)["error"]["rule"] == "clicks_out_elsewhere"
        assert json.loads(text)["error"]["got"] == str(out)
        assert given.read_text() == CLICKS


def test_a_missing_folder_for_the_events_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given, out = tmp_path / "clicks.csv", tmp_path / "new" / "deep" / "events.csv"
    given.write_text(CLICKS)
    code, _, _ = run(capsys, "clicks", str(given), "--out", str(out), "--json")
    assert code == 0
    assert len(pd.read_csv(out)) == 3


def test_a_file_without_a_required_column_is_refused_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = tmp_path / "clicks.csv"
    given.write_text("customer_id,clicked_at\nann,2026-05-04\n")
    code, text, _ = run(
        capsys, "clicks", str(given), "--out", str(tmp_path / "events.csv"), "--json"
    )
    assert code == 3
    assert json.loads(text)["error"]["rule"] == "clicks_columns"
    assert "session_id, element" in json.loads(text)["error"]["message"]
