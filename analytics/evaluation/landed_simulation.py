"""A simulation that has landed in a workspace of its own, gone when it is no longer needed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from threadpoolctl import threadpool_limits

from analytics.etl.ingest import IngestRequest, ingest
from analytics.etl.mappings.mapping_file import load_mapping
from analytics.settings import Settings
from analytics.simulation.presets.plan import SimulationPlan
from analytics.simulation.simulate import simulate


@dataclass(frozen=True)
class LandedSimulation:
    """Where a simulation lies, source and truth, and the workspace its source has landed in."""

    settings: Settings
    folder: Path
    now: datetime


@contextmanager
def landed_simulation(plan: SimulationPlan) -> Iterator[LandedSimulation]:
    """Simulate a plan and land it like data of a user, as on the morning after its last day."""
    with TemporaryDirectory(prefix="silent-churn-check-") as workspace, threadpool_limits(1):
        simulated = simulate(plan, Path(workspace) / "simulation")
        settings = Settings.load(
            workspace=Path(workspace), profile=plan.profile, memory_limit_mb=1024
        )
        now = datetime.combine(plan.end + timedelta(days=1), time(), tzinfo=UTC)
        _land(settings, simulated.source, plan, now)
        yield LandedSimulation(settings, Path(workspace) / "simulation", now)


def _land(settings: Settings, source: Path, plan: SimulationPlan, now: datetime) -> None:
    ingest(
        IngestRequest(
            mapping=load_mapping(plan.mapping),
            sources=(str(source),),
            data_folder=settings.data_folder,
            now=now,
            memory_limit_mb=settings.memory_limit_mb,
            max_reject_share=settings.max_reject_share,
            beside=None,
            append=False,
            dry_run=False,
        ),
        lambda source, rows: None,
    )
