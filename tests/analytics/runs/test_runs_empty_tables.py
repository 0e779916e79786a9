from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow.parquet as parquet
import pytest

from analytics.domain.run_tables import LATE_TABLES
from analytics.domain.tables.run_table import RunTable
from analytics.runs.run_files import write_table


@pytest.mark.parametrize("table", LATE_TABLES, ids=lambda one: one.name)
def test_a_table_of_nothing_keeps_its_columns_and_types(table: RunTable, tmp_path: Path) -> None:
    nothing = pd.DataFrame(columns=list(table.column_names))
    path = write_table(tmp_path, table, nothing)
    assert tuple(parquet.read_schema(path).names) == table.column_names
    assert parquet.read_metadata(path).num_rows == 0
