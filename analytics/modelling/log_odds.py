"""Chances as log-odds, in which models are averaged and calibrated."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_LOWEST = 1e-4


def log_odds(probability: Floats) -> Floats:
    """Return ln(p / (1 - p)), with p kept away from 0 and 1."""
    kept = np.clip(probability, _LOWEST, 1 - _LOWEST)
    result: Floats = np.log(kept / (1 - kept))
    return result
