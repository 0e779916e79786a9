"""Can I trust this? What the backtest, the calibration and the data say."""

from __future__ import annotations

from sqlalchemy import select

from analytics.database.mart import BACKTEST, CALIBRATION
from analytics.domain.measures import Interval
from analytics.services.evidence_results import CalibrationBin, EvidenceResult, ModelScore
from analytics.services.overview import trend
from analytics.services.results import RunStamp
from analytics.services.run_access import OpenRun

#: As the models call themselves; named here so that the app need not load them.
MODEL_LABELS = {
    "recency": "Days silent alone",
    "cadence": "Silence against own rhythm",
    "bgnbd": "BG/NBD",
    "rfm_logistic": "Recency, frequency, value, rhythm",
    "logistic_regression": "Logistic regression",
    "random_forest": "Random forest",
    "gradient_boosting": "Gradient boosting",
    "hazard": "Hazard",
    "isolation_forest": "Isolation forest (a flag, not a probability)",
}


def evidence(opened: OpenRun, stamp: RunStamp) -> EvidenceResult:
    """Answer the evidence page."""
    summary = opened.run.summary
    return EvidenceResult(
        stamp=stamp,
        scores=_scores(opened),
        calibration=_calibration(opened),
        trend=trend(opened),
        base_rate=summary.base_rate,
        data_quality=summary.data_quality,
        versions=summary.versions,
    )


def _scores(opened: OpenRun) -> tuple[ModelScore, ...]:
    statement = (
        select(BACKTEST)
        .where(BACKTEST.c.observation_date == "all", BACKTEST.c.auc.is_not(None))
        .order_by(BACKTEST.c.slice, BACKTEST.c.auc.desc().nulls_last(), BACKTEST.c.model)
    )
    champion = opened.run.summary.champion
    return tuple(
        ModelScore(
            model=row["model"],
            label=MODEL_LABELS.get(row["model"], row["model"].replace("_", " ").capitalize()),
            slice=row["slice"],
            customers=row["customers"],
            positives=row["positives"],
            auc=_interval(row["auc"], row["auc_low"], row["auc_high"]),
            average_precision=_number(row["average_precision"]),
            brier=row["brier"],
            ece=row["ece"],
            lift_top_decile=_number(row["lift_top_decile"]),
            is_champion=row["model"] == champion,
        )
        for row in opened.reader.rows(statement)
    )


def _calibration(opened: OpenRun) -> tuple[CalibrationBin, ...]:
    statement = select(CALIBRATION).order_by(CALIBRATION.c.bin)
    return tuple(
        CalibrationBin(
            predicted=_number(row["predicted"]),
            observed=_interval(row["observed"], row["observed_low"], row["observed_high"]),
            customers=row["customers"],
        )
        for row in opened.reader.rows(statement)
    )


def _interval(value: float | None, low: float | None, high: float | None) -> Interval:
    middle = _number(value)
    return Interval(middle, middle if low is None else low, middle if high is None else high)


def _number(value: float | None) -> float:
    return 0.0 if value is None else float(value)
