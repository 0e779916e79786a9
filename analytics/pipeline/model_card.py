"""The model card: what was learned from what, how well it did, and what it is not for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

import pandas as pd
import sklearn

from analytics import __version__
from analytics.domain.frustration import FRUSTRATION_SCALE_VERSION
from analytics.domain.profiles.profile import Profile
from analytics.domain.tables.evidence_tables import LadderStep, LeakageCheck
from analytics.domain.tables.flag_tables import AlertLeadTime, PastMonth
from analytics.features.prepared import EPOCH
from analytics.features.record import Feature
from analytics.modelling.models.estimators import LADDER, RECENCY, spec_of
from analytics.modelling.training import Trained
from analytics.pipeline.content.evidence_content import Evidence

BASELINES = ("base_rate", RECENCY, "bgnbd")
NOT_FOR = (
    "Deciding about a person's rights, prices by protected traits, or credit.",
    "Claiming that an action works: that needs a control group.",
    "Customers of another business, or dates long after the training dates.",
)


def model_card(
    trained: Trained,
    evidence: Evidence,
    profile: Profile,
    features: Sequence[Feature],
    *,
    as_of: str,
    simulated: bool,
    source: str,
) -> dict[str, Any]:
    """Return the card as plain values."""
    everything = evidence.metrics
    pooled = everything[everything["observation_date"] == "all"]
    return {
        "data": {"source": source, "simulated": simulated, "as_of": as_of},
        "label": label_in_words(profile),
        "horizon_days": [profile.horizon_min_days, profile.horizon_max_days],
        "gap_days": profile.gap_days,
        "exclusions": "Customers who left with a record, have lapsed, are new, or have too little "
        "cadence for silence to mean anything; observations whose horizon has not ended.",
        "champion": trained.champion.name,
        "champion_label": spec_of(trained.champion.name).label,
        "calibration": "beta" if trained.champion.calibrator.n_features_in_ > 1 else "sigmoid",
        "calibrated_later_than_training": True,
        "training_overlaps_calibration": trained.overlapping,
        "training_dates": _dates(trained.train.day),
        "calibration_dates": _dates(trained.calibrate.day),
        "test_dates": [_iso(day) for day in trained.backtest.test_days],
        "training_rows": len(trained.train),
        "calibration_rows": len(trained.calibrate),
        "base_rate": trained.base_rate,
        "shock_sd": trained.shock_sd,
        "verdict": evidence.verdict,
        "metrics": {
            f"{row['model']}/{row['slice']}": {
                name: _plain(row[name]) for name in pooled.columns[3:]
            }
            for row in pooled.to_dict("records")
        },
        "slices": sorted(pooled["slice"].unique()),
        "baselines": [rung.name for rung in LADDER if rung.name in BASELINES],
        "ladder": _rows(evidence.tables[LadderStep]),
        "lead_time": _rows(evidence.tables[AlertLeadTime]),
        "past_dates": _rows(evidence.tables[PastMonth]),
        "alert_precision": evidence.alert_precision,
        "tiers": {**asdict(evidence.tiers), "how": evidence.tiers.cuts.how()},
        "gates": _rows(evidence.tables[LeakageCheck]),
        "limits": limits_of(trained),
        "features": {
            feature.name: feature.description
            for feature in features
            if feature.name in trained.champion.columns
        },
        "not_for": list(NOT_FOR),
        "versions": versions(),
    }


def limits_of(trained: Trained) -> list[str]:
    """Say in which ways the figures may flatter, or hold for some only."""
    dates = len(trained.backtest.test_days)
    found = [
        "The champion was chosen on the same test dates that its figures are told for.",
        f"The figures hold for {'one past date' if dates == 1 else f'{dates} past dates'}; "
        "good and bad periods move all risks together.",
        "A group with fewer than 200 rows, or 30 leavers or stayers, has counts and no figures.",
        "Segment, region, plan and recurring revenue are today's, on past dates too.",
        "Lead times count customers whom the label calls silent; some may yet return.",
        "Money rests on the profile's margin, costs and assumed save rates.",
    ]
    if trained.overlapping:
        found.append("Training and calibration outcomes overlap in time: the history is short.")
    if trained.backtest.partial:
        found.append("Customers with long horizons are left out of the test.")
    return found


def label_in_words(profile: Profile) -> str:
    """Say what the probability is the probability of."""
    if profile.label == "no_event":
        return (
            f"No {' or '.join(profile.meaningful_events)} for {profile.horizon_max_days} days, "
            "with no complaint or request around it."
        )
    return (
        "No meaningful activity over the customer's own horizon "
        f"({profile.horizon_min_days} to {profile.horizon_max_days} days, a silence that their "
        f"rhythm would produce by chance in at most {profile.silence_probability:.1%} of cases), "
        "with no cancellation, complaint or request around it."
    )


def versions() -> dict[str, str]:
    """Return the versions that made the model."""
    return {
        "silent-churn": __version__,
        "scikit-learn": sklearn.__version__,
        "frustration scale": str(FRUSTRATION_SCALE_VERSION),
    }


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {str(name): _plain(value) for name, value in row.items()}
        for row in frame.to_dict("records")
    ]


def _dates(days: Any) -> list[str]:
    return sorted({_iso(int(day)) for day in days})


def _iso(day: int) -> str:
    return (EPOCH + timedelta(days=day)).isoformat()


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    number = value.item() if hasattr(value, "item") else value
    return None if isinstance(number, float) and number != number else number
