"""The money of a customer on a date: what was bought and billed by then, and known by then."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest

from analytics.features.money_known import MONEY_COLUMNS, money_known
from tests.analytics.features.feature_world import TODAY, Event, active, prepared, profile_with

SHOP = profile_with(meaningful_events=("order",), value_model="transaction")
BOUGHT = [
    Event("a", 40, "order", 20.0),
    Event("a", 40, "order", 5.0),
    Event("a", 10, "order", 30.0),
    Event("a", 5, "order", 0.0),
    Event("a", 3, "order", 70.0, received=-2),
    Event("b", 100, "invoice_paid", 99.0),
    Event("b", 89, "invoice_paid", 50.0),
    Event("b", 59, "invoice_paid", 50.0),
    Event("b", 40, "invoice_paid", -20.0),
    Event("c", 30, "ticket_opened"),
    Event("a", -1, "order", 500.0),
]


def known(folder: Path, days_later: int = 0) -> pd.DataFrame:
    with prepared(folder, [*BOUGHT, *active("d", [1])], profile=SHOP) as source:
        return money_known(source, TODAY + timedelta(days=days_later))


def test_purchases_of_a_day_count_once_and_nothing_later_or_unpaid_counts(tmp_path: Path) -> None:
    """The order of 3 days ago became known 2 days from now."""
    a = known(tmp_path).iloc[0]
    assert a[["purchase_days", "purchase_money"]].tolist() == [2, 55.0]
    assert a[["days_since_first_purchase", "days_since_last_purchase"]].tolist() == [40, 10]
    later = known(tmp_path / "later", 2).iloc[0]
    assert later[["purchase_days", "purchase_money"]].tolist() == [4, 625.0]


def test_positive_invoices_of_ninety_days_are_counted(tmp_path: Path) -> None:
    b = known(tmp_path).iloc[1]
    assert b[["invoices_90d", "invoice_money_90d"]].tolist() == [2, 100.0]
    assert b["purchase_days"] == 0
    assert pd.isna(b["days_since_last_purchase"])


def test_only_customers_with_money_have_a_row(tmp_path: Path) -> None:
    frame = known(tmp_path)
    assert list(frame.columns) == list(MONEY_COLUMNS)
    assert len(frame) == 2
    assert frame.index.name == "customer_key"


@pytest.mark.parametrize("types", [("session",), ("order",)])
def test_a_business_without_any_money_has_no_rows(tmp_path: Path, types: tuple[str, ...]) -> None:
    profile = profile_with(meaningful_events=types)
    with prepared(tmp_path, active("a", [1, 2]), profile=profile) as source:
        assert money_known(source, TODAY).empty
