"""How the models did on dates that they had not seen: by model, by slice, by date, by risk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import or_, select

from analytics.database.mart import order_of, table_of
from analytics.domain.numbers.measures import Interval
from analytics.domain.tables.evidence_tables import BacktestScore, RiskBin
from analytics.domain.words.model_names import model_label
from analytics.services.current_run.run_access import OpenRun
from analytics.services.evidence.evidence_results import CalibrationBin, DateScore, ModelScore

BASELINE = "recency"
#: Slices that are shown for every model; the others for the champion and days of silence only.
MAIN_SLICES = ("all", "recently_active")
ALL_DATES = "all"

_BACKTEST = table_of(BacktestScore)

_MOST_SCORES = 500
_MOST_DATES = 120
_MOST_BINS = 100


def model_scores(opened: OpenRun) -> tuple[ModelScore, ...]:
    """Return every model on the main slices, champion and baseline on every slice."""
    table, champion = _BACKTEST.c, opened.run.summary.champion
    statement = (
        select(_BACKTEST)
        .where(
            table.observation_date == ALL_DATES,
            or_(table.slice.in_(MAIN_SLICES), table.model.in_((champion, BASELINE))),
        )
        .order_by(table.slice, table.auc.desc().nulls_last(), table.model)
        .limit(_MOST_SCORES)
    )
    return tuple(_score(row, champion) for row in opened.reader.rows(statement))


def date_scores(opened: OpenRun) -> tuple[DateScore, ...]:
    """Return the champion on each test date, oldest first."""
    table = _BACKTEST.c
    statement = (
        select(_BACKTEST)
        .where(
            table.observation_date != ALL_DATES,
            table.slice == "all",
            table.model == opened.run.summary.champion,
        )
        .order_by(table.observation_date)
        .limit(_MOST_DATES)
    )
    return tuple(
        DateScore(
            observation_date=date.fromisoformat(row["observation_date"][:10]),
            customers=row["customers"],
            positives=row["positives"],
            observed_over_expected=interval_of(row, "observed_over_expected"),
        )
        for row in opened.reader.rows(statement)
    )


def calibration_bins(opened: OpenRun) -> tuple[CalibrationBin, ...]:
    """Return what was predicted and what was observed, from the lowest risk to the highest."""
    statement = select(table_of(RiskBin)).order_by(*order_of(RiskBin)).limit(_MOST_BINS)
    return tuple(
        CalibrationBin(row["predicted"], seen, row["customers"])
        for row in opened.reader.rows(statement)
        if row["predicted"] is not None and (seen := interval_of(row, "observed")) is not None
    )


def interval_of(row: Mapping[str, Any], name: str) -> Interval | None:
    """Return a number of a row with the ends of its interval; a missing end is the number."""
    value, low, high = row[name], row[f"{name}_low"], row[f"{name}_high"]
    if value is None:
        return None
    return Interval(value, value if low is None else low, value if high is None else high)


def _score(row: Mapping[str, Any], champion: str) -> ModelScore:
    plain = (
        "model", "slice", "customers", "positives", "average_precision", "brier", "ece",
        "lift_top_decile", "brier_skill", "log_loss", "ece_by_chance", "calibration_slope",
        "recall_top_decile",
    )  # fmt: skip
    return ModelScore(
        **{name: row[name] for name in plain},
        label=model_label(row["model"]),
        auc=interval_of(row, "auc"),
        observed_over_expected=interval_of(row, "observed_over_expected"),
        is_champion=row["model"] == champion,
    )
