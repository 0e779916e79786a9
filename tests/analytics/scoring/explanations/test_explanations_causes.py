from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.features.state_filter.last_engaged import (
    ENGAGED_DAYS_AGO,
    PRICE_ROSE_BEFORE,
    TROUBLE_THEN,
)
from analytics.scoring.explanations.causes import (
    MORE_THAN_MOST,
    SEEN_FROM,
    likely_causes,
    troubles_seen,
)
from analytics.scoring.explanations.pulls_away import FIT_PULL

LOADS = {"friction": "load_errors", "voice": "load_tickets", "commercial": "load_payment"}


def customers(**columns: list[float]) -> pd.DataFrame:
    frame = pd.DataFrame(columns)
    return frame if "tenure_days" in frame else frame.assign(tenure_days=900.0)


def engaged(
    trouble: list[float], ago: list[float] | None = None, price: list[float] | None = None
) -> pd.DataFrame:
    blank = [float("nan")] * len(trouble)
    return pd.DataFrame(
        {
            ENGAGED_DAYS_AGO: ago or [0.0] * len(trouble),
            TROUBLE_THEN: trouble,
            PRICE_ROSE_BEFORE: price or blank,
        }
    )


def test_the_cause_is_what_pulled_hardest_when_last_engaged() -> None:
    found = likely_causes(
        customers(load_errors=[0.0] * 4, tenure_days=[900.0, 900, 900, 14]),
        engaged([0.1, 2.0, 0.1, 0.1], price=[np.nan, np.nan, 21, np.nan]),
    )
    assert found.cause.tolist() == ["fit", "trouble", "price", "onboarding"]
    assert found.theme.tolist() == ["", "friction", "commercial", "tenure"]
    assert found.share_with_less.tolist()[1:] == [0.75, 0.75, 0.75]
    assert np.isnan(found.share_with_less[0])
    assert found.text.tolist() == [
        "",
        "Problems met, recent ones counting most: more than 75% of the scored customers had.",
        "The price rose 21 days ago.",
        "A customer for 14 days, newer than 75% of the scored customers.",
    ]


def test_who_has_faded_since_is_told_of_the_week_before() -> None:
    found = likely_causes(
        customers(load_errors=[0.0] * 3, tenure_days=[900.0, 60, 900]),
        engaged([2.0, 0.0, 0.0], ago=[35, 28, 21], price=[np.nan, np.nan, 21]),
    )
    assert found.text.tolist() == [
        "Problems met, recent ones counting most: more than 66% of the scored customers had when "
        "last held engaged, 35 days ago.",
        "A customer for 32 days when last held engaged, 28 days ago, newer than 66% of the scored "
        "customers.",
        "The price rose 42 days ago.",
    ]


@pytest.mark.parametrize(("theme", "load"), LOADS.items())
def test_a_trouble_is_of_the_kind_that_the_customer_met_most(theme: str, load: str) -> None:
    loads = {name: [0.1] for name in LOADS.values()} | {load: [2.0]}
    loads = {name: [*met, 0.0, 0.0] for name, met in loads.items()}
    found = likely_causes(customers(**loads), engaged([2.0, 0.0, 0.0]))
    assert found.theme.tolist() == [theme, "", ""]
    assert found.cause.tolist() == ["trouble", "fit", "fit"]


def test_the_end_of_a_contract_is_told_where_it_is_known() -> None:
    people, then = customers(load_errors=[0.0] * 2), engaged([0.0, 0.0])
    found = likely_causes(people, then, pd.Series([20.0, 200.0]))
    assert found.theme.tolist() == ["commercial", ""]
    assert found.text[0] == "The contract's yearly end was near."
    assert likely_causes(people, then).theme.tolist() == ["", ""]


def test_problems_that_most_have_met_are_a_cause_of_those_who_met_more_than_most() -> None:
    found = likely_causes(customers(load_errors=[1.0] * 8), engaged([1.0] * 3 + [2.0] * 3 + [4, 5]))
    assert found.theme.tolist() == [""] * 6 + ["friction"] * 2


def test_two_causes_that_pull_alike_are_uncertain() -> None:
    people = customers(load_errors=[1.0] * 5, tenure_days=[0.0] * 5)
    found = likely_causes(people, engaged([0.0, 0.0, 0.0, 1.05, 3.0]))
    assert found.clear.tolist() == [True, True, True, False, True]


def test_a_source_without_any_such_records_names_no_cause() -> None:
    assert (likely_causes(customers(value_180d=[1.0, 2.0])).theme == "").all()
    assert len(likely_causes(customers(load_errors=[])).theme) == 0


def test_a_trouble_of_two_half_lives_ago_calls_for_no_action() -> None:
    """The cause looks at when they were last engaged, the action at what they meet of late."""
    met = customers(load_errors=[0.0] * 9 + [SEEN_FROM / 2])
    assert not troubles_seen(met).to_numpy().any()
    late = customers(load_errors=[0.0] * 9 + [SEEN_FROM])
    assert troubles_seen(late)["friction"].tolist() == [False] * 9 + [True]


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(*[st.floats(0, 9, width=16)] * 2, st.integers(1, 999), st.integers(0, 99)),
        min_size=1,
        max_size=30,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_customers_does_not_matter_and_no_weak_cause_is_named(
    rows: list[tuple[float, ...]], deck: object
) -> None:
    table = pd.DataFrame(rows, columns=["load_errors", "trouble", "tenure_days", "ago"])
    table = table.astype(float)
    then = engaged(table["trouble"].tolist(), ago=table["ago"].tolist())
    order = list(range(len(rows)))
    deck.shuffle(order)  # type: ignore[attr-defined]
    straight, turned = likely_causes(table, then), likely_causes(table.iloc[order], then)
    assert straight.theme.tolist() == turned.theme.loc[table.index].tolist()
    named = straight.theme != ""
    assert straight.share_with_less[~named].isna().all()
    trouble = straight.theme == "friction"
    assert (table.loc[trouble, "trouble"] > FIT_PULL).all()
    assert (straight.share_with_less[trouble] > MORE_THAN_MOST).all()


def test_one_day_is_no_days() -> None:
    people = customers(tenure_days=[9.0, 900.0, 900.0])
    then = engaged([0.0, 0.0, 0.0], ago=[8.0, 0.0, 0.0])
    assert (
        likely_causes(people, then)
        .text.iloc[0]
        .startswith("A customer for 1 day when last held engaged, 8 days ago")
    )
