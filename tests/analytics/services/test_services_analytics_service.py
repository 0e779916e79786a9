from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from analytics.domain.customer.filter import CustomerFilter
from analytics.domain.customer_columns.group_columns import GROUP_COLUMNS
from analytics.domain.numbers.measures import CUSTOMER_COLUMNS
from analytics.errors import NoRunPublished, UnknownCustomer, UsageError
from analytics.runs.run_store import RunStore
from analytics.services.analytics_service import AnalyticsService
from analytics.services.results import Totals
from analytics.settings import Settings
from tests.sample_run import AS_OF, publish_sample_run

EVERYONE = CustomerFilter()
NOW = AS_OF + timedelta(hours=30)


def service_over(workspace: Path, now: datetime = NOW) -> AnalyticsService:
    return AnalyticsService(Settings.load(workspace=workspace), clock=lambda: now)


@pytest.fixture(scope="module")
def service(workspace: Path) -> AnalyticsService:
    return service_over(workspace)


@pytest.fixture(scope="module")
def frame(workspace: Path) -> pd.DataFrame:
    return pd.read_parquet(RunStore(workspace / "data").current().folder / "customers.parquet")


def rows_of(lines: Iterator[str]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(lines), newline="")))


def test_without_a_run_every_question_says_that_none_is_published(tmp_path: Path) -> None:
    service = service_over(tmp_path)
    with pytest.raises(NoRunPublished):
        service.stamp()
    with pytest.raises(NoRunPublished):
        service.overview(EVERYONE)
    assert not (tmp_path / "data" / "state.sqlite").exists()


def test_the_stamp_tells_the_age_of_the_data(workspace: Path) -> None:
    stamp = service_over(workspace, AS_OF + timedelta(hours=30)).stamp()
    assert stamp.age_hours == pytest.approx(30)
    assert stamp.simulated


@pytest.mark.parametrize(
    ("hours", "freshness"), [(1, "fresh"), (27, "stale"), (51, "very_stale"), (-5, "fresh")]
)
def test_real_data_grow_stale_with_time(tmp_path: Path, hours: int, freshness: str) -> None:
    publish_sample_run(tmp_path / "data", customers=40, simulated=False)
    stamp = service_over(tmp_path, AS_OF + timedelta(hours=hours)).stamp()
    assert stamp.freshness == freshness
    assert stamp.age_hours >= 0


def test_simulated_data_never_grow_stale(workspace: Path) -> None:
    assert service_over(workspace, AS_OF + timedelta(days=900)).stamp().freshness == "fresh"


def test_the_totals_of_everyone_are_those_of_the_run(
    service: AnalyticsService, workspace: Path
) -> None:
    summary = RunStore(workspace / "data").current().summary
    found = service.overview(EVERYONE)
    for one in fields(Totals):
        if one.name != "revenue_at_risk":
            assert getattr(found.totals, one.name) == pytest.approx(summary.totals[one.name])
    for end in ("value", "low", "high"):
        assert getattr(found.totals.revenue_at_risk, end) == pytest.approx(
            getattr(summary.revenue_at_risk, end)
        )
    assert found.everyone == found.totals
    assert {one.key: one.totals.customers for one in found.tiers if one.totals.customers} == (
        summary.tier_counts
    )


CHOICES = [
    CustomerFilter(tier=("critical", "high")),
    CustomerFilter(region=("EU",), plan=("Basic", "Team")),
    CustomerFilter(early=True, value=("high",)),
    CustomerFilter(suppressed=True),
    CustomerFilter(band=("critical", "frustrated")),
    CustomerFilter(action=("fix_and_follow_up",)),
    CustomerFilter(search="omer 12"),
    CustomerFilter(search="c0001"),
    CustomerFilter(segment=("No such segment",)),
]


