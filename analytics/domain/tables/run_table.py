"""What a table of a published run is: a Parquet file with a grain and columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from analytics.domain.tables.column import Column


@dataclass(frozen=True)
class RunTable:
    """One Parquet file of a run; made from the class of its rows (`RunRow`).

    Parameters
    ----------
    sorted_by
        Columns that it is sorted by wherever it is read, each with `` desc`` for the highest
        first; what is missing comes last.
    """

    name: str
    grain: str
    columns: tuple[Column, ...]
    sorted_by: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """File name inside the run's folder."""
        return f"{self.name}.parquet"

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(table_column.name for table_column in self.columns)

    @cached_property
    def column(self) -> Mapping[str, Column]:
        """The columns by name."""
        return MappingProxyType({table_column.name: table_column for table_column in self.columns})

    @property
    def order_sql(self) -> str:
        """The order of its rows in SQL."""
        return ", ".join(f"{order} nulls last" for order in self.sorted_by)
