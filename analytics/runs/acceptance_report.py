"""What `simulate check` found: how like real customers, and how hard, a simulated business is."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from analytics.errors import BadInput
from analytics.written_file import written_file

ACCEPTANCE_FOLDER = "acceptance"
_FORMAT = 1


@dataclass(frozen=True)
class AcceptanceRow:
    """One thing that a simulated business must show.

    Parameters
    ----------
    check
        Stable name, for scripts: ``oracle_early_auc``.
    label, meaning
        The same in words for a person, and how it is measured.
    target
        What it must be, in words: ``0.82 to 0.90``.
    measured
        Mean over the seeds; None where it could not be measured here.
    passed
        None where it could not be measured; `note` says why.
    spread
        Standard deviation over the seeds; None for a single one.
    off_by
        How far outside the target it lies; 0 inside.
    source
        Where the target comes from.
    """

    check: str
    label: str
    meaning: str
    target: str
    measured: float | None
    passed: bool | None
    spread: float | None = None
    off_by: float = 0.0
    source: str = ""
    note: str = ""


@dataclass(frozen=True)
class ComparedCurve:
    """A picture of the simulated business beside real customers, where there are any.

    Parameters
    ----------
    name
        ``gaps``, ``retention``, ``concentration`` or ``weekdays``.
    x, simulated, real
        Of equal length; `real` is empty where there is nothing real to compare with.
    """

    name: str
    title: str
    x_title: str
    y_title: str
    x: tuple[float | str, ...]
    simulated: tuple[float, ...]
    real: tuple[float, ...] = ()


@dataclass(frozen=True)
class AcceptanceReport:
    """The checks of one preset.

    Parameters
    ----------
    seeds
        How many simulations the figures are means of.
    measured_at
        ISO time.
    real_source
        Name of the real data compared with; empty for none.
    """

    preset: str
    title: str
    customers: int
    days: int
    seeds: int
    measured_at: str
    rows: tuple[AcceptanceRow, ...]
    curves: tuple[ComparedCurve, ...] = ()
    real_source: str = ""

    @property
    def passed(self) -> bool:
        """No row failed; rows that could not be measured do not count."""
        return all(row.passed is not False for row in self.rows)

    def to_json(self) -> str:
        """Write the report as JSON."""
        return json.dumps({"format": _FORMAT, **asdict(self)}, indent=2, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, text: str) -> AcceptanceReport:
        """Read a report written by `to_json`."""
        given = json.loads(text)
        if given.pop("format") != _FORMAT:
            raise ValueError("another format")
        rows = tuple(AcceptanceRow(**row) for row in given.pop("rows"))
        curves = tuple(_curve(curve) for curve in given.pop("curves"))
        return cls(**given, rows=rows, curves=curves)


def within(
    row: AcceptanceRow, low: float | None, high: float | None, values: Iterable[float]
) -> AcceptanceRow:
    """Return the row with the mean of the seeds judged against its bounds."""
    found = [float(value) for value in values if value == value]
    if not found:
        return replace(row, measured=None, passed=None, note=row.note or "Nothing to measure.")
    mean = sum(found) / len(found)
    spread = None
    if len(found) > 1:
        spread = (sum((drawn - mean) ** 2 for drawn in found) / (len(found) - 1)) ** 0.5
    below = max(0.0, low - mean) if low is not None else 0.0
    above = max(0.0, mean - high) if high is not None else 0.0
    off_by = max(below, above)
    return replace(row, measured=mean, spread=spread, off_by=off_by, passed=off_by == 0.0)


def write_report(data_folder: Path, report: AcceptanceReport) -> Path:
    """Keep a preset's report in the workspace, in place of an earlier one."""
    folder = data_folder / ACCEPTANCE_FOLDER
    path = folder / f"{report.preset}.json"
    with written_file(path) as waiting:
        waiting.write_text(report.to_json(), "utf-8")
    return path


def read_reports(data_folder: Path) -> tuple[AcceptanceReport, ...]:
    """Return the reports kept in a workspace, by preset.

    Raises
    ------
    BadInput
        A file there is not a report.
    """
    paths = sorted((data_folder / ACCEPTANCE_FOLDER).glob("[!.]*.json"))
    return tuple(_read(path) for path in paths)


def _read(path: Path) -> AcceptanceReport:
    try:
        return AcceptanceReport.from_json(path.read_text("utf-8"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise BadInput(
            f"{path.name} must be a report of `silent-churn simulate check`. Got something else; "
            "check again.",
            rule="acceptance_readable",
            got=path.name,
        ) from None


def _curve(given: dict[str, Any]) -> ComparedCurve:
    lines: dict[str, Any] = {name: tuple(given.pop(name)) for name in ("x", "simulated", "real")}
    return ComparedCurve(**given, **lines)