def expected(frame: pd.DataFrame, chosen: CustomerFilter) -> pd.DataFrame:
    columns = {
        "tier": "risk_tier",
        "band": "frustration_band",
        "value": "value_band",
        "segment": "segment",
        "plan": "plan",
        "region": "region",
        "action": "recommended_action",
    }
    for name, column in columns.items():
        if getattr(chosen, name):
            frame = frame[frame[column].isin(getattr(chosen, name))]
    if chosen.early:
        frame = frame[frame["recently_active"]]
    if chosen.suppressed:
        frame = frame[frame["suppressed_frustration"]]
    if chosen.search:
        text = frame["customer_id"] + "\n" + frame["name"]
        frame = frame[text.str.lower().str.contains(chosen.search.lower(), regex=False)]
    return frame


@pytest.mark.parametrize("chosen", CHOICES, ids=lambda one: one.to_query())
def test_a_choice_has_the_same_customers_on_page_grid_and_csv(
    service: AnalyticsService, frame: pd.DataFrame, chosen: CustomerFilter
) -> None:
    wanted = expected(frame, chosen)
    totals = service.overview(chosen).totals
    block = service.customer_block(chosen, start=0, end=500, sort=())
    lines = rows_of(service.export_rows(chosen))
    assert totals.customers == block.total == len(block.rows) == len(lines) == len(wanted)
    assert {one["customer_id"] for one in lines} == set(wanted["customer_id"])
    assert [one["customer_id"] for one in lines] == [one["customer_id"] for one in block.rows]
    assert totals.revenue_at_risk.value == pytest.approx(wanted["revenue_at_risk"].sum())
    at_risk = wanted["risk_tier"].isin(["critical", "high"])
    assert totals.at_risk == at_risk.sum()
    assert sum(float(one["revenue_at_risk"] or 0) for one in lines) == pytest.approx(
        totals.revenue_at_risk.value
    )


@pytest.mark.parametrize("text", ["%", "_", "50%", "a/b", "\\", "'; drop table x; --"])
def test_a_search_takes_every_character_for_itself(service: AnalyticsService, text: str) -> None:
    assert service.overview(CustomerFilter(search=text)).totals.customers == 0
    assert service.find(text) == ()


def test_a_choice_of_nobody_has_totals_of_nothing(service: AnalyticsService) -> None:
    found = service.overview(CustomerFilter(segment=("No such segment",)))
    assert found.totals.customers == 0
    assert found.totals.mean_frustration is None
    assert found.totals.revenue_at_risk.value == 0
    assert found.watch_list == ()
    assert found.everyone.customers == 400


def test_the_watch_list_has_the_most_valuable_contacts_and_nobody_held_out(
    service: AnalyticsService, frame: pd.DataFrame
) -> None:
    listed = service.overview(EVERYONE).watch_list
    worth = [one.expected_net_value or 0 for one in listed]
    held_out = set(frame[frame["holdout"]]["customer_id"])
    assert len(listed) == 10
    assert worth == sorted(worth, reverse=True)
    assert not {one.customer_id for one in listed} & held_out


def test_the_trend_goes_from_the_oldest_date_to_the_latest(service: AnalyticsService) -> None:
    days = [one.observation_date for one in service.overview(EVERYONE).trend]
    assert len(days) == 6
    assert days == sorted(days)


def test_groups_and_the_matrix_add_up_to_the_totals(service: AnalyticsService) -> None:
    for column in GROUP_COLUMNS:
        found = service.segments(CustomerFilter(early=True), column)
        for parts in (found.groups, found.matrix, found.by_band):
            assert sum(one.totals.customers for one in parts) == found.totals.customers > 0
            assert sum(one.totals.revenue_at_risk.value for one in parts) == pytest.approx(
                found.totals.revenue_at_risk.value
            )


def test_only_known_columns_can_be_grouped_or_sorted_by(service: AnalyticsService) -> None:
    with pytest.raises(UsageError, match="grouped by"):
        service.segments(EVERYONE, "name; drop table churn_customers")
    with pytest.raises(UsageError, match="column"):
        service.customer_block(EVERYONE, start=0, end=10, sort=(("1; select 1", True),))
    with pytest.raises(UsageError, match="block"):
        service.customer_block(EVERYONE, start=0, end=5_000_000, sort=())
    with pytest.raises(UsageError, match="block"):
        service.customer_block(EVERYONE, start=-1, end=10, sort=())


