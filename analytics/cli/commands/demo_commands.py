"""`demo`: from nothing to a page in the browser, on simulated data."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from analytics.cli.console import answer, say
from analytics.cli.main import app
from analytics.cli.options import AsJson, Workspace
from analytics.domain.words.counting import counted

if TYPE_CHECKING:
    from analytics.runs.run_store import PublishedRun
    from analytics.settings import Settings
    from analytics.simulation.presets.plan import SimulationPlan

SIMULATED_FOLDER = "simulated"


@app.command()
def demo(
    customers: Annotated[int, typer.Option(help="Customers to simulate.")] = 5000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same customers.")] = 1,
    port: Annotated[int | None, typer.Option(help="Port to serve on.")] = None,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Stop after the run.")] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace real data that have landed here.")
    ] = False,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Simulate a year of customers, ingest, run and serve until Ctrl-C.

    Every page says that the data are simulated.

    Example: silent-churn demo --customers 5000 --port 8050
    """
    from analytics.settings import Settings

    settings = Settings.load(workspace=workspace, port=port)
    now = datetime.now(UTC)
    plan = _land_simulated(settings, customers=customers, seed=seed, now=now, replace=replace)
    summary = _run(settings, now).summary
    _check_simulated(settings, plan, now)
    if no_serve:
        answer(
            summary.command_line_keys(),
            as_json=as_json,
            text=f"Run {summary.run_id} is current. Next: silent-churn serve --workspace "
            f"{settings.workspace}",
        )
        return
    from analytics.cli.web_server import serve_app

    serve_app(settings, lambda address: say(f"Silent Churn is at {address} (Ctrl-C stops it)."))


def _land_simulated(
    settings: Settings, *, customers: int, seed: int, now: datetime, replace: bool
) -> SimulationPlan:
    """Simulate, then ingest what a company would have; the truth stays where it was written."""
    from analytics.etl.ingest import IngestRequest, ingest
    from analytics.etl.mappings.mapping_file import load_mapping
    from analytics.simulation.presets.plan import SimulationPlan, last_sunday_before
    from analytics.simulation.presets.preset import SAAS
    from analytics.simulation.simulate import simulate

    say(f"Simulating {counted(customers, 'customer')} over a year.")
    folder = settings.workspace / SIMULATED_FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    plan = SimulationPlan(SAAS, customers, 365, seed, last_sunday_before(now.date()))
    report = simulate(plan, folder)
    say("Ingesting the simulated sources.")
    request = IngestRequest(
        mapping=load_mapping("simulated"),
        sources=(str(report.source),),
        data_folder=settings.data_folder,
        now=now,
        memory_limit_mb=settings.memory_limit_mb,
        max_reject_share=settings.max_reject_share,
        beside=None,
        append=False,
        replace=replace,
        dry_run=False,
    )
    result = ingest(request, _quiet)
    if result.replaces is not None:
        say(result.replaces.in_words())
    return plan


def _check_simulated(settings: Settings, plan: SimulationPlan, now: datetime) -> None:
    """Show on the Evidence page how like a real business this simulation is, and how hard."""
    from analytics.evaluation.acceptance.business_check import judged_report
    from analytics.evaluation.acceptance.business_measures import measure_landed
    from analytics.runs.acceptance_report import write_report

    say("Checking the simulated business against facts of real ones.")
    found = measure_landed(settings, plan, settings.workspace / SIMULATED_FOLDER)
    stamp = now.isoformat(timespec="seconds")
    write_report(settings.data_folder, judged_report(plan, [found], measured_at=stamp))


def _run(settings: Settings, now: datetime) -> PublishedRun:
    from analytics.pipeline.run import run_pipeline

    return run_pipeline(settings, as_of=None, now=now, say=say)


def _quiet(source: str, rows: int) -> None:
    """A demo needs no progress by rows."""
