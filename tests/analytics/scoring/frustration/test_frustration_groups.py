"""Groups of the frustrated and the calm: today as on every page, the past by unlearned weights."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

from analytics.domain.frustration import EXPERT_WEIGHTS, FRICTION_CHANNELS
from analytics.features.outcomes.labels import Outcome
from analytics.features.prepared import day_number
from analytics.scoring.frustration.groups import groups_table

SIZE = 200
KEYS = np.arange(SIZE)
TODAY = date(2026, 5, 3)
BEFORE = TODAY - timedelta(days=28)


def on(day: date) -> Any:
    """Customers of whom every second met many problems, none of whom had said a word."""
    features = pd.DataFrame({f"load_{one.name}": 0.0 for one in FRICTION_CHANNELS}, index=KEYS)
    features["load_errors"] = features["load_payment"] = np.where(KEYS % 2, 200.0, 0.0)
    features["exposure_21"] = features["exposure_45"] = 10.0
    features["load_tickets_held_180d"] = features["oldest_unresolved_ticket_180d"] = 0.0
    features["contacts_90d"] = 0.0
    return SimpleNamespace(
        observation_date=day,
        features=features,
        ended=np.zeros(SIZE, dtype=bool),
        labelled=np.full(SIZE, day != TODAY),
        outcome=np.full(SIZE, int(Outcome.SILENT)),
    )


def test_past_dates_are_grouped_by_weights_that_have_not_seen_what_followed() -> None:
    rows = pd.MultiIndex.from_product(
        [[day_number(BEFORE)], KEYS], names=["observation_day", "customer_key"]
    )
    said = pd.DataFrame({"problem_contacts": KEYS % 2, "bad_answers": 0.0}, index=rows)
    learned = dict.fromkeys(EXPERT_WEIGHTS, 0.0)
    found = groups_table([on(TODAY), on(BEFORE)], said, learned, seed=0).set_index("group_name")
    assert found.loc["suppressed", "customers_now"] == 0
    assert found.loc["calm_silent", "customers_now"] == SIZE
    assert found.loc["suppressed", "customer_dates"] == SIZE // 2
    assert found.loc["suppressed", "spoke_share"] == 1
    assert found.loc["calm_silent", "spoke_share"] == 0
