"""Made-up evidence for a sample run: plausible, coherent, the same every time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from analytics.domain.tables.evidence_tables import (
    BacktestScore,
    LadderStep,
    LeakageCheck,
    PlainRule,
    RiskBin,
)
from analytics.domain.tables.flag_tables import (
    AlertLeadTime,
    CapacityPoint,
    ModelProfit,
    PastLoss,
    PastMonth,
)
from analytics.domain.tables.run_row import RunRow
from analytics.domain.tables.value_tables import PastRevenue
from tests.sample_frustration import sample_frustration

TEST_DATES_BACK = (7, 6, 5, 4, 3)
CUSTOMERS_A_DATE = 300
CHAMPION = "random_forest"

#: Model: label, AUC, gives a probability.
_MODELS = {
    "recency": ("Days silent alone", 0.68, False),
    "rfm_logistic": ("Recency, frequency, value, rhythm", 0.74, True),
    "logistic_regression": ("Logistic Regression", 0.78, True),
    CHAMPION: ("Random Forest", 0.80, True),
    "gradient_boosting": ("Gradient Boosting", 0.801, True),
    "isolation_forest": ("Isolation Forest", 0.61, False),
}
#: Slice: share of the customers, change of the AUC.
_SLICES = {
    "all": (1.0, 0.0),
    "recently_active": (0.73, -0.06),
    "cadence: often": (0.4, 0.02),
    "cadence: seldom": (0.3, -0.03),
    "value: high": (0.33, 0.01),
    "value: low": (0.33, -0.02),
    "tenure: under 90 days": (0.15, -0.05),
    "segment: Large": (0.2, 0.0),
    "segment: Small": (0.5, 0.01),
    "region: EU": (0.4, -0.01),
    "region: US": (0.3, 0.02),
    "unseen": (0.1, -0.04),
    "region: APAC": (0.01, 0.0),  # too few
}
_FEWEST_POSITIVES = 10


def sample_evidence(
    customers: pd.DataFrame, *, as_of: datetime, base_rate: float
) -> dict[type[RunRow], pd.DataFrame]:
    """Return the rows of every evidence table."""
    days = [as_of - timedelta(days=28 * back) for back in TEST_DATES_BACK]
    return {
        BacktestScore: _backtest(days, base_rate),
        RiskBin: _calibration(),
        LadderStep: _ladder(),
        PastMonth: _past_months(days),
        PastRevenue: _past_revenue(days),
        AlertLeadTime: _lead_time(),
        PastLoss: _past_losses(customers, as_of),
        CapacityPoint: _capacity(),
        ModelProfit: _profit(),
        LeakageCheck: _gates(),
        PlainRule: _rules(base_rate),
        **sample_frustration(),
    }


def _backtest(days: list[datetime], base_rate: float) -> pd.DataFrame:
    dates = [*((day.date().isoformat(), 1) for day in days), ("all", len(days))]
    rows = []
    for model, (_, auc, has_probability) in _MODELS.items():
        for place, (day, times) in enumerate(dates):
            for name, (share, change) in _SLICES.items():
                size = round(CUSTOMERS_A_DATE * share * times)
                rate = base_rate * (1 if day == "all" else 0.8 + 0.1 * place)
                rows.append(_score(day, model, name, size, round(size * rate), auc + change))
                if not has_probability:
                    rows[-1].update(dict.fromkeys(_OF_PROBABILITIES, np.nan))
    return pd.DataFrame(rows)


_OF_PROBABILITIES = (
    "brier", "brier_skill", "log_loss", "ece", "ece_by_chance", "calibration_slope",
    "observed_over_expected", "observed_over_expected_low", "observed_over_expected_high",
)  # fmt: skip


def _score(
    day: str, model: str, part: str, customers: int, positives: int, auc: float
) -> dict[str, Any]:
    known = {"observation_date": day, "model": model, "slice": part}
    counts = {"customers": customers, "positives": positives}
    half = 0.6 / max(positives, 1) ** 0.5 / 2
    numbers = {
        "auc": auc,
        "auc_low": max(auc - half, 0.0),
        "auc_high": min(auc + half, 1.0),
        "average_precision": auc / 3,
        "brier": 0.07,
        "brier_skill": 0.16,
        "log_loss": 0.24,
        "ece": 0.021,
        "ece_by_chance": 0.018,
        "calibration_slope": 0.94,
        "observed_over_expected": 1.05,
        "observed_over_expected_low": 0.92,
        "observed_over_expected_high": 1.19,
        "lift_top_decile": 1 + 4 * (auc - 0.5) / 0.3,
        "recall_top_decile": 0.1 + (auc - 0.5),
    }
    too_few = positives < _FEWEST_POSITIVES and day == "all"
    return known | counts | (dict.fromkeys(numbers, np.nan) if too_few else numbers)


def _calibration() -> pd.DataFrame:
    said = np.linspace(0.02, 0.6, 8)
    seen = said * 0.95
    return pd.DataFrame(
        {
            "bin": np.arange(1, 9),
            "customers": np.full(8, 75),
            "predicted": said,
            "observed": seen,
            "observed_low": np.clip(seen - 0.05, 0, 1),
            "observed_high": np.clip(seen + 0.05, 0, 1),
        }
    )


def _ladder() -> pd.DataFrame:
    rows = []
    names = [one for one in _MODELS if one != "isolation_forest"]
    for rung, model in enumerate(names, start=1):
        label, auc, _ = _MODELS[model]
        below = CHAMPION if model == "gradient_boosting" else names[max(rung - 2, 0)]
        gain = np.nan if rung == 1 else auc - _MODELS[below][1]
        rows.append(
            {
                "rung": rung,
                "model": model,
                "label": label,
                "against": "" if rung == 1 else below,
                "auc_gain": gain,
                "auc_gain_low": gain - 0.012,
                "auc_gain_high": gain + 0.012,
                "brier_gain": gain / 10,
                "brier_gain_low": gain / 10 - 0.001,
                "brier_gain_high": gain / 10 + 0.001,
                "exit_gain": None,
                "exit_gain_low": None,
                "exit_gain_high": None,
                "taken": bool(rung == 1 or gain > 0.012),
                "champion": model == CHAMPION,
            }
        )
    return pd.DataFrame(rows)


def _past_months(days: list[datetime]) -> pd.DataFrame:
    rows = []
    for place, day in enumerate(days):
        flagged, silent, caught = 40 + place, 20 + 2 * place, 11 + place
        rows.append(
            {
                "observation_date": day.date(),
                "scored": CUSTOMERS_A_DATE,
                "flagged": flagged,
                "went_silent": silent,
                "caught": caught,
                "missed": silent - caught,
                "false_alarms": flagged - caught,
                "expected": silent * 1.04,
                "value_caught": 620.0 * caught,
                "value_missed": 410.0 * (silent - caught),
                "value_false_alarms": 580.0 * (flagged - caught),
                "caught_by_silence": 8 + place // 2,
            }
        )
    return pd.DataFrame(rows)


def _past_revenue(days: list[datetime]) -> pd.DataFrame:
    parts = {
        ("all", ""): 1.0,
        ("segment", "Large"): 0.5,
        ("segment", "Small"): 0.5,
        ("plan", "Team"): 1.0,
        ("risk_tier", "critical"): 0.3,
        ("risk_tier", "low"): 0.7,
    }
    rows = []
    for place, day in enumerate(days):
        for (kind, part), share in parts.items():
            predicted, lost = 12_000.0 * share, (10_600.0 + 900 * place) * share
            held = abs(predicted - lost) <= 1_500.0 * share
            rows.append(
                {
                    "observation_date": day.date(),
                    "kind": kind,
                    "part": part,
                    "scored": round(CUSTOMERS_A_DATE * share),
                    "expected": 24.0 * share,
                    "went_silent": round((20 + 2 * place) * share),
                    "predicted": predicted,
                    "predicted_low": predicted - 1_500.0 * share,
                    "predicted_high": predicted + 1_500.0 * share,
                    "lost": lost,
                    "held": held,
                }
            )
    return pd.DataFrame(rows)


def _lead_time() -> pd.DataFrame:
    ahead = {
        "champion": (0.62, 0.41, 0.22, 0.09),
        "recency": (0.50, 0.18, 0.02, 0.0),
        "random": (0.03, 0.01, 0.0, 0.0),
    }
    days_ahead = {"champion": 21.5, "recency": 14.0, "random": 7.8}
    labels = {"champion": "Churn risk", "recency": "Days of silence", "random": "At random"}
    rows = []
    for alert, shares in ahead.items():
        best = alert == "champion"
        rows.append(
            {
                "alert": alert,
                "label": labels[alert],
                "weeks": 26,
                "leavers": 214,
                "alerted": 141 if best else 118,
                "mean_days_ahead": days_ahead[alert],
                "mean_days_ahead_low": days_ahead[alert] - 2.5,
                "mean_days_ahead_high": days_ahead[alert] + 2.5,
                "days_before_rule": 33.0 if best else 16.0,
                "days_before_rule_low": 15.0 if best else 9.0,
                "days_before_rule_high": 58.0 if best else 23.0,
                "first_alerted": 0.81 if best else 0.6,
                "first_days_before_rule": 36.0 if best else 18.0,
                "first_before_last_activity": 0.42 if best else 0.1,
                "days_before_last_activity": 5.0 if best else -14.0,
                "alerted_before_last_activity": 0.285 if best else 0.02,
                **{
                    f"alerted_{days}_days_ahead": share
                    for days, share in zip((14, 30, 60, 90), shares, strict=True)
                },
                "weekly_alert_share": 0.061,
                "weekly_false_alert_share": 0.05 if best else 0.052,
                "alert_precision": 0.31 if best else 0.24,
                "alert_precision_low": 0.27 if best else 0.2,
                "alert_precision_high": 0.36 if best else 0.28,
            }
        )
    return pd.DataFrame(rows)


def _past_losses(customers: pd.DataFrame, as_of: datetime) -> pd.DataFrame:
    rows = []
    for place, customer in enumerate(customers["customer_id"].head(60)):
        last = as_of - timedelta(days=90 + place)
        alerted = place % 3 == 0
        said = 0.04 + 0.05 * (place % 9)
        rows.append(
            {
                "customer_id": customer,
                "last_activity_on": last,
                "value_at_stake": 6_000.0 - 83 * place,
                "predicted_90_days_before": np.nan if place % 7 == 0 else said * 0.6,
                "predicted_60_days_before": said * 0.8,
                "predicted_30_days_before": said,
                "predicted_at_last_activity": said * 1.3,
                "alert_began_on": last + timedelta(days=-20 if place % 2 else 6)
                if alerted
                else pd.NaT,
            }
        )
    return pd.DataFrame(rows)


def _capacity() -> pd.DataFrame:
    leavers, rows = 24.0, []
    steepness = {"champion": 4.0, "value_at_risk": 3.4, "recency": 2.4, "random": 0.0}
    for policy, bend in steepness.items():
        for contacted in (0, 15, 30, 60, 120, 210, 300):
            share = contacted / CUSTOMERS_A_DATE
            recall = share if not bend else (1 - np.exp(-bend * share)) / (1 - np.exp(-bend))
            caught = leavers * recall
            net = 95.0 * caught - 9.0 * contacted
            rows.append(
                {
                    "policy": policy,
                    "contacted": contacted,
                    "share": share,
                    "caught": caught,
                    "false_alarms": contacted - caught,
                    "recall": recall,
                    "net_value": net,
                    "net_value_low": net - 30 * caught,
                    "net_value_high": net + 30 * caught,
                }
            )
    return pd.DataFrame(rows)


def _profit() -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "model": model,
                "label": label,
                "expected_maximum_profit": 4.0 * (auc - 0.55),
                "best_share_contacted": 0.12,
            }
            for model, (label, auc, _) in _MODELS.items()
            if model != "isolation_forest"
        ]
    )


def _gates() -> pd.DataFrame:
    rows = (
        (
            "truncation", "Nothing later than the date is used", 0.0, 0.0,
            "Features were computed again with all later events cut away; the largest difference.",
        ),
        (
            "shuffled_labels", "Shuffled outcomes cannot be predicted", 0.51, 0.55,
            "Outcomes were dealt out at random and the model fitted again; its AUC.",
        ),
        (
            "single_feature", "No feature alone gives the answer away", 0.74, 0.97,
            "The highest AUC of any one feature.",
        ),
    )  # fmt: skip
    return pd.DataFrame(
        [
            {"gate": gate, "label": label, "passed": True, "found": found, "bound": bound,
             "meaning": meaning}
            for gate, label, found, bound, meaning in rows
        ]
    )  # fmt: skip


def _rules(base_rate: float) -> pd.DataFrame:
    rows = []
    for rule, label, held, lift in (
        ("silent_14", "No activity for 14 days", 260, 2.4),
        ("half_active", "Active days down by half", 190, 1.9),
        ("complained", "Complained in the last 28 days", 45, 1.1),
    ):
        rows.append(
            {
                "rule": rule,
                "label": label,
                "customers_now": held // 5,
                "tested": held,
                "went_silent": round(held * base_rate * lift),
                "share_silent": base_rate * lift,
                "base_rate": base_rate,
                "lift": lift,
                "lift_low": lift - 0.5,
                "lift_high": lift + 0.6,
            }
        )
    return pd.DataFrame(rows)
