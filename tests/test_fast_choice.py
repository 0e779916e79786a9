"""What `make test-fast` leaves out is there: a file that was renamed is not left in by chance."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import NOT_FAST

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("left_out", NOT_FAST)
def test_what_is_left_out_is_a_folder_or_a_file_of_tests(left_out: str) -> None:
    assert (ROOT / left_out).is_dir() or (ROOT / f"{left_out}.py").is_file()
