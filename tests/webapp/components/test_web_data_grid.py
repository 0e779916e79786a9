from __future__ import annotations

import pytest

from analytics.domain.numbers.measures import CUSTOMER_COLUMN
from analytics.domain.tables.column import Wording
from tests.webapp.component_text import parts_of
from webapp.components.data_grid import (
    GRID_COLUMNS,
    Block,
    customer_grid,
    read_block,
    shown_rows,
)


def test_a_block_is_read_with_its_sort() -> None:
    request = {
        "startRow": 100,
        "endRow": 200,
        "sortModel": [{"colId": "churn_risk", "sort": "desc"}, {"colId": "name", "sort": "asc"}],
    }
    assert read_block(request) == Block(100, 200, (("churn_risk", True), ("name", False)))


@pytest.mark.parametrize(
    "request_",
    [
        None,
        "x",
        {},
        {"startRow": "0", "endRow": 10},
        {"startRow": -1, "endRow": 10},
        {"startRow": 10, "endRow": 10},
        {"startRow": 0, "endRow": 1_000_000},
    ],
)
def test_a_block_that_no_grid_of_ours_asks_for_is_refused(request_: object) -> None:
    assert read_block(request_) is None


def test_a_sort_by_anything_but_a_shown_column_is_left_out() -> None:
    sort = [{"colId": "churn_risk; drop table customers", "sort": "desc"}, "x", {"sort": "asc"}]
    assert read_block({"startRow": 0, "endRow": 10, "sortModel": sort}) == Block(0, 10, ())


def test_a_row_brings_the_shown_columns_and_no_others() -> None:
    row = shown_rows([{"customer_id": "C1", "churn_risk": 0.5, "revenue_variance": 3.0}])[0]
    assert list(row) == [*GRID_COLUMNS, "risk_is_unsure", "tier_held", "customer_path"]
    assert row["customer_path"] == "/customers/C1"
    assert (row["customer_id"], row["churn_risk"], row["segment"]) == ("C1", 0.5, None)


def test_the_shown_columns_are_columns_of_the_run() -> None:
    assert set(GRID_COLUMNS) <= set(CUSTOMER_COLUMN)


def test_the_record_of_a_column_decides_how_its_texts_are_drawn() -> None:
    (grid,) = [one for one in parts_of(customer_grid("a-grid")) if hasattr(one, "columnDefs")]
    drawn = {one["field"]: one for one in grid.columnDefs}
    for name in GRID_COLUMNS:
        wording = CUSTOMER_COLUMN[name].wording
        by_grid = drawn[name].get("cellRenderer"), drawn[name].get("valueFormatter")
        if wording is Wording.TIER:
            assert by_grid[0] == "TierBadge"
        elif wording is Wording.CUSTOMER:
            assert by_grid[0] == "CustomerLink"
        elif wording is Wording.WORD:
            assert by_grid == (None, {"function": "churnWord(params.value)"})
        else:
            assert by_grid[0] is None
