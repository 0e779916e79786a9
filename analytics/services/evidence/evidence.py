"""Can I trust this? What the backtest, the past months, the calibration and the data say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from analytics.database.mart import CUSTOMERS
from analytics.domain.numbers.measures import Interval
from analytics.domain.run_summary import RunSummary
from analytics.domain.tables.evidence_tables import EVIDENCE_ROWS, BacktestScore, RiskBin
from analytics.domain.tables.flag_tables import PastLoss
from analytics.services.current_run.run_access import OpenRun
from analytics.services.current_run.run_rows import rows_of
from analytics.services.evidence.evidence_results import Claim, EvidenceResult
from analytics.services.evidence.evidence_scores import (
    calibration_bins,
    date_scores,
    model_scores,
)
from analytics.services.evidence.frustration_evidence import frustration_evidence
from analytics.services.evidence.lost_customers import past_losses
from analytics.services.overview import trend
from analytics.services.results import RunStamp

#: What a landing tells of times.
_LANDING_TIMES = frozenset({"landed_at", "first_event_at", "last_event_at"})

#: Tables that are too long to be shown whole; each has a question of its own.
_ASKED_OTHERWISE = frozenset({BacktestScore, RiskBin, PastLoss})

LATER_DATES = (
    "Tested on later dates: the models that scored a test date had seen only what was known "
    "before it, so that no outcome was known to the model that it was tested on."
)


def evidence(opened: OpenRun, stamp: RunStamp) -> EvidenceResult:
    """Answer the evidence page."""
    summary = opened.run.summary
    return EvidenceResult(
        stamp=stamp,
        claim=_claim(opened, summary),
        scores=model_scores(opened),
        by_date=date_scores(opened),
        calibration=calibration_bins(opened),
        trend=trend(opened),
        rows={row: rows_of(opened, row) for row in EVIDENCE_ROWS if row not in _ASKED_OTHERWISE},
        losses=past_losses(opened),
        frustration=frustration_evidence(opened),
        base_rate=summary.base_rate,
        data_quality=_in_zone(summary),
        versions=summary.versions,
    )


def _in_zone(summary: RunSummary) -> dict[str, Any]:
    """Return what the landing says, with its times in the run's zone."""
    said = dict(summary.data_quality)
    for name in _LANDING_TIMES & said.keys():
        moment = datetime.fromisoformat(said[name])
        said[name] = moment.astimezone(summary.zone_info).isoformat()
    return said


def _claim(opened: OpenRun, summary: RunSummary) -> Claim:
    """Return what the run claims; runs of former versions say less."""
    return Claim(
        predicted=_predicted(opened, summary),
        evidence_kind=getattr(summary, "evidence_kind", "") or LATER_DATES,
        champion=summary.champion,
        alert_precision=_interval(getattr(summary, "alert_precision", None)),
        supported=getattr(summary, "supports_prediction", True),
        no_prediction_reason=getattr(summary, "no_prediction_reason", "") or "",
        comparison=getattr(summary, "comparison", None),
    )


def _predicted(opened: OpenRun, summary: RunSummary) -> str:
    column = CUSTOMERS.c.horizon_days
    ends = select(func.min(column).label("low"), func.max(column).label("high"))
    found = opened.reader.row(ends) or {}
    low, high = found.get("low"), found.get("high")
    if low is None or high is None:
        window = "within the customer's own horizon"
    elif round(low) == round(high):
        window = f"for {high:.0f} days"
    else:
        window = f"for {low:.0f} to {high:.0f} days, by the customer's own rhythm"
    return (
        f"Silent churn: no meaningful activity {window}, counted from {summary.gap_days} days "
        "after the date (time to act), with no cancellation, complaint or request around it."
    )


def _interval(given: Any) -> Interval | None:
    """Read an interval, whether the summary kept it as one or as plain values."""
    if given is None or isinstance(given, Interval):
        return given
    if isinstance(given, Mapping) and given.get("value") is not None:
        value = float(given["value"])
        return Interval(value, float(given.get("low", value)), float(given.get("high", value)))
    return None
