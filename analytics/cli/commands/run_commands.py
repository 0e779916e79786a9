"""`run`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from analytics.cli.console import answer, say
from analytics.cli.main import app
from analytics.cli.options import AsJson, CustomFeatures, EngineUrl, ProfileName, Workspace
from analytics.domain.words.counting import verb_of
from analytics.settings import Settings


@app.command()
def run(
    workspace: Workspace = None,
    profile: ProfileName = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of", help="Data-as-of date; else the last day on which the log is whole."
        ),
    ] = None,
    currency: Annotated[
        str | None, typer.Option(help="Currency of the amounts, such as USD; else the profile's.")
    ] = None,
    engine: EngineUrl = None,
    custom_features: CustomFeatures = None,
    as_json: AsJson = False,
) -> None:
    """Train, backtest, score, recommend and publish what has landed.

    Example: silent-churn run --profile retail

    Example: silent-churn run --engine spark+connect://127.0.0.1:15002
    """
    from analytics.pipeline.run import run_pipeline

    settings = Settings.load(
        workspace=workspace,
        profile=profile,
        currency=currency,
        engine=engine,
        custom_features=custom_features,
    )
    published = run_pipeline(settings, as_of=as_of, now=datetime.now(UTC), say=say)
    summary = published.summary
    interval = summary.revenue_at_risk
    answer(
        summary.command_line_keys(),
        as_json=as_json,
        text=f"Run {summary.run_id} is current.\n"
        f"{summary.totals['at_risk']:,.0f} of {summary.totals['eligible']:,.0f} scored customers "
        f"{verb_of(summary.totals['at_risk'])} at risk; revenue at risk {interval.value:,.0f} "
        f"{summary.currency} "
        f"(80% interval {interval.low:,.0f} to {interval.high:,.0f}).\n{summary.verdict}\n"
        + "\n".join(f"Note: {warning}" for warning in summary.warnings),
    )
