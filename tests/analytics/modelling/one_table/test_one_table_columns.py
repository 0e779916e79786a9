"""Columns of a snapshot are numbers, dates or texts, or left out with the reason."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.modelling.one_table.columns import as_text, typed_column, typed_columns
from tests.analytics.modelling.snapshot_world import customers


def test_blanks_among_numbers_are_missing() -> None:
    column, said = typed_column(pd.Series(["29.85", " ", "", "NA", "1e3"]))
    assert column is not None
    assert column.tolist()[0] == 29.85
    assert column.isna().tolist() == [False, True, True, True, False]
    assert said == ""


def test_a_few_words_among_numbers_count_as_missing_and_are_told_of() -> None:
    column, said = typed_column(pd.Series(["1", "2"] * 50 + ["unknown"]))
    assert column is not None
    assert column.isna().sum() == 1
    assert said == "1 of 101 values is no number and counts as missing."


def test_a_decimal_comma_is_understood() -> None:
    column, _ = typed_column(pd.Series(["59,90", "18", "-0,5"]))
    assert column is not None
    assert column.tolist() == [59.9, 18.0, -0.5]


@pytest.mark.parametrize(
    "texts",
    [["1970-01-03", "1970-02-01"], ["03.01.1970", "01.02.1970"], ["31/01/1970", "1/2/1970"]],
)
def test_dates_become_days(texts: list[str]) -> None:
    column, said = typed_column(pd.Series(texts))
    assert column is not None
    assert column.tolist()[1] == 31
    assert "days" in said


def test_dates_in_which_day_and_month_could_be_either_are_left_out() -> None:
    found = typed_columns(pd.DataFrame({"since": ["03/04/2020", "05/06/2021"], "a": ["x", "y"]}))
    assert "order of day and month" in found.dropped["since"]


def test_typed_columns_of_parquet_keep_their_kind() -> None:
    rows = pd.DataFrame(
        {
            "when": pd.to_datetime(["1970-01-02", None, "1970-01-05"]),
            "flag": [True, False, True],
            "size": pd.array([1, None, 3], dtype="Int64"),
            "huge": [1.0, np.inf, 2.0],
        }
    )
    table = typed_columns(rows).table
    assert table["when"].tolist()[0] == 1
    assert table["flag"].tolist() == ["True", "False", "True"]
    assert table["size"].isna().sum() == 1
    assert table["huge"].isna().sum() == 1


def test_what_tells_nothing_is_left_out_with_the_reason() -> None:
    rows = customers(400).assign(
        row=np.arange(400), quarter="Q3", note="", amount=np.random.default_rng(0).random(400)
    )
    found = typed_columns(rows.drop(columns="left"))
    assert list(found.table) == ["tenure", "contract", "charge", "amount"]
    assert found.dropped["row"].startswith("numbered customers")
    assert found.dropped["quarter"] == "the same value everywhere"
    assert found.dropped["note"] == "empty"
    assert found.dropped["id"].startswith("names, ids or free text")


def test_whole_numbers_far_apart_are_measured_not_numbered() -> None:
    balance = np.random.default_rng(1).choice(10_000_000, 300, replace=False)
    assert list(typed_columns(pd.DataFrame({"balance": balance})).table) == ["balance"]


def test_a_value_that_is_always_the_same_or_missing_is_kept() -> None:
    found = typed_columns(pd.DataFrame({"offer": ["A", "", "A", ""]}))
    assert list(found.table) == ["offer"]


def test_whole_numbers_read_as_fractions_are_the_same_text() -> None:
    assert as_text(pd.Series([1.0, np.nan, 0.0])).tolist()[0] == "1"
