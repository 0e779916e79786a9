"""Who left is read from a column of two values, or asked for."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.errors import ContractFailed, InsufficientData, UsageError
from analytics.modelling.one_table.label import label_of


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


@pytest.mark.parametrize(
    ("name", "values", "positive"),
    [
        ("retention_7", (True, False), "False"),
        ("retained", ("Yes", "No"), "No"),
        ("isActive", (1, 0), "0"),
        ("is_customer", ("TRUE", "FALSE"), "FALSE"),
        ("Renewed?", ("Y", "N"), "N"),
        ("not_churned", (1, 0), "0"),
        ("stayed", (1, -1), "-1"),
        ("repeat purchase", (1.0, 0.0), "0"),
        ("Churn Value", (1, 0), "1"),
        ("Churn", ("1.0", "0.0"), "1.0"),
        ("no_longer_active", ("Yes", "No"), "Yes"),
        ("customer_churned", ("yes", "no"), "yes"),
        ("Exited", (0, 1), "1"),
        ("inactive", (True, False), "True"),
        ("not_retained", (True, False), "True"),
        ("retained", ("churned", "kept"), "churned"),
        ("status", ("not churned", "churned"), "churned"),
        ("target", ("Active", "Inactive"), "Inactive"),
    ],
)
def test_yes_and_no_answer_what_the_name_asks_unless_the_values_say_it_themselves(
    name: str, values: tuple[object, ...], positive: str
) -> None:
    found = label_of(rows(*values).rename(columns={"left": name}), name)
    assert found.positive == positive
    assert ("says who stayed" in found.note) == (found.note != "")


def test_a_label_read_by_who_stayed_says_so_and_how_to_say_otherwise() -> None:
    found = label_of(rows(True, False).rename(columns={"left": "retention_7"}), "retention_7")
    assert found.left.tolist() == [0] * 150 + [1] * 150
    assert found.note == (
        "By its name, retention_7 says who stayed, so False means that the customer left; "
        "--positive True would say otherwise."
    )


@pytest.mark.parametrize("name", ["target", "y", "Customer Status", "churn_or_retained"])
@pytest.mark.parametrize("values", [("Yes", "No"), (1, 0), (True, False)])
def test_a_name_that_does_not_say_what_yes_means_is_asked_about(
    name: str, values: tuple[object, ...]
) -> None:
    table = rows(*values).rename(columns={"left": name})
    with pytest.raises(UsageError, match="--positive VALUE") as caught:
        label_of(table, name)
    assert caught.value.rule == "positive_given"
    assert name in caught.value.message
    assert label_of(table, name, positive=str(values[0])).left.sum() == 150


def test_a_number_of_days_is_no_label_and_the_way_out_is_said() -> None:
    table = pd.DataFrame({"days_until_churn": np.arange(300)})
    with pytest.raises(ContractFailed, match="make a column of two values") as caught:
        label_of(table, "days_until_churn")
    assert caught.value.rule == "label_two_values"


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
