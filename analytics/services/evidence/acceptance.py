"""Is the simulated business like a real one? What `simulate check` left in the workspace."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from analytics.errors import BadInput
from analytics.runs.acceptance_report import (
    AcceptanceReport,
    AcceptanceRow,
    ComparedCurve,
    read_reports,
)

_COMMAND = "silent-churn simulate check --preset"
_DAMAGED = (
    "A report of `silent-churn simulate check` in this workspace cannot be read. "
    "Check the preset again to replace it."
)


@dataclass(frozen=True)
class AcceptanceCheck:
    """One thing that a simulated business must show.

    Parameters
    ----------
    measured
        Mean over the simulations; None where it could not be measured, and `note` says why.
    spread
        Standard deviation between the simulations; None for a single one.
    passed
        None where it could not be measured.
    off_by
        How far outside the target it lies; 0 inside.
    """

    name: str
    label: str
    meaning: str
    source: str
    target: str
    measured: float | None
    spread: float | None
    passed: bool | None
    off_by: float
    note: str


@dataclass(frozen=True)
class AcceptanceCurve:
    """A picture of the simulated business; `real` is empty without real customers beside it."""

    name: str
    title: str
    x_title: str
    y_title: str
    x: tuple[float | str, ...]
    simulated: tuple[float | None, ...]
    real: tuple[float | None, ...]


@dataclass(frozen=True)
class PresetAcceptance:
    """What was found about one preset; counts and shares of all customers, of no single one.

    Parameters
    ----------
    of_this_run
        The preset has the name of the profile of the run that is shown.
    seeds
        How many simulations the figures are means of.
    real_source
        Name of the real data compared with; empty for none.
    """

    preset: str
    title: str
    of_this_run: bool
    customers: int
    days: int
    seeds: int
    measured_at: datetime
    real_source: str
    checks: tuple[AcceptanceCheck, ...]
    curves: tuple[AcceptanceCurve, ...]


@dataclass(frozen=True)
class AcceptanceView:
    """Every preset that was checked, that of this run first.

    Parameters
    ----------
    problem
        One sentence where a report cannot be read; there are no presets then.
    command
        What to type to check the preset of this run.
    """

    presets: tuple[PresetAcceptance, ...]
    problem: str
    command: str


def acceptance(data_folder: Path, profile: str) -> AcceptanceView:
    """Return what is known about the simulator; read anew each time, the files are small.

    Parameters
    ----------
    profile
        Name of the run's profile; presets are called like the profiles made for them.
    """
    command = f"{_COMMAND} {profile}"
    try:
        found = tuple(_preset(read_report, profile) for read_report in read_reports(data_folder))
    except BadInput as problem:
        return AcceptanceView((), problem.message, command)
    except (AttributeError, TypeError, ValueError, OverflowError):  # JSON, but of another shape
        return AcceptanceView((), _DAMAGED, command)
    ordered = sorted(found, key=lambda one: (not one.of_this_run, one.preset))
    return AcceptanceView(tuple(ordered), "", command)


def _preset(report: AcceptanceReport, profile: str) -> PresetAcceptance:
    return PresetAcceptance(
        preset=str(report.preset),
        title=str(report.title),
        of_this_run=report.preset == profile,
        customers=int(report.customers),
        days=int(report.days),
        seeds=int(report.seeds),
        measured_at=datetime.fromisoformat(report.measured_at),
        real_source=str(report.real_source),
        checks=tuple(_check(row) for row in report.rows),
        curves=tuple(_curve(curve) for curve in report.curves),
    )


def _check(row: AcceptanceRow) -> AcceptanceCheck:
    measured = _number(row.measured)
    return AcceptanceCheck(
        name=str(row.check),
        label=str(row.label),
        meaning=str(row.meaning),
        source=str(row.source),
        target=str(row.target),
        measured=measured,
        spread=_number(row.spread),
        passed=None if measured is None or row.passed is None else bool(row.passed),
        off_by=float(row.off_by),
        note=str(row.note),
    )


def _curve(curve: ComparedCurve) -> AcceptanceCurve:
    """Return a curve whose lines are as long as its axis."""
    lengths = {len(curve.x), len(curve.simulated), len(curve.real or curve.x)}
    if len(lengths) > 1:
        raise ValueError("lines of a curve must be of equal length")
    return AcceptanceCurve(
        name=str(curve.name),
        title=str(curve.title),
        x_title=str(curve.x_title),
        y_title=str(curve.y_title),
        x=tuple(place if isinstance(place, str) else float(place) for place in curve.x),
        simulated=tuple(_number(number) for number in curve.simulated),
        real=tuple(_number(number) for number in curve.real),
    )


def _number(value: float | None) -> float | None:
    """Return a finite number, or None: a number that is none was not measured."""
    return float(value) if value is not None and math.isfinite(value) else None
