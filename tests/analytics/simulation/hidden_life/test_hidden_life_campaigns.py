"""What campaigns led to, and would have led to: exact, and only where an action can work."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from analytics.simulation.hidden import Archetype, Driver
from analytics.simulation.hidden_life.campaigns import CONFOUNDED, RANDOMISED, contact
from analytics.simulation.hidden_life.population import draw_population
from analytics.simulation.hidden_life.states import first_weekly_state
from analytics.simulation.presets.campaign_settings import Campaigns, TriedAction
from analytics.simulation.presets.plan import SimulationPlan, Stream
from analytics.simulation.presets.preset import SAAS
from analytics.simulation.simulate import simulate
from tests.analytics.simulation.simulation_world import GONE, Business, one

#: One row a participant and action: whether gone at the horizon, and whether gone if left alone.
EFFECTS = f"""
(SELECT o.campaign, o.customer_id, o.action, o.assigned, archetype, o.state IN {GONE} AS gone,
        alone.state IN {GONE} AS gone_alone, o.state IS DISTINCT FROM alone.state
        OR o.exit_at IS DISTINCT FROM alone.exit_at AS differs
 FROM outcomes o JOIN truth USING (customer_id)
 JOIN outcomes alone ON alone.campaign = o.campaign AND alone.customer_id = o.customer_id
 AND alone.action = 'none')
"""


def noted(business: Business) -> dict[str, dict[str, int]]:
    """Return the campaigns of a simulation's note by name."""
    campaigns = business.report.as_dict()["campaigns"]
    assert [one["name"] for one in campaigns] == [RANDOMISED, CONFOUNDED]
    assert [one["randomised"] for one in campaigns] == [True, False]
    return {one["name"]: one for one in campaigns}


@pytest.mark.parametrize("name", [RANDOMISED, CONFOUNDED])
def test_the_outcome_of_the_arm_that_was_taken_is_the_life_that_was_lived(
    business: Business, name: str
) -> None:
    campaign = noted(business)[name]
    last_week = campaign["week"] + campaign["weeks"] - 1
    compared, differ, gone = one(
        business.world,
        f"SELECT count(*), sum((o.state <> s.state)::INT), sum((o.state IN {GONE})::INT) "
        "FROM outcomes o JOIN states s USING (customer_id) "
        f"WHERE assigned AND campaign = '{name}' AND s.week = {last_week}",
    )
    participants = one(business.world, f"SELECT count(*) FROM campaigns WHERE campaign = '{name}'")
    assert compared == participants > 100
    assert differ == 0
    assert gone > 10


def test_every_participant_has_one_outcome_an_arm_and_one_arm(business: Business) -> None:
    arms = len(business.preset.campaigns.arms)
    assert business.world.execute(
        "SELECT DISTINCT count(*), sum(assigned::INT), count(DISTINCT action) FROM outcomes "
        "GROUP BY campaign, customer_id"
    ).fetchall() == [(arms, 1, arms)]
    told = (
        "SELECT count(*) FROM outcomes o JOIN campaigns c ON c.campaign = o.campaign "
        "AND account_id = customer_id WHERE assigned AND o.action {} c.action"
    )
    assert one(business.world, told.format("=")) == business.report.rows["campaigns.csv"]
    assert one(business.world, told.format("<>")) == 0


def test_propensities_are_the_shares_of_the_arms(business: Business) -> None:
    settings = business.preset.campaigns
    rows = business.world.execute(
        "SELECT action, arm, count(*), count(*) / sum(count(*)) OVER (), "
        "min(probability::DOUBLE), max(probability::DOUBLE) FROM campaigns "
        f"WHERE campaign = '{RANDOMISED}' GROUP BY ALL"
    ).fetchall()
    assert {row[0] for row in rows} == set(settings.arms)
    total = sum(row[2] for row in rows)
    assert sum(row[4] for row in rows) == pytest.approx(1.0)
    for action, arm, _, share, low, high in rows:
        assert arm == ("holdout" if action == "none" else "treatment")
        assert low == high
        assert share == pytest.approx(low, abs=4 * np.sqrt(low * (1 - low) / total))
    assert next(row[4] for row in rows if row[0] == "none") == settings.holdout_share == 0.2


def test_nobody_drew_lots_for_the_rescue_calls(business: Business) -> None:
    action = business.preset.campaigns.actions[-1]
    calls, same, with_chance, cost = one(
        business.world,
        f"SELECT count(*), sum((action = '{action.name}' AND arm = 'treatment')::INT), "
        f"count(probability), max(cost::DOUBLE) FROM campaigns WHERE campaign = '{CONFOUNDED}'",
    )
    assert same == calls > 100
    assert with_chance == 0
    assert cost == action.cost
    both = "SELECT count(*) FROM (SELECT account_id FROM campaigns GROUP BY 1 HAVING count(*) > 1)"
    assert one(business.world, both) == 0


def test_no_action_moves_the_sure_or_the_lost(business: Business) -> None:
    unmoved, differ, gone = one(
        business.world,
        f"SELECT count(*), sum(differs::INT), sum(gone::INT) FROM {EFFECTS} "
        "WHERE archetype IN ('sure', 'lost') AND action <> 'none'",
    )
    assert unmoved > 1000
    assert gone > 100
    assert differ == 0


def test_fewer_persuadable_customers_leave_and_more_of_those_to_leave_alone(
    business: Business,
) -> None:
    change = dict(
        business.world.execute(
            f"SELECT archetype, sum(gone::INT - gone_alone::INT) FROM {EFFECTS} GROUP BY 1"
        ).fetchall()
    )
    assert change["persuadable"] <= -10
    assert change["do_not_disturb"] >= 5


