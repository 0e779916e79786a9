"""Writes the purchases of a simulated shop as CDNOW's file has them, and the truth apart."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analytics.errors import UsageError
from analytics.simulation.hidden import State
from analytics.simulation.parquet_file import parquet_writer
from analytics.simulation.presets.plan import MAX_DAYS
from analytics.simulation.presets.purchase_preset import MOST_CUSTOMERS, PurchasePreset
from analytics.simulation.purchases.purchase_story import (
    WEEK_DAYS,
    Buyers,
    Ints,
    Purchases,
    live_chunks,
)
from analytics.simulation.written_files import WrittenFiles

PURCHASE_FILE, TRUTH_FILE = "CDNOW_simulated.txt", "customers.parquet"
_HEADER = b" customer_id  date number_of_cds  dollar_value\r\n"
_STATES = tuple(state.name.lower() for state in (State.ENGAGED, State.GONE_SILENTLY))


def simulate_purchases(
    preset: PurchasePreset,
    *,
    source: Path,
    truth: Path,
    customers: int,
    days: int,
    end: date,
    seed: int,
) -> WrittenFiles:
    """Write a shop's purchases to one folder and the truth to another; the same seed, same bytes.

    Parameters
    ----------
    source, truth
        Folders; made where they are missing.
    days, end
        Length, and last day.

    Raises
    ------
    UsageError
        More customers than the file can number, or fewer days than first purchases take.
    """
    shortest = len(preset.first_shares) * WEEK_DAYS
    _within("customers", customers, 1, MOST_CUSTOMERS, preset)
    _within("days", days, shortest, MAX_DAYS, preset)
    source.mkdir(parents=True, exist_ok=True)
    truth.mkdir(parents=True, exist_ok=True)
    start = end - timedelta(days=days - 1)
    rows, gone = 0, 0
    with ExitStack() as opened:
        log = opened.enter_context((source / PURCHASE_FILE).open("wb"))
        log.write(_HEADER)
        writer: pq.ParquetWriter | None = None
        for people, purchases in live_chunks(
            preset, customers=customers, days=days, seed=seed, first_weekday=start.weekday()
        ):
            log.write(_lines(purchases, start))
            table = _truth(people, start)
            if writer is None:
                writer = opened.enter_context(parquet_writer(truth / TRUTH_FILE, table.schema))
            writer.write_table(table)
            rows, gone = rows + len(purchases.day), gone + int(people.gone.sum())
    states = dict(zip(_STATES, (customers - gone, gone), strict=True))
    return WrittenFiles({PURCHASE_FILE: rows}, states)


def _lines(purchases: Purchases, start: date) -> bytes:
    """Return the rows in the layout of CDNOW's file: fixed width, ended by CR and LF."""
    dollars = pc.binary_join_element_wise(
        _padded(purchases.cents // 100, 5, " "), _padded(purchases.cents % 100, 2, "0"), "."
    )
    numbers = _padded(purchases.number, 5, "0")
    dates = pc.strftime(_dates(purchases.day, start), format="%Y%m%d")
    lines = pc.binary_join_element_wise(
        "",
        numbers,
        dates,
        pc.binary_join_element_wise(_padded(purchases.cds, 2, " "), dollars, ""),
        " ",
    )
    text: str = pc.binary_join(pa.ListArray.from_arrays([0, len(lines)], lines), "\r\n")[0].as_py()
    return text.encode("ascii") + b"\r\n"


def _padded(numbers: Ints, width: int, filler: str) -> pa.Array:
    return pc.utf8_lpad(pc.cast(pa.array(numbers), pa.string()), width, filler)


def _dates(day: Ints, start: date) -> pa.Array:
    since = np.datetime64(start, "D") + day.astype("timedelta64[D]")
    return pa.array(since.astype("datetime64[s]"))


def _truth(people: Buyers, start: date) -> pa.Table:
    last = _dates(people.last_day, start).cast(pa.date32())
    return pa.table(
        {
            "customer_id": _padded(people.number, 5, "0"),
            "first_purchase": _dates(people.first_day, start).cast(pa.date32()),
            "last_purchase": last,
            "gone_at": pc.if_else(pa.array(people.gone), last, None),
            "final_state": pc.if_else(pa.array(people.gone), _STATES[1], _STATES[0]),
            "rate": people.rate,
            "dropout": people.dropout,
            "mean_spend": people.mean_spend,
        }
    )


def _within(name: str, value: int, low: int, high: int, preset: PurchasePreset) -> None:
    if not low <= value <= high:
        raise UsageError(
            f"{name} of preset {preset.name} must be between {low} and {high}. Got {value}.",
            rule=f"{name}_in_range",
            got=value,
        )
