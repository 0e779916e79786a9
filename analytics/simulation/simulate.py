"""Simulates a business into a folder: source files as it would have them, and the truth apart."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analytics.errors import UsageError
from analytics.simulation.plan import SimulationPlan
from analytics.simulation.population import draw_population
from analytics.simulation.source_files import SourceFiles
from analytics.simulation.story import live
from analytics.simulation.truth_files import TruthFiles
from analytics.simulation.world import draw_world

SOURCE_FOLDER, TRUTH_FOLDER, NOTE_FILE = "source", "truth", "simulation.json"


@dataclass(frozen=True)
class SimulationReport:
    """What was simulated.

    Parameters
    ----------
    source, truth
        Folders of the files to ingest, and of those that only evaluation reads.
    rows
        Rows of each source file.
    states
        Customers in each hidden state at the end.
    """

    plan: SimulationPlan
    source: Path
    truth: Path
    rows: dict[str, int]
    states: dict[str, int]

    def as_dict(self) -> dict[str, Any]:
        """Return what `simulate --json` prints."""
        return {
            **_note(self.plan),
            "source": str(self.source),
            "truth": str(self.truth),
            "rows": self.rows,
            "states": self.states,
        }


def simulate(plan: SimulationPlan, out: Path) -> SimulationReport:
    """Write a whole simulation to a folder; the same plan gives the same bytes.

    Raises
    ------
    UsageError
        The folder holds something other than an earlier simulation.
    """
    world = draw_world(plan)
    with (
        _replaced_whole(out) as folder,
        SourceFiles(folder / SOURCE_FOLDER, plan, world) as source,
        TruthFiles(folder / TRUTH_FOLDER, plan) as truth,
    ):
        for chunk in plan.chunks():
            rng = chunk.rng()
            people = draw_population(plan, chunk, rng)
            story = live(people, world, plan, rng)
            source.write(people, story, rng)
            truth.write(people, story)
        note = json.dumps(_note(plan), indent=2) + "\n"
        (folder / NOTE_FILE).write_text(note, encoding="utf-8")
    return SimulationReport(plan, out / SOURCE_FOLDER, out / TRUTH_FOLDER, source.rows, truth.tally)


@contextmanager
def _replaced_whole(out: Path) -> Iterator[Path]:
    """Give a folder to write to, which takes the place of `out` once it is complete."""
    if out.exists() and not (out / NOTE_FILE).is_file() and not _is_empty_folder(out):
        raise UsageError(
            f"--out must be a new folder or one of an earlier simulation. Got {out}.",
            rule="out_free",
            got=out,
        )
    out = out.absolute()
    staging = out.with_name(f".{out.name}.staging")
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    try:
        yield staging
        if out.exists():
            shutil.rmtree(out)
        staging.rename(out)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _is_empty_folder(path: Path) -> bool:
    return path.is_dir() and not any(path.iterdir())


def _note(plan: SimulationPlan) -> dict[str, Any]:
    return {
        "simulated": True,
        "preset": plan.preset.name,
        "left_out": list(plan.preset.left_out),
        "customers": plan.customers,
        "days": plan.days,
        "start": plan.start.isoformat(),
        "end": plan.end.isoformat(),
        "seed": plan.seed,
    }
