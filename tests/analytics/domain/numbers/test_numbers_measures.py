from __future__ import annotations

import math
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import duckdb
import pytest
from hypothesis import strategies as st

from analytics.domain.customer.risk_tier import (
    AT_RISK_TIERS,
    BAND_CUTS,
    SCORED_TIERS,
    TIER_MEANINGS,
    FrustrationBand,
    RiskTier,
)
from analytics.domain.event_log.contract import EVENTS, LANDED_TABLES
from analytics.domain.event_log.events import (
    EVENT_CATALOGUE,
    VOCAL_EVENTS,
    Direction,
    EventKind,
    event_type,
    names_of,
)
from analytics.domain.frustration import FRICTION_CHANNELS
from analytics.domain.numbers.measures import (
    CUSTOMER_COLUMNS,
    MEASURE,
    MEASURES,
    Interval,
    Measure,
    Unit,
    revenue_interval,
)
from analytics.domain.run_summary import RunSummary
from analytics.domain.run_tables import RUN_TABLES

shares = st.floats(0.001, 0.95)

# Measures

#: Three customers: one critical, one low with a recommended action, one lapsed.
ROWS = (
    {
        "customer_id": "a",
        "eligible": True,
        "churn_risk": 0.6,
        "risk_tier": "critical",
        "revenue_at_risk": 60.0,
        "value_if_stays": 100.0,
        "frustration_index": 50.0,
        "frustration_band": "frustrated",
        "suppressed_frustration": True,
        "monthly_revenue": 10.0,
        "recommended_action": "call",
        "expected_net_value": 30.0,
        "avoidable_loss": 12.0,
    },
    {
        "customer_id": "b",
        "eligible": True,
        "churn_risk": 0.1,
        "risk_tier": "high",
        "revenue_at_risk": 5.0,
        "value_if_stays": 50.0,
        "frustration_index": 10.0,
        "frustration_band": "calm",
        "monthly_revenue": 20.0,
        "recommended_action": "call",
        "expected_net_value": 8.0,
        "avoidable_loss": 1.5,
        "holdout": True,
    },
    {
        "customer_id": "c",
        "churn_risk": None,
        "risk_tier": "lapsed",
        "value_if_stays": 70.0,
        "frustration_index": 0.0,
        "frustration_band": "calm",
    },
)
EXPECTED = {
    "customers": 3,
    "eligible": 2,
    "at_risk": 2,
    "expected_silent": 0.7,
    "lapsed": 1,
    "revenue_at_risk": 65.0,
    "exposure": 150.0,
    "avoidable_loss": 13.5,
    "unavoidable_loss": 51.5,
    "frustrated": 1,
    "suppressed": 1,
    "mean_frustration": 20.0,
    "monthly_revenue": 30.0,
    "net_value": 30.0,
}
MISSING_OF_NOBODY = {"mean_frustration", "avoidable_loss", "unavoidable_loss"}
_EMPTY = {Unit.TEXT: "none", Unit.TIME: None, Unit.FLAG: False}


def _values() -> list[list[object]]:
    return [
        [row.get(one.name, _EMPTY.get(one.unit, 0.0)) for one in CUSTOMER_COLUMNS] for row in ROWS
    ]


def _create(types: dict[Unit, str], number: str) -> str:
    columns = ", ".join(f"{one.name} {types.get(one.unit, number)}" for one in CUSTOMER_COLUMNS)
    return f"CREATE TABLE customers ({columns})"


def _from_duckdb(where: str) -> dict[str, float]:
    types = {Unit.TEXT: "VARCHAR", Unit.TIME: "TIMESTAMPTZ", Unit.FLAG: "BOOLEAN"}
    with duckdb.connect() as connection:
        connection.execute(_create(types, "DOUBLE"))
        marks = ", ".join("?" for _ in CUSTOMER_COLUMNS)
        connection.executemany(f"INSERT INTO customers VALUES ({marks})", _values())
        wanted = ", ".join(f"{one.sql} AS {one.name}" for one in MEASURES)
        row = connection.execute(f"SELECT {wanted} FROM customers {where}").fetchone()
    assert row is not None
    return dict(zip(MEASURE, row, strict=True))


def _from_sqlite(where: str) -> dict[str, float]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(_create({Unit.TEXT: "TEXT", Unit.TIME: "TEXT"}, "REAL"))
        marks = ", ".join("?" for _ in CUSTOMER_COLUMNS)
        connection.executemany(f"INSERT INTO customers VALUES ({marks})", _values())
        wanted = ", ".join(f"{one.sql} AS {one.name}" for one in MEASURES)
        row = connection.execute(f"SELECT {wanted} FROM customers {where}").fetchone()
    return dict(zip(MEASURE, row, strict=True))


engines = pytest.mark.parametrize("measured", [_from_duckdb, _from_sqlite])


@engines
def test_every_measure_is_what_it_says_in_each_engine(measured: object) -> None:
    found = measured("")  # type: ignore[operator]
    for name, expected in EXPECTED.items():
        assert found[name] == pytest.approx(expected), name


@engines
def test_measures_of_nobody_are_zero_or_missing_and_never_fail(measured: object) -> None:
    found = measured("WHERE customer_id = 'nobody'")  # type: ignore[operator]
    assert found["customers"] == 0
    assert {name for name, value in found.items() if value is None} <= MISSING_OF_NOBODY


def test_measures_and_columns_have_unique_names_and_meanings() -> None:
    assert len(MEASURE) == len(MEASURES)
    columns = [one.name for one in CUSTOMER_COLUMNS]
    assert len(set(columns)) == len(columns)
    for one in (*MEASURES, *CUSTOMER_COLUMNS):
        assert one.label
        assert one.meaning.endswith(".")
        assert one.higher_is in {"", "good", "bad"}


