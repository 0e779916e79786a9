"""What a simulation wrote."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class WrittenFiles:
    """What was written.

    Parameters
    ----------
    rows
        Rows of each source file.
    states
        Customers in each hidden state at the end.
    """

    rows: dict[str, int]
    states: dict[str, int]
