from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.modelling.measuring.prevalence import prevalence_drift


def _predictions(shifts: tuple[float, ...], rows: int = 4_000, seed: int = 0) -> pd.DataFrame:
    """What was said, and what came with the log-odds of each date moved by a shift."""
    rng = np.random.default_rng(seed)
    parts = []
    for day, shift in enumerate(shifts):
        raw = rng.normal(-2, 1, rows)
        came = rng.random(rows) < 1 / (1 + np.exp(-(raw + shift)))
        parts.append(
            pd.DataFrame(
                {
                    "day": day,
                    "customer_key": np.arange(rows),
                    "silent": came.astype(np.int8),
                    "model": 1 / (1 + np.exp(-raw)),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def test_a_steady_drift_is_measured_and_told() -> None:
    drift = prevalence_drift(_predictions((-0.5, -0.5, -0.5)), "model", seed=0)
    assert drift.steady
    assert drift.shift == pytest.approx(-0.5, abs=0.08)


@pytest.mark.parametrize("shifts", [(0.0, 0.0, 0.0), (-0.5, 0.5, -0.5), (-0.5,)])
def test_none_is_told_that_is_small_or_unsteady_or_seen_once(shifts: tuple[float, ...]) -> None:
    assert not prevalence_drift(_predictions(shifts), "model", seed=0).steady
