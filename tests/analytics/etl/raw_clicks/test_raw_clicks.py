"""Rage, dead and error clicks: the thresholds at their edges, and what must not count."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.etl.raw_clicks.clicks import click_signals

NOON = pd.Timestamp("2026-05-04 12:00", tz="UTC")


def clicks(*at_ms: int, **columns: Any) -> pd.DataFrame:
    """Clicks of one session on one button, at milliseconds after noon, answered at once."""
    table = pd.DataFrame(
        {
            "customer_id": "ann",
            "session_id": "s1",
            "clicked_at": [NOON + pd.Timedelta(milliseconds=one) for one in at_ms],
            "element": "#save",
            "kind": "button",
            "changed_after_ms": 400.0,
        }
    )
    return table.assign(**columns)


def kinds(table: pd.DataFrame) -> list[str]:
    return click_signals(table)["event_type"].tolist()


def test_three_clicks_in_a_second_are_one_rage_click_at_the_first() -> None:
    found = click_signals(clicks(0, 500, 1000, 1400))
    assert found.to_dict("records") == [
        {
            "customer_id": "ann",
            "occurred_at": NOON,
            "event_type": "rage_click",
            "session_id": "s1",
            "feature": "#save",
        }
    ]


@pytest.mark.parametrize(
    "table",
    [
        clicks(0, 500),
        clicks(0, 500, 1001),
        clicks(0, 400, 800, element=["#a", "#b", "#a"]),
        clicks(0, 400, 800, session_id=["s1", "s2", "s1"]),
        clicks(0, 400, 800, customer_id=["ann", "bob", "ann"]),
        clicks(0, 400, 800, x=[0, 30, 0], y=0),
        clicks(0, 400, 800, selected_after_ms=[None, None, 20]),
        clicks(0, 400, 800, scrolled_after_ms=[None, 50, None]),
        clicks(0, 400, 800, changed_after_ms=300.0),
        clicks(0, 400, 800, kind="stepper"),
        clicks(0, 400, 800, modifier=["", "true", ""]),
    ],
    ids=[
        "two only", "just too slow", "another element", "another session", "another customer",
        "30 pixels apart", "text selected", "scrolled", "each one answered", "made for it", "shift",
    ],
)  # fmt: skip
def test_what_only_looks_like_rage_does_not_count(table: pd.DataFrame) -> None:
    assert "rage_click" not in kinds(table)


def test_near_clicks_and_unknown_places_do_count() -> None:
    assert kinds(clicks(0, 400, 800, x=[0, 15, None], y=[0, 14, None])) == ["rage_click"]


def test_two_bursts_are_two_rage_clicks() -> None:
    assert kinds(clicks(0, 200, 400, 5000, 5200, 5400)) == ["rage_click", "rage_click"]


def test_a_click_without_any_answer_is_dead() -> None:
    assert kinds(clicks(0, changed_after_ms=None)) == ["dead_click"]
    assert kinds(clicks(0, changed_after_ms=2501.0)) == ["dead_click"]


@pytest.mark.parametrize(
    "columns",
    [
        {"changed_after_ms": 2500.0},
        {"navigated_after_ms": 900.0},
        {"scrolled_after_ms": 100.0},
        {"selected_after_ms": 100.0},
        {"kind": "input"},
        {"kind": "A"},
        {"kind": "canvas"},
        {"modifier": 1},
    ],
    ids=str,
)
def test_a_click_with_an_answer_or_one_that_a_page_cannot_see_is_not_dead(
    columns: dict[str, Any],
) -> None:
    assert kinds(clicks(0, **{"changed_after_ms": None, **columns})) == []


def test_trying_again_at_once_is_one_dead_click() -> None:
    assert kinds(clicks(0, 700, 3000, changed_after_ms=None)) == ["dead_click", "dead_click"]


def test_where_no_answers_were_recorded_nothing_is_dead() -> None:
    assert kinds(clicks(0).drop(columns="changed_after_ms")) == []


def test_an_error_within_100_ms_is_an_error_click_and_not_a_dead_one() -> None:
    assert kinds(clicks(0, changed_after_ms=None, error_after_ms=100.0)) == ["error_click"]
    assert kinds(clicks(0, error_after_ms=101.0)) == []


def test_a_rage_click_is_not_counted_as_anything_else() -> None:
    table = clicks(0, 400, 800, changed_after_ms=None, error_after_ms=10.0)
    assert kinds(table) == ["rage_click"]


def test_a_voided_burst_may_still_be_an_error() -> None:
    table = clicks(0, 400, 800, kind="stepper", error_after_ms=[10.0, None, None])
    assert kinds(table) == ["error_click"]


def test_clicks_of_one_moment_come_in_the_order_of_what_followed_them() -> None:
    table = clicks(0, 0, changed_after_ms=[None, 0.0], modifier=["true", None])
    turned = table.iloc[::-1].reset_index(drop=True)
    assert click_signals(turned).equals(click_signals(table))


def test_no_clicks_are_no_events() -> None:
    assert len(click_signals(clicks())) == 0


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["ann", "bob"]),
            st.sampled_from(["#a", "#b"]),
            st.integers(0, 6000),
            st.one_of(st.none(), st.integers(0, 4000)),
        ),
        max_size=25,
    ),
    st.randoms(),
)
def test_the_order_of_the_rows_and_clicks_of_others_change_nothing(
    drawn: list[tuple[str, str, int, int | None]], random: Any
) -> None:
    def table(rows: list[tuple[str, str, int, int | None]]) -> pd.DataFrame:
        who, what, at, changed = zip(*rows, strict=True) if rows else ((), (), (), ())
        return clicks(
            *at,
            customer_id=list(who),
            element=list(what),
            changed_after_ms=pd.array(changed, dtype="Float64").to_numpy("float64", na_value=None)
            if rows
            else [],
        )

    def events(rows: list[tuple[str, str, int, int | None]]) -> list[tuple[Any, ...]]:
        found = click_signals(table(rows))
        return sorted(found.itertuples(index=False, name=None))

    shuffled = drawn[:]
    random.shuffle(shuffled)
    assert events(shuffled) == events(drawn)
    alone = [one for one in drawn if one[0] == "ann"]
    assert events(alone) == [one for one in events(drawn) if one[0] == "ann"]
