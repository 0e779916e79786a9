"""The simulated business against what is known of real ones, and against its own rules."""

from __future__ import annotations

import pytest

from tests.analytics.simulation.simulation_world import Connection, one


def test_three_of_four_customers_are_still_there_after_a_year(world: Connection) -> None:
    retention, customers = one(
        world,
        "SELECT avg((exit_at IS NULL OR exit_at > start::TIMESTAMPTZ + INTERVAL 364 DAY)::INT), "
        "count(*) FROM truth WHERE signed_up_at < start::TIMESTAMPTZ",
    )
    assert customers > 2000
    assert retention == pytest.approx(0.75, abs=0.06)


def test_most_exits_are_silent_and_all_causes_occur(world: Connection) -> None:
    shares = dict(
        world.execute(
            "SELECT final_state, count(*) / sum(count(*)) OVER () FROM truth "
            "WHERE exit_at IS NOT NULL GROUP BY 1"
        ).fetchall()
    )
    assert 0.5 <= shares["gone_silently"] <= 0.7
    assert shares["left_vocally"] > 0.15
    assert 0.01 < shares["closed_unpaid"] < 0.1


def test_nobody_ever_comes_back_from_an_exit(world: Connection) -> None:
    exits, returns = one(
        world,
        "SELECT sum((was IN ('gone_silently', 'left_vocally', 'closed_unpaid'))::INT), "
        "sum((was IN ('gone_silently', 'left_vocally', 'closed_unpaid') AND state <> was)::INT) "
        "FROM (SELECT state, lag(state) OVER (PARTITION BY customer_id ORDER BY week) AS was "
        "FROM states)",
    )
    assert exits > 5000
    assert returns == 0


def test_customers_do_recover_from_being_at_risk(world: Connection) -> None:
    recoveries = one(
        world,
        "SELECT count(*) FROM (SELECT state, lag(state) OVER (PARTITION BY customer_id "
        "ORDER BY week) AS was FROM states) WHERE was = 'at_risk' AND state = 'engaged'",
    )
    assert recoveries > 200


@pytest.mark.parametrize(
    ("table", "time", "customer"),
    [
        ("clean_usage", "occurred_at", "account_id"),
        ("(SELECT * FROM tickets WHERE action <> 'solved' AND logged_at <> 'n/a')",
         "logged_at::TIMESTAMPTZ", "account_id"),
        ("(SELECT * FROM surveys WHERE answered <> '00.00.0000 00:00')",
         "strptime(answered, '%d.%m.%Y %H:%M')::TIMESTAMPTZ", "account_id"),
    ],
)  # fmt: skip
def test_a_customer_does_nothing_after_the_true_exit(
    world: Connection, table: str, time: str, customer: str
) -> None:
    before, after = one(
        world,
        f"SELECT sum(({time} <= exit_at)::INT), sum(({time} > exit_at)::INT) FROM {table} "
        f"JOIN truth ON customer_id = {customer} WHERE exit_at IS NOT NULL",
    )
    assert before > 100
    assert after == 0


def test_nobody_is_active_before_sign_up(world: Connection) -> None:
    assert one(
        world,
        "SELECT count(*) FROM clean_usage JOIN truth ON customer_id = account_id "
        "WHERE occurred_at < signed_up_at",
    ) == 0  # fmt: skip


def test_under_fifteen_percent_of_office_work_falls_on_the_weekend(world: Connection) -> None:
    weekend = one(world, "SELECT avg((isodow(occurred_at) >= 6)::INT) FROM clean_usage")
    assert 0.05 < weekend < 0.15


def test_activity_fades_from_state_to_state(world: Connection) -> None:
    days = dict(
        world.execute(
            "WITH weekly AS (SELECT account_id, date_diff('day', (SELECT min(start)::DATE "
            "FROM truth), occurred_at::DATE) // 7 AS week, "
            "count(DISTINCT occurred_at::DATE) AS active FROM clean_usage GROUP BY ALL) "
            "SELECT state, avg(coalesce(active, 0)) FROM states LEFT JOIN weekly "
            "ON account_id = customer_id AND weekly.week = states.week GROUP BY 1"
        ).fetchall()
    )
    assert days["engaged"] > 1.4 * days["at_risk"] > 2 * days["dormant"] > 0
    assert days["gone_silently"] < 0.05


def test_rates_differ_between_customers_and_lean_against_frailty(world: Connection) -> None:
    spread, lean = one(world, "SELECT stddev(rate) / avg(rate), corr(ln(rate), frailty) FROM truth")
    assert 0.6 < spread < 0.9
    assert -0.4 < lean < -0.15


def test_there_are_frustrated_customers_who_never_speak(world: Connection) -> None:
    frustrated, silent = one(
        world,
        "SELECT sum((worst >= 1.5)::INT), sum((worst >= 1.5 AND account_id IS NULL)::INT) FROM "
        "(SELECT customer_id, max(frustration) AS worst FROM states GROUP BY 1) "
        "LEFT JOIN (SELECT DISTINCT account_id FROM tickets) ON account_id = customer_id",
    )
    assert frustrated > 800
    assert 0.15 < silent / frustrated < 0.6


def test_frustration_raises_the_rate_of_drifting_away(world: Connection) -> None:
    calm, frustrated = one(
        world,
        "SELECT avg((then_state = 'at_risk')::INT) FILTER (frustration < 0.2), "
        "avg((then_state = 'at_risk')::INT) FILTER (frustration > 1.5) FROM "
        "(SELECT state, frustration, lead(state) OVER (PARTITION BY customer_id ORDER BY week) "
        "AS then_state FROM states) WHERE state = 'engaged' AND then_state IS NOT NULL",
    )
    assert frustrated > 4 * calm


def test_friction_in_the_records_follows_latent_frustration(world: Connection) -> None:
    correlation = one(
        world,
        "WITH met AS (SELECT account_id, count(*) AS friction FROM clean_usage, "
        "(SELECT max(start)::TIMESTAMPTZ + INTERVAL 280 DAY AS until FROM truth) "
        "WHERE event IN ('error_shown', 'slow_page', 'rage_click') "
        "AND occurred_at BETWEEN until - INTERVAL 35 DAY AND until GROUP BY 1) "
        "SELECT corr(frustration, ln(1 + coalesce(friction, 0))) FROM states "
        "LEFT JOIN met ON account_id = customer_id WHERE week = 39 AND state = 'engaged'",
    )
    assert correlation > 0.6


def test_low_survey_scores_come_from_frustration(world: Connection) -> None:
    low, high = one(
        world,
        "SELECT avg(frustration) FILTER (score::INT <= 3), "
        "avg(frustration) FILTER (score::INT = 5) "
        "FROM surveys JOIN truth ON customer_id = account_id JOIN states USING (customer_id) "
        "WHERE answered <> '00.00.0000 00:00' AND week = date_diff('day', start::DATE, "
        "strptime(answered, '%d.%m.%Y %H:%M')::DATE) // 7",
    )
    assert low > 2 * high


def test_pauses_and_rests_look_like_churn_and_are_not(world: Connection) -> None:
    paused, seasonal = one(
        world,
        "SELECT (SELECT count(*) FROM plan_changes WHERE change = 'paused'), "
        "(SELECT count(*) FROM truth WHERE seasonal AND exit_at IS NULL)",
    )
    assert paused > 20
    assert seasonal > 20
