"""The cause named is judged by figures that always naming the commonest cannot raise."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from analytics.evaluation.published_run.cause_truth import agreement

TRUE = pd.Series({f"c{number}": "trouble" for number in range(8)} | {"p": "price", "f": "fit"})


def test_always_naming_the_commonest_is_worth_what_chance_is() -> None:
    found = agreement(TRUE, pd.Series("trouble", index=TRUE.index))
    assert found.macro_recall == pytest.approx(1 / 3)
    assert found.kappa == pytest.approx(0)
    assert found.recall_by_cause == {"trouble": (1.0, 8), "price": (0.0, 1), "fit": (0.0, 1)}


def test_naming_every_cause_is_worth_most_in_any_order() -> None:
    found = agreement(TRUE, TRUE.sample(frac=1, random_state=1))
    assert (found.macro_recall, found.kappa, found.customers) == (1, 1, 10)


def test_one_rare_cause_found_counts_as_much_as_a_common_one() -> None:
    found = agreement(TRUE, TRUE.where(TRUE != "fit", "price"))
    assert found.macro_recall == pytest.approx(2 / 3)
    assert 0 < found.kappa < 1


def test_where_all_are_of_one_kind_agreement_is_no_more_than_chance() -> None:
    alike = TRUE[TRUE == "trouble"]
    assert agreement(alike, alike).kappa == 0


def test_without_leavers_nothing_is_known() -> None:
    found = agreement(TRUE[:0], TRUE[:0])
    assert found.customers == 0
    assert math.isnan(found.macro_recall)
    assert math.isnan(found.kappa)
