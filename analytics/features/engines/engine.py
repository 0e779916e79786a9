"""What an engine is: a place where the integers are counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Protocol
from urllib.parse import urlsplit

import duckdb

from analytics.errors import EnvironmentFault
from analytics.redaction import redacted

#: Tables of whole numbers that an engine needs, as `analytics.features.prepared` makes them.
ENGINE_TABLES = ("prepared_days", "prepared_signs", "prepared_uses", "ages", "logs")
#: The customer keys of everybody, for engines that do not take them in parts.
EVERYBODY = {"first_key": 0, "past_key": 2_147_483_647}


class Engine(Protocol):
    """Counts integers over the prepared tables.

    Every engine gives the same integers, to the last bit, for the same query.
    """

    @property
    def title(self) -> str:
        """Name and version for a reader, without the address, which may hold a password."""

    @property
    def at_once(self) -> bool:
        """Whether it counts everything best in one query, or one grain at a time."""

    def load(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Take the prepared tables of the product's own DuckDB."""

    def answer_into(
        self,
        connection: duckdb.DuckDBPyConnection,
        table: str,
        query: str,
        bound: Mapping[str, int],
    ) -> None:
        """Run a query in DuckDB's dialect and keep its answer as a table of the connection.

        Parameters
        ----------
        bound
            The query's ``$`` parameters, but for ``$first_key`` and ``$past_key``, the customers
            to count, which an engine may take in parts.
        """

    def close(self) -> None:
        """Remove what was loaded."""


@contextmanager
def engine_faults(title: str, *kinds: type[Exception]) -> Iterator[None]:
    """Turn what an engine raises while it counts into one sentence.

    Raises
    ------
    EnvironmentFault
        It stopped, refused or ran out of something.
    """
    try:
        yield
    except kinds as error:
        raise EnvironmentFault(
            f"{title} must count the features to the end. Got {first_line(error)}",
            rule="engine_counts",
            got=title,
        ) from None


def first_line(error: Exception) -> str:
    """Return the first line that an error says, or its name."""
    said = str(error).strip()
    return said.splitlines()[0] if said else type(error).__name__


def without_password(url: str) -> str:
    """Return the address as it may be shown."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "an address that cannot be read"
    if "@" in url and "@" not in parts.netloc:
        return f"{parts.scheme or 'an address'} with a password where none is expected"
    if "@" not in parts.netloc:
        return redacted(re.split(r"[?;#\s]", url)[0])
    return f"{parts.scheme}://…@{parts.netloc.rpartition('@')[2]}{parts.path}".partition(";")[0]