def test_an_action_helps_only_those_whose_cause_it_answers(business: Business) -> None:
    week = noted(business)[RANDOMISED]["week"] - 1
    helped, tried = 0, 0
    for action in business.preset.campaigns.actions:
        answered = [driver.name.lower() for driver, _ in action.answers] + ["none"]
        rows = business.world.execute(
            f"SELECT driver IN {tuple(answered)}, count(*), sum(e.differs::INT), "
            f"sum(gone_alone::INT - gone::INT) FROM {EFFECTS} e JOIN states USING (customer_id) "
            f"WHERE campaign = '{RANDOMISED}' AND week = {week} AND action = '{action.name}' "
            "AND archetype = 'persuadable' GROUP BY 1"
        ).fetchall()
        found = {answers: numbers for answers, *numbers in rows}
        tried += found[False][0]
        assert found[False][1] == 0
        helped += found[True][2]
    assert tried > 50
    assert helped >= 5


def test_the_riskiest_archetype_is_not_the_one_that_contact_keeps(business: Business) -> None:
    risk = dict(
        business.world.execute(
            "SELECT archetype, avg(left_share) FROM futures JOIN truth USING (customer_id) "
            "WHERE action = 'none' GROUP BY 1"
        ).fetchall()
    )
    lost, others = one(
        business.world,
        "SELECT avg(left_share) FILTER (archetype = 'lost'), avg(left_share) FILTER "
        "(archetype <> 'lost') FROM futures JOIN truth USING (customer_id) WHERE action = 'none'",
    )
    gain = dict(
        business.world.execute(
            "SELECT archetype, avg(alone.left_share - f.left_share) FROM futures f "
            "JOIN truth USING (customer_id) JOIN futures alone USING (customer_id) "
            "WHERE alone.action = 'none' AND f.action <> 'none' GROUP BY 1"
        ).fetchall()
    )
    assert gain["lost"] == gain["sure"] == 0
    assert gain["persuadable"] > 0.01 > 0 > gain["do_not_disturb"]
    assert lost > 1.1 * others
    gains = [gain[archetype] for archetype in sorted(risk, key=risk.__getitem__)]
    assert gains not in (sorted(gains), sorted(gains, reverse=True))


def test_the_rescue_calls_look_harmful_though_they_are_not(business: Business) -> None:
    """The calls go to those who look worst, of whom many had gone before anybody noticed."""
    campaign = noted(business)[CONFOUNDED]
    action = business.preset.campaigns.actions[-1].name
    last = campaign["week"] + campaign["weeks"] - 1
    effect = one(
        business.world,
        f"SELECT avg(gone::INT - gone_alone::INT) FROM {EFFECTS} "
        f"WHERE campaign = '{CONFOUNDED}' AND action = '{action}'",
    )
    contacted, others = one(
        business.world,
        f"SELECT avg((later.state IN {GONE})::INT) FILTER (account_id IS NOT NULL), "
        f"avg((later.state IN {GONE})::INT) FILTER (account_id IS NULL) FROM states before "
        "JOIN states later USING (customer_id) LEFT JOIN (SELECT account_id FROM campaigns "
        f"WHERE campaign = '{CONFOUNDED}') ON account_id = customer_id "
        f"WHERE before.week = {campaign['week'] - 1} AND later.week = {last} "
        "AND before.state NOT IN ('left_vocally', 'closed_unpaid')",
    )
    assert abs(effect) < 0.05
    assert contacted - others > effect + 0.15


def test_a_contact_pushes_by_answer_and_archetype() -> None:
    plan = SimulationPlan(SAAS, 400, 140, 2, date(2026, 3, 1))
    chunk = next(plan.chunks())
    people = draw_population(plan, chunk, chunk.rng(Stream.TRAITS))
    now = first_weekly_state(people, chunk.rng(Stream.LIFE))
    now.driver = np.arange(people.size) % len(Driver)
    now.frustration = np.ones(people.size)
    action = TriedAction("mend", ((Driver.TROUBLE, 0.8),), 1.0, intrusive=0.5, relief=0.6)
    contact(now, people, SAAS, np.arange(0, people.size, 2), action)
    settings = SAAS.campaigns
    for archetype, driver, push, frustration in (
        (Archetype.PERSUADABLE, Driver.TROUBLE, -0.8 * settings.strength, 0.4),
        (Archetype.PERSUADABLE, Driver.NONE, -0.3 * 0.8 * settings.strength, 0.4),
        (Archetype.PERSUADABLE, Driver.PRICE, 0.0, 1.0),
        (Archetype.DO_NOT_DISTURB, Driver.FIT, 0.5 * settings.disturbance, 1.0),
        (Archetype.SURE, Driver.TROUBLE, 0.0, 1.0),
        (Archetype.LOST, Driver.TROUBLE, 0.0, 1.0),
    ):
        them = (people.archetype == archetype) & (now.driver == driver)
        them[1::2] = False
        assert them.any(), (archetype, driver)
        assert now.push[them] == pytest.approx(push)
        assert now.frustration[them] == pytest.approx(frustration)
    assert not now.push[1::2].any()


def test_a_business_without_campaigns_writes_none(tmp_path: Path) -> None:
    quiet = replace(SAAS, campaigns=Campaigns())
    report = simulate(SimulationPlan(quiet, 60, 120, 1, date(2026, 3, 1)), tmp_path / "quiet")
    assert "campaigns.csv" not in report.rows
    assert report.as_dict()["campaigns"] == []
    assert not (report.truth / "outcomes.parquet").exists()
    assert (report.truth / "futures.parquet").is_file()
