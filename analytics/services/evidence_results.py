"""What the evidence page is answered with."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.domain.measures import Interval
from analytics.services.acceptance import AcceptanceView
from analytics.services.features import FeaturesResult
from analytics.services.results import RunStamp, TrendPoint


@dataclass(frozen=True)
class ModelScore:
    """How one model did in the backtest on one slice of all test dates."""

    model: str
    label: str
    slice: str
    customers: int
    positives: int
    auc: Interval
    average_precision: float
    brier: float | None
    ece: float | None
    lift_top_decile: float
    is_champion: bool


@dataclass(frozen=True)
class CalibrationBin:
    """What was said and what was seen, for customers of like risk."""

    predicted: float
    observed: Interval
    customers: int


@dataclass(frozen=True)
class EvidenceResult:
    """Can I trust this?"""

    stamp: RunStamp
    scores: tuple[ModelScore, ...]
    calibration: tuple[CalibrationBin, ...]
    trend: tuple[TrendPoint, ...]
    base_rate: float
    data_quality: dict[str, object]
    versions: dict[str, str]
    acceptance: AcceptanceView | None = None  # of the simulator; None for real data
    features: FeaturesResult | None = None  # None for a run made before runs kept them
