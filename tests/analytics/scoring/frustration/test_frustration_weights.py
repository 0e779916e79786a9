"""Weights of the index: learned from what was said, near the expert ones, never below zero."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.domain.frustration import EXPERT_WEIGHTS
from analytics.scoring.frustration.rows import FrustrationRows, taught_and_tested
from analytics.scoring.frustration.weights import (
    ACTIVITY,
    EXPERT,
    FITTED,
    choose_weights,
    fit_weights,
)

NAMES = list(EXPERT_WEIGHTS)
MONTHS = range(6)


def rows(
    weights: dict[str, float] | None, *, customers: int = 1500, habit: float = 0.0, seed: int = 1
) -> FrustrationRows:
    """Customers on six dates who speak up by these weights; None: by chance alone."""
    rng = np.random.default_rng(seed)
    size = customers * len(MONTHS)
    strengths = pd.DataFrame(rng.beta(0.3, 1.0, size=(size, len(NAMES))), columns=NAMES)
    use = rng.standard_normal((size, 3))
    drawn = np.zeros(size)
    if weights is not None:
        drawn = strengths.to_numpy() @ np.array([weights[name] for name in NAMES])
    chance = 1 / (1 + np.exp(3.0 - 1.5 * drawn - habit * use[:, 2]))
    return FrustrationRows(
        strengths,
        (rng.random(size) < chance).astype(np.float64),
        np.full(size, np.nan),
        use,
        np.tile(np.arange(customers), len(MONTHS)),
        np.repeat([20_000 + 28 * month for month in MONTHS], customers),
    )


def only(name: str) -> dict[str, float]:
    return {one: 3.0 if one == name else 0.0 for one in NAMES}


def test_what_is_learned_goes_toward_what_was_said() -> None:
    fitted = fit_weights(rows(only("delivery"), customers=4000))
    assert fitted["delivery"] > EXPERT_WEIGHTS["delivery"]
    assert all(fitted[name] < EXPERT_WEIGHTS[name] for name in NAMES if name != "delivery")
    assert min(fitted.values()) >= 0


def test_few_rows_leave_the_expert_weights_nearly_as_they_are() -> None:
    fitted = fit_weights(rows(only("delivery"), customers=20))
    assert fitted == pytest.approx(dict(EXPERT_WEIGHTS), abs=0.2)


def test_a_habit_of_writing_teaches_no_weight() -> None:
    """Who always writes writes again; tickets go with it, and must not weigh more for that."""
    given = rows(dict(EXPERT_WEIGHTS), customers=3000, habit=1.0)
    given.strengths["tickets"] = 1 / (1 + np.exp(1.0 - given.use[:, 2]))
    held = fit_weights(given)["tickets"]
    unknown = FrustrationRows(
        given.strengths, given.voiced, given.mean_score, given.use * [1, 1, 0],
        given.customer_key, given.day,
    )  # fmt: skip
    assert held < fit_weights(unknown)["tickets"]


def test_fitted_weights_are_used_only_if_they_surely_rank_better_later() -> None:
    other = choose_weights(rows(only("delivery")), seed=0)
    assert other.in_use == other.fitted
    table = other.judged.set_index("ranking")
    assert table.loc[FITTED, "in_use"]
    assert table.loc[FITTED, "gain_low"] > 0
    alike = choose_weights(rows(dict(EXPERT_WEIGHTS)), seed=0)
    assert alike.in_use is EXPERT_WEIGHTS
    assert alike.judged.set_index("ranking").loc[EXPERT, "in_use"]


def test_the_index_stands_beside_activity_alone_with_intervals() -> None:
    table = choose_weights(rows(dict(EXPERT_WEIGHTS)), seed=0).judged.set_index("ranking")
    assert list(table.index) == [ACTIVITY, EXPERT, FITTED]
    assert table.loc[ACTIVITY, "auc_high"] < table.loc[EXPERT, "auc_low"]
    assert (table["auc_low"] < table["auc"]).all()
    assert (table["auc"] < table["auc_high"]).all()


def test_where_nobody_spoke_the_expert_weights_hold_exactly() -> None:
    given = rows(None)
    silent = FrustrationRows(
        given.strengths, given.voiced * 0, given.mean_score, given.use, given.customer_key,
        given.day,
    )  # fmt: skip
    chosen = choose_weights(silent, seed=0)
    assert chosen.in_use is EXPERT_WEIGHTS
    assert chosen.fitted is None
    assert len(chosen.judged) == 0


def test_nothing_is_learned_from_weeks_that_were_not_over_on_the_first_test_date() -> None:
    split = taught_and_tested(rows(dict(EXPERT_WEIGHTS)))
    assert split is not None
    taught, tested = split
    assert taught.day.max() + 28 <= tested.day.min()
    assert len(np.unique(tested.day)) == 3


def test_one_date_can_neither_teach_nor_test() -> None:
    given = rows(dict(EXPERT_WEIGHTS))
    assert taught_and_tested(given.where(given.day == given.day.min())) is None
