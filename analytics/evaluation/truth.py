"""Opens the truth of a simulation: the one place that may read it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.errors import BadInput
from analytics.features.prepared import day_number
from analytics.simulation.hidden import State
from analytics.simulation.presets.purchase_preset import CDNOW
from analytics.simulation.simulate import NOTE_FILE, TRUTH_FOLDER
from analytics.simulation.truth_files import (
    CUSTOMERS_FILE,
    FUTURES_FILE,
    OUTCOMES_FILE,
    STRANGERS_FILE,
    WEEKS_FILE,
)

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

GONE_SILENTLY = State.GONE_SILENTLY.name.lower()


@dataclass(frozen=True)
class Truth:
    """What is true of a simulated business.

    Parameters
    ----------
    note
        What was simulated: preset, dates, seed, campaigns.
    customers
        Index customer_id: traits, final state, exit.
    weeks
        One row a customer and week, its condition at the week's end.
    outcomes
        One row a campaign, customer and action: the state it led to, or would have led to.
    futures
        One row a customer and action: chances of being gone some weeks after the end.
    strangers
        Accounts that are no customers.
    """

    note: dict[str, Any]
    customers: pd.DataFrame
    weeks: pd.DataFrame
    outcomes: pd.DataFrame
    futures: pd.DataFrame
    strangers: pd.DataFrame

    @property
    def start_day(self) -> int:
        """First simulated day, in days since 1970."""
        return day_number(date.fromisoformat(self.note["start"]))

    def week_known_on(self, day: npt.ArrayLike) -> npt.NDArray[np.int64]:
        """Return the last week that had ended by the end of each day; -1 for none."""
        week: npt.NDArray[np.int64] = (np.asarray(day, dtype=np.int64) + 1 - self.start_day) // 7
        return week - 1

    def silent_by(self, ids: npt.ArrayLike, last_day: Floats) -> Flags:
        """Tell who had gone silently by the end of a day; False for strangers."""
        people = self.customers.reindex(pd.Index(np.asarray(ids)))
        exit_day = people["exit_day"].to_numpy()
        silent = (people["final_state"] == GONE_SILENTLY).to_numpy()
        result: Flags = silent & (np.nan_to_num(exit_day, nan=np.inf) <= last_day)
        return result


def open_truth(simulation: Path) -> Truth:
    """Open the truth of the simulation in a folder.

    Raises
    ------
    BadInput
        The folder holds no simulation.
    """
    folder = simulation / TRUTH_FOLDER
    try:
        note = json.loads((simulation / NOTE_FILE).read_text("utf-8"))
        if note["preset"] == CDNOW.name:
            raise BadInput(
                f"Preset {CDNOW.name} has purchases only, whose hidden states nobody can judge a "
                f"run by; take saas, retail or telecom. Got {simulation}.",
                rule="truth_judges",
                got=simulation,
            )
        frames = {
            name: pd.read_parquet(folder / name)
            for name in (CUSTOMERS_FILE, WEEKS_FILE, FUTURES_FILE, STRANGERS_FILE)
        }
    except (OSError, ValueError, KeyError, TypeError):
        raise BadInput(
            "--truth must be a folder that `silent-churn simulate` wrote, with its truth. "
            f"Got {simulation}.",
            rule="truth_readable",
            got=simulation,
        ) from None
    outcomes = folder / OUTCOMES_FILE
    customers = frames[CUSTOMERS_FILE].set_index("customer_id")
    exit_s = customers["exit_at"].astype("int64").to_numpy() / _ticks(customers["exit_at"])
    customers["exit_day"] = np.where(customers["exit_at"].isna(), np.nan, exit_s // 86_400)
    return Truth(
        note,
        customers,
        frames[WEEKS_FILE],
        pd.read_parquet(outcomes) if outcomes.is_file() else pd.DataFrame(),
        frames[FUTURES_FILE],
        frames[STRANGERS_FILE],
    )


def _ticks(times: pd.Series) -> float:
    """Return how many ticks of a time column make a second."""
    return {"s": 1.0, "ms": 1e3, "us": 1e6, "ns": 1e9}[times.dt.unit]
