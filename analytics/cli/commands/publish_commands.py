"""`runs`: the published generations; `bi`: the same tables in a database of yours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from analytics.cli.console import answer, table
from analytics.cli.main import app
from analytics.cli.options import AsJson, Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from analytics.runs.run_store import PublishedRun, RunStore

runs_app = typer.Typer(help="List, check and go back to published runs.", no_args_is_help=True)
app.add_typer(runs_app, name="runs")

bi_app = typer.Typer(help="Publish tables and views for BI tools.", no_args_is_help=True)
app.add_typer(bi_app, name="bi")

RunId = Annotated[str, typer.Argument(help="Id of a published run, as `runs list` shows it.")]
MaybeRunId = Annotated[
    str | None, typer.Argument(help="Id of a published run; the current one unless given.")
]


@runs_app.command("list")
def list_runs(workspace: Workspace = None, as_json: AsJson = False) -> None:
    """List the published runs, newest first.

    Example: silent-churn runs list
    """
    store = _store(workspace)
    current = store.current_id()
    found = [_line(run, current) for run in store.runs()]
    columns = ("run_id", "current", "as_of", "customers", "at_risk", "revenue_at_risk")
    rows = ([row[name] for name in columns] for row in found)
    text = table(columns, rows) if found else "No run is published yet."
    answer({"runs": found}, as_json=as_json, text=text)


@runs_app.command("show")
def show_run(
    run_id: MaybeRunId = None, workspace: Workspace = None, as_json: AsJson = False
) -> None:
    """Show what a run says of itself.

    Example: silent-churn runs show
    """
    store = _store(workspace)
    run = store.current() if run_id is None else store.run(run_id)
    said = run.summary.command_line_keys()
    text = table(("", ""), ((name, _short(value)) for name, value in said.items()))
    answer(said, as_json=as_json, text=text)


@runs_app.command("verify")
def verify_run(
    run_id: MaybeRunId = None, workspace: Workspace = None, as_json: AsJson = False
) -> None:
    """Compare every byte of a run, of its serving file and its model with their checksums.

    Example: silent-churn runs verify
    """
    store = _store(workspace)
    run_id = store.current().run_id if run_id is None else run_id
    store.verify(run_id)
    model = _verified_model(workspace, run_id)
    said = {"run_id": run_id, "verified": True, "model": model}
    text = f"Run {run_id} is what was published; "
    text += f"its model ({model}) loads." if model else "it has no model file here."
    answer(said, as_json=as_json, text=text)


@runs_app.command("rollback")
def roll_back(run_id: RunId, workspace: Workspace = None, as_json: AsJson = False) -> None:
    """Show an earlier run again; nothing is deleted.

    Example: silent-churn runs rollback 2026-03-31-a1b2c3d4e5
    """
    run = _store(workspace).rollback(run_id)
    said = {"run_id": run.run_id, "current": True}
    answer(said, as_json=as_json, text=f"Run {run.run_id} is current.")


@bi_app.command("publish")
def publish_bi(
    to: Annotated[
        str, typer.Option("--to", help="postgresql://…, mysql://…, mariadb://… or sqlite:///file.")
    ],
    schema: Annotated[
        str | None, typer.Option(help="PostgreSQL schema; made where there is none.")
    ] = None,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Write the current run's tables and views to a database, all or nothing.

    Example: silent-churn bi publish --to postgresql://user@host/warehouse --schema churn
    """
    from analytics.exports.bi_mart import publish_mart
    from analytics.runs.serving_store import ServingStore
    from analytics.settings import Settings

    settings = Settings.load(workspace=workspace)
    run = _store(workspace).current()
    reader = ServingStore(settings.data_folder).reader(run)
    report = publish_mart(run, reader, to, schema=schema)
    rows = [*report.tables.items(), *((name, "view") for name in report.views)]
    text = table(("Table or view", "Rows"), rows, title=f"Run {run.run_id} in {report.database}")
    answer(report.as_dict(), as_json=as_json, text=text)


def _verified_model(workspace: Path | None, run_id: str) -> str | None:
    """Load the run's model against its checksum and the allow-list; return its name."""
    from analytics.features.registry import FEATURE_NAMES
    from analytics.modelling.artifact import load_model, verify_model
    from analytics.runs.run_files import read_catalogue
    from analytics.settings import Settings

    folder = Settings.load(workspace=workspace).models_folder / run_id
    if not folder.is_dir():
        return None
    verify_model(folder)
    catalogue = read_catalogue(_store(workspace).run(run_id).folder)
    own = [entry.name for entry in catalogue.entries] if catalogue else []
    return load_model(folder, features=[*FEATURE_NAMES, *own]).champion.name


def _store(workspace: Path | None) -> RunStore:
    from analytics.runs.run_store import RunStore
    from analytics.settings import Settings

    return RunStore(Settings.load(workspace=workspace).data_folder)


def _line(run: PublishedRun, current: str | None) -> dict[str, Any]:
    keys = run.summary.command_line_keys()
    return {
        "run_id": run.run_id,
        "current": run.run_id == current,
        "as_of": keys["as_of"],
        "published_at": run.summary.published_at,
        "customers": keys["customers"],
        "at_risk": keys["at_risk"],
        "revenue_at_risk": run.summary.revenue_at_risk.value,
        "champion": keys["champion"],
        "simulated": keys["simulated"],
    }


def _short(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_short(inner)}" for name, inner in value.items())
    return f"{value:,.2f}" if isinstance(value, float) else str(value)
