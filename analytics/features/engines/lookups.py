"""Small tables of whole numbers, so that no engine computes a power or a logarithm of its own."""

from __future__ import annotations

import duckdb

_AGE_LIMIT_DAYS = 40_000
#: More uses of one product feature in a window count as this many.
MOST_USES = 50_000


def make_lookups(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `ages`, one row an age in days, and `logs`, one row a count.

    `ages`: the week before the observation day, and 2^(-age / half-life) in millionths. `logs`:
    n ln n in millionths.
    """
    decays = ", ".join(
        f"CAST(ROUND(1000000 * POWER(2, -age / {days}.0)) AS BIGINT) AS decay_{days}"
        for days in (21, 45)
    )
    connection.execute(
        "CREATE OR REPLACE TABLE ages AS "
        f"SELECT CAST(age AS INTEGER) AS age, CAST(age // 7 AS INTEGER) AS week, {decays} "
        f"FROM (SELECT UNNEST(RANGE({_AGE_LIMIT_DAYS})) AS age)"
    )
    connection.execute(
        "CREATE OR REPLACE TABLE logs AS SELECT CAST(n AS BIGINT) AS n, "
        "CAST(CASE WHEN n > 1 THEN ROUND(1000000 * n * LN(n)) ELSE 0 END AS BIGINT) AS n_log_n "
        f"FROM (SELECT UNNEST(RANGE({MOST_USES + 1})) AS n)"
    )
