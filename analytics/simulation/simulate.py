"""Simulates a business into a folder: source files as it would have them, and the truth apart."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from analytics.errors import UsageError
from analytics.simulation.company_records.source_files import SourceFiles
from analytics.simulation.company_records.story import live
from analytics.simulation.futures import future_rows
from analytics.simulation.hidden_life.campaigns import CONFOUNDED, RANDOMISED, planned
from analytics.simulation.hidden_life.population import draw_population
from analytics.simulation.hidden_life.world import draw_world
from analytics.simulation.presets.plan import FUTURE_WEEKS, PurchasePlan, SimulationPlan, Stream
from analytics.simulation.purchases.purchase_log import simulate_purchases
from analytics.simulation.truth_files import TruthFiles
from analytics.simulation.written_files import WrittenFiles

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

    plan: SimulationPlan | PurchasePlan
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
            "mapping": self.plan.mapping,
            "rows": self.rows,
            "states": self.states,
        }


def simulate(plan: SimulationPlan | PurchasePlan, out: Path) -> SimulationReport:
    """Write a whole simulation to a folder; the same plan gives the same bytes.

    Raises
    ------
    UsageError
        The folder holds something other than an earlier simulation.
    """
    with _replaced_whole(out) as folder:
        source, truth = folder / SOURCE_FOLDER, folder / TRUTH_FOLDER
        if isinstance(plan, PurchasePlan):
            written = simulate_purchases(
                plan.preset, source=source, truth=truth, customers=plan.customers, days=plan.days,
                end=plan.end, seed=plan.seed,
            )  # fmt: skip
        else:
            written = _simulate_business(plan, source, truth)
        note = json.dumps(_note(plan), indent=2) + "\n"
        (folder / NOTE_FILE).write_text(note, encoding="utf-8")
    source, truth = out / SOURCE_FOLDER, out / TRUTH_FOLDER
    return SimulationReport(plan, source, truth, written.rows, written.states)


def _simulate_business(plan: SimulationPlan, into: Path, truth_into: Path) -> WrittenFiles:
    world = draw_world(plan)
    with SourceFiles(into, plan, world) as source, TruthFiles(truth_into, plan) as truth:
        for chunk in plan.chunks():
            people = draw_population(plan, chunk, chunk.rng(Stream.TRAITS))
            story = live(people, world, plan, chunk)
            strangers = source.write(people, story, chunk)
            futures = future_rows(story.end, people, world, plan, chunk)
            truth.write(people, story, strangers, futures)
        return WrittenFiles(source.rows, truth.tally)


@contextmanager
def _replaced_whole(out: Path) -> Iterator[Path]:
    """Give a folder to write to, which takes the place of `out` once it is complete."""
    if out.exists() and not (out / NOTE_FILE).is_file() and not _is_empty_folder(out):
        raise UsageError(
            f"--out must be a new folder or one of an earlier simulation. Got {out}.",
            rule="out_free",
            got=out,
        )
    out = out.resolve()  # a link keeps its place and leads to the new folder
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


def _note(plan: SimulationPlan | PurchasePlan) -> dict[str, Any]:
    note = {
        "simulated": True,
        "preset": plan.preset.name,
        "customers": plan.customers,
        "days": plan.days,
        "start": plan.start.isoformat(),
        "end": plan.end.isoformat(),
        "seed": plan.seed,
    }
    if isinstance(plan, PurchasePlan):
        return {**note, "left_out": list(plan.preset.left_out)}
    build = plan.preset.build.name
    return {
        **note,
        **({"build": build} if build else {}),
        "dirt": asdict(plan.dirt),
        "campaigns": _campaign_notes(plan),
        "future_weeks": FUTURE_WEEKS,
    }


def _campaign_notes(plan: SimulationPlan) -> list[dict[str, Any]]:
    """Return when each campaign was, and after how many weeks its outcome was noted."""
    settings = plan.preset.campaigns
    found = {planned(plan, number): number for number in range(plan.weeks)}
    return [
        {
            "name": name,
            "randomised": name == RANDOMISED,
            "week": found[name],
            "weeks": min(settings.horizon_weeks, plan.weeks - found[name]),
            "actions": list(settings.arms),
        }
        for name in (RANDOMISED, CONFOUNDED)
        if name in found
    ]
