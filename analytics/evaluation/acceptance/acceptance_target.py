"""A bound that a simulated business is judged by, in words and numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analytics.runs.acceptance_report import AcceptanceRow, within


@dataclass(frozen=True)
class Target:
    """One row to be: its words and its bounds.

    Parameters
    ----------
    low, high
        None for no bound.
    """

    check: str
    label: str
    meaning: str
    low: float | None
    high: float | None
    source: str
    note: str = ""

    @property
    def text(self) -> str:
        """The bounds in words."""
        if self.low is None:
            return f"at most {self.high:g}"
        if self.high is None:
            return f"at least {self.low:g}"
        return f"{self.low:g} to {self.high:g}"

    def judged(self, values: list[float]) -> AcceptanceRow:
        """Return the row of measured values."""
        return within(self._row(self.note), self.low, self.high, values)

    def not_applied(self, values: list[float], why: str) -> AcceptanceRow:
        """Return the row of measured values that are not judged here."""
        row = within(self._row(why), None, None, values)
        return replace(row, passed=None)

    def missing(self, note: str) -> AcceptanceRow:
        """Return the row of what could not be measured."""
        return self._row(note)

    def _row(self, note: str) -> AcceptanceRow:
        return AcceptanceRow(
            self.check, self.label, self.meaning, self.text, None, None, source=self.source,
            note=note,
        )  # fmt: skip
