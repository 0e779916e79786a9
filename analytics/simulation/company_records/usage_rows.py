"""The tracker's rows with their dirt, in the words of the tracker of the day."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from analytics.simulation.company_records import columns
from analytics.simulation.company_records.dirt import (
    LOST_CLOCK_S,
    broken,
    double_some,
    lost,
    misdate,
    receive,
)
from analytics.simulation.company_records.source_rows import Numbers
from analytics.simulation.company_records.visit_records import usage_events
from analytics.simulation.log import ColumnValues
from analytics.simulation.presets.plan import DAY_S, SimulationPlan

FIRST_TRACKER, SECOND_TRACKER = "usage.parquet", "usage_v2.parquet"


def usage_tables(
    given: dict[str, ColumnValues],
    ids: pa.Array,
    plan: SimulationPlan,
    numbers: Numbers,
    rng: np.random.Generator,
) -> dict[str, pa.Table]:
    """Return the usage rows by file: a newer tracker names columns and events otherwise."""
    dirt = plan.dirt
    received_s = receive(given["at_s"], dirt, rng)
    arrived = received_s < plan.end_s
    rows = {**given, "event_id": numbers.rows("usage", given), "received_s": received_s}
    rows = double_some({name: column[arrived] for name, column in rows.items()}, dirt, rng)
    rows["at_s"] = misdate(rows["at_s"], dirt, plan.end_s, rng)
    nobody, timeless = broken(len(rows["at_s"]), dirt, rng)
    rows["customer"][nobody] = -1
    drift_s = plan.start_s + round(plan.days * dirt.drift_at) * DAY_S
    newer = (rows["at_s"] >= drift_s) & (dirt.drift_at > 0)
    rows["at_s"][timeless] = LOST_CLOCK_S
    rows["feature"] = np.where(lost(len(newer), dirt.missing, rng), -1, rows["feature"])
    rows["session"] = rows["session"] + numbers.after("sessions", given["session"])
    tables = {FIRST_TRACKER: _first(_of(rows, ~newer), ids, plan)}
    if dirt.drift_at:
        tables[SECOND_TRACKER] = _second(_of(rows, newer), ids, plan)
    return tables


def _of(rows: dict[str, ColumnValues], chosen: ColumnValues) -> dict[str, ColumnValues]:
    return {name: column[chosen] for name, column in rows.items()}


def _first(rows: dict[str, ColumnValues], ids: pa.Array, plan: SimulationPlan) -> pa.Table:
    preset = plan.preset
    return pa.table(
        {
            "event_id": rows["event_id"],
            "account_id": columns.coded(rows["customer"], ids),
            "event": columns.coded(rows["event"], usage_events(preset)),
            "occurred_at": columns.times(rows["at_s"]),
            "received_at": columns.times(rows["received_s"]),
            "session_id": rows["session"],
            "feature": columns.coded(rows["feature"], preset.words.features),
            "amount": pa.array(rows["amount"], mask=np.isnan(rows["amount"])),
        }
    )


def _second(rows: dict[str, ColumnValues], ids: pa.Array, plan: SimulationPlan) -> pa.Table:
    preset = plan.preset
    events = tuple(renamed(usage_event) for usage_event in usage_events(preset))
    return pa.table(
        {
            "id": rows["event_id"],
            "account": columns.coded(rows["customer"], ids),
            "name": columns.coded(rows["event"], events),
            "timestamp_ms": rows["at_s"] * 1000,
            "received_ms": rows["received_s"] * 1000,
            "session": rows["session"],
            "area": columns.coded(rows["feature"], preset.words.features),
            "amount": pa.array(rows["amount"], mask=np.isnan(rows["amount"])),
        }
    )


def renamed(event: str) -> str:
    """Return what the newer tracker calls an event: ``session_started`` is ``Session Started``."""
    return event.replace("_", " ").title()
