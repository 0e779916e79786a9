"""The default engine: the product's own DuckDB, where the prepared tables already are."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

#: Customers counted at a time: keeps the groups of an aggregation in the cache of the processor,
#: and bounds the memory whatever the number of customers.
CUSTOMERS_AT_A_TIME = 100_000


class DuckDBEngine:
    """Counts where the prepared tables are, some customers at a time."""

    @property
    def title(self) -> str:
        """Name and version."""
        return f"DuckDB {duckdb.__version__}"

    @property
    def at_once(self) -> bool:
        """Whatever it counts, it reads each table once."""
        return True

    def load(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Nothing to do: the tables are there."""

    def answer_into(
        self,
        connection: duckdb.DuckDBPyConnection,
        table: str,
        query: str,
        bound: Mapping[str, int],
    ) -> None:
        """Run the query for some customers at a time and keep the answers as one table."""
        total = connection.execute("SELECT COUNT(*) FROM prepared_customers").fetchall()[0][0]
        verb = f"CREATE OR REPLACE TABLE {table} AS "
        for first in range(0, max(total, 1), CUSTOMERS_AT_A_TIME):
            part = {**bound, "first_key": first, "past_key": first + CUSTOMERS_AT_A_TIME}
            connection.execute(verb + query, part)
            verb = f"INSERT INTO {table} "

    def close(self) -> None:
        """Nothing was loaded."""
