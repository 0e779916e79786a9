"""What a table of a published run is: a Parquet file with a grain and columns."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.domain.column import Column


@dataclass(frozen=True)
class RunTable:
    """One Parquet file of a run."""

    name: str
    grain: str
    columns: tuple[Column, ...]

    @property
    def file(self) -> str:
        """File name inside the run's folder."""
        return f"{self.name}.parquet"

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(one.name for one in self.columns)
