"""`simulate check`: the simulator against what is known of real businesses."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analytics.cli.commands.simulate_commands import DEFAULT_DAYS, simulate_app
from analytics.cli.console import answer, say, table
from analytics.cli.options import AsJson, Workspace
from analytics.domain.words.counting import counted
from analytics.errors import UsageError
from analytics.settings import Settings

if TYPE_CHECKING:
    from analytics.runs.acceptance_report import AcceptanceReport, AcceptanceRow

SEEDS, CDNOW_SEEDS, CHECK_CUSTOMERS = 10, 20, 6000
#: The same days whenever it is checked, so that the same seeds give the same figures.
CHECK_END = date(2026, 6, 28)
#: Where the real CDNOW files are looked for when --real does not say.
_REAL_FOLDERS = ("real", "../shared/data")


@simulate_app.command("check")
def check(
    workspace: Workspace = None,
    preset: Annotated[
        list[str] | None,
        typer.Option(help="saas, retail, telecom or cdnow; may repeat; all of them unless set."),
    ] = None,
    build: Annotated[
        list[str] | None,
        typer.Option(help="A build of saas, as of `simulate`, instead of a preset; may repeat."),
    ] = None,
    seeds: Annotated[
        int | None, typer.Option(help="Simulations of each preset; 10, or 20 of cdnow.")
    ] = None,
    customers: Annotated[
        int | None, typer.Option(help="Customers of each; 6000, or 23570 of cdnow.")
    ] = None,
    real: Annotated[
        Path | None, typer.Option(help="Folder with CDNOW_sample.txt and CDNOW_master.txt.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, max=64, help="Processes that share the seeds.")] = 2,
    as_json: AsJson = False,
) -> None:
    """Check simulated businesses against facts of real ones; show them on the Evidence page.

    Example: silent-churn simulate check --preset saas --seeds 3

    Example: silent-churn simulate check --build abrupt --seeds 2 --customers 3000
    """
    from analytics.runs.acceptance_report import write_report
    from analytics.simulation.presets.builds import built
    from analytics.simulation.presets.preset import PRESET_NAMES
    from analytics.simulation.presets.preset import preset as preset_named

    settings = Settings.load(workspace=workspace)
    names = preset or ([] if build else PRESET_NAMES)
    chosen = [preset_named(name) for name in names]
    chosen += [built("saas", name) for name in build or []]
    folder = _real_folder(real, settings.workspace)
    reports = []
    for checked in chosen:
        report = _report(checked, seeds, customers, folder, jobs)
        write_report(settings.data_folder, report)
        reports.append(report)
    answer(
        as_answer(reports),
        as_json=as_json,
        text="\n".join(_in_words(report) for report in reports),
    )


def _report(
    preset: Any, seeds: int | None, customers: int | None, real: Path | None, jobs: int
) -> AcceptanceReport:
    from analytics.evaluation.acceptance.business_check import business_report
    from analytics.evaluation.acceptance.cdnow_check import cdnow_report
    from analytics.simulation.presets.business import Preset

    stamp = datetime.now(UTC).isoformat(timespec="seconds")
    if not isinstance(preset, Preset):
        return cdnow_report(
            real_folder=real,
            seeds=CDNOW_SEEDS if seeds is None else seeds,
            customers=customers,
            measured_at=stamp,
            say=say,
            jobs=jobs,
        )
    return business_report(
        preset,
        seeds=SEEDS if seeds is None else seeds,
        customers=CHECK_CUSTOMERS if customers is None else customers,
        days=DEFAULT_DAYS,
        end=CHECK_END,
        measured_at=stamp,
        say=say,
        jobs=jobs,
    )


def as_answer(reports: list[AcceptanceReport]) -> dict[str, Any]:
    """Return the reports as `--json` promises them."""
    return {
        "passed": all(checked.passed for checked in reports),
        "rows": [{"preset": report.preset, **asdict(row)} for report in reports
                 for row in report.rows],
        "presets": [
            {"preset": checked.preset, "passed": checked.passed, "seeds": checked.seeds,
             "customers": checked.customers, "days": checked.days,
             "real_source": checked.real_source}
            for checked in reports
        ],
    }  # fmt: skip


def _in_words(report: AcceptanceReport) -> str:
    rows = [(row.label, row.target, row.measured, row.spread, _verdict(row)) for row in report.rows]
    title = (
        f"{report.title}: mean of {counted(report.seeds, 'simulation')} of "
        f"{counted(report.customers, 'customer')} "
        f"over {report.days} days"
    )
    shown = table(("Check", "Target", "Measured", "+-", "Verdict"), rows, title=title)
    notes = {row.note for row in report.rows if row.passed is None and row.note}
    return shown + "".join(f"{note}\n" for note in sorted(notes))


def _verdict(row: AcceptanceRow) -> str:
    if row.passed is None:
        return "not measured" if row.measured is None else "does not apply"
    return "passed" if row.passed else f"failed by {row.off_by:.3g}"


def _real_folder(given: Path | None, workspace: Path) -> Path | None:
    if given is not None:
        if not given.is_dir():
            raise UsageError(
                f"--real must be a folder. Got {given}.", rule="real_is_folder", got=given
            )
        return given
    found = [workspace / real_folder for real_folder in _REAL_FOLDERS] + [
        Path(real_folder) for real_folder in _REAL_FOLDERS
    ]
    return next((checked for checked in found if checked.is_dir()), None)
