"""The as-of build: every customer's features, from what was known by one observation date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa

from analytics.domain.event_log.unseen_days import NONE_UNSEEN, UnseenDays
from analytics.domain.profiles.profile import Profile
from analytics.features.accumulate import accumulate_query, grain_queries, joined_query
from analytics.features.engines.engine import Engine
from analytics.features.engines.open_engine import DUCKDB_URL, opened_engine
from analytics.features.finish import among_query, finish_query, rhythm_query
from analytics.features.prepared import Prepared, day_number, open_scratch, prepare
from analytics.features.record import Feature
from analytics.features.registry import FEATURES

#: Customers finished at a time, so that a million of them need no more memory.
FINISHED_AT_A_TIME = 100_000
_ANSWERED = "answered"


@dataclass(frozen=True)
class FeatureSource:
    """Prepared events, an engine that counts them, the features asked for, and holes in the log."""

    prepared: Prepared
    engine: Engine
    features: tuple[Feature, ...]
    unseen: UnseenDays = NONE_UNSEEN

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The product's own DuckDB, where customers are and where the finish runs."""
        return self.prepared.connection

    def absent_on(self, observation_date: date) -> frozenset[str]:
        """Return the features that the source could not support by then."""
        return self.prepared.absent(self.features, day_number(observation_date))

    def answer(self, query: str, bound: Mapping[str, int]) -> str:
        """Run a query of whole numbers on the engine; return the table that holds its answer."""
        self.engine.answer_into(self.connection, _ANSWERED, query, bound)
        return _ANSWERED


@contextmanager
def feature_source(
    scratch: Path,
    *,
    events: Path,
    customers: Path,
    profile: Profile,
    memory_limit_mb: int,
    threads: int = 2,
    engine_url: str = DUCKDB_URL,
    features: Sequence[Feature] = FEATURES,
    unseen: UnseenDays = NONE_UNSEEN,
) -> Iterator[FeatureSource]:
    """Prepare the landed events in a scratch folder and load them into the engine.

    Parameters
    ----------
    unseen
        Days on which the log saw nobody: they count neither in gaps nor in silences.

    Raises
    ------
    UsageError, EnvironmentFault
        As `opened_engine`.
    """
    scratch.mkdir(parents=True, exist_ok=True)
    with opened_engine(engine_url, scratch=scratch, memory_limit_mb=memory_limit_mb) as engine:
        connection = open_scratch(scratch, memory_limit_mb=memory_limit_mb, threads=threads)
        try:
            prepared = prepare(
                connection,
                events=events,
                customers=customers,
                profile=profile,
                features=features,
                unseen=unseen,
            )
            engine.load(connection)
            yield FeatureSource(prepared, engine, tuple(features), unseen)
        finally:
            connection.close()


def build_features(source: FeatureSource, observation_date: date) -> pd.DataFrame:
    """Return one row a customer who had signed up by the end of the observation date.

    Columns: ``rhythm_...`` (what the label needs) and one column a feature, all float64; index:
    ``customer_key`` in order. A feature that the source cannot support on that date is missing for
    everyone. An event after the observation date, or received after it, changes nothing.
    """
    table = pa.concat_tables(feature_parts(source, observation_date))
    frame: pd.DataFrame = table.to_pandas()
    return frame.set_index("customer_key").astype("float64")


def _count(source: FeatureSource, day: Mapping[str, int]) -> None:
    """Let the engine count, and keep each customer's integers as `accumulated`."""
    connection, engine = source.connection, source.engine
    if engine.at_once:
        engine.answer_into(
            connection, "accumulated", accumulate_query(source.features, source.unseen), day
        )
        return
    for grain, query in grain_queries(source.features, source.unseen).items():
        engine.answer_into(connection, grain.value, query, day)
    joined = joined_query(source.features)
    connection.execute(f"CREATE OR REPLACE TABLE accumulated AS {joined}")


def feature_parts(
    source: FeatureSource, observation_date: date, *, named: bool = False
) -> Iterator[pa.Table]:
    """Yield the same for some customers at a time, in order of their keys, to bound the memory.

    Parameters
    ----------
    named
        With `customer_id` in the first column, instead of the key.
    """
    day = {"day": day_number(observation_date)}
    connection = source.connection
    _count(source, day)
    connection.execute(f"CREATE OR REPLACE TABLE rhythm AS {rhythm_query(source.unseen)}", day)
    connection.execute(f"CREATE OR REPLACE TABLE among AS {among_query(source.features)}")
    query = finish_query(source.features, absent=source.absent_on(observation_date))
    if named:
        query = (
            f"SELECT c.customer_id, f.* EXCLUDE (customer_key) FROM ({query}) AS f "
            "JOIN prepared_customers AS c ON c.customer_key = f.customer_key "
            "ORDER BY f.customer_key"
        )
    for first in range(0, max(source.prepared.customers, 1), FINISHED_AT_A_TIME):
        part = {"first_key": first, "past_key": first + FINISHED_AT_A_TIME}
        yield connection.sql(query, params=part).to_arrow_table()
