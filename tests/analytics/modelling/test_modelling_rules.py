from __future__ import annotations

import numpy as np
import pytest

from analytics.domain.tables.evidence_tables import PlainRule
from analytics.modelling.models.estimators import NOVELTY_NAME
from analytics.modelling.rules import RULES, rules_table, worth_of
from tests.analytics.modelling.model_world import observations


def test_the_lift_of_a_rule_is_the_share_where_it_held_over_the_share_of_all() -> None:
    held = np.array([True, True, True, True, False, False, False, False])
    silent = np.array([1, 1, 0, 0, 1, 0, 0, 0], dtype=np.int8)
    worth = worth_of(held, silent, np.arange(8), seed=0)
    assert (worth.tested, worth.went_silent, worth.share_silent) == (4, 2, 0.5)
    assert worth.lift == pytest.approx(0.5 / 0.375)


def test_a_rule_that_tells_has_a_lift_surely_above_one_and_noise_has_not() -> None:
    rows = observations(customers=600, dates=5, effect=1.5)
    told = (rows.table["days_since_last_activity"] >= 14).to_numpy()
    worth = worth_of(told, rows.silent, rows.customer_key, seed=0)
    assert worth.lift_low > 1
    coin = np.random.default_rng(3).random(len(rows)) < 0.3
    noise = worth_of(coin, rows.silent, rows.customer_key, seed=0)
    assert noise.lift_low < 1 < noise.lift_high


def test_the_table_holds_every_usable_rule_and_the_flag_of_novelty_last() -> None:
    rows = observations(customers=300, dates=3)
    now = rows.table.iloc[:300].copy()
    now["activity_ratio_28d"] = np.nan
    novelty = worth_of(np.arange(len(rows)) % 30 == 0, rows.silent, rows.customer_key, seed=0)
    table = rules_table(rows.table, rows.silent, rows.customer_key, now, novelty, seed=0)
    assert tuple(table.columns) == PlainRule.table.column_names
    assert set(table["rule"]) == {one.name for one in RULES} - {"half_as_active"} | {NOVELTY_NAME}
    assert table["rule"].iloc[-1] == NOVELTY_NAME
    assert table["lift"].iloc[:-1].is_monotonic_decreasing
    held = (now["days_since_last_activity"] >= 14).sum()
    assert table.set_index("rule").loc["silent_14_days", "customers_now"] == held


def test_a_sign_that_comes_with_a_bad_date_is_worth_no_more_than_the_date() -> None:
    """It holds on the first date for half of all, of whom as many left as of the others there."""
    date = np.repeat([0, 1], 200)
    silent = np.concatenate([np.tile([1, 1, 1, 0], 50), np.tile([0, 0, 0, 1], 50)]).astype(np.int8)
    held = (date == 0) & (np.arange(400) % 8 < 4)
    thrown_together = worth_of(held, silent, np.arange(400), seed=0)
    assert thrown_together.lift == pytest.approx(1.5)
    worth = worth_of(held, silent, np.arange(400), seed=0, within=date)
    assert (worth.share_silent, worth.base_rate, worth.lift) == pytest.approx((0.75, 0.75, 1.0))
    assert worth.lift_low < 1 < worth.lift_high
