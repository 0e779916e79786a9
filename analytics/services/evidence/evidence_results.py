"""What the evidence page is answered with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from analytics.domain.numbers.measures import Interval
from analytics.domain.tables.history_tables import PastPortfolio
from analytics.domain.tables.run_row import RunRow
from analytics.services.current_run.run_rows import Row
from analytics.services.evidence.acceptance import AcceptanceView
from analytics.services.evidence.features import FeaturesResult
from analytics.services.evidence.frustration_evidence import FrustrationEvidence
from analytics.services.evidence.lost_customers import PastLosses
from analytics.services.results import RunStamp


@dataclass(frozen=True)
class ModelScore:
    """How one model did in the backtest on one slice of all test dates.

    What could not be measured is None: a rank without probability has no Brier score, and a slice
    with too few leavers has nothing but its counts.
    """

    model: str
    label: str
    slice: str
    customers: int
    positives: int
    auc: Interval | None
    average_precision: float | None
    brier: float | None
    ece: float | None
    lift_top_decile: float | None
    is_champion: bool
    brier_skill: float | None = None
    log_loss: float | None = None
    ece_by_chance: float | None = None
    calibration_slope: float | None = None
    observed_over_expected: Interval | None = None
    recall_top_decile: float | None = None


@dataclass(frozen=True)
class DateScore:
    """The champion on one test date: how many went silent, and how that compares with its risks."""

    observation_date: date
    customers: int
    positives: int
    observed_over_expected: Interval | None


@dataclass(frozen=True)
class CalibrationBin:
    """What was predicted and what was observed, for customers of like risk."""

    predicted: float
    observed: Interval
    customers: int


@dataclass(frozen=True)
class Claim:
    """What the run claims: what is predicted, how it was tested, and whether it may be believed.

    Parameters
    ----------
    predicted
        What a risk is the probability of, in words.
    evidence_kind
        How it was tested, in words.
    alert_precision
        Share of past alerts that came true, with its 95% interval.
    supported
        False where the data cannot support a prediction, for `no_prediction_reason`.
    comparison
        What changed since the last run, as the run wrote it down.
    """

    predicted: str
    evidence_kind: str
    champion: str
    alert_precision: Interval | None = None
    supported: bool = True
    no_prediction_reason: str = ""
    comparison: object = None


@dataclass(frozen=True)
class EvidenceResult:
    """Can I trust this?

    Parameters
    ----------
    rows
        Tables that are shown as the run keeps them; `of` asks for one.
    """

    stamp: RunStamp
    claim: Claim
    scores: tuple[ModelScore, ...]
    by_date: tuple[DateScore, ...]
    calibration: tuple[CalibrationBin, ...]
    trend: tuple[PastPortfolio, ...]
    rows: Mapping[type[RunRow], tuple[RunRow, ...]]
    losses: PastLosses
    base_rate: float
    data_quality: dict[str, object]
    versions: dict[str, str] = field(default_factory=dict)
    acceptance: AcceptanceView | None = None  # of the simulator; None for real data
    frustration: FrustrationEvidence = field(default_factory=FrustrationEvidence)
    features: FeaturesResult | None = None  # None for a run made before runs kept them

    def of(self, row: type[Row]) -> tuple[Row, ...]:
        """Return the rows of a table; none for a run of a version that did not keep it."""
        return cast("tuple[Row, ...]", self.rows.get(row, ()))
