"""Who left is read from a column of two values, or asked for."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.errors import ContractFailed, InsufficientData, UsageError
from analytics.modelling.snapshot_label import label_of


def rows(*values: object, each: int = 150) -> pd.DataFrame:
    return pd.DataFrame({"left": [one for one in values for _ in range(each)]})


@pytest.mark.parametrize(
    ("values", "positive"),
    [
        (("No", "Yes"), "Yes"),
        ((0, 1), "1"),
        (("0", "1"), "1"),
        ((-1, 1), "1"),
        ((0.0, 1.0), "1"),
        ((False, True), "True"),
        (("FALSE", "TRUE"), "TRUE"),
        (("Stayed", "Churned"), "Churned"),
        (("Existing Customer", "Attrited Customer"), "Attrited Customer"),
        (("Stayed", "Moved abroad"), "Moved abroad"),
    ],
)
def test_the_value_that_means_left_is_found(values: tuple[object, ...], positive: str) -> None:
    found = label_of(rows(*values), "left")
    assert found.positive == positive
    assert found.left.tolist() == [0] * 150 + [1] * 150


@pytest.mark.parametrize("values", [("1", "2"), ("A", "B"), ("Male", "Female"), ("0", "2")])
def test_values_that_do_not_say_who_left_are_asked_about(values: tuple[str, str]) -> None:
    with pytest.raises(UsageError, match="--positive VALUE") as caught:
        label_of(rows(*values), "left")
    assert caught.value.rule == "positive_given"
    assert label_of(rows(*values), "left", positive=values[0]).left.sum() == 150


def test_one_value_of_three_can_be_named_as_left() -> None:
    three = rows("Stayed", "Joined", "Churned")
    with pytest.raises(ContractFailed, match=r"Got 3: .* --positive VALUE") as caught:
        label_of(three, "left")
    assert caught.value.rule == "label_two_values"
    assert label_of(three, "left", positive="churned").left.sum() == 150


@pytest.mark.parametrize("values", [("Yes",), ("", None)])
def test_a_label_of_one_value_or_none_is_refused(values: tuple[object, ...]) -> None:
    with pytest.raises(ContractFailed, match="must have two values"):
        label_of(rows(*values), "left")


def test_a_value_or_column_that_is_not_there_is_named_with_what_is() -> None:
    with pytest.raises(UsageError, match="Got 'maybe'; the values are"):
        label_of(rows("Yes", "No"), "left", positive="maybe")
    with pytest.raises(UsageError, match="The nearest is 'left'"):
        label_of(rows("Yes", "No"), "Left")


def test_rows_without_label_are_not_known() -> None:
    found = label_of(rows("Yes", "No", None), "left")
    assert found.known.tolist() == [True] * 300 + [False] * 150
    assert len(found.left) == 300


def test_too_few_leavers_are_refused_with_how_many_rows_it_would_take() -> None:
    few = pd.DataFrame({"left": np.where(np.arange(1_000) < 10, "Yes", "No")})
    with pytest.raises(InsufficientData, match=r"10 who left .* about 5,000 customers") as caught:
        label_of(few, "left")
    assert caught.value.exit_code == 4
    with pytest.raises(InsufficientData, match="at least 200 customers"):
        label_of(rows("Yes", "No", each=60), "left")
