from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.scoring.explanations.causes import (
    MET_FROM,
    MORE_THAN_MOST,
    SEEN_FROM,
    likely_causes,
    troubles_seen,
)

LOADS = {"friction": "load_errors", "voice": "load_tickets", "commercial": "load_payment"}


def customers(**columns: list[float]) -> pd.DataFrame:
    frame = pd.DataFrame(columns)
    return frame if "tenure_days" in frame else frame.assign(tenure_days=900.0)


def test_the_cause_is_what_a_customer_has_more_of_than_most() -> None:
    found = likely_causes(
        customers(
            load_errors=[0.0, 0.0, 1.0, 5.0],
            load_tickets=[0.0, 0.0, 0.0, 0.0],
            load_payment=[0.0, 2.0, 0.0, 0.0],
        )
    )
    assert found.theme.tolist() == ["", "commercial", "", "friction"]
    assert found.share_with_less.tolist()[1] == 0.75
    assert found.share_with_less.tolist()[3] == 0.75
    assert found.text[3] == (
        "Met more problems than 75% of the scored customers, recent ones counting most."
    )


def test_one_who_came_lately_may_not_have_arrived() -> None:
    found = likely_causes(customers(load_errors=[0.0] * 4, tenure_days=[60.0, 150, 300, 900]))
    assert found.theme.tolist() == ["tenure", "", "", ""]
    assert found.text[0] == "A customer for 60 days, newer than 75% of the scored customers."


def test_two_causes_that_stand_out_alike_are_uncertain() -> None:
    rows = 100
    errors, tickets = np.zeros(rows), np.zeros(rows)
    errors[0] = tickets[0] = errors[1] = 3.0
    found = likely_causes(customers(load_errors=list(errors), load_tickets=list(tickets)))
    assert not found.clear[0]
    assert found.clear[1]


def test_a_source_without_any_such_records_names_no_cause() -> None:
    assert (likely_causes(customers(value_180d=[1.0, 2.0])).theme == "").all()
    assert len(likely_causes(customers(load_errors=[])).theme) == 0


@pytest.mark.parametrize("load", LOADS.values())
def test_an_old_crumb_is_no_cause_where_the_others_have_met_nothing(load: str) -> None:
    """A return of half a year ago is more than 90% have, and yet no trouble to apologise for."""
    found = likely_causes(customers(**{load: [0.0] * 9 + [0.06]}))
    assert found.theme.tolist() == [""] * 10
    assert found.share_with_less.isna().all()
    recent = likely_causes(customers(**{load: [0.0] * 9 + [0.9]}))
    assert (recent.theme != "").tolist() == [False] * 9 + [True]


def test_a_trouble_that_most_have_met_is_a_cause_of_those_who_met_more_than_most() -> None:
    """What drives people away meets many at once; who met no more than most has no cause of it."""
    found = likely_causes(customers(load_errors=[0.0] * 3 + [1.0] * 3 + [2.0, 3.0]))
    assert found.theme.tolist() == [""] * 6 + ["friction"] * 2


def test_a_trouble_of_two_half_lives_ago_is_a_cause_and_calls_for_no_action() -> None:
    met = customers(load_errors=[0.0] * 9 + [MET_FROM])
    assert likely_causes(met).theme.tolist() == [""] * 9 + ["friction"]
    assert not troubles_seen(met).to_numpy().any()
    late = customers(load_errors=[0.0] * 9 + [SEEN_FROM])
    assert troubles_seen(late)["friction"].tolist() == [False] * 9 + [True]


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(*[st.floats(0, 9, width=16)] * 3, st.integers(1, 999)), min_size=1, max_size=30
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_customers_does_not_matter_and_no_weak_cause_is_named(
    rows: list[tuple[float, ...]], deck: object
) -> None:
    names = ["load_errors", "load_tickets", "load_payment", "tenure_days"]
    table = pd.DataFrame(rows, columns=names).astype(float)
    order = list(range(len(rows)))
    deck.shuffle(order)  # type: ignore[attr-defined]
    straight, turned = likely_causes(table), likely_causes(table.iloc[order])
    assert straight.theme.tolist() == turned.theme.loc[table.index].tolist()
    named = straight.theme != ""
    assert (straight.share_with_less[named] > MORE_THAN_MOST).all()
    assert straight.share_with_less[~named].isna().all()
    for key, theme in straight.theme[named & (straight.theme != "tenure")].items():
        assert table.loc[key, LOADS[str(theme)]] >= MET_FROM