@pytest.mark.parametrize("column", [one.name for one in CUSTOMER_COLUMNS])
@pytest.mark.parametrize("descending", [True, False])
def test_blocks_of_any_order_join_without_gap_or_repeat(
    service: AnalyticsService, column: str, descending: bool
) -> None:
    sort = ((column, descending),)
    ids = []
    for start in (0, 200):
        block = service.customer_block(EVERYONE, start=start, end=start + 200, sort=sort)
        ids += [one["customer_id"] for one in block.rows]
        values = [one[column] for one in block.rows]
        filled = [one for one in values if one is not None]
        assert values == filled + [None] * (len(values) - len(filled))
    assert len(ids) == len(set(ids)) == 400


def test_one_customer_has_everything_that_is_known_of_them(
    service: AnalyticsService, frame: pd.DataFrame
) -> None:
    one = frame[frame["eligible"] & (frame["frustration_index"] > 40)].iloc[0]
    found = service.customer(one["customer_id"])
    assert tuple(found.record) == tuple(column.name for column in CUSTOMER_COLUMNS)
    assert found.risk_interval is not None
    assert found.risk_interval.value == pytest.approx(one["churn_risk"])
    assert [reason.text for reason in found.reasons] == [one[f"reason_{n}"] for n in (1, 2, 3)]
    assert found.changes
    assert found.frustration_parts
    worth = [option.expected_net_value.value for option in found.actions]
    assert worth == sorted(worth, reverse=True)
    assert found.event_count == len(found.events) > 0
    times = [event.occurred_at for event in found.events]
    assert times == sorted(times, reverse=True)
    assert times[0].tzinfo is UTC


def test_weeks_begin_on_monday_and_show_the_silence_up_to_now(
    service: AnalyticsService, frame: pd.DataFrame
) -> None:
    silent = frame.sort_values("days_since_last_activity").iloc[-1]
    weeks = service.customer(silent["customer_id"]).weeks
    starts = [one.week for one in weeks]
    assert all(one.weekday() == 0 for one in starts)
    assert starts == [starts[0] + timedelta(weeks=n) for n in range(len(starts))]
    assert starts[-1] <= AS_OF.date() < starts[-1] + timedelta(weeks=1)
    assert len(weeks) <= 53
    assert weeks[-1].active_days == 0
    assert sum(one.active_days for one in weeks) > 0


def test_an_unknown_customer_is_refused_with_a_sentence(service: AnalyticsService) -> None:
    with pytest.raises(UnknownCustomer, match="Got 'nobody'"):
        service.customer("nobody")
    with pytest.raises(UnknownCustomer):
        service.customer("C00001' or 1=1 --")


def test_a_search_finds_the_exact_id_first(service: AnalyticsService) -> None:
    found = service.find("c00012")
    assert found[0].customer_id == "C00012"
    assert len(service.find("customer", limit=5)) == 5
    assert service.find("  ") == ()


def test_choices_leave_out_what_does_not_vary(service: AnalyticsService) -> None:
    choices = service.choices()
    assert choices.of("region") == (("APAC", "APAC"), ("EU", "EU"), ("US", "US"))
    assert choices.of("channel") == ()
    assert ("fix_and_follow_up", "Fix the problem and follow up") in choices.of("action")


def test_the_plan_keeps_its_limits_and_leaves_the_holdout_alone(
    service: AnalyticsService, frame: pd.DataFrame
) -> None:
    found = service.recommendations(EVERYONE, budget=300.0, capacity_minutes=400.0)
    held_out = set(frame[frame["holdout"]]["customer_id"])
    assert 0 < found.plan_size == len(found.plan) < found.worth_contacting
    assert found.plan_cost == pytest.approx(sum(row.expected_cost for row in found.plan))
    assert found.plan_cost <= 300
    assert found.plan_minutes == pytest.approx(sum(row.minutes for row in found.plan))
    assert found.plan_minutes <= 400
    assert found.plan_net_value.value == pytest.approx(
        sum(row.expected_net_value.value for row in found.plan)
    )
    assert sum(one.totals.customers for one in found.by_action) == found.plan_size
    assert not {row.customer.customer_id for row in found.plan} & held_out
    assert found.holdout_customers > 0


