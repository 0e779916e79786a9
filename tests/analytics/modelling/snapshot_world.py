"""Small made-up snapshot tables."""

from __future__ import annotations

import numpy as np
import pandas as pd


def customers(rows: int = 600, *, effect: float = 1.5, seed: int = 0) -> pd.DataFrame:
    """Return customers who leave the sooner the shorter their contract and tenure, as text.

    `effect` 0 makes a table that tells nothing.
    """
    rng = np.random.default_rng(seed)
    tenure = rng.integers(0, 72, rows)
    contract = rng.choice(["monthly", "yearly"], rows)
    pull = effect * ((contract == "monthly") - 0.5 - (tenure - 36) / 36)
    left = rng.random(rows) < 1 / (1 + np.exp(1 - pull))
    return pd.DataFrame(
        {
            "id": [f"C-{one:05d}" for one in rng.permutation(rows)],
            "tenure": tenure.astype(str),
            "contract": contract,
            "charge": np.round(rng.gamma(4, 15, rows), 2).astype(str),
            "left": np.where(left, "Yes", "No"),
        }
    )
