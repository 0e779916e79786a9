"""What a run is worth in businesses of several builds, side by side, the worst of them named."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from joblib import Parallel, delayed

from analytics.errors import InsufficientData, UsageError
from analytics.evaluation.landed_simulation import landed_simulation
from analytics.evaluation.published_run.evaluate import Evaluation, evaluate
from analytics.pipeline.run import run_pipeline
from analytics.simulation.presets.builds import built
from analytics.simulation.presets.plan import SimulationPlan
from analytics.simulation.presets.preset import SAAS

USUAL = "usual"


@dataclass(frozen=True)
class BuildMeasure:
    """One figure of an evaluation, and which way is better.

    Parameters
    ----------
    high_is_good
        None for what describes the business and is neither.
    """

    name: str
    label: str
    read: Callable[[Evaluation], float]
    high_is_good: bool | None = True


BUILD_MEASURES = (
    BuildMeasure("recency_early_auc", "Early AUC: days of silence alone",
                 lambda found: found.early.recency, None),
    BuildMeasure("oracle_early_auc", "Early AUC: oracle that sees the hidden state",
                 lambda found: found.early.oracle, None),
    BuildMeasure("champion_early_auc", "Early AUC: champion", lambda found: found.early.champion),
    BuildMeasure("champion_over_recency", "Early AUC: champion minus days of silence",
                 lambda found: found.early.champion - found.early.recency),
    BuildMeasure("oracle_gap_closed", "Share of the gap to the oracle closed",
                 lambda found: found.early.gap_closed),
    BuildMeasure("alerted_over_luck", "Silent leavers alerted, minus as many alerts by luck",
                 lambda found: found.lead.first_alerted_share - found.lead.random_alerted_share),
    BuildMeasure("before_last_visit", "Silent leavers alerted before their last visit",
                 lambda found: found.lead.first_before_last_visit_share),
    BuildMeasure("false_alerts", "False alerts a week, of those who stay",
                 lambda found: found.lead.weekly_false_alert_share, high_is_good=False),
    BuildMeasure("alert_precision", "Alerted customers who truly went silently",
                 lambda found: found.lead.alert_precision),
    BuildMeasure("label_kappa", "Label against truth, kappa", lambda found: found.label.kappa),
    BuildMeasure("frustration_spearman", "Frustration index, Spearman",
                 lambda found: found.frustration_spearman),
    BuildMeasure("reason_mean_over_causes", "True cause among the first two, mean over the causes",
                 lambda found: found.reasons.mean_over_causes),
    BuildMeasure("revenue_bias", "Revenue at risk against the true loss, distance from it",
                 lambda found: abs(found.revenue.bias), high_is_good=False),
    BuildMeasure("policy_value_share", "Plan's true value as a share of the best plan's",
                 lambda found: found.policy.share),
)  # fmt: skip


@dataclass(frozen=True)
class JudgedBuild:
    """One simulated business whose run was held against its truth.

    Parameters
    ----------
    figures
        By the name of their measure; NaN for what could not be measured.
    problem
        Why there is no run; empty where there is one.
    """

    build: str
    seed: int
    champion: str
    figures: dict[str, float]
    problem: str = ""


@dataclass(frozen=True)
class BuildComparison:
    """Several simulated businesses of one size."""

    customers: int
    days: int
    judged: tuple[JudgedBuild, ...]

    @property
    def builds(self) -> tuple[str, ...]:
        """Builds in the order they were asked for."""
        return tuple(dict.fromkeys(each.build for each in self.judged))

    def mean(self, measure: BuildMeasure, build: str) -> float:
        """Return the mean over the seeds of a build."""
        found = [each.figures[measure.name] for each in self._measured(measure)
                 if each.build == build]  # fmt: skip
        return sum(found) / len(found) if found else math.nan

    def worst(self, measure: BuildMeasure) -> JudgedBuild | None:
        """Return the business with the worst figure; None where none is better or worse."""
        found = self._measured(measure)
        if measure.high_is_good is None or not found:
            return None
        sign = 1 if measure.high_is_good else -1
        return min(found, key=lambda each: sign * each.figures[measure.name])

    def as_dict(self) -> dict[str, Any]:
        """Return what `simulate builds --json` prints."""
        worst = {measure: self.worst(measure) for measure in BUILD_MEASURES}
        return {
            "customers": self.customers,
            "days": self.days,
            "measures": [
                {
                    "measure": measure.name,
                    "builds": {name: self.mean(measure, name) for name in self.builds},
                    "worst": each and each.figures[measure.name],
                    "worst_build": each and each.build,
                    "worst_seed": each and each.seed,
                }
                for measure, each in worst.items()
            ],
            "runs": [vars(each) for each in self.judged],
        }

    def _measured(self, measure: BuildMeasure) -> list[JudgedBuild]:
        return [each for each in self.judged
                if not math.isnan(each.figures.get(measure.name, math.nan))]  # fmt: skip


def compare_builds(
    builds: Sequence[str],
    *,
    seeds: int,
    customers: int,
    days: int,
    end: date,
    say: Callable[[str], None],
    jobs: int = 1,
) -> BuildComparison:
    """Simulate each build from the seeds 1, 2, …, run the product on it and judge it by its truth.

    Raises
    ------
    UsageError
        No seed, an unknown build, or a size that cannot be simulated.
    """
    if seeds < 1:
        raise UsageError(f"seeds must be 1 or more. Got {seeds}.", rule="seeds_enough", got=seeds)
    presets = {name: SAAS if name == USUAL else built(SAAS.name, name) for name in builds}
    plans = [
        (name, SimulationPlan(preset, customers, days, seed, end))
        for name, preset in presets.items()
        for seed in range(1, seeds + 1)
    ]
    say(f"Simulating, running and judging {', '.join(presets)}, {seeds} of each.")
    judged = Parallel(n_jobs=jobs)(delayed(judge_build)(name, plan) for name, plan in plans)
    return BuildComparison(customers, days, tuple(judged))


def judge_build(name: str, plan: SimulationPlan) -> JudgedBuild:
    """Run the product on one simulation and hold the run against the truth."""
    with landed_simulation(plan) as landed:
        try:
            run = run_pipeline(landed.settings, as_of=None, now=landed.now)
            found = evaluate(landed.settings, run, landed.folder, lambda text: None)
        except InsufficientData as problem:
            return JudgedBuild(name, plan.seed, "", {}, problem.message)
    figures = {measure.name: float(measure.read(found)) for measure in BUILD_MEASURES}
    return JudgedBuild(name, plan.seed, run.summary.champion, figures)
