"""`simulate`: a made-up business whose truth is known, as files to ingest."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analytics.cli.console import answer, table
from analytics.cli.main import app
from analytics.cli.options import AsJson
from analytics.domain.words.counting import counted
from analytics.errors import UsageError

if TYPE_CHECKING:
    from analytics.simulation.presets.plan import PurchasePlan, SimulationPlan
    from analytics.simulation.simulate import SimulationReport

simulate_app = typer.Typer()
app.add_typer(simulate_app, name="simulate")

DEFAULT_CUSTOMERS, DEFAULT_DAYS = 5000, 365


@simulate_app.callback(invoke_without_command=True)
def simulate(
    context: typer.Context,
    preset: Annotated[str, typer.Option(help="saas, retail, telecom or cdnow.")] = "saas",
    build: Annotated[
        str | None,
        typer.Option(
            help="Customers of saas with other ways: abrupt, short_sessions, "
            "shifted_weekday, two_modes, users_leave, heavy_tails."
        ),
    ] = None,
    customers: Annotated[
        int | None, typer.Option(help="Customers to simulate; 5000, or 2357 of cdnow.")
    ] = None,
    days: Annotated[int | None, typer.Option(help="Length in days; 365, or 546 of cdnow.")] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same bytes.")] = 1,
    start: Annotated[
        str | None, typer.Option(help="First day, YYYY-MM-DD; instead of --days.")
    ] = None,
    end: Annotated[
        str | None,
        typer.Option(
            help="Last day, YYYY-MM-DD; else the Sunday before today, or 1998-06-30 of cdnow."
        ),
    ] = None,
    dirt: Annotated[
        list[str] | None,
        typer.Option(
            "--dirt", metavar="NAME=SHARE", help="Rate of one fault of the files; may repeat."
        ),
    ] = None,
    clean: Annotated[bool, typer.Option("--clean", help="Files without any fault.")] = False,
    out: Annotated[
        Path | None, typer.Option(help="Folder for source/ (to ingest) and truth/ (hidden).")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Simulate a business with silent churn, frustration and dirty data.

    Faults that --dirt can set: duplicates, late, wrong_zone, missing, missing_not_at_random,
    drift_at, bots, test_accounts, merged, reopened, corrected, broken.

    Example: silent-churn simulate --preset saas --customers 5000 --days 365 --seed 1 --out sim

    Example: silent-churn simulate --build abrupt --seed 1 --out leaves_at_once

    Example: silent-churn simulate --preset retail --dirt duplicates=0.05 --dirt late=0 --out shop
    """
    if context.invoked_subcommand is not None:
        return
    if out is None:
        raise UsageError("simulate needs --out, a folder to write to. Got none.", rule="out_given")
    from analytics.simulation.simulate import simulate as write_simulation

    first, last = _date("--start", start), _date("--end", end)
    plan = _plan(preset, build, customers, days, seed, first, last, dirt or [], clean=clean)
    report = write_simulation(plan, out)
    answer(report.as_dict(), as_json=as_json, text=_in_words(report))


def _plan(
    name: str,
    build: str | None,
    customers: int | None,
    days: int | None,
    seed: int,
    start: date | None,
    end: date | None,
    faults: list[str],
    *,
    clean: bool,
) -> SimulationPlan | PurchasePlan:
    """Fill in what was not given from the preset, and check the rest."""
    from analytics.simulation.presets.builds import built
    from analytics.simulation.presets.dirt_settings import NO_DIRT, Dirt
    from analytics.simulation.presets.plan import (
        PurchasePlan,
        SimulationPlan,
        days_between,
        last_sunday_before,
    )
    from analytics.simulation.presets.preset import preset as preset_named
    from analytics.simulation.presets.purchase_preset import PurchasePreset

    chosen = built(name, build) if build else preset_named(name)
    if start is not None and days is not None:
        raise UsageError(
            f"Give --start or --days, not both. Got {start} and {days}.", rule="length_once",
            got=days,
        )  # fmt: skip
    if isinstance(chosen, PurchasePreset):
        if faults:
            raise UsageError(
                f"--dirt needs another preset: {name} is as clean as the log it is made after. "
                f"Got {faults[0]}.",
                rule="dirt_known",
                got=faults[0],
            )
        last = end or chosen.end
        length = days_between(start, last) if start else _or(days, chosen.days)
        return PurchasePlan(chosen, _or(customers, chosen.customers), length, seed, last)
    last = end or last_sunday_before(datetime.now(UTC).date())
    length = days_between(start, last) if start else _or(days, DEFAULT_DAYS)
    rates = NO_DIRT if clean else Dirt()
    for fault in faults:
        rates = rates.with_rate(fault)
    return SimulationPlan(chosen, _or(customers, DEFAULT_CUSTOMERS), length, seed, last, rates)


def _or(given: int | None, usual: int) -> int:
    return usual if given is None else given


def _in_words(report: SimulationReport) -> str:
    from analytics.simulation.presets.plan import PurchasePlan

    plan = report.plan
    title = plan.preset.title if isinstance(plan, PurchasePlan) else plan.preset.full_title
    lines = [
        f"Simulated data: {title}, {counted(plan.customers, 'customer')}, "
        f"{plan.start} to {plan.end}, seed {plan.seed}.",
        table(("File", "Rows"), report.rows.items()).rstrip(),
        f"Next: silent-churn ingest --mapping {plan.mapping} {report.source}",
        f"Then: silent-churn run --profile {plan.profile}",
    ]
    if isinstance(plan, PurchasePlan):
        lines.insert(2, f"Not in this preset: {', '.join(plan.preset.left_out)}.")
    return "\n".join(lines)


def _date(option: str, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"{option} must be a date such as 2026-06-28. Got {text!r}.",
            rule=f"{option.strip('-')}_is_date",
            got=text,
        ) from None