def test_the_marginal_curve_rises_to_the_value_of_all_contacts(service: AnalyticsService) -> None:
    found = service.recommendations(EVERYONE, budget=None, capacity_minutes=None)
    contacts = [one[0] for one in found.marginal]
    worth = [one[1] for one in found.marginal]
    assert contacts[0] == worth[0] == 0
    assert contacts[-1] == found.worth_contacting
    assert worth == sorted(worth)
    assert len(contacts) <= 51
    assert found.capacity_minutes == 2400.0


@pytest.mark.parametrize("limit", [-1.0, float("nan"), float("inf")])
def test_a_limit_that_is_no_amount_is_refused(service: AnalyticsService, limit: float) -> None:
    with pytest.raises(UsageError, match="0 or more"):
        service.recommendations(EVERYONE, budget=limit, capacity_minutes=None)


def test_a_plan_without_capacity_contacts_nobody(service: AnalyticsService) -> None:
    found = service.recommendations(EVERYONE, budget=None, capacity_minutes=0.0)
    assert found.plan == ()
    assert found.by_action == ()
    assert found.plan_net_value.value == 0


def test_the_plan_as_csv_has_the_rows_of_the_page(service: AnalyticsService) -> None:
    page = service.recommendations(EVERYONE, budget=None, capacity_minutes=300.0)
    lines = rows_of(service.export_plan(EVERYONE, budget=None, capacity_minutes=300.0))
    assert [one["customer_id"] for one in lines] == [row.customer.customer_id for row in page.plan]
    assert sum(float(one["expected_net_value"]) for one in lines) == pytest.approx(
        page.plan_net_value.value
    )


def test_the_evidence_names_the_champion_beside_the_baselines(service: AnalyticsService) -> None:
    found = service.evidence()
    champions = [one.model for one in found.scores if one.is_champion]
    assert set(champions) == {"random_forest"}
    assert {"recency", "isolation_forest"} <= {one.model for one in found.scores}
    measured = [one.auc for one in found.scores if one.auc is not None]
    assert len(measured) > 10
    assert all(one.low <= one.value <= one.high for one in measured)
    flag = next(one for one in found.scores if one.model == "isolation_forest")
    assert flag.brier is None
    assert len(found.calibration) == 8


def test_a_new_run_is_shown_without_a_restart(tmp_path: Path) -> None:
    publish_sample_run(tmp_path / "data", customers=50, run_id="first")
    service = service_over(tmp_path)
    assert service.overview(EVERYONE).totals.customers == 50
    publish_sample_run(tmp_path / "data", customers=70, run_id="second")
    found = service.overview(EVERYONE)
    assert (found.totals.customers, found.stamp.run_id) == (70, "second")
    assert service.customer_block(EVERYONE, start=0, end=10, sort=()).total == 70


def test_a_damaged_run_gives_way_to_the_former_with_a_warning(tmp_path: Path) -> None:
    publish_sample_run(tmp_path / "data", customers=50, run_id="first")
    second = publish_sample_run(tmp_path / "data", customers=70, run_id="second")
    damaged = second.folder / "customers.parquet"
    damaged.write_bytes(damaged.read_bytes()[:-10] + b"0123456789")
    found = service_over(tmp_path).overview(EVERYONE)
    assert found.totals.customers == 50
    assert "instead of the latest" in found.stamp.warnings[0]


def test_an_answer_that_is_kept_still_tells_the_present_age(workspace: Path) -> None:
    now = [NOW]
    service = AnalyticsService(Settings.load(workspace=workspace), clock=lambda: now[0])
    before = service.overview(EVERYONE).stamp.age_hours
    now[0] = NOW + timedelta(hours=5)
    assert service.overview(EVERYONE).stamp.age_hours == pytest.approx(before + 5)


