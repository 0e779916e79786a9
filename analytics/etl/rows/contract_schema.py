"""The data contract as a pandera schema: which values a landed column may hold."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import numpy as np
import pandas as pd
import pandera.pandas as pandera
from pandera.errors import SchemaErrors

from analytics.domain.event_log.contract import (
    MAX_TEXT_LENGTH,
    ColumnType,
    LandedColumn,
    LandedTable,
)

EARLIEST = pd.Timestamp("1990-01-01", tz="UTC")
LATEST = pd.Timestamp("2200-01-01", tz="UTC")
#: Clocks may differ by this much before a time counts as impossible.
CLOCK_TOLERANCE = pd.Timedelta(days=1)

#: Helper column of events: seconds from the event to its receipt.
RECEIVED_AFTER_S = "received_after_s"

_NEVER_LATER_THAN_NOW = {"signed_up_at", "occurred_at", "received_at", "treated_at"}
_JSON_COLUMNS = {"attributes", "properties"}
_PRESENT = "present"


def contract_schema(
    table: LandedTable, now: datetime, columns_made: Collection[str]
) -> pandera.DataFrameSchema:
    """Return the schema of those columns of a landed table that a source makes.

    Rules: ``time_plausible`` (1990 to 2200), ``time_not_in_future`` (at most a day after `now`),
    ``received_after_occurred`` (at most a day before), ``number_finite``, ``text_length``, and for
    required columns ``<column>_present``.
    """
    made = (column for column in table.columns if column.name in columns_made)
    columns = {landed.name: _column(landed, now) for landed in made}
    if "received_at" in columns:
        columns[RECEIVED_AFTER_S] = pandera.Column(
            "float64",
            pandera.Check(
                lambda seconds: seconds >= -CLOCK_TOLERANCE.total_seconds(),
                name="received_after_occurred",
            ),
            nullable=True,
        )
    return pandera.DataFrameSchema(columns, name=table.name)


def broken_rules(
    schema: pandera.DataFrameSchema, frame: pd.DataFrame
) -> list[tuple[str, str, np.ndarray[tuple[int], np.dtype[np.bool_]]]]:
    """Return rule, column and which rows break it, for each rule that any row breaks.

    Parameters
    ----------
    frame
        Index 0..n-1; columns of the landed table, typed.
    """
    if RECEIVED_AFTER_S in schema.columns:
        after = (frame["received_at"] - frame["occurred_at"]).dt.total_seconds()
        frame = frame.assign(**{RECEIVED_AFTER_S: after})
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases
    else:
        return []
    found = []
    for (column, check), group in cases.groupby(["column", "check"], sort=False):
        broken = np.zeros(len(frame), dtype=np.bool_)
        broken[group["index"].astype("int64").to_numpy()] = True
        rule = f"{column}_{_PRESENT}" if check == "not_nullable" else str(check)
        landed = "received_at" if column == RECEIVED_AFTER_S else str(column)
        found.append((rule, landed, broken))
    return found


def _column(column: LandedColumn, now: datetime) -> pandera.Column:
    kinds = {
        ColumnType.TEXT: ("str", _text_checks),
        ColumnType.NUMBER: ("float64", _number_checks),
        ColumnType.TIME: ("datetime64[us, UTC]", _time_checks),
    }
    kind, checks = kinds[column.type]
    return pandera.Column(kind, checks(column, now), nullable=not column.required)


def _text_checks(column: LandedColumn, now: datetime) -> list[pandera.Check]:
    if column.name in _JSON_COLUMNS:
        return []
    return [pandera.Check(lambda texts: texts.str.len() <= MAX_TEXT_LENGTH, name="text_length")]


def _number_checks(column: LandedColumn, now: datetime) -> list[pandera.Check]:
    return [pandera.Check(lambda numbers: np.isfinite(numbers), name="number_finite")]


def _time_checks(column: LandedColumn, now: datetime) -> list[pandera.Check]:
    if column.name not in _NEVER_LATER_THAN_NOW:
        return [
            pandera.Check(
                lambda times: (times >= EARLIEST) & (times < LATEST), name="time_plausible"
            )
        ]
    latest = pd.Timestamp(now) + CLOCK_TOLERANCE
    return [
        pandera.Check(lambda times: times >= EARLIEST, name="time_plausible"),
        pandera.Check(lambda times: times <= latest, name="time_not_in_future"),
    ]
