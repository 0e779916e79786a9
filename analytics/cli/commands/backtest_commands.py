"""`backtest`: how well each model would have done, against the baselines."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analytics.cli.commands.snapshot_backtest import backtest_snapshot
from analytics.cli.console import answer, say, table
from analytics.cli.main import app
from analytics.cli.options import AsJson, CustomFeatures, EngineUrl, ProfileName, Workspace
from analytics.errors import InsufficientData, UsageError
from analytics.settings import Settings

if TYPE_CHECKING:
    from analytics.modelling.judging import Backtest

_METRICS = ("auc", "auc_low", "auc_high", "brier", "average_precision", "ece", "lift_top_decile")


@app.command()
def backtest(
    workspace: Workspace = None,
    profile: ProfileName = None,
    origins: Annotated[int, typer.Option(min=1, max=24, help="Past dates to test on.")] = 3,
    label: Annotated[
        str | None,
        typer.Option(
            help="silent, no_event or ended; with --train-date and --test-date. With --snapshot "
            "the column that says who left."
        ),
    ] = None,
    train_date: Annotated[
        list[str] | None, typer.Option("--train-date", help="Date to train at; may repeat.")
    ] = None,
    test_date: Annotated[
        list[str] | None, typer.Option("--test-date", help="Later date to test at; may repeat.")
    ] = None,
    horizon_days: Annotated[
        int | None, typer.Option(help="Days of the outcome window; 90 unless set.")
    ] = None,
    active_within_days: Annotated[
        int | None,
        typer.Option(
            help="Only customers seen in so many days before the date, without the date itself; "
            "180 unless set."
        ),
    ] = None,
    snapshot: Annotated[
        list[Path] | None,
        typer.Option(
            "--snapshot",
            help="Table without times, one row a customer (CSV, Parquet, Excel); may repeat for "
            "tables of the same customers. Cross-validated: weaker evidence.",
        ),
    ] = None,
    positive: Annotated[
        str | None,
        typer.Option(
            "--positive",
            "--leaver-is",
            help="Value of the label that means left; with --snapshot.",
        ),
    ] = None,
    drop: Annotated[
        list[str] | None,
        typer.Option("--drop", help="Column to leave out; with --snapshot; may repeat."),
    ] = None,
    engine: EngineUrl = None,
    custom_features: CustomFeatures = None,
    as_json: AsJson = False,
) -> None:
    """Test every model on past dates with only what was known then.

    Example: silent-churn backtest --profile retail --origins 3

    Example: silent-churn backtest --profile retail --label no_event --train-date 2011-06-10
    --test-date 2011-09-10 --horizon-days 90 --active-within-days 180

    Example: silent-churn backtest --snapshot customers.csv --label Churn
    """
    if snapshot:
        _refuse_dates(train_date, test_date, horizon_days, active_within_days)
        backtest_snapshot(snapshot, label, positive=positive, drop=drop or [], as_json=as_json)
        return
    if positive is not None or drop:
        raise UsageError(
            "--positive and --drop need --snapshot. Got neither a table nor its label.",
            rule="snapshot_given",
        )
    from analytics.domain.event_log.local_days import local_day
    from analytics.etl.landing.landed import current_landing
    from analytics.modelling.backtest import backtest as rolling
    from analytics.modelling.observing.observations import stack
    from analytics.modelling.published_split import PublishedSplit, backtest_split
    from analytics.modelling.training import check_enough
    from analytics.pipeline.observing.chosen_profile import (
        chosen_profile,
        in_zone_of,
        named_profile,
    )
    from analytics.pipeline.observing.closer_dates import observe_enough
    from analytics.pipeline.observing.fleet_log import fleet_log
    from analytics.pipeline.observing.observed import as_of_date, observed_source
    from analytics.pipeline.observing.way_out import with_way_out
    from analytics.pipeline.run import SEED

    settings = Settings.load(
        workspace=workspace, profile=profile, engine=engine, custom_features=custom_features
    )
    named = named_profile(settings.profile)
    landed = current_landing(settings.data_folder)
    chosen = chosen_profile(named, landed.report.event_types)
    chosen = in_zone_of(chosen, landed.report.zone)
    split = None
    if train_date or test_date:
        split = PublishedSplit(
            "silent" if label is None else label,
            _dates("--train-date", train_date),
            _dates("--test-date", test_date),
            90 if horizon_days is None else horizon_days,
            180 if active_within_days is None else active_within_days,
        )
    elif (label, horizon_days, active_within_days) != (None, None, None):
        raise UsageError(
            "--label, --horizon-days and --active-within-days need --train-date and --test-date. "
            "Got neither.",
            rule="split_dates",
        )
    today = local_day(datetime.now(UTC), chosen.zone_of_days)
    log = fleet_log(landed, chosen, today=today)
    with observed_source(settings, landed, chosen, log=log) as source:
        if split is not None:
            found = backtest_split(source, split, profile=chosen, seed=SEED)
        else:
            as_of = as_of_date(log, None)
            for note in log.notes(as_of):
                say(f"Note: {note}")
            seen = observe_enough(
                source,
                landed,
                profile=chosen,
                as_of=as_of,
                say=say,
                dates=origins + _DATES_TO_LEARN_FROM,
            )
            check_enough(seen.snapshots, chosen, source.prepared.first_day)
            rows = stack(seen.snapshots, early_warning_days=chosen.early_warning_days)
            try:
                found = rolling(rows, origins=origins, seed=SEED)
            except InsufficientData as refused:
                raise with_way_out(refused, source, landed, chosen, as_of) from None
    answer(as_answer(found), as_json=as_json, text=_text(found))


#: Observation dates before the first test date that a backtest looks at.
_DATES_TO_LEARN_FROM = 12


def as_answer(found: Backtest) -> dict[str, Any]:
    """Return a backtest as `--json` promises it."""
    rows = found.metrics
    models = [str(name) for name in rows["model"].unique()]
    by_date = rows[(rows["observation_date"] != "all") & (rows["slice"] == "all")]
    origins = [
        {
            "observation_date": str(day),
            "customers": int(part["customers"].iloc[0]),
            "positives": int(part["positives"].iloc[0]),
            "models": {str(row["model"]): _metrics(row) for row in part.to_dict("records")},
        }
        for day, part in by_date.groupby("observation_date")
    ]
    slices = [str(name) for name in rows["slice"].unique() if name != "all"]
    return {
        "auc_pairs": "within_date",
        "origins": origins,
        "models": {name: _metrics(found.of(name).to_dict()) for name in models},
        "slices": {
            slice_name: {name: _metrics(found.of(name, slice_name).to_dict()) for name in models}
            for slice_name in slices
        },
        "champion": found.champion,
        "verdict": found.verdict,
    }


def _metrics(row: dict[Any, Any]) -> dict[str, float | None]:
    return {
        name: None if row[name] is None or row[name] != row[name] else float(row[name])
        for name in _METRICS
    }


def _text(found: Backtest) -> str:
    result = as_answer(found)
    parts = [
        table(
            ("model", *_METRICS),
            [(name, *values.values()) for name, values in models.items()],
            title=title,
        )
        for title, models in (
            ("All test dates; AUC of pairs of the same date", result["models"]),
            *((f"{day['observation_date']}", day["models"]) for day in result["origins"]),
            *((name.replace("_", " "), models) for name, models in result["slices"].items()),
        )
    ]
    return "\n".join([*parts, f"Champion: {found.champion}. {found.verdict}"])


def _refuse_dates(*given: object) -> None:
    if any(option is not None and option != [] for option in given):
        raise UsageError(
            "A snapshot has no dates: --snapshot cannot go with --train-date, --test-date, "
            "--horizon-days or --active-within-days. Got both.",
            rule="snapshot_without_dates",
        )


def _dates(option: str, given: list[str] | None) -> tuple[date, ...]:
    try:
        return tuple(date.fromisoformat(day) for day in given or [])
    except ValueError:
        raise UsageError(
            f"{option} must be a date such as 2011-06-10. Got {given}.",
            rule="date_valid",
            got=given,
        ) from None
