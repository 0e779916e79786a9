from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.domain.customer.tier_cuts import TierCuts
from analytics.modelling.explaining.nearest_change import LEVERS, NearestChange
from analytics.scoring.explanations.nearest_changes import nearest_change_reasons
from analytics.scoring.explanations.reasons import REASON_COLUMNS

PEOPLE = pd.DataFrame({"tenure_days": 1.0}, index=[10, 20, 30])
RISK = np.array([0.05, 0.31, 0.55])
STAKE, CUTS = np.zeros(3), TierCuts.usual(0.06)


def change(rows: list[int], lever: str, before: float, after: float) -> NearestChange:
    number = [one.name for one in LEVERS].index(lever)
    size = len(rows)
    return NearestChange(
        np.array(rows, dtype=np.intp),
        np.full(size, number, dtype=np.intp),
        np.full(size, 1.0),
        np.full(size, before),
        np.full(size, after),
        np.full(size, 0.18),
    )


def test_a_change_is_said_with_its_numbers_and_as_no_promise() -> None:
    found = nearest_change_reasons(
        change([1], "open_tickets", 3, 1), PEOPLE, RISK, STAKE, cuts=CUTS
    )
    assert list(found.columns) == ["customer_key", *REASON_COLUMNS]
    assert found["text"].tolist() == [
        "With 1 unsolved ticket instead of 3, the model would say 18% (medium) instead of 31% "
        "(high). The model's response, not a promise."
    ]
    assert found[["customer_key", "theme", "kind"]].to_numpy().tolist() == [
        [20, "voice", "nearest_change"]
    ]
    assert found["points"].tolist() == pytest.approx([13.0])
    assert found["risk_at_reference"].tolist() == [0.18]


@pytest.mark.parametrize("lever", [one.name for one in LEVERS])
def test_every_lever_can_be_said(lever: str) -> None:
    found = nearest_change_reasons(change([2], lever, 4, 0), PEOPLE, RISK, STAKE, cuts=CUTS)
    assert "instead of 4, the model would say 18%" in found["text"].item()


def test_nobody_with_a_change_gives_no_reasons_and_no_failure() -> None:
    assert nearest_change_reasons(
        change([], "problems", 1, 0), PEOPLE, RISK, STAKE, cuts=CUTS
    ).empty
