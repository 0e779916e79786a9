"""What the executive report tells: a run's tables, read once, as plain values."""

# ruff: noqa: S608 - the SQL is put together from constants of ours only

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from analytics.domain.customer.risk_tier import AT_RISK_TIERS
from analytics.domain.customer.trend_words import SinceThen
from analytics.domain.customer_columns.group_columns import OWN_COLUMNS
from analytics.domain.numbers.measures import MEASURE, MEASURES
from analytics.domain.profiles.no_action import nothing_to_do
from analytics.domain.run_summary import RunSummary
from analytics.domain.run_tables import CUSTOMERS
from analytics.domain.tables.evidence_tables import BacktestScore, LadderStep, RiskBin
from analytics.domain.tables.flag_tables import PastMonth
from analytics.domain.tables.history_tables import PastPortfolio
from analytics.domain.tables.run_table import RunTable
from analytics.runs.run_files import today_words_sql
from analytics.runs.run_store import PublishedRun

Row = Mapping[str, Any]

WATCH_LIST_ROWS = 10
SUPPRESSED_ROWS = 5
MOST_REPORT_GROUPS = 8

_AT_RISK = "risk_tier in ({})".format(
    ", ".join(f"'{at_risk_tier}'" for at_risk_tier in AT_RISK_TIERS)
)
_WAS_AT_RISK = f"previous_{_AT_RISK}"


@dataclass(frozen=True)
class ReportContent:
    """Everything the report shows.

    Parameters
    ----------
    totals
        Measures over all customers, by name.
    newly_at_risk
        Customers at risk who were scored and not at risk 28 days before.
    since_then
        Where those at risk 28 days before stand today.
    trend
        Past observation dates, oldest first.
    tiers, groups, themes
        Measures by risk tier, by `group_column`, and by first reason of those at risk.
    watch_list
        Highest expected net value first, outside the holdout.
    suppressed
        Frustrated customers who do not speak, highest revenue at risk first.
    suppressed_revenue
        Revenue at risk of all of them.
    backtest
        Models on all test dates together, by slice.
    ladder, past_months
        Each model against the best below it, and what became of past flags; empty for a run of a
        version that kept neither.
    nothing_to_do
        Why nobody is to be contacted, should the watch list be empty.
    """

    summary: RunSummary
    totals: Mapping[str, float]
    newly_at_risk: int
    since_then: SinceThen
    trend: tuple[Row, ...]
    tiers: tuple[Row, ...]
    group_column: str
    groups: tuple[Row, ...]
    themes: tuple[Row, ...]
    watch_list: tuple[Row, ...]
    suppressed: tuple[Row, ...]
    suppressed_revenue: float
    backtest: tuple[Row, ...]
    calibration: tuple[Row, ...]
    ladder: tuple[Row, ...] = ()
    past_months: tuple[Row, ...] = ()
    nothing_to_do: str = ""


def read_content(run: PublishedRun) -> ReportContent:
    """Read a published run for the report."""
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        for table in (CUSTOMERS, PastPortfolio.table, BacktestScore.table, RiskBin.table):
            _open(connection, table.name, run.folder / table.file)
        column = _group_column(connection)
        return ReportContent(
            summary=run.summary,
            totals=_rows(connection, f"select {_measures()} from customers")[0],
            newly_at_risk=_newly_at_risk(connection),
            since_then=_since_then(connection),
            trend=_rows(connection, "select * from portfolio_history order by observation_date"),
            tiers=_by(connection, "risk_tier"),
            group_column=column,
            groups=_by(connection, column)[:MOST_REPORT_GROUPS],
            themes=_themes(connection),
            watch_list=_watch_list(connection),
            suppressed=_suppressed(connection),
            suppressed_revenue=_suppressed_revenue(connection),
            backtest=_backtest(connection),
            calibration=_rows(connection, "select * from calibration order by bin"),
            ladder=_kept(connection, run.folder, LadderStep.table),
            past_months=_kept(connection, run.folder, PastMonth.table),
            nothing_to_do=_nothing_to_do(connection),
        )


def _open(connection: duckdb.DuckDBPyConnection, name: str, path: Path) -> None:
    """A view cannot take a bound value, so the path is quoted."""
    quoted = path.as_posix().replace("'", "''")
    connection.execute(f"create view {name} as select * from read_parquet('{quoted}')")


def _kept(connection: duckdb.DuckDBPyConnection, folder: Path, table: RunTable) -> tuple[Row, ...]:
    """Return a table that runs of former versions have not."""
    path = folder / table.file
    if not path.is_file():
        return ()
    _open(connection, table.name, path)
    return _rows(connection, f"select * from {table.name} order by {table.order_sql}")


