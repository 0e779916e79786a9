"""The finder of the silent frustrated against a truth that is known."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analytics.domain.frustration import EXPERT_WEIGHTS, FRICTION_CHANNELS
from analytics.evaluation.published_run.suppressed_truth import (
    precision_of_first,
    suppressed_finder,
)

SIZE = 200
KEYS = np.arange(SIZE)
IDS = np.array([f"c{one:03}" for one in KEYS], dtype=object)


def seen(folder: Path, contacts: np.ndarray, errors: np.ndarray, ended: np.ndarray) -> Any:
    """Customers frustrated in the order of their keys; only every second speaks up."""
    pd.DataFrame(
        {"part": EXPERT_WEIGHTS.keys(), "weight_in_use": EXPERT_WEIGHTS.values()}
    ).to_parquet(folder / "frustration_weights.parquet")
    features = pd.DataFrame({f"load_{one.name}": 0.0 for one in FRICTION_CHANNELS}, index=KEYS)
    features["load_errors"], features["contacts_90d"] = errors, contacts
    features["exposure_21"] = features["exposure_45"] = 10.0
    features["load_tickets_held_180d"] = features["oldest_unresolved_ticket_180d"] = 0.0
    weeks = pd.DataFrame(
        {"customer_id": IDS, "week": 3, "state": "engaged", "frustration": KEYS / SIZE}
    )
    people = pd.DataFrame({"complains": (KEYS % 2).astype(float)}, index=IDS)
    truth = SimpleNamespace(weeks=weeks, customers=people, week_known_on=lambda day: 3)
    snapshot = SimpleNamespace(observation_date=date(2026, 5, 3), features=features, ended=ended)
    return SimpleNamespace(
        run=SimpleNamespace(folder=folder), truth=truth, ids=IDS, weekly=(snapshot,)
    )


NOBODY = np.zeros(SIZE, dtype=bool)


def test_an_index_that_sees_finds_them_and_counting_tickets_finds_the_others(
    tmp_path: Path,
) -> None:
    contacts = np.where(KEYS % 2, KEYS, 0).astype(float)
    found = suppressed_finder(seen(tmp_path, contacts, KEYS / 10.0, NOBODY))
    assert found.precision == 1
    assert found.counting_tickets == 0
    assert found.by_chance == pytest.approx(0.1)
    assert np.isnan(found.times_counting_tickets)


def test_an_index_that_sees_nothing_is_no_better_than_chance(tmp_path: Path) -> None:
    found = suppressed_finder(seen(tmp_path, np.zeros(SIZE), np.zeros(SIZE), NOBODY))
    assert found.precision == pytest.approx(found.by_chance)
    assert found.times_counting_tickets == pytest.approx(1)


def test_who_has_left_is_not_looked_at(tmp_path: Path) -> None:
    found = suppressed_finder(seen(tmp_path, np.zeros(SIZE), KEYS / 10.0, ~NOBODY))
    assert found.dates == 0


def test_a_run_of_a_former_version_is_judged_with_expert_weights(tmp_path: Path) -> None:
    given = seen(tmp_path, np.where(KEYS % 2, KEYS, 0).astype(float), KEYS / 10.0, NOBODY)
    kept = suppressed_finder(given)
    (tmp_path / "frustration_weights.parquet").unlink()
    assert suppressed_finder(given) == pytest.approx(kept, nan_ok=True)


def test_ties_share_what_is_among_them() -> None:
    score = np.array([3.0, *[2.0] * 38, 1.0])  # two of 40 are looked at
    sought = np.array([True, *[True] * 19, *[False] * 19, True])
    assert precision_of_first(score, sought) == pytest.approx((1 + 0.5) / 2)
