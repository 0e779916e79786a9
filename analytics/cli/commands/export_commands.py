"""`export`: what the app shows, as files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analytics.cli.console import answer
from analytics.cli.main import app
from analytics.cli.options import AsJson, Workspace
from analytics.domain.words.counting import counted

export_app = typer.Typer(help="Write what the app shows to files.", no_args_is_help=True)
app.add_typer(export_app, name="export")


@export_app.command("customers")
def export_customers(
    out: Annotated[Path, typer.Option(help="CSV file to write; a .json beside it says of what.")],
    filter_query: Annotated[
        str, typer.Option("--filter", help="The part of a page's address after the question mark.")
    ] = "",
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Write the customers of a choice to a CSV file: the rows that the app would export.

    Texts that a spreadsheet would run as formulas begin with an apostrophe.

    Example: silent-churn export customers --filter 'tier=critical,high&region=EU' --out risk.csv
    """
    from analytics.domain.customer.filter import CustomerFilter
    from analytics.services.analytics_service import AnalyticsService
    from analytics.services.export_files import export_customers as write
    from analytics.settings import Settings
    from analytics.written_file import goes_to_standard_output

    chosen = CustomerFilter.from_command_line(filter_query)
    written = write(AnalyticsService(Settings.load(workspace=workspace)), chosen, out)
    text = f"Wrote {counted(written['rows'], 'customer')} of run {written['run_id']} to {out}."
    answer(written, as_json=as_json, text=text, aside=goes_to_standard_output(out))