def _measures() -> str:
    return ", ".join(f"{measure.sql} as {measure.name}" for measure in MEASURES)


def _by(connection: duckdb.DuckDBPyConnection, column: str) -> tuple[Row, ...]:
    return _rows(
        connection,
        f"select {column} as label, {_measures()} from customers group by {column} "
        f"order by {MEASURE['revenue_at_risk'].sql} desc, count(*) desc, {column}",
    )


def _group_column(connection: duckdb.DuckDBPyConnection) -> str:
    """Return the first of the company's own columns that tells customers apart; else the value."""
    counts = _rows(
        connection,
        "select " + ", ".join(f"count(distinct {name}) as {name}" for name in OWN_COLUMNS)
        + " from customers",
    )[0]  # fmt: skip
    return next((own_column for own_column in OWN_COLUMNS if counts[own_column] > 1), "value_band")


def _newly_at_risk(connection: duckdb.DuckDBPyConnection) -> int:
    return int(
        _rows(
            connection,
            f"select count(*) as n from customers where {_AT_RISK} "
            "and previous_risk_tier in ('medium', 'low')",
        )[0]["n"]
    )


def _since_then(connection: duckdb.DuckDBPyConnection) -> SinceThen:
    rows = _rows(
        connection,
        f"select risk_tier, count(*) as n from customers where {_WAS_AT_RISK} group by risk_tier",
    )
    return SinceThen.from_counts({row["risk_tier"]: row["n"] for row in rows})


def _themes(connection: duckdb.DuckDBPyConnection) -> tuple[Row, ...]:
    """Return the first reasons of those at risk, with the reason of the one that costs most."""
    return _rows(
        connection,
        "select reason_theme as label, count(*) as customers, "
        "sum(revenue_at_risk) as revenue_at_risk, "
        "max_by(reason_1, (revenue_at_risk, customer_id)) as example "
        f"from customers where {_AT_RISK} and reason_theme <> '' "
        "group by reason_theme order by customers desc, label",
    )[:MOST_REPORT_GROUPS]


def _watch_list(connection: duckdb.DuckDBPyConnection) -> tuple[Row, ...]:
    return _rows(
        connection,
        "select customer_id, name, segment, risk_tier, churn_risk, revenue_at_risk, reason_1, "
        "action_label, expected_net_value, expected_net_value_low, expected_net_value_high "
        "from customers where recommended_action <> 'none' and not holdout "
        "order by expected_net_value desc nulls last, customer_id",
        WATCH_LIST_ROWS,
    )


def _nothing_to_do(connection: duckdb.DuckDBPyConnection) -> str:
    rows = _rows(
        connection,
        "select recommended_action, action_label, risk_tier, count(*) as n from customers "
        "group by all",
    )
    return nothing_to_do(
        (row["recommended_action"], row["action_label"] or "", row["risk_tier"], int(row["n"]))
        for row in rows
    )


_SUPPRESSED = "suppressed_frustration and eligible"


def _suppressed(connection: duckdb.DuckDBPyConnection) -> tuple[Row, ...]:
    return _rows(
        connection,
        "select customer_id, name, frustration_index, contacts_90d, churn_risk, revenue_at_risk, "
        f"monthly_revenue, risk_tier from customers where {_SUPPRESSED} "
        "order by revenue_at_risk desc, customer_id",
        SUPPRESSED_ROWS,
    )


def _suppressed_revenue(connection: duckdb.DuckDBPyConnection) -> float:
    found = _rows(
        connection,
        "select coalesce(sum(revenue_at_risk), 0) as value from customers "
        "where suppressed_frustration",
    )
    return float(found[0]["value"])


def _backtest(connection: duckdb.DuckDBPyConnection) -> tuple[Row, ...]:
    column = next(
        score_column for score_column in BacktestScore.table.columns if score_column.name == "slice"
    )
    return _rows(
        connection,
        f"select * replace ({today_words_sql(column, 'slice')} as slice) from backtest "
        "where observation_date = 'all' and auc is not null "
        "order by auc desc, model",
    )


def _rows(
    connection: duckdb.DuckDBPyConnection, query: str, most: int | None = None
) -> tuple[Row, ...]:
    """Return rows by column name; a missing number is None."""
    result = connection.execute(query)
    names = [described[0] for described in result.description]
    found = result.fetchall() if most is None else result.fetchmany(most)
    return tuple(
        {name: _plain(value) for name, value in zip(names, row, strict=True)} for row in found
    )


def _plain(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value
