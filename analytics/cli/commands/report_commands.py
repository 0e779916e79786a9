"""`report`: the executive summary as one file to print or send."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analytics.cli.console import answer
from analytics.cli.main import app
from analytics.cli.options import AsJson, Workspace


@app.command()
def report(
    out: Annotated[Path, typer.Option("--out", help="HTML file to write.")],
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Write the executive report of the current run: one HTML file with everything in it.

    Example: silent-churn report --out report.html
    """
    from analytics.report.report import write_report
    from analytics.runs.run_store import RunStore
    from analytics.settings import Settings
    from analytics.written_file import goes_to_standard_output, is_plain

    run = RunStore(Settings.load(workspace=workspace).data_folder).current()
    path = write_report(run, out)
    size = path.stat().st_size if is_plain(path) else None
    said = {"run_id": run.run_id, "out": str(path), "bytes": size}
    text = f"Report of run {run.run_id} in {path}."
    answer(said, as_json=as_json, text=text, aside=goes_to_standard_output(out))
