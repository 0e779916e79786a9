"""Small hand-made worlds: a few events, counted back in days from one observation date."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analytics.domain.event_log.unseen_days import NONE_UNSEEN, UnseenDays
from analytics.domain.profiles.profile import Profile
from analytics.domain.profiles.profile_file import load_profile
from analytics.features.build import FeatureSource, build_features, feature_source
from analytics.features.engines.open_engine import DUCKDB_URL
from analytics.features.laws import by_customer_id
from analytics.features.nasty_log import LANDED_CUSTOMERS, LANDED_EVENTS
from analytics.features.record import Feature
from analytics.features.registry import FEATURES

#: A Wednesday, so that ages 3 and 4 are a Sunday and a Saturday.
TODAY = date(2025, 6, 25)
SAAS = load_profile("saas")


def moment(age: int, hour: int = 12) -> datetime:
    """Return a time of the day that lies `age` days before today; negative ages lie after it."""
    return datetime.combine(TODAY - timedelta(days=age), time(hour), tzinfo=UTC)


@dataclass(frozen=True)
class Event:
    """One event, by its age in days; `received` is the age at which it became known."""

    customer: str
    age: int
    type: str = "session"
    value: float | None = None
    feature: str | None = None
    received: int | None = None
    hour: int = 12

    def row(self, number: int) -> dict[str, Any]:
        learned = self.age if self.received is None else self.received
        return {
            "customer_id": self.customer,
            "occurred_at": moment(self.age, self.hour),
            "event_type": self.type,
            "event_id": f"e{number}",
            "received_at": moment(learned, self.hour),
            "value": self.value,
            "session_id": None,
            "feature": self.feature,
            "properties": None,
        }


@dataclass(frozen=True)
class Person:
    """A customer of a source that has customers; others are derived from their first event."""

    customer: str
    signed_up: int
    ended: int | None = None
    end_reason: str | None = None


def active(customer: str, ages: Iterable[int], **more: Any) -> list[Event]:
    """Return one session on each of these days."""
    return [Event(customer, age, **more) for age in ages]


@contextmanager
def prepared(
    folder: Path,
    events: Sequence[Event],
    people: Sequence[Person] = (),
    *,
    profile: Profile = SAAS,
    features: Sequence[Feature] = FEATURES,
    engine_url: str = DUCKDB_URL,
    unseen: UnseenDays = NONE_UNSEEN,
) -> Iterator[FeatureSource]:
    """Land the world as ingest would and prepare it; events keep the order given."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [one.row(number) for number, one in enumerate(events)]
    pq.write_table(pa.Table.from_pylist(rows, LANDED_EVENTS), folder / "events.parquet")
    known = {one.customer: one for one in people}
    first: dict[str, datetime] = {}
    for row in rows:
        before = first.get(row["customer_id"], row["occurred_at"])
        first[row["customer_id"]] = min(before, row["occurred_at"])
    landed = [
        {
            "customer_id": name,
            "signed_up_at": moment(known[name].signed_up) if name in known else first[name],
            "ended_at": _end(known.get(name)),
            "end_reason": known[name].end_reason if name in known else None,
            "signed_up_by": "recorded" if name in known else "first_event",
        }
        for name in sorted({*known, *first})
    ]
    pq.write_table(pa.Table.from_pylist(landed, LANDED_CUSTOMERS), folder / "customers.parquet")
    with (
        tempfile.TemporaryDirectory() as scratch,
        feature_source(
            Path(scratch),
            events=folder / "events.parquet",
            customers=folder / "customers.parquet",
            profile=profile,
            memory_limit_mb=512,
            threads=1,
            engine_url=engine_url,
            features=features,
            unseen=unseen,
        ) as source,
    ):
        yield source


def features_of(
    folder: Path,
    events: Sequence[Event],
    people: Sequence[Person] = (),
    *,
    profile: Profile = SAAS,
    features: Sequence[Feature] = FEATURES,
    on: date = TODAY,
) -> pd.DataFrame:
    """Return the features of the world, one row a customer, by customer id."""
    with prepared(folder, events, people, profile=profile, features=features) as source:
        return by_customer_id(source, build_features(source, on))


def profile_with(**changes: Any) -> Profile:
    """Return the saas profile with some fields changed."""
    return replace(SAAS, **changes)


def _end(person: Person | None) -> datetime | None:
    return None if person is None or person.ended is None else moment(person.ended)
