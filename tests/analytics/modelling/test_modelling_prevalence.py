from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.modelling.calibrated import Calibrated, log_odds
from analytics.modelling.observations import Observations
from analytics.modelling.prevalence import corrected, prevalence_drift


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


def test_a_steady_drift_is_measured_and_corrected() -> None:
    drift = prevalence_drift(_predictions((-0.5, -0.5, -0.5)), "model", seed=0)
    assert drift.corrected
    assert drift.shift == pytest.approx(-0.5, abs=0.08)


@pytest.mark.parametrize("shifts", [(0.0, 0.0, 0.0), (-0.5, 0.5, -0.5), (-0.5,), (2.5, 2.5)])
def test_none_is_corrected_that_is_small_or_unsteady_or_seen_once_or_absurd(
    shifts: tuple[float, ...],
) -> None:
    assert not prevalence_drift(_predictions(shifts), "model", seed=0).corrected


def test_the_correction_moves_every_risk_by_the_shift(
    fitted: dict[str, Calibrated], world: Observations
) -> None:
    model = fitted["logistic_regression"]
    drift = prevalence_drift(_predictions((-0.5, -0.5)), "model", seed=0)
    before, after = (log_odds(one.predict(world.table)) for one in (model, corrected(model, drift)))
    inside = (before > -5) & (before < 5)
    assert (after - before)[inside] == pytest.approx(drift.shift, abs=1e-6)
    none = prevalence_drift(_predictions((0.0, 0.0)), "model", seed=0)
    assert corrected(model, none) is model
