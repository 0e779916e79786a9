"""Values on a date: from what was known by then, in the form that the data allow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from analytics.domain.customer.value_form import ValueForm
from analytics.domain.profiles.profile import Profile
from analytics.domain.profiles.profile_file import load_profile
from analytics.features.money_known import MONEY_COLUMNS
from analytics.features.outcomes.labels import Outcome
from analytics.features.prepared import day_number
from analytics.features.rhythm import Rhythm
from analytics.modelling.observing.observations import Snapshot
from analytics.scoring.customer_value.value_on_date import (
    silent_share,
    values_on_date,
    values_on_dates,
)

TODAY = date(2025, 6, 25)
PAST = TODAY - timedelta(days=28)
SAAS, SHOP = load_profile("saas"), load_profile("retail")
SIZE = 6
NAN = float("nan")


def snapshot(on: date = TODAY, money: pd.DataFrame | None = None, size: int = SIZE) -> Snapshot:
    columns = {"tenure_days": 400.0, "value_180d": 60.0, "invoiced_90d": 0.0}
    features = pd.DataFrame({**columns, "value_per_purchase": 20.0}, index=range(size))
    yes = np.ones(size, bool)
    rhythm = Rhythm(np.full(size, 30.0), yes, np.full(size, 3.0), ~yes)
    outcome = np.zeros(size, np.int8)
    outcome[0] = Outcome.SILENT
    known_day = np.full(size, day_number(on) + 37.0)
    kept = pd.DataFrame() if money is None else money
    return Snapshot(on, features, rhythm, ~yes, yes, outcome, known_day, np.empty((size, 0)), kept)


def people(monthly: float = 100.0, ends: date | None = None, size: int = SIZE) -> pd.DataFrame:
    end = pd.NaT if ends is None else pd.Timestamp(ends, tz="UTC")
    frame = pd.DataFrame({"monthly_revenue": monthly}, index=range(size))
    return frame.assign(contract_ends_at=pd.to_datetime([end] * size, utc=True))


def money(size: int = SIZE, **columns: object) -> pd.DataFrame:
    frame = pd.DataFrame(0.0, index=pd.RangeIndex(size), columns=list(MONEY_COLUMNS))
    return frame.assign(**columns)


def on_date(
    seen: Snapshot, who: pd.DataFrame, profile: Profile = SAAS, today: date = TODAY
) -> np.ndarray:
    return values_on_date([seen], who, profile, today=today).value.monthly_revenue


def test_on_a_past_date_invoices_known_then_tell_the_price_and_not_todays_table() -> None:
    """Today's price is 100; three invoices of 80 were known then, one of them for customer 1."""
    bills = money(invoices_90d=[3, 1, 0, 3, 3, 13], invoice_money_90d=[240, 80, 0, 240, 240, 130])
    past = snapshot(PAST, bills)
    price = on_date(past, people())
    assert price[[0, 1, 2]].tolist() == [80.0, 100.0, 100.0]
    assert price[5] == pytest.approx(40.0), "billed weekly: 10 four times a month"
    assert on_date(snapshot(TODAY, bills), people()).tolist() == [100.0] * SIZE
    told = values_on_date([past], people(), SAAS, today=TODAY)
    assert told.by_invoices == pytest.approx(4 / 6)


def test_a_term_that_ends_more_than_a_year_after_a_past_date_was_renewed_in_between() -> None:
    ends = PAST + timedelta(days=365 + 100)
    past, now = snapshot(PAST), snapshot(TODAY)
    then = values_on_date([past], people(ends=ends), SAAS, today=TODAY).value
    same = values_on_date([past], people(ends=PAST + timedelta(days=100)), SAAS, today=TODAY).value
    assert then.if_leaves[0] == pytest.approx(same.if_leaves[0])
    today = values_on_date([now], people(ends=ends), SAAS, today=TODAY).value
    assert today.at_stake[0] == pytest.approx(0.0), "today the whole year is committed"


def test_values_of_the_past_do_not_move_when_later_dates_change() -> None:
    rng = np.random.default_rng(0)
    size = 400
    dates = [snapshot(TODAY - timedelta(days=28 * back), size=size) for back in range(9)]
    lost = [
        replace(one, rhythm=replace(one.rhythm, lapsed=rng.random(size) < 0.5)) for one in dates[:4]
    ]
    who = people(size=size)
    calm, changed = (values_on_dates(one, who, SAAS) for one in (dates, [*lost, *dates[4:]]))
    for before, after in zip(calm[4:], changed[4:], strict=True):
        assert before.value.if_stays.tolist() == after.value.if_stays.tolist()
    assert calm[0].value.if_stays[0] != changed[0].value.if_stays[0]


def test_only_outcomes_known_by_the_date_make_its_silent_share() -> None:
    now, old = snapshot(TODAY), snapshot(TODAY - timedelta(days=60))
    assert silent_share([now, old]) == pytest.approx(1 / SIZE)
    assert silent_share([now]) == pytest.approx(0.05), "none is known yet"


def _shop(size: int, seed: int = 0) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    first = rng.uniform(100, 380, size)
    days = 1.0 + rng.poisson(rng.gamma(1.0, 2.0, size))
    last = np.where(days > 1, first * rng.beta(1, 3, size), first)
    spent = days * rng.gamma(5.0, 6.0, size)
    return money(
        size, purchase_days=days, days_since_first_purchase=first,
        days_since_last_purchase=last, purchase_money=spent,
    )  # fmt: skip


def test_without_a_monthly_revenue_value_is_expected_purchases_times_spend() -> None:
    size = 600
    bought = _shop(size).drop(index=5)
    known = [snapshot(TODAY, bought, size)]
    found = values_on_date(known, people(NAN, size=size), SHOP, today=TODAY)
    assert found.spend is not None
    value = found.value
    assert set(np.delete(value.form, 5)) == {ValueForm.PURCHASES}
    assert value.form[5] == ValueForm.RECENT_PURCHASES, "never bought: no model knows them"
    assert (np.delete(value.if_leaves, 5) > 0).all(), "some come back"
    assert (np.delete(value.at_stake, 5) > 0).all()
    assert (np.delete(value.spread, 5) > 0).all()


def test_a_subscriber_who_also_buys_keeps_the_form_of_the_subscription() -> None:
    known = [snapshot(TODAY, _shop(600), 600)]
    found = values_on_date(known, people(100.0, size=600), SHOP, today=TODAY)
    assert set(found.value.form) == {ValueForm.SUBSCRIPTION}
    assert found.spend is None
