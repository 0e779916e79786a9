"""What a source looks like changes no feature: its zone, its scale, its order, its repeats."""

from __future__ import annotations

import csv
import io
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.domain.event_log.events import EVENT_CATALOGUE
from analytics.etl.ingest import IngestRequest, ingest
from analytics.etl.landing.landed import current_landing
from analytics.etl.mappings.mapping_file import parse_mapping
from analytics.features.build import build_features, feature_source
from analytics.features.laws import by_customer_id
from analytics.features.registry import FEATURE_NAMES
from tests.analytics.features.feature_world import SAAS

ON = date(2025, 6, 25)
#: Kept away from clock changes: an hour that a change repeats is told apart by no local time.
FIRST, LAST = datetime(2025, 4, 7, tzinfo=UTC), datetime(2025, 10, 20, tzinfo=UTC)

_MAPPING = """
[[source]]
name = "log"
to = "events"
path = "log.csv"
format = "csv"
[source.columns]
event_id = "id"
customer_id = "who"
occurred_at = {occurred}
received_at = {received}
event_type = "what"
value = "amount"
feature = "thing"
"""
Row = tuple[str, str, datetime, datetime, str, str, str]


def log(seed: int, rows: int = 400) -> list[Row]:
    rng = np.random.default_rng(seed)
    kinds = [*EVENT_CATALOGUE, "of_no_catalogue"]
    span = int((LAST - FIRST).total_seconds())
    made = []
    for number in range(rows):
        at = FIRST + timedelta(seconds=int(span * rng.random() ** 1.5))
        late = timedelta(days=int(rng.integers(1, 9))) if rng.random() < 0.1 else timedelta()
        amount = str(rng.choice(["", "1", "2.5", "4", "49.9"]))
        thing = str(rng.choice(["", "search", "export"]))
        made.append(
            (
                f"e{number}",
                f"c{int(9 * rng.random() ** 2)}",
                at,
                min(at + late, LAST),
                str(rng.choice(kinds)) if rng.random() < 0.6 else "session",
                amount,
                thing,
            )
        )
    return made


def features(rows: list[Row], spec: str = "iso", zone: str = "UTC") -> pd.DataFrame:
    """Write the log as a source of that kind would, land it and build."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(["id", "who", "at", "got", "what", "amount", "thing"])
        writer.writerows(
            [key, who, _time(at, spec, zone), _time(got, spec, zone), *rest]
            for key, who, at, got, *rest in rows
        )
        (folder / "log.csv").write_text(text.getvalue(), "utf-8")
        occurred, received = (_spec(column, spec, zone) for column in ("at", "got"))
        mapping = _MAPPING.format(occurred=occurred, received=received)
        ingest(
            IngestRequest(
                mapping=parse_mapping(mapping, name="log"),
                sources=(str(folder / "log.csv"),),
                data_folder=folder / "data",
                now=LAST + timedelta(days=1),
                memory_limit_mb=512,
            )
        )
        landed = current_landing(folder / "data")
        with feature_source(
            folder / "scratch",
            events=landed.events,
            customers=landed.customers,
            profile=SAAS,
            memory_limit_mb=512,
            threads=1,
        ) as source:
            return by_customer_id(source, build_features(source, ON))


def _time(at: datetime, spec: str, zone: str) -> str:
    if spec in ("s", "ms"):
        return str(int(at.timestamp()) * {"s": 1, "ms": 1000}[spec])
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M:%S")


def _spec(column: str, spec: str, zone: str) -> str:
    if spec in ("s", "ms"):
        return f'{{ column = "{column}", epoch = "{spec}" }}'
    return f'{{ column = "{column}", zone = "{zone}" }}'


@pytest.fixture(scope="module")
def base() -> pd.DataFrame:
    return features(log(1))


@pytest.mark.parametrize(
    "zone", ["Asia/Kolkata", "America/New_York", "Pacific/Kiritimati", "Europe/Berlin"]
)
def test_the_zone_of_the_source_changes_nothing(base: pd.DataFrame, zone: str) -> None:
    assert features(log(1), zone=zone).equals(base)


@pytest.mark.parametrize("unit", ["s", "ms"])
def test_the_scale_of_the_source_s_clock_changes_nothing(base: pd.DataFrame, unit: str) -> None:
    assert features(log(1), spec=unit).equals(base)


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 999), share=st.floats(0.05, 1.0))
def test_rows_that_come_twice_and_in_any_order_change_nothing(seed: int, share: float) -> None:
    rows = log(seed)
    rng = np.random.default_rng(seed)
    again = [row for row in rows if rng.random() < share]
    mixed = [*rows, *again]
    order = rng.permutation(len(mixed))
    assert features([mixed[place] for place in order]).equals(features(rows))


def test_the_log_has_something_to_say(base: pd.DataFrame) -> None:
    """So that the laws above are not kept by features that see nothing."""
    varied = [name for name in FEATURE_NAMES if base[name].nunique(dropna=False) > 1]
    assert len(varied) > 0.85 * len(FEATURE_NAMES)
    assert not features(log(2)).equals(base)
