from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analytics.domain.tables.evidence_tables import LeakageCheck
from analytics.errors import ContractFailed
from analytics.modelling.backtest import backtest
from analytics.modelling.judging import Backtest
from analytics.modelling.leakage.gates import (
    Gate,
    _single_column,
    gates_table,
    leak_gates,
    refuse_failed,
)
from analytics.modelling.models.estimators import LADDER
from analytics.modelling.observing.observations import Observations
from analytics.modelling.observing.split import Split
from tests.analytics.modelling.model_world import observations

PROBE = tuple(one for one in LADDER if one.name in {"recency", "logistic_regression"})


@pytest.fixture(scope="module")
def honest() -> tuple[Observations, Backtest]:
    rows = observations(customers=500, dates=7)
    return rows, backtest(rows, origins=2, seed=0, ladder=PROBE)


def _of(gates: list[Gate], name: str) -> Gate:
    return next(one for one in gates if one.gate == name)


def test_honest_observations_pass_every_gate(honest: tuple[Observations, Backtest]) -> None:
    gates = leak_gates(*honest, seed=0)
    assert [one.gate for one in gates] == [
        "embargo",
        "single_feature",
        "shuffled_labels",
        "random_split",
    ]
    assert all(one.passed for one in gates), gates
    refuse_failed(gates)
    table = gates_table(gates)
    assert tuple(table.columns) == LeakageCheck.table.column_names


def test_a_model_that_was_taught_an_outcome_from_after_its_test_date_is_refused(
    honest: tuple[Observations, Backtest],
) -> None:
    rows, tested = honest
    assert (tested.predictions["learned_until"] <= tested.predictions["day"]).all()
    late = tested.predictions.assign(learned_until=tested.predictions["day"] + 3)
    gate = _of(leak_gates(rows, replace(tested, predictions=late), seed=0), "embargo")
    assert not gate.passed
    assert "3 days after" in gate.meaning


def test_a_feature_that_gives_the_outcome_away_is_refused_by_name(
    honest: tuple[Observations, Backtest],
) -> None:
    rows, tested = honest
    table = rows.table.assign(final_invoices=rows.silent * 3.0)
    gates = leak_gates(replace(rows, table=table), tested, seed=0)
    assert not _of(gates, "single_feature").passed
    with pytest.raises(ContractFailed, match="final_invoices") as refused:
        refuse_failed(gates)
    assert refused.value.rule == "leak_gate"


def test_outcomes_that_stay_predictable_when_shuffled_are_refused() -> None:
    """Here a feature follows the row's place, and outcomes are not shuffled but renamed."""

    class Stubborn(Observations):
        def shuffled(self, rng: np.random.Generator) -> Observations:
            return self

    rows = observations(customers=500, dates=7, effect=3.0)
    tested = backtest(rows, origins=2, seed=0, ladder=PROBE)
    stubborn = Stubborn(**{name: getattr(rows, name) for name in rows.__dataclass_fields__})
    assert not _of(leak_gates(stubborn, tested, seed=0), "shuffled_labels").passed


def test_to_rank_below_chance_is_no_leak() -> None:
    """A small business is below by luck; what leaks can only rank above."""

    class Contrary(Observations):
        def shuffled(self, rng: np.random.Generator) -> Observations:
            last = self.day == self.day.max()
            return replace(self, silent=np.where(last, 1 - self.silent, self.silent))

    rows = observations(customers=500, dates=7, effect=3.0)
    tested = backtest(rows, origins=2, seed=0, ladder=PROBE)
    contrary = Contrary(**{name: getattr(rows, name) for name in rows.__dataclass_fields__})
    gate = _of(leak_gates(contrary, tested, seed=0), "shuffled_labels")
    assert gate.found < 0.4
    assert gate.passed


def _turned(name: str) -> Observations:
    """Return observations with a feature whose meaning turns, and so holds within a date only."""
    rows = observations(customers=900, dates=7, effect=0.3)
    rng = np.random.default_rng(1)
    turn = np.where((rows.day - rows.day.min()) // 28 >= 4, 1.0, -1.0)
    told = (2.0 * rows.silent - 1) * turn + rng.normal(0, 1.5, len(rows))
    return replace(rows, table=rows.table.assign(**{name: told}))


def test_a_brought_feature_whose_meaning_only_holds_within_a_date_is_refused() -> None:
    """A random split knows it and later dates do not."""
    turned = _turned("brought")
    tested = backtest(turned, origins=2, seed=0, ladder=PROBE)
    gate = _of(leak_gates(turned, tested, seed=0), "random_split")
    assert gate.passed is False
    assert gate.found > 0.05


def test_a_season_is_not_accused_of_a_leak() -> None:
    """The product's own features are held to earlier events: a turn is the business's own."""
    turned = _turned("gap_variation")
    tested = backtest(turned, origins=2, seed=0, ladder=PROBE)
    gate = _of(leak_gates(turned, tested, seed=0), "random_split")
    assert gate.passed
    assert gate.found > gate.bound
    assert "a season, or a young history. It is no leak" in gate.meaning


def test_shuffling_keeps_the_share_of_every_date() -> None:
    rows = observations(customers=300, dates=3)
    mixed = rows.shuffled(np.random.default_rng(0))
    assert (mixed.silent != rows.silent).any()
    for day in np.unique(rows.day):
        assert mixed.silent[rows.day == day].sum() == rows.silent[rows.day == day].sum()


def test_fewer_customers_are_whole_customers() -> None:
    rows = observations(customers=1_000, dates=4)
    fewer = rows.of_fewer_customers(1_000)
    assert 700 <= len(fewer) <= 1_300
    assert len(fewer) == 4 * len(np.unique(fewer.customer_key))
    assert rows.of_fewer_customers(len(rows)) is rows


def test_where_all_of_a_test_date_left_a_check_is_not_made_and_accuses_nobody(
    honest: tuple[Observations, Backtest],
) -> None:
    """A feed that ended first looked like "the model ranks nan% of pairs right", a leak."""
    rows, tested = honest
    last = rows.day == tested.test_days[-1]
    gone = replace(rows, silent=np.where(last, 1, rows.silent).astype(np.int8))
    all_left = tested.predictions.assign(silent=np.int8(1))
    gates = leak_gates(gone, replace(tested, predictions=all_left), seed=0)
    for name in ("shuffled_labels", "random_split"):
        gate = _of(gates, name)
        assert gate.passed is None
        assert gate.meaning.startswith("Not checked, because ")
        assert "nan" not in gate.meaning
    assert (
        f"{last.sum():,} of the {last.sum():,} customers" in _of(gates, "shuffled_labels").meaning
    )
    refuse_failed(gates)
    kept = gates_table(gates).set_index("gate")["passed"]
    assert kept.isna().sum() == 2
    assert str(kept.dtype) == "boolean"


def test_without_a_date_of_both_kinds_no_feature_is_accused() -> None:
    rows = observations(customers=300, dates=3)
    alike = replace(rows, silent=(rows.day == rows.day.min()).astype(np.int8))
    split = Split(np.ones(len(rows), dtype=bool), np.zeros(len(rows), dtype=bool), 0)
    gate = _single_column(alike, split, seed=0)
    assert gate.passed is None
    assert "on no date did some customers go silent and some stay" in gate.meaning
