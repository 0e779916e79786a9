"""Where things stop: at a sign-up, at an exit, and on the last day, for every preset."""

from __future__ import annotations

import pytest

from tests.analytics.simulation.simulation_world import GONE, Business, one

END = "TIMESTAMPTZ '2026-06-29'"
ANSWERED = "strptime(answered, '%d.%m.%Y %H:%M')::TIMESTAMPTZ"
#: What customers do themselves, with its time: not what support or a carrier does.
DONE = {
    "usage": ("(SELECT * FROM clean_usage WHERE event <> 'delivery_late')", "occurred_at"),
    "tickets": (
        "(SELECT coalesce(kept_id, account_id) AS account_id, logged_at FROM tickets LEFT JOIN "
        "merged_accounts ON merged_id = account_id "
        "WHERE action <> 'solved' AND logged_at <> 'n/a')",
        "logged_at::TIMESTAMPTZ",
    ),
    "surveys": ("(SELECT * FROM surveys WHERE answered <> '00.00.0000 00:00')", ANSWERED),
}


@pytest.mark.parametrize("table", sorted(DONE))
def test_a_customer_does_nothing_before_sign_up_or_after_the_true_exit(
    business: Business, table: str
) -> None:
    rows, time = DONE[table]
    done, early, by_leavers, after = one(
        business.world,
        f"SELECT count(*), sum(({time} < signed_up_at)::INT), "
        f"sum((exit_at IS NOT NULL)::INT), sum((exit_at IS NOT NULL AND {time} > exit_at)::INT) "
        f"FROM {rows} JOIN truth ON customer_id = account_id",
    )
    assert done > 500
    assert by_leavers > 50
    assert (early, after) == (0, 0)


def test_nothing_is_dated_after_the_last_day(business: Business) -> None:
    times = [
        ("usage", "occurred_at"),
        ("usage", "received_at"),
        ("(SELECT * FROM tickets WHERE logged_at <> 'n/a')", "logged_at::TIMESTAMPTZ"),
        ("(SELECT * FROM surveys WHERE answered <> '00.00.0000 00:00')", ANSWERED),
        ("campaigns", "decided_at::TIMESTAMPTZ"),
        ("merged_accounts", "merged_on::TIMESTAMPTZ"),
        ("accounts", "closed_at::TIMESTAMPTZ"),
        ("accounts", "created_at::TIMESTAMPTZ"),
    ]
    if business.preset.billing is not None:
        times += [("invoices", "attempted_at"), ("plan_changes", "changed_at::TIMESTAMPTZ")]
    for table, time in times:
        dated, after = one(
            business.world, f"SELECT count({time}), sum(({time} >= {END})::INT) FROM {table}"
        )
        assert dated > 5, (table, time)
        assert after == 0, (table, time)


def test_activity_goes_on_to_the_last_day(business: Business) -> None:
    rows = business.world.execute(
        "SELECT occurred_at::DATE::VARCHAR, count(*) FROM clean_usage "
        "WHERE occurred_at >= TIMESTAMPTZ '2026-06-15' GROUP BY 1 ORDER BY 1"
    ).fetchall()
    assert rows[-1][0] == "2026-06-28"
    assert len(rows) == 14
    assert rows[-1][1] == pytest.approx(rows[6][1], rel=0.3)  # the Sunday before


def test_the_last_visit_of_the_truth_is_the_last_in_the_files(business: Business) -> None:
    visit = business.preset.words.visit
    compared, later = one(
        business.world,
        "SELECT count(*), sum((seen > last_visit_at)::INT) FROM truth JOIN (SELECT account_id, "
        f"max(occurred_at) AS seen FROM clean_usage WHERE event = '{visit}' "
        "AND received_at - occurred_at < INTERVAL 58 MINUTE GROUP BY 1) "
        "ON account_id = customer_id",
    )
    assert compared > 3000
    assert later == 0


def test_every_solved_or_reopened_ticket_was_opened_before(business: Business) -> None:
    followed, wrong = one(
        business.world,
        "SELECT count(*), sum((opened.logged_at IS NULL OR opened.logged_at > t.logged_at)::INT) "
        "FROM tickets t LEFT JOIN (SELECT ticket_id, logged_at FROM tickets "
        "WHERE action = 'opened' AND logged_at <> 'n/a') opened USING (ticket_id) "
        "WHERE t.action <> 'opened' AND t.logged_at <> 'n/a' AND ticket_id NOT IN "
        "(SELECT ticket_id FROM tickets WHERE logged_at = 'n/a')",
    )
    assert followed > 300
    assert wrong == 0


def test_money_is_never_negative_but_for_credits(business: Business) -> None:
    amounts, negative, broken = one(
        business.world,
        "SELECT count(amount), sum((amount <= 0)::INT), sum(isnan(amount)::INT) FROM usage",
    )
    if business.preset.purchase_rate:
        assert amounts > 500
        assert (negative, broken) == (0, 0)
    else:
        assert amounts == 0
    if business.preset.billing is None:
        return
    invoices, wrong, without = one(
        business.world,
        "SELECT count(*), sum((amount <= 0 AND (result <> 'paid' OR invoice_id NOT IN (SELECT "
        "invoice_id FROM invoices WHERE amount > 0 AND result = 'paid')))::INT), "
        "sum((amount IS NULL OR isnan(amount))::INT) FROM invoices",
    )
    assert invoices > 3000
    assert (wrong, without) == (0, 0)
    low, empty = one(
        business.world, "SELECT min(mrr::DOUBLE), sum((mrr IS NULL)::INT) FROM accounts"
    )
    assert low > 0
    assert empty == 0


def test_the_truth_has_no_number_that_is_none(business: Business) -> None:
    for table in ("truth", "states", "futures"):
        numbers = [
            name
            for name, kind, *_ in business.world.execute(f"DESCRIBE {table}").fetchall()
            if kind in {"DOUBLE", "FLOAT"}
        ]
        assert numbers
        for name in numbers:
            bad = f"SELECT sum(({name} IS NULL OR NOT isfinite({name}))::INT) FROM {table}"
            assert one(business.world, bad) == 0, (table, name)
    lowest = "SELECT min(frustration), min(weeks_at_risk) FROM states"
    assert one(business.world, lowest) == (0, 0)


def test_every_week_since_sign_up_is_in_the_truth_once(business: Business) -> None:
    customers, wrong = one(
        business.world,
        "SELECT count(*), sum((weeks <> 43 - first OR weeks <> distinct_weeks "
        "OR first <> greatest(0, date_diff('day', start::DATE, signed_up_at::DATE) // 7))::INT) "
        "FROM truth JOIN (SELECT customer_id, count(*) AS weeks, count(DISTINCT week) AS "
        "distinct_weeks, min(week) AS first FROM states GROUP BY 1) USING (customer_id)",
    )
    assert customers == 4000
    assert wrong == 0


def test_exits_fall_into_the_week_in_which_the_state_changes(business: Business) -> None:
    exits, wrong = one(
        business.world,
        "SELECT count(*), sum((week <> date_diff('day', start::DATE, exit_at::DATE) // 7)::INT) "
        f"FROM truth JOIN (SELECT customer_id, min(week) AS week FROM states WHERE state IN {GONE} "
        "GROUP BY 1) USING (customer_id) WHERE exit_at IS NOT NULL",
    )
    assert exits > 300
    assert wrong == 0
