"""A published simulated run against its truth, in one answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analytics.domain.tables.segment_tables import Steadiness
from analytics.evaluation.judged_rows import LabelQuality, early_auc, label_quality
from analytics.evaluation.published_run.cause_truth import CauseQuality, cause_quality
from analytics.evaluation.published_run.effects import Effect, effects
from analytics.evaluation.published_run.evaluated_run import EvaluatedRun, evaluated_run
from analytics.evaluation.published_run.find_truth import truth_of
from analytics.evaluation.published_run.frustration_truth import frustration_spearman
from analytics.evaluation.published_run.lead_time import TrueLeadTime, lead_time
from analytics.evaluation.published_run.policy_truth import PolicyValue, policy_value
from analytics.evaluation.published_run.reason_truth import ReasonQuality, reason_quality
from analytics.evaluation.published_run.revenue_truth import RevenueTruth, revenue_truth
from analytics.evaluation.published_run.suppressed_truth import SuppressedFinder, suppressed_finder
from analytics.modelling.judging import ALL, RECENTLY_ACTIVE
from analytics.runs.run_store import PublishedRun
from analytics.settings import Settings


@dataclass(frozen=True)
class EarlyAuc:
    """Ranking of true silent leavers among customers seen lately, on the test dates.

    Parameters
    ----------
    recency, champion, oracle
        Days of silence; the run's champion, with what was known then; the hidden state.
    positives, rows
        True leavers, and customer dates.
    """

    recency: float
    champion: float
    oracle: float
    positives: int
    rows: int

    @property
    def gap_closed(self) -> float:
        """Share of the way from recency to the oracle that the champion goes."""
        room = self.oracle - self.recency
        return (self.champion - self.recency) / room if room > 0 else float("nan")


@dataclass(frozen=True)
class Tested:
    """What the backtest says of the champion on one test date, judged by labels.

    Parameters
    ----------
    ece, ece_by_chance
        Expected calibration error, and what chance alone gives probabilities that are right.
    lift_top_decile, early_lift_top_decile
        Of all who were scored, and of those seen lately.
    """

    observation_date: str
    ece: float
    ece_by_chance: float
    observed_over_expected: float
    lift_top_decile: float
    early_lift_top_decile: float


@dataclass(frozen=True)
class Evaluation:
    """Everything that the truth says of a run.

    Parameters
    ----------
    build
        Empty for the usual build of the preset.
    """

    run: PublishedRun
    preset: str
    build: str
    label: LabelQuality
    early: EarlyAuc
    tested: tuple[Tested, ...]
    lead: TrueLeadTime
    frustration_spearman: float
    suppressed: SuppressedFinder
    causes: CauseQuality
    reasons: ReasonQuality
    policy: PolicyValue
    effects: list[Effect]
    revenue: RevenueTruth
    steadiness: dict[str, float | None]

    def as_dict(self) -> dict[str, Any]:
        """Return what `simulate evaluate --json` prints."""
        return {
            "run_id": self.run.run_id,
            "preset": self.preset,
            "build": self.build,
            "champion": self.run.summary.champion,
            "label": asdict(self.label),
            "early_auc": asdict(self.early),
            "oracle_gap_closed": self.early.gap_closed,
            "tested": [asdict(tested) for tested in self.tested],
            "lead_time_days": self.lead.first_days_before_rule,
            "mean_days_ahead": self.lead.mean_days_ahead,
            "lead_time": asdict(self.lead),
            "frustration_spearman": self.frustration_spearman,
            "suppressed_precision_at_5": self.suppressed.precision,
            "suppressed_times_counting_tickets": self.suppressed.times_counting_tickets,
            "suppressed": asdict(self.suppressed),
            "cause_macro_recall": self.causes.macro_recall,
            "cause_kappa": self.causes.kappa,
            "causes": {
                "customers": self.causes.customers,
                "by_cause": {
                    name: {"recall": share, "customers": count}
                    for name, (share, count) in self.causes.recall_by_cause.items()
                },
            },
            "reason_top2": self.reasons.top2,
            "reasons": {
                "customers": self.reasons.customers,
                "always_the_same": self.reasons.always_the_same,
                "mean_over_causes": self.reasons.mean_over_causes,
                "drifting_top2": self.reasons.drifting_top2,
                "drifting_customers": self.reasons.drifting_customers,
                "by_cause": {
                    name: {"top2": share, "customers": count}
                    for name, (share, count) in self.reasons.by_cause.items()
                },
            },
            "revenue_at_risk": self.revenue.as_dict(),
            "weekly_tier_flips": self.steadiness.get("tier_flips"),
            "cluster_ari": self.steadiness.get("cluster_ari"),
            "policy_value_share": self.policy.share,
            "policy": asdict(self.policy),
            "effects": [
                {**asdict(effect), "covers_truth": effect.covers_truth} for effect in self.effects
            ],
        }


def evaluate(
    settings: Settings, run: PublishedRun, given: Path | None, say: Callable[[str], None]
) -> Evaluation:
    """Hold a published run against the truth of its simulation.

    Parameters
    ----------
    given
        The simulation's folder; None looks for it.

    Raises
    ------
    BadInput
        The run is on real data, or its truth or its data are not there.
    """
    truth = truth_of(run, given, workspace=settings.workspace)
    seen = evaluated_run(settings, run, truth, say)
    return Evaluation(
        run=run,
        preset=str(truth.note["preset"]),
        build=str(truth.note.get("build", "")),
        label=label_quality(seen.rows),
        early=_early(seen),
        tested=_tested(seen),
        lead=lead_time(seen),
        frustration_spearman=frustration_spearman(seen),
        suppressed=suppressed_finder(seen),
        causes=cause_quality(seen),
        reasons=reason_quality(seen),
        policy=policy_value(seen),
        effects=effects(seen),
        revenue=revenue_truth(seen),
        steadiness=_steadiness(run),
    )


def _steadiness(run: PublishedRun) -> dict[str, float | None]:
    """Return how steady tiers and clusters are, as the run measured it."""
    path = run.folder / Steadiness.table.file
    if not path.is_file():
        return {}
    rows = pd.read_parquet(path, columns=["measure", "value"])
    return {
        str(name): None if pd.isna(value) else float(value)
        for name, value in zip(rows["measure"], rows["value"], strict=True)
    }


def _early(seen: EvaluatedRun) -> EarlyAuc:
    predicted = seen.tested.predictions.drop(columns=["silent", "early"])
    rows = seen.rows.merge(predicted, on=["customer_key", "day"])
    early = rows[rows["early"]]
    return EarlyAuc(
        recency=early_auc(rows, "silent_days"),
        champion=early_auc(rows, seen.run.summary.champion),
        oracle=early_auc(rows, "oracle"),
        positives=int(early["truth"].sum()),
        rows=len(early),
    )


def _tested(seen: EvaluatedRun) -> tuple[Tested, ...]:
    rows = seen.tested.metrics
    own = rows[(rows["model"] == seen.run.summary.champion) & (rows["observation_date"] != ALL)]
    early = own[own["slice"] == RECENTLY_ACTIVE].set_index("observation_date")["lift_top_decile"]
    return tuple(
        Tested(
            str(row["observation_date"]),
            float(row["ece"]),
            float(row["ece_by_chance"]),
            float(row["observed_over_expected"]),
            float(row["lift_top_decile"]),
            float(early[row["observation_date"]]),
        )
        for row in own[own["slice"] == ALL].to_dict("records")
    )
