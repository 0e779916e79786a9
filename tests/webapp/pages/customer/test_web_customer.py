from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from analytics.domain.profiles.no_action import NoAction
from analytics.errors import UsageError
from analytics.services.analytics_service import AnalyticsService
from analytics.services.results import CustomerResult, Note, Reason, WorkItem
from tests.webapp.component_text import ids_of, parts_of, text_of
from webapp.pages.customer import form_values
from webapp.pages.customer.ids import status_id
from webapp.pages.customer.render import render_customer, render_unknown

WRITTEN = datetime(2026, 3, 31, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def someone(web_service: AnalyticsService) -> CustomerResult:
    at_risk = next(row for row in web_service.find("C00", 50) if row.risk_tier == "critical")
    return web_service.customer(at_risk.customer_id)


def test_the_head_names_the_customer_the_tier_and_the_interval(someone: CustomerResult) -> None:
    head = text_of(render_customer(someone)["head"])
    assert str(someone.record["customer_id"]) in head
    assert "Critical" in head
    assert "80% interval" in head


def test_a_customer_without_a_score_says_so(someone: CustomerResult) -> None:
    unscored = replace(
        someone,
        risk_interval=None,
        record={**someone.record, "risk_tier": "lapsed", "churn_risk": None},
    )
    assert "not scored" in text_of(render_customer(unscored)["head"])


def test_the_tier_of_28_days_ago_stands_where_there_was_no_score(someone: CustomerResult) -> None:
    then = {"churn_risk_28d_ago": None, "previous_risk_tier": "lapsed"}
    before = replace(someone, record={**someone.record, **then})
    assert "28 days ago: lapsed then" in text_of(render_customer(before)["head"])
    new = replace(before, record={**before.record, "previous_risk_tier": ""})
    assert "not known 28 days ago" in text_of(render_customer(new)["head"])


def test_a_tier_has_one_name_also_among_the_facts(someone: CustomerResult) -> None:
    then = {"previous_risk_tier": "insufficient_cadence"}
    facts = text_of(render_customer(replace(someone, record={**someone.record, **then}))["facts"])
    assert "Insufficient cadence" in facts
    assert "insufficient_cadence" not in facts


def test_reasons_are_words_with_points(someone: CustomerResult) -> None:
    still = {**someone.record, "churn_risk": 0.52, "churn_risk_28d_ago": 0.5}
    told = replace(
        someone, record=still, reasons=(Reason("friction", 3.2, "Met 7 errors."),), changes=()
    )
    shown = render_customer(told)
    assert "Met 7 errors." in text_of(shown["reasons"])
    assert "+3.2" in text_of(shown["reasons"])
    assert "Nothing moved much" in text_of(shown["changes"])
    moved = replace(told, record={**still, "churn_risk_28d_ago": 0.3})
    said = text_of(render_customer(moved)["changes"])
    assert "The risk went from 30% to 52%; no single sign explains it." in said


def test_a_fact_that_the_model_does_not_weigh_has_no_points(someone: CustomerResult) -> None:
    facts = (Reason("trend", None, "Active on 1 day."), Reason("", None, "Silent for 3 days."))
    shown = render_customer(replace(someone, reasons=facts))["reasons"]
    assert text_of(shown).count("Fact") == 1
    assert "Active on 1 day." in text_of(shown)
    assert "percentage points" not in text_of(shown)
    cause = Reason("friction", None, "More problems than 93%.", is_cause=True)
    assert "Likely cause" in text_of(render_customer(replace(someone, reasons=(cause,)))["reasons"])


def test_a_reason_says_what_anybody_can_check_and_whether_it_is_certain(
    someone: CustomerResult,
) -> None:
    sign = Reason("recency", 9.0, "Silent for long.", risk_at_reference=0.18)
    cause = Reason("friction", -0.2, "More problems than 93%.", is_cause=True, stable=False)
    shown = text_of(render_customer(replace(someone, reasons=(sign, cause)))["reasons"])
    assert "With this alone at the typical level, the model would say 18%." in shown
    assert "Possible cause" in shown  # the model does not count it
    assert "Uncertain reason" in shown
    counted = text_of(
        render_customer(replace(someone, reasons=(sign, replace(cause, points=0.4))))["reasons"]
    )
    assert "Likely cause" in counted
    assert "Possible cause" not in counted
    sure = text_of(render_customer(replace(someone, reasons=(sign,)))["reasons"])
    assert "Uncertain" not in sure
    assert "Likely cause" not in sure


def test_the_nearest_change_is_the_models_response_or_there_is_none(
    someone: CustomerResult,
) -> None:
    change = Reason("voice", 13.0, "With 0 unsolved tickets instead of 3, … not a promise.")
    told = render_customer(replace(someone, nearest_change=change))["nearest_change"]
    assert "not a promise" in text_of(told)
    none = replace(someone, nearest_change=None)
    for tier, said in (
        ("critical", "No single change that you could make"),
        ("low", "lowest already"),
        ("lapsed", "Without a score"),
    ):
        record = {**none.record, "risk_tier": tier}
        shown = render_customer(replace(none, record=record))["nearest_change"]
        assert said in text_of(shown)


def test_not_sure_is_said_where_it_is_the_answer(someone: CustomerResult) -> None:
    for unsure in (True, False):
        record = {**someone.record, "risk_is_unsure": unsure}
        head = text_of(render_customer(replace(someone, record=record))["head"])
        assert ("Not sure" in head) is unsure


def test_an_unknown_usual_gap_is_a_dash(someone: CustomerResult) -> None:
    for gap in (None, float("nan")):
        record = {**someone.record, "usual_gap_days": gap}
        assert "usual gap –" in text_of(render_customer(replace(someone, record=record))["head"])


def test_a_customer_without_an_earlier_score_is_not_said_to_be_unchanged(
    someone: CustomerResult,
) -> None:
    record = {**someone.record, "churn_risk_28d_ago": None}
    shown = render_customer(replace(someone, record=record, changes=()))
    assert "Not scored on both dates" in text_of(shown["changes"])


def test_the_recommended_action_comes_with_break_even_and_assumption(
    someone: CustomerResult,
) -> None:
    shown = render_customer(someone)
    actions = text_of(shown["actions"])
    assert "Break-even save rate" in actions
    assert "Assumed save rate" in actions
    assert shown["work_action"] == someone.record["recommended_action"]


def test_a_customer_of_the_holdout_is_left_alone(someone: CustomerResult) -> None:
    held = replace(someone, record={**someone.record, "holdout": True})
    assert "Leave alone" in text_of(render_customer(held)["actions"])


@pytest.mark.parametrize(
    ("tier", "label", "said"),
    [
        ("high", NoAction.DOES_NOT_PAY, "no action is worth its cost here"),
        ("high", NoAction.ANSWERS_NOT, "answers a trouble that has not been seen"),
        ("low", NoAction.LOW_RISK, "the risk is low"),
        ("low", NoAction.DOES_NOT_PAY, "the risk is low"),
        ("lapsed", "", "has no churn risk"),
    ],
)
def test_why_there_is_no_advice_is_said_as_it_is(
    someone: CustomerResult, tier: str, label: str, said: str
) -> None:
    none = {"recommended_action": "none", "risk_tier": tier, "action_label": label}
    left = replace(someone, actions=(), record={**someone.record, **none, "holdout": False})
    actions = text_of(render_customer(left)["actions"])
    assert said in actions
    assert ("worth its cost here" in actions) == ("worth its cost here" in said)


def test_a_work_item_can_be_done_or_dropped_and_then_reopened(someone: CustomerResult) -> None:
    open_item = WorkItem(7, "C1", "call", "Call", "Ana", date(2026, 4, 2), "open", WRITTEN)
    done_item = replace(open_item, item_id=8, status="done")
    work = render_customer(replace(someone, work_items=(open_item, done_item)))["work"]
    assert ids_of(work) == [status_id(7, "done"), status_id(7, "dropped"), status_id(8, "open")]
    assert "due 2 Apr 2026" in text_of(work)


def test_a_note_is_text_and_never_markup(someone: CustomerResult) -> None:
    evil = "<script>alert(1)</script>"
    notes = render_customer(replace(someone, notes=(Note(WRITTEN, "Ana", evil),)))["notes"]
    assert evil in list(parts_of(notes))
    assert not any("dangerously" in str(vars(one)) for one in parts_of(notes) if hasattr(one, "id"))


def test_the_events_say_how_many_there_are_in_all(someone: CustomerResult) -> None:
    shown = render_customer(replace(someone, event_count=9_876))
    assert f"The latest {len(someone.events):,} of 9,876 events" in shown["events_note"]
    assert len(shown["events"]) == len(someone.events) > 0
    assert all(isinstance(text, str) for row in shown["events"] for text in row.values())


def test_an_unknown_customer_is_named() -> None:
    shown = render_unknown("C-404")
    assert shown["hide_body"] is True
    assert "C-404" in text_of(shown["empty"])


@pytest.mark.parametrize("given", [None, "", "  ", 7, "x" * 81])
def test_a_name_must_be_short_and_not_empty(given: object) -> None:
    with pytest.raises(UsageError, match="1 to 80 characters"):
        form_values.person(given)


def test_a_note_keeps_its_lines_and_loses_control_characters() -> None:
    assert form_values.note_text(" one\ntwo\x00\x1b ") == "one\ntwo"


@pytest.mark.parametrize("given", ["soon", "2026-13-01", {}])
def test_a_due_date_must_be_a_date(given: object) -> None:
    with pytest.raises(UsageError, match="must be a date"):
        form_values.due_date(given)


def test_no_due_date_is_none_and_a_date_is_a_date() -> None:
    assert form_values.due_date("") is None
    assert form_values.due_date("2026-04-02") == date(2026, 4, 2)


def test_a_status_must_be_known() -> None:
    assert form_values.status("done") == "done"
    with pytest.raises(UsageError, match="open, done, dropped"):
        form_values.status("finished")
