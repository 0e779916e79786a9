"""Checks a simulated business: the means of several simulations against what they must show."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed

from analytics.errors import InsufficientData, UsageError
from analytics.evaluation.acceptance import business_facts as facts
from analytics.evaluation.acceptance.acceptance_target import Target
from analytics.evaluation.acceptance.build_targets import why_not_judged
from analytics.evaluation.acceptance.business_measures import Measured, measure_anew
from analytics.evaluation.acceptance.business_targets import RISING, SURVIVAL, targets_of
from analytics.runs.acceptance_report import AcceptanceReport, AcceptanceRow, ComparedCurve
from analytics.simulation.presets.business import Preset
from analytics.simulation.presets.plan import SimulationPlan

Floats = npt.NDArray[np.float64]
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_TOO_SMALL = "Not measured: too few customers went silent to measure it. More customers help."


def business_report(
    preset: Preset,
    *,
    seeds: int,
    customers: int,
    days: int,
    end: date,
    measured_at: str,
    say: Callable[[str], None],
    jobs: int = 1,
) -> AcceptanceReport:
    """Simulate a preset from the seeds 1, 2, … and judge the means.

    Raises
    ------
    UsageError
        No seed, or a size that cannot be simulated.
    """
    if seeds < 1:
        raise UsageError(f"seeds must be 1 or more. Got {seeds}.", rule="seeds_enough", got=seeds)
    plans = [SimulationPlan(preset, customers, days, seed, end) for seed in range(1, seeds + 1)]
    say(f"Simulating, landing and testing {preset.full_name} from {seeds} seeds.")
    found = Parallel(n_jobs=jobs)(delayed(measure_anew)(plan) for plan in plans)
    report = judged_report(plans[0], found, measured_at=measured_at)
    say(f"{sum(row.passed is True for row in report.rows)} of {len(report.rows)} checks passed.")
    return report


def judged_report(
    plan: SimulationPlan, found: Sequence[Measured], *, measured_at: str
) -> AcceptanceReport:
    """Judge measured simulations of one preset and size."""
    of_mean_curve = _of_mean_curve(_mean_line([measured.curves["retention"] for measured in found]))
    rows = []
    for target in targets_of(plan.preset.name):
        values = of_mean_curve.get(
            target.check, [measured.figures.get(target.check, math.nan) for measured in found]
        )
        why_not = why_not_judged(plan.preset.build.name, target.check)
        rows.append(_judged(target, values, why_not))
    return AcceptanceReport(
        preset=plan.preset.full_name,
        title=plan.preset.full_title,
        customers=plan.customers,
        days=plan.days,
        seeds=len(found),
        measured_at=measured_at,
        rows=tuple(rows),
        curves=_curves(found),
    )


def _of_mean_curve(curve: Floats) -> dict[str, list[float]]:
    """Return the figures that are taken from the mean of the seeds, for less noise."""
    try:
        misfit = facts.survival_misfit(curve)
    except InsufficientData:
        return {SURVIVAL.check: [math.nan], RISING.check: [math.nan]}
    return {SURVIVAL.check: [misfit], RISING.check: [facts.retention_rise(curve)]}


def _judged(target: Target, values: list[float], why_not: str) -> AcceptanceRow:
    if all(math.isnan(value) for value in values):
        return target.missing(_TOO_SMALL)
    return target.not_applied(values, why_not) if why_not else target.judged(values)


def _curves(found: Sequence[Measured]) -> tuple[ComparedCurve, ...]:
    gap_days = tuple(float(gap) for gap in 1 + facts.GAP_BIN_DAYS * np.arange(facts.GAP_BINS))
    shares = tuple(round(float(lorenz_share), 2) for lorenz_share in facts.LORENZ_SHARES)
    shapes = (
        ComparedCurve("gaps", "Gaps between active days", "Days from one active day to the next",
                      "Share of gaps, by two days", gap_days, ()),
        ComparedCurve("retention", "New customers still there", "Weeks since sign-up",
                      "Share who have not left", (), ()),
        ComparedCurve("concentration", "Money from the best customers",
                      "Share of customers, best first", "Share of the money paid", shares, ()),
        ComparedCurve("weekdays", "Days of the week", "Day", "Share of active days", _WEEKDAYS, ()),
    )  # fmt: skip
    return tuple(
        _mean_curve(shape, [each.curves[shape.name] for each in found]) for shape in shapes
    )


def _mean_curve(shape: ComparedCurve, lines: list[Floats]) -> ComparedCurve:
    mean = _mean_line(lines)
    x = shape.x or tuple(4.0 * period for period in range(len(mean)))
    return replace(
        shape, x=x[: len(mean)], simulated=tuple(round(float(share), 6) for share in mean)
    )


def _mean_line(lines: list[Floats]) -> Floats:
    """Return the mean of the seeds, as far as all of them reach."""
    length = min(len(line) for line in lines)
    mean: Floats = np.mean([line[:length] for line in lines], axis=0)
    return mean
