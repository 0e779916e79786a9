"""A growing table of equally long arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

ColumnValues = npt.NDArray[Any]


class Log:
    """Rows appended in blocks of arrays, joined once at the end.

    Parameters
    ----------
    columns
        Name and type of each column.
    """

    def __init__(self, **columns: type) -> None:
        self._types = {name: np.dtype(kind) for name, kind in columns.items()}
        self._blocks: list[dict[str, ColumnValues]] = []

    def add(self, **block: Any) -> None:
        """Append a block; a single value stands for every row of it."""
        if set(block) != set(self._types):
            raise ValueError(f"A block must have {sorted(self._types)}. Got {sorted(block)}.")
        rows = max((len(value) for value in block.values() if np.ndim(value)), default=1)
        if rows:
            self._blocks.append(
                {
                    name: np.broadcast_to(np.asarray(block[name], dtype=kind), (rows,))
                    for name, kind in self._types.items()
                }
            )

    def table(self) -> dict[str, ColumnValues]:
        """Return all rows, in the order they came."""
        if not self._blocks:
            return {name: np.empty(0, dtype=kind) for name, kind in self._types.items()}
        return {
            name: np.concatenate([block[name] for block in self._blocks]) for name in self._types
        }
