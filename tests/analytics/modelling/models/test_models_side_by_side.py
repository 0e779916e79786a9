from __future__ import annotations

import threading
from functools import partial

from analytics.modelling.models.calibrated import MANY_ROWS
from analytics.modelling.models.side_by_side import side_by_side
from tests.patience import PATIENCE_S


def test_results_come_in_the_order_of_the_jobs() -> None:
    jobs = [partial(pow, number, 2) for number in range(20)]
    expected = [number**2 for number in range(20)]
    assert side_by_side(jobs, rows=10) == expected
    assert side_by_side(jobs, rows=MANY_ROWS) == expected


def test_two_jobs_wait_for_each_other_only_where_rows_are_few() -> None:
    met = threading.Barrier(2, timeout=PATIENCE_S)

    def meet() -> bool:
        try:
            met.wait()
        except threading.BrokenBarrierError:
            return False
        return True

    assert side_by_side([meet, meet], rows=10) == [True, True]


def test_many_rows_go_one_by_one_on_the_thread_that_asked() -> None:
    here = threading.get_ident()
    assert side_by_side([threading.get_ident] * 3, rows=MANY_ROWS) == [here] * 3
