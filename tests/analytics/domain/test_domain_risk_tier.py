from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.domain.risk_tier import is_unsure

SHARE = st.floats(0.001, 0.999)


@pytest.mark.parametrize(
    ("low", "high", "unsure"),
    [
        (0.30, 0.60, False),  # high or critical: at risk either way
        (0.05, 0.20, False),  # low or medium: not in danger either way
        (0.12, 0.55, True),  # medium to critical
        (0.05, 0.30, True),  # as usual, or high
        (0.09, 0.26, True),  # low to high
    ],
)
def test_not_sure_is_where_a_team_would_not_know_what_to_do(
    low: float, high: float, unsure: bool
) -> None:
    assert is_unsure(low, high, base_rate=0.06) is unsure


@given(SHARE, SHARE, st.floats(0.01, 0.6))
def test_an_exact_risk_is_always_sure(risk: float, other: float, base_rate: float) -> None:
    assert not is_unsure(risk, risk, base_rate)
    low, high = sorted((risk, other))
    wider = is_unsure(low / 2, (1 + high) / 2, base_rate)
    assert wider or not is_unsure(low, high, base_rate)