@pytest.mark.parametrize("one", MEASURES, ids=lambda one: one.name)
def test_a_measure_of_money_that_rests_on_an_assumption_says_so(one: Measure) -> None:
    named = {"revenue_at_risk", "exposure", "net_value", "avoidable_loss", "unavoidable_loss"}
    if one.name in named:
        assert one.assumption


def test_the_interval_of_revenue_at_risk_by_hand() -> None:
    found = revenue_interval(1000.0, variance=90_000.0, shock=4000.0, shock_sd=0.1)
    spread = 1.2815515655446004 * math.sqrt(90_000 + 400**2)
    assert spread == pytest.approx(640.776, abs=1e-3)
    assert found == Interval(1000.0, 1000.0 - spread, 1000.0 + spread)


def test_the_interval_never_goes_below_nothing_and_widens_with_a_shared_shock() -> None:
    assert revenue_interval(10.0, variance=1e6, shock=0.0, shock_sd=0.0).low == 0
    alone = revenue_interval(1e4, variance=100.0, shock=5e3, shock_sd=0.0)
    shared = revenue_interval(1e4, variance=100.0, shock=5e3, shock_sd=0.3)
    assert shared.high - shared.low > 10 * (alone.high - alone.low)


def test_run_tables_have_unique_names_and_columns() -> None:
    assert len({one.file for one in RUN_TABLES}) == len(RUN_TABLES)
    for table in RUN_TABLES:
        assert len(set(table.column_names)) == len(table.columns)
        assert table.grain.startswith("One row a")


# Tiers


def test_every_tier_has_a_meaning_and_a_label() -> None:
    assert set(TIER_MEANINGS) == set(RiskTier)
    assert RiskTier.INSUFFICIENT_CADENCE.label == "Insufficient cadence"
    assert set(AT_RISK_TIERS) < set(SCORED_TIERS)
    assert set(BAND_CUTS) == set(FrustrationBand)
    assert list(BAND_CUTS.values()) == sorted(BAND_CUTS.values(), reverse=True)


# Events and contract


def test_the_catalogue_names_every_type_once_with_a_meaning() -> None:
    for name, one in EVENT_CATALOGUE.items():
        assert one.name == name == name.lower()
        assert one.meaning.endswith(".")
        assert one.kind is not EventKind.UNKNOWN
    assert sum(len(names_of(kind)) for kind in EventKind) == len(EVENT_CATALOGUE)


def test_only_engagement_and_voice_are_done_by_the_customer() -> None:
    done = {one.kind for one in EVENT_CATALOGUE.values() if one.direction is Direction.BY_CUSTOMER}
    assert done == {EventKind.ENGAGEMENT, EventKind.VOICE}


def test_an_unknown_type_is_kept_as_unknown() -> None:
    found = event_type("teleported")
    assert (found.name, found.kind) == ("teleported", EventKind.UNKNOWN)
    assert event_type("order") is EVENT_CATALOGUE["order"]


def test_vocal_events_and_channels_name_types_of_the_catalogue() -> None:
    assert set(VOCAL_EVENTS) <= set(names_of(EventKind.VOICE))
    channels = [name for one in FRICTION_CHANNELS for name in one.events]
    assert len(set(channels)) == len(channels), "no event frustrates twice"
    assert set(channels) <= set(EVENT_CATALOGUE)
    assert set(names_of(EventKind.FRICTION)) <= set(channels)
    assert {one.half_life_days for one in FRICTION_CHANNELS} == {21, 45}


def test_only_events_are_required_and_their_columns_are_those_of_the_contract() -> None:
    assert EVENTS.required == ("customer_id", "occurred_at", "event_type")
    for table in LANDED_TABLES:
        names = [one.name for one in table.columns]
        assert len(set(names)) == len(names)
        assert set(table.key) <= set(names)
        assert table.column("no_such") is None
        assert table.column(names[0]) is table.columns[0]


# Run summary

SUMMARY = RunSummary(
    run_id="20260331T000000-abcd",
    as_of="2026-03-31T00:00:00+00:00",
    published_at="2026-04-01T06:00:00+00:00",
    profile="saas",
    profile_title="Software – Ünïcode",
    currency="EUR",
    simulated=True,
    source="a.csv",
    gap_days=7,
    base_rate=0.08,
    shock_sd=0.2,
    holdout_share=0.1,
    capacity_minutes_per_week=2400.0,
    totals={"customers": 3.0, "eligible": 2.0, "at_risk": 1.0, "exposure": 150.5},
    revenue_at_risk=Interval(65.0, 40.25, 90.1),
    champion="recency",
    champion_label="Days silent alone",
    verdict="Fair.",
    tier_counts={"critical": 1},
    data_quality={"read": 3, "rules": {"time": 1}},
    warnings=("One.", "Two."),
    assumptions=("Three.",),
)


def test_a_summary_survives_its_own_file() -> None:
    assert RunSummary.from_json(SUMMARY.to_json()) == SUMMARY
    bare = replace(SUMMARY, warnings=(), assumptions=(), versions={"python": "3"})
    assert RunSummary.from_json(bare.to_json()) == bare


def test_a_summary_knows_its_time_and_what_scripts_rely_on() -> None:
    assert SUMMARY.as_of_time == datetime(2026, 3, 31, tzinfo=UTC)
    keys = SUMMARY.command_line_keys()
    assert keys["revenue_at_risk"] == {"value": 65.0, "low": 40.25, "high": 90.1}
    assert (keys["customers"], keys["eligible"], keys["at_risk"]) == (3, 2, 1)
    assert keys["warnings"] == ["One.", "Two."]
    assert {"run_id", "as_of", "exposure", "champion"} <= set(keys)
