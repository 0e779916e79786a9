"""All amounts of a landing are in one currency: checked, converted at declared rates, and told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from analytics.errors import ContractFailed
from analytics.etl.mappings.mapping import Mapping
from analytics.etl.merging.parts import Part, sql_path


def check_one_currency(
    connection: duckdb.DuckDBPyConnection, parts: Sequence[Part], base: str, before: str | None
) -> str:
    """Return the currency of all amounts: the one declared, else the only one that rows name.

    Parameters
    ----------
    base
        Declared by the mapping or the settings; empty where neither does.
    before
        Currency of what had landed and is added to; None where nothing is.

    Raises
    ------
    ContractFailed
        Amounts came in several currencies and nothing says which one to count in, or what is
        added is in another currency than what had landed (rule ``one_currency``).
    """
    named = _named(connection, [part.path for part in parts if part.source.to != "treatments"])
    if not base and len(named) > 1:
        listed = ", ".join(
            f"{code} ({rows:,} {'row' if rows == 1 else 'rows'})" for code, rows in named.items()
        )
        codes = list(named)
        raise ContractFailed(
            f"Amounts must be in one currency. Got {listed}. Say at the top of the mapping which "
            f'one to count in and at what rates: currency = "{codes[0]}" and '
            f"rates = {{ {', '.join(f'{other} = …' for other in codes[1:])} }}.",
            rule="one_currency",
            got=", ".join(codes),
        )
    currency = base or next(iter(named), "")
    if before and currency and before != currency:
        raise ContractFailed(
            f"Amounts that are added must be in {before}, as those that have landed. Got "
            f"{currency}.",
            rule="one_currency",
            got=currency,
        )
    return currency or before or ""


def conversions(
    connection: duckdb.DuckDBPyConnection, tables: Path, mapping: Mapping
) -> tuple[str, ...]:
    """Return a sentence for each currency that was converted: an assumption, not a measurement."""
    named = _named(connection, [tables / "events.parquet", tables / "customers.parquet"])
    return tuple(
        f"{rows:,} amounts in {code} were converted at the fixed rate of the mapping, "
        f"1 {code} = {mapping.rates[code]:g} {mapping.currency}."
        for code, rows in named.items()
        if code in mapping.rates
    )


def _named(connection: duckdb.DuckDBPyConnection, files: Sequence[Path]) -> dict[str, int]:
    """Return how many rows name each currency, most first."""
    if not files:
        return {}
    listed = ", ".join(sql_path(file) for file in files)
    rows = connection.execute(
        f"SELECT currency, count(*) FROM read_parquet([{listed}], union_by_name=true) "  # noqa: S608
        "WHERE currency IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()
    return {str(code): int(count) for code, count in rows}
