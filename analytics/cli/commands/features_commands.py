"""`features list`, `features build`, `features check`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from analytics.cli.console import answer, say, table
from analytics.cli.main import app
from analytics.cli.options import AsJson, CustomFeatures, EngineUrl, ProfileName, Workspace
from analytics.domain.words.counting import counted, verb_of
from analytics.errors import ContractFailed
from analytics.settings import Settings

features = typer.Typer(help="The registry of features.", no_args_is_help=True)
app.add_typer(features, name="features")


@features.command("list")
def list_features(custom_features: CustomFeatures = None, as_json: AsJson = False) -> None:
    """List every feature: name, unit, window, family, meaning.

    Example: silent-churn features list --json
    """
    from analytics.features.custom import features_with

    settings = Settings.load(custom_features=custom_features)
    rows = [
        {
            "name": feature.name,
            "unit": feature.unit,
            "window_days": feature.window_days,
            "family": feature.family,
            "kind": feature.kind.value,
            "description": feature.description,
            "formula": feature.formula,
            "default": feature.default,
            "missing_when": feature.missing_when,
            "monotone": feature.monotone,
        }
        for feature in features_with(settings.own_features_file)
    ]
    shown = ("name", "unit", "window_days", "family", "description")
    text = table(
        ("name", "unit", "window", "family", "meaning"),
        [tuple(row[name] for name in shown) for row in rows],
    )
    answer({"features": rows}, as_json=as_json, text=text)


@features.command("trust")
def trust_features(
    file: Annotated[Path, typer.Argument(help="Python file with features of your own.")],
    as_json: AsJson = False,
) -> None:
    """Agree to run a file that a folder's silent_churn.toml names; again after each change of it.

    Example: silent-churn features trust own_features.py
    """
    from analytics.trusted_code import trust, trust_file

    said = {"file": str(file), "sha256": trust(file), "kept_in": str(trust_file())}
    answer(said, as_json=as_json, text=f"{file} may run as it is now; kept in {trust_file()}.")


@features.command("build")
def build(
    out: Annotated[Path, typer.Option("--out", help="Parquet file to write.")],
    workspace: Workspace = None,
    profile: ProfileName = None,
    as_of: Annotated[
        list[str] | None,
        typer.Option(
            "--as-of", help="Observation date; may repeat. Else the last whole day alone."
        ),
    ] = None,
    outcomes: Annotated[
        bool, typer.Option(help="Add what became of everyone, as far as it is known today.")
    ] = False,
    engine: EngineUrl = None,
    custom_features: CustomFeatures = None,
    as_json: AsJson = False,
) -> None:
    """Write every customer's features on some dates, each as of what was known by then.

    Example: silent-churn features build --as-of 2026-04-30 --as-of 2026-05-31 --outcomes
    --out observations.parquet
    """
    from analytics.domain.event_log.local_days import local_day
    from analytics.etl.landing.landed import current_landing
    from analytics.modelling.observing.observation_file import write_observations
    from analytics.pipeline.observing.chosen_profile import (
        chosen_profile,
        in_zone_of,
        named_profile,
    )
    from analytics.pipeline.observing.fleet_log import fleet_log
    from analytics.pipeline.observing.observed import as_of_date, observed_source
    from analytics.runs.faults import disk_faults
    from analytics.written_file import goes_to_standard_output, written_file

    settings = Settings.load(
        workspace=workspace, profile=profile, engine=engine, custom_features=custom_features
    )
    named = named_profile(settings.profile)
    landed = current_landing(settings.data_folder)
    chosen = chosen_profile(named, landed.report.event_types)
    chosen = in_zone_of(chosen, landed.report.zone)
    today = local_day(datetime.now(UTC), chosen.zone_of_days)
    log = fleet_log(landed, chosen, today=today)
    dates = [as_of_date(log, day) for day in as_of or []] or [as_of_date(log, None)]
    with (
        observed_source(settings, landed, chosen, log=log) as source,
        disk_faults(out),
        written_file(out) as file,
    ):
        rows = write_observations(source, dates, file, profile=chosen, outcomes=outcomes)
        absent = sorted(source.absent_on(max(dates)))
    days = ", ".join(date.isoformat() for date in dates)
    answer(
        {
            "observation_dates": [date.isoformat() for date in dates],
            "rows": rows,
            "features": len(source.features),
            "absent": absent,
            "engine": source.engine.title,
            "file": str(out),
        },
        as_json=as_json,
        text=f"{counted(len(source.features), 'feature')}, {counted(rows, 'row')}, one a customer "
        f"and date ({days}), counted by {source.engine.title}: {out}."
        + (f"\nAbsent, since the source cannot tell: {', '.join(absent)}." if absent else ""),
        aside=goes_to_standard_output(out),
    )


@features.command("check")
def check(
    profile: ProfileName = None,
    engine: EngineUrl = None,
    custom_features: CustomFeatures = None,
    as_json: AsJson = False,
) -> None:
    """Check the laws of features on a log made to break them, your own features included.

    With --engine, also that this engine gives DuckDB's numbers to the last bit.

    Example: silent-churn features check --custom-features our_features.py
    """
    from analytics.domain.profiles.profile_file import load_profile
    from analytics.features.custom import features_with
    from analytics.features.laws import broken_laws

    settings = Settings.load(profile=profile, engine=engine, custom_features=custom_features)
    every = features_with(settings.own_features_file)
    say(f"Checking {counted(len(every), 'feature')}.")
    with TemporaryDirectory() as scratch:
        broken = broken_laws(
            every,
            load_profile(settings.profile or "saas"),
            Path(scratch),
            engine_url=settings.engine,
        )
    if broken:
        raise ContractFailed(" ".join(broken), rule="feature_laws", got=len(broken))
    answer(
        {"features": len(every), "broken": []},
        as_json=as_json,
        text=f"{counted(len(every), 'feature')} {verb_of(len(every), 'keeps', 'keep')} every law.",
    )