def test_a_closed_service_opens_again_at_the_next_question(workspace: Path) -> None:
    service = service_over(workspace)
    first = service.find("customer 1")
    service.close()
    service.close()
    assert service.find("customer 1") == first


def test_a_kept_answer_is_not_computed_again(
    service: AnalyticsService, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = service.overview(EVERYONE)

    def computed_again(*given: object) -> None:
        raise AssertionError("computed again")

    monkeypatch.setattr("analytics.services.analytics_service.overview", computed_again)
    assert service.overview(EVERYONE).watch_list == first.watch_list


def test_notes_and_work_are_kept_and_shown_at_once(tmp_path: Path) -> None:
    publish_sample_run(tmp_path / "data", customers=80)
    service = service_over(tmp_path)
    first = service.recommendations(EVERYONE, budget=None, capacity_minutes=None).plan[0]
    known = first.customer.customer_id
    service.add_note(known, "Called, will think about it.\nTry again in May.", "Ann")
    service.take_on(known, first.action, "Bob", date(2026, 4, 7))
    found = service.customer(known)
    assert found.notes[0].text.endswith("in May.")
    assert found.notes[0].written_at == NOW
    assert (found.work_items[0].owner, found.work_items[0].status) == ("Bob", "open")
    service.set_status(found.work_items[0].item_id, "done")
    row = service.recommendations(EVERYONE, budget=None, capacity_minutes=None).plan[0]
    assert (row.owner, row.status) == ("Bob", "done")


def test_work_must_be_about_a_known_customer_and_one_of_their_actions(tmp_path: Path) -> None:
    publish_sample_run(tmp_path / "data", customers=80)
    service = service_over(tmp_path)
    known = service.overview(EVERYONE).watch_list[0].customer_id
    with pytest.raises(UnknownCustomer):
        service.add_note("nobody", "Hello", "Ann")
    with pytest.raises(UsageError, match="characters"):
        service.add_note(known, "  \x00 ", "Ann")
    with pytest.raises(UsageError, match="action"):
        service.take_on(known, "send_flowers", "Ann", None)
    with pytest.raises(UsageError, match="owner"):
        service.take_on(known, "guided_tour", "", None)
    assert not (tmp_path / "data" / "state.sqlite").exists()


def test_a_state_database_that_is_no_database_leaves_the_numbers_alone(tmp_path: Path) -> None:
    publish_sample_run(tmp_path / "data", customers=80)
    (tmp_path / "data" / "state.sqlite").write_bytes(b"this is no database" * 100)
    service = service_over(tmp_path)
    known = service.overview(EVERYONE).watch_list[0].customer_id
    found = service.customer(known)
    assert found.notes == ()
    assert "cannot be read" in found.stamp.warnings[-1]
    plan = service.recommendations(EVERYONE, budget=None, capacity_minutes=None)
    assert plan.plan_size > 0
    assert "cannot be read" in plan.stamp.warnings[-1]


def test_those_at_risk_before_are_counted_by_where_they_stand(
    service: AnalyticsService, workspace: Path
) -> None:
    found = service.overview(EVERYONE).since_then
    table = RunStore(workspace / "data").current().folder / "customers.parquet"
    rows = duckdb.execute(
        "select risk_tier from read_parquet(?) where previous_risk_tier in ('critical', 'high')",
        [str(table)],
    ).fetchall()
    assert found.total == len(rows) > 0
    assert found.lapsed == sum(1 for (tier,) in rows if tier == "lapsed")
    assert service.overview(CustomerFilter(tier=("low",))).since_then.still == 0


def test_the_marginal_curve_adds_up_in_the_order_of_value_per_hour(
    service: AnalyticsService,
) -> None:
    found = service.recommendations(EVERYONE, budget=None, capacity_minutes=1e6)
    assert len(found.plan) == found.plan_size == found.worth_contacting
    per_hour = sorted(
        found.plan, key=lambda row: row.expected_net_value.value / row.minutes, reverse=True
    )
    for contacts, worth in found.marginal:
        first = sum(row.expected_net_value.value for row in per_hour[:contacts])
        assert worth == pytest.approx(first, rel=0.01, abs=0.01)
