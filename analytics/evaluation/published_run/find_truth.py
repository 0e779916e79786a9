"""Finds the truth that belongs to a run: that of the simulation whose customers it has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from analytics.errors import BadInput
from analytics.evaluation.truth import Truth, open_truth
from analytics.runs.run_store import PublishedRun
from analytics.simulation.simulate import NOTE_FILE

#: Share of the run's customers, strangers aside, who must be the simulation's, and who must have
#: signed up when it says, to the second.
SAME_CUSTOMERS = 0.95
_DEPTHS = ("", "*/", "*/*/")


def truth_of(run: PublishedRun, given: Path | None, *, workspace: Path) -> Truth:
    """Return the truth of a run's customers.

    Parameters
    ----------
    given
        The simulation's folder; None looks below the workspace and the current folder.

    Raises
    ------
    BadInput
        The run is on real data, no simulation is found, or it is another one.
    """
    if not run.summary.simulated:
        raise BadInput(
            f"Only a run on simulated data can be held against its truth. Got {run.run_id}, "
            "made from data of your own.",
            rule="run_simulated",
            got=run.run_id,
        )
    if given is not None:
        truth = open_truth(given)
        if not is_of(truth, run):
            raise BadInput(
                f"The truth must be of the simulation that run {run.run_id} was made from. "
                f"Got {given}, whose customers signed up at other times.",
                rule="truth_matches",
                got=given,
            )
        return truth
    for folder in _simulations(workspace):
        try:
            truth = open_truth(folder)
        except BadInput:
            continue
        if is_of(truth, run):
            return truth
    raise BadInput(
        f"The simulation of run {run.run_id} must lie below the workspace, or be named by --truth. "
        "Got none that fits.",
        rule="truth_found",
        got=run.run_id,
    )


def is_of(truth: Truth, run: PublishedRun) -> bool:
    """Tell whether nearly all customers of the run are the simulation's, signed up when it says."""
    seen = pd.read_parquet(
        run.folder / "customers.parquet", columns=["customer_id", "signed_up_at"]
    ).set_index("customer_id")["signed_up_at"]
    seen = seen[~seen.index.isin(truth.strangers["account_id"])]
    true = truth.customers["signed_up_at"].reindex(seen.index)
    known = true.notna()
    same = (true[known].dt.floor("s") == seen[known].dt.floor("s")).mean() if known.any() else 0.0
    return bool(known.mean() >= SAME_CUSTOMERS and same >= SAME_CUSTOMERS)


def _simulations(workspace: Path) -> Iterator[Path]:
    for root in dict.fromkeys((workspace.resolve(), Path.cwd())):
        for depth in _DEPTHS:
            for note in sorted(root.glob(depth + NOTE_FILE)):
                yield note.parent
