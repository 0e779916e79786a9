"""`simulate`: a made-up business whose truth is known, as files to ingest."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analytics.cli.console import answer, table
from analytics.cli.main import app
from analytics.cli.options import AsJson
from analytics.errors import UsageError

if TYPE_CHECKING:
    from analytics.simulation.simulate import SimulationReport

simulate_app = typer.Typer()
app.add_typer(simulate_app, name="simulate")


@simulate_app.callback(invoke_without_command=True)
def simulate(
    context: typer.Context,
    preset: Annotated[str, typer.Option(help="saas, retail or telecom.")] = "saas",
    customers: Annotated[int, typer.Option(help="Customers to simulate.")] = 5000,
    days: Annotated[int, typer.Option(help="Length in days.")] = 365,
    seed: Annotated[int, typer.Option(help="The same seed gives the same bytes.")] = 1,
    end: Annotated[
        str | None, typer.Option(help="Last day, YYYY-MM-DD; else the Sunday before today.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for source/ (to ingest) and truth/ (hidden).")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Simulate a business with silent churn, frustration and dirty data.

    Example: silent-churn simulate --preset saas --customers 5000 --days 365 --seed 1 --out sim
    """
    if context.invoked_subcommand is not None:
        return
    if out is None:
        raise UsageError("simulate needs --out, a folder to write to. Got none.", rule="out_given")
    from analytics.simulation.plan import SimulationPlan, last_sunday_before
    from analytics.simulation.preset import preset as preset_named
    from analytics.simulation.simulate import simulate as write_simulation

    last_day = _date(end) if end else last_sunday_before(datetime.now(UTC).date())
    plan = SimulationPlan(preset_named(preset), customers, days, seed, last_day)
    report = write_simulation(plan, out)
    answer(report.as_dict(), as_json=as_json, text=_in_words(report))


def _in_words(report: SimulationReport) -> str:
    plan = report.plan
    lines = [
        f"Simulated data: {plan.preset.title}, {plan.customers:,} customers, "
        f"{plan.start} to {plan.end}, seed {plan.seed}.",
        table(("File", "Rows"), report.rows.items()).rstrip(),
        f"Not in this preset yet: {', '.join(plan.preset.left_out)}.",
        f"Next: silent-churn ingest --mapping simulated {report.source}",
    ]
    return "\n".join(lines)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"--end must be a date such as 2026-06-28. Got {text!r}.", rule="end_is_date", got=text
        ) from None
