"""What a run takes over from the last one so that segments mean the same in both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.parquet as parquet

from analytics.domain.customer.named_segment import CELLS
from analytics.domain.profiles.profile import Profile
from analytics.domain.run_tables import CUSTOMERS
from analytics.domain.tables.run_table import RunTable
from analytics.domain.tables.segment_tables import ClusterCentre, RfmCut
from analytics.runs.run_store import PublishedRun, RunStore
from analytics.runs.same_business import is_same_business
from analytics.scoring.segments.segment_moves import MOVE_COLUMNS

_CELL = ["value_band", "risk_tier", "frustration_band"]


@dataclass(frozen=True)
class FormerSegments:
    """Frozen cut points, clusters and customers of the last run on data of the same kind.

    Parameters
    ----------
    rfm_cuts, clusters
        The run tables; None where the last run had none.
    customers
        What the moves are made of; None where it cannot be read.
    """

    run_id: str
    as_of: str
    rfm_cuts: pd.DataFrame | None
    clusters: pd.DataFrame | None
    customers: pd.DataFrame | None


def run_before(
    store: RunStore,
    run_id: str,
    profile: Profile,
    as_of: date,
    *,
    simulated: bool,
    customer_ids: npt.NDArray[np.object_],
) -> PublishedRun | None:
    """Return the last run of the same business and kind of data whose data end before `as_of`.

    A run on later data must not set the cut points of an earlier date, however it was published.
    Nor must another business that shares the workspace and the profile.

    Parameters
    ----------
    customer_ids
        Of the customers of the run that is being made.
    """
    alike = [
        published
        for published in store.runs()
        if published.run_id != run_id
        and published.summary.profile == profile.name
        and published.summary.simulated == simulated
        and published.summary.as_of[:10] < as_of.isoformat()
    ]
    latest_first = sorted(alike, key=lambda one: one.summary.as_of, reverse=True)
    same = (run for run in latest_first if is_same_business(run, customer_ids, profile.currency))
    return next(same, None)


def former_segments(former: PublishedRun | None) -> FormerSegments | None:
    """Read what the last run says of segments; None for the first run."""
    if former is None:
        return None
    return FormerSegments(
        former.run_id,
        former.summary.as_of[:10],
        _table(former, RfmCut.table),
        _table(former, ClusterCentre.table),
        _customers(former),
    )


def _table(former: PublishedRun, table: RunTable) -> pd.DataFrame | None:
    try:
        found = pd.read_parquet(former.folder / table.file, columns=list(table.column_names))
    except (OSError, ValueError, KeyError):
        return None
    return found if len(found) else None


def _customers(former: PublishedRun) -> pd.DataFrame | None:
    """Return the columns that the last run has; its named segments are known by their cells."""
    path = former.folder / CUSTOMERS.file
    try:
        there = set(parquet.read_schema(path).names)
        wanted = [fromkey for fromkey in dict.fromkeys((*MOVE_COLUMNS, *_CELL)) if fromkey in there]
        found = pd.read_parquet(path, columns=wanted)
    except (OSError, ValueError, KeyError):
        return None
    if "named_segment" not in found and set(_CELL) <= set(found.columns):
        cells = zip(*(found[name] for name in _CELL), strict=True)
        found = found.assign(named_segment=[str(CELLS.get(cell, "")) for cell in cells])
    return found
