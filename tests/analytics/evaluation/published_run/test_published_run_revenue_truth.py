from __future__ import annotations

import math

import pandas as pd
import pytest

from analytics.evaluation.published_run.revenue_truth import judged


def rows(lost: float, held: bool) -> pd.DataFrame:
    shared = {"predicted": 100.0, "held": held}
    return pd.DataFrame(
        [
            {"kind": "all", "lost": lost, **shared},
            {"kind": "all", "lost": lost, **shared, "held": True},
            {"kind": "plan", "lost": lost / 2, **shared},
        ]
    )


def test_bias_is_against_the_truth_and_the_label_is_told_beside_it() -> None:
    found = judged(rows(125.0, held=False), rows(100.0, held=True))
    told = found.as_dict()
    assert told["bias"] == pytest.approx(-0.2)
    assert told["bias_by_label"] == pytest.approx(0.0)
    assert (told["predicted"], told["true"], told["dates"]) == (200.0, 250.0, 2)
    assert told["interval_covers"] == 0.5
    assert (told["cells"], told["cells_covered"]) == (1, 0.0)


def test_nothing_lost_has_no_bias() -> None:
    assert math.isnan(judged(rows(0.0, held=True), rows(0.0, held=True)).bias)
