"""Tiers, reasons, the customers table and the histories of a small run."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from analytics.domain.customer.risk_tier import RiskTier
from analytics.domain.customer.tier_cuts import TierCuts
from analytics.domain.profiles.profile_file import load_profile
from analytics.domain.run_tables import CUSTOMERS
from analytics.domain.tables.history_tables import CustomerReason, PastPortfolio, PastRisk
from analytics.features.outcomes.labels import Outcome
from analytics.features.prepared import day_number
from analytics.features.record import Feature
from analytics.features.registry import FEATURE_NAMES, FEATURES
from analytics.features.rhythm import Rhythm
from analytics.modelling.judging import Backtest
from analytics.modelling.observing.observations import Snapshot
from analytics.modelling.tier_levels import levels_of
from analytics.scoring.customer_table import customer_table
from analytics.scoring.customer_value.value import Value
from analytics.scoring.explanations.explained import Explained
from analytics.scoring.explanations.reasons import NO_REASON, REASON_COLUMNS
from analytics.scoring.explanations.sentences import BUILT_IN
from analytics.scoring.frustration.frustration_index import frustration_of
from analytics.scoring.history import portfolio_history, risk_history
from analytics.scoring.risk_tiers.tiers import tiers_of
from analytics.scoring.scores import TieredScores
from tests.analytics.modelling.model_world import feature_table

TODAY = date(2025, 6, 25)
SAAS = load_profile("saas")
PEOPLE = 8
NAN = float("nan")
#: Two scored high, one medium, one low; one ended, one lapsed, two too new.
RISK = np.array([0.9, 0.3, 0.15, 0.02, NAN, NAN, NAN, NAN])
ELIGIBLE = np.isfinite(RISK)


def snapshot(on: date = TODAY, known: np.ndarray | None = None) -> Snapshot:
    features = feature_table(PEOPLE, np.random.default_rng(1)).abs()
    silent = np.array([20.0, 13, 14, 0, 3, 200, NAN, 1])
    features["days_since_last_activity"] = silent
    features["contacts_90d"] = [0.0, 2, 0, 0, 0, 0, 0, 0]
    lapsed = np.array([False] * 5 + [True] + [False] * 2)
    rhythm = Rhythm(np.full(PEOPLE, 28.0), ELIGIBLE | lapsed, silent, lapsed)
    outcome = np.full(PEOPLE, Outcome.CENSORED, np.int8) if known is None else known
    ended = np.arange(PEOPLE) == 4
    return Snapshot(
        on,
        features,
        rhythm,
        ended,
        ELIGIBLE,
        outcome,
        np.full(PEOPLE, day_number(on) + 35.0),
        np.empty((PEOPLE, 0)),
    )


def scores(
    on: date = TODAY, known: np.ndarray | None = None, risk: np.ndarray = RISK
) -> TieredScores:
    seen = snapshot(on, known)
    level = levels_of(risk, np.zeros(len(risk)), TierCuts.usual(0.05))
    return TieredScores(seen, risk, frustration_of(seen.features), tiers_of(seen, level))


VALUE = Value(
    np.full(PEOPLE, 10.0),
    np.arange(1.0, PEOPLE + 1) * 100,
    np.full(PEOPLE, 50.0),
    np.full(PEOPLE, "subscription"),
    np.where(np.arange(PEOPLE) == 1, 40.0, 0.0),
)


def people() -> pd.DataFrame:
    frame = pd.DataFrame({"customer_id": [f"c{key}" for key in range(PEOPLE)]})
    frame["name"] = ["Ann", *[None] * (PEOPLE - 1)]
    for column in ("segment", "plan", "region", "channel", "end_reason"):
        frame[column] = None
    frame["signed_up_at"] = pd.Timestamp("2024-01-01", tz="UTC")
    frame["ended_at"] = pd.to_datetime([None] * PEOPLE, utc=True)
    frame.loc[4, "ended_at"] = pd.Timestamp("2025-06-01", tz="UTC")
    frame.loc[3, "ended_at"] = pd.Timestamp("2025-08-01", tz="UTC")
    frame["last_activity_at"] = pd.Timestamp("2025-06-20 10:13", tz="UTC")
    return frame


def explained(*rows: tuple[int, int, str, str]) -> Explained:
    """Reasons of the kind risk: customer, rank, theme, text; tickets are a cause."""
    columns = ["customer_key", "rank", "theme", "text"]
    frame = pd.DataFrame(rows, columns=columns).assign(kind="risk", points=5.0)
    return Explained(frame.assign(is_cause=frame["theme"] == "voice"))


def table(before: TieredScores | None = None) -> pd.DataFrame:
    return customer_table(
        people(),
        scores(),
        before,
        VALUE,
        explained(
            (0, 1, "recency", "No activity."), (0, 2, "voice", "A ticket."), (1, 1, "t", "x")
        ),
        risk_interval=(RISK * 0.5, np.minimum(RISK * 1.5, 1.0)),
        cuts=TierCuts.usual(0.05),
        unusual=np.zeros(PEOPLE, bool),
        profile=SAAS,
    )


# Tiers


def test_a_tier_comes_from_the_risk_or_from_why_there_is_none() -> None:
    assert list(tiers_of(snapshot(), levels_of(RISK, np.zeros(PEOPLE), TierCuts.usual(0.05)))) == [
        "critical",
        "high",
        "medium",
        "low",
        "ended",
        "lapsed",
        "insufficient_cadence",
        "insufficient_cadence",
    ]


def test_tiers_rise_with_the_base_rate() -> None:
    """Where half of all leave, a risk of 0.3 is low: less than usual."""
    assert list(tiers_of(snapshot(), levels_of(RISK, np.zeros(PEOPLE), TierCuts.usual(0.5))))[
        :4
    ] == ["critical", "low", "low", "low"]


def test_an_end_on_record_comes_before_every_other_tier() -> None:
    seen = replace(snapshot(), ended=np.ones(PEOPLE, bool))
    assert set(tiers_of(seen, np.zeros(PEOPLE, np.int64))) == {RiskTier.ENDED.value}


# Sentences


@pytest.mark.parametrize("feature", FEATURES, ids=FEATURE_NAMES)
def test_every_feature_makes_a_sentence_of_every_value(feature: Feature) -> None:
    for value in (0.0, 1.0, 1234.5, -3.25, NAN, float("inf")):
        said = BUILT_IN.say(feature.name, value, dict.fromkeys(FEATURE_NAMES, value))
        assert re.fullmatch(r"[^{}]+\.", said)
        assert not re.search(r"\b(nan|inf)\b", said)


def test_a_silence_of_no_days_is_activity() -> None:
    today = {"days_since_last_activity": 0.0, "mean_gap_days": 3.0, "active_days_ever": 9.0}
    for name in ("days_since_last_activity", "silence_over_usual_gap", "gaps_survived_share"):
        assert BUILT_IN.say(name, 0.0, today) == "Active today."
    said = BUILT_IN.say("active_days_28d", 0.0, {"activity_ratio_28d": 0.0})
    assert said == "Not active in the last 28 days."
    yesterday = today | {"days_since_last_activity": 1.0}
    assert BUILT_IN.say("days_since_last_activity", 1.0, yesterday) == (
        "No activity for 1 day; the usual gap is 3."
    )


def test_no_usual_gap_is_told_of_one_with_a_single_active_day() -> None:
    """ "The usual gap is 89" was said of customers who had come once."""
    once = {"days_since_last_activity": 41.0, "mean_gap_days": 89.0, "active_days_ever": 1.0}
    for name, value in (("days_since_last_activity", 41.0), ("silence_over_usual_gap", 0.5)):
        assert BUILT_IN.say(name, value, once) == "No activity for 41 days."
        assert "active_days_ever" in BUILT_IN.asked(name)
        assert "usual gap" in BUILT_IN.say(name, value, once | {"active_days_ever": 2.0})


# The customers table


def test_the_table_has_every_column_but_those_of_actions_and_segments() -> None:
    actions = {
        "recommended_action",
        "action_label",
        "action_cost",
        "action_minutes",
        "expected_net_value",
        "expected_net_value_low",
        "expected_net_value_high",
        "break_even_save_rate",
        "avoidable_loss",
        "holdout",
    }
    segments = {
        "tier_held",
        "customer_state",
        "state_since",
        "state_reason",
        "usual_active_days_28d",
        "expected_active_days_28d",
        "named_segment",
        "rfm",
        "rfm_group",
        "behaviour_cluster",
    }
    assert set(table().columns) == set(CUSTOMERS.column_names) - actions - segments


def test_revenue_at_risk_is_risk_times_stake_and_zero_without_a_score() -> None:
    found = table()
    stake = VALUE.if_stays - 50
    assert found["revenue_at_risk"][:4].tolist() == pytest.approx((RISK * stake)[:4].tolist())
    assert found["revenue_at_risk"][4:].tolist() == [0.0] * 4
    assert found["churn_risk"][4:].isna().all()
    assert (found["revenue_at_risk_low"] <= found["revenue_at_risk"]).all()
    assert (found["revenue_at_risk"] <= found["revenue_at_risk_high"]).all()
    variance = RISK[1] * (1 - RISK[1])
    of_value = RISK[1] * 40.0**2  # who leaves takes a value along that is told up to 40 only
    assert found.loc[1, "revenue_variance"] == pytest.approx(variance * stake[1] ** 2 + of_value)
    assert found.loc[0, "revenue_variance"] == pytest.approx(
        RISK[0] * (1 - RISK[0]) * stake[0] ** 2
    )
    assert found.loc[1, "revenue_shock"] == pytest.approx(variance * stake[1])


def test_not_sure_is_said_of_wide_intervals_and_never_without_a_score() -> None:
    cuts = TierCuts.usual(0.05)
    assert table()["risk_is_unsure"].tolist() == [
        cuts.is_unsure(0.45, 1.0),
        cuts.is_unsure(0.15, 0.45),
        cuts.is_unsure(0.075, 0.225),
        cuts.is_unsure(0.01, 0.03),
        *[False] * 4,
    ]


def test_texts_are_never_missing_and_a_nameless_customer_is_called_by_id() -> None:
    found = table()
    assert found["name"].tolist()[:2] == ["Ann", "c1"]
    assert (found[["segment", "plan", "region", "channel"]] == "").all(axis=None)


def test_an_end_that_lies_ahead_is_not_known_yet() -> None:
    ended = table()["ended_at"]
    assert ended[4] == pd.Timestamp("2025-06-01", tz="UTC")
    assert ended.isna().sum() == PEOPLE - 1


def test_early_warning_is_for_those_seen_within_the_profiles_days() -> None:
    assert SAAS.early_warning_days == 14
    assert table()["recently_active"].tolist() == [
        False, True, False, True, True, False, False, True
    ]  # fmt: skip


def test_frustration_is_suppressed_only_in_one_who_does_not_speak() -> None:
    found = table()
    expected = (found["frustration_index"] >= 40) & (found["contacts_90d"] == 0)
    expected &= found["ended_at"].isna()
    assert 0 < expected.sum() < len(expected)
    assert found["suppressed_frustration"].tolist() == expected.tolist()


def test_reasons_stand_in_their_columns_and_a_scored_customer_has_one_at_least() -> None:
    found = table()
    assert found.loc[0, ["reason_1", "reason_2", "reason_3"]].tolist() == [
        "No activity.",
        "A ticket.",
        "",
    ]
    assert found.loc[0, "reason_theme"] == "recency"
    assert found.loc[0, "likely_cause"] == "voice"
    assert found.loc[1, "likely_cause"] == ""
    assert found.loc[2, "reason_1"] == NO_REASON
    assert found.loc[5, "reason_1"] == ""


def test_the_former_tier_is_that_of_the_former_date() -> None:
    then = scores(TODAY - timedelta(days=28), risk=np.where(ELIGIBLE, 0.02, NAN))
    found = table(then)
    assert found["churn_risk_28d_ago"].tolist()[:4] == [0.02] * 4
    assert found["previous_risk_tier"].tolist()[:5] == ["low"] * 4 + ["ended"]
    first = table(None)
    assert first["churn_risk_28d_ago"].isna().all()
    assert (first["previous_risk_tier"] == "").all()


def test_reasons_and_histories_have_the_columns_of_their_run_tables() -> None:
    assert set(CustomerReason.table.column_names) == {"customer_id", *REASON_COLUMNS}


# Histories


def test_the_risk_history_has_one_row_a_customer_and_date() -> None:
    ids = people()["customer_id"].to_numpy()
    dates = [TODAY, TODAY - timedelta(days=28)]
    found = risk_history([scores(one) for one in dates], ids)
    assert tuple(found.columns) == PastRisk.table.column_names
    assert len(found) == 2 * PEOPLE
    assert not found.duplicated(["customer_id", "observation_date"]).any()


def test_the_portfolio_history_adds_up_and_shows_churn_once_it_is_known() -> None:
    known = np.array([1, 0, 0, 2, -1, -1, -1, -1], np.int8)
    most_open = np.array([1, 0, -1, -1, -1, -1, -1, -1], np.int8)
    days = [TODAY - timedelta(days=28 * back) for back in range(3)]
    history = [scores(days[0]), scores(days[1], most_open), scores(days[2], known)]
    predictions = pd.DataFrame({"day": [day_number(days[2])] * 2, "recency": [0.2, 0.4]})
    tested = Backtest(predictions, pd.DataFrame(), "recency", "")
    found = portfolio_history(history, [VALUE] * 3, tested)
    assert tuple(found.columns) == PastPortfolio.table.column_names
    assert found["observation_date"].tolist() == days[::-1]
    assert found["silent_churn_share"].tolist() == pytest.approx([1 / 4, NAN, NAN], nan_ok=True)
    assert found["predicted_share"].tolist() == pytest.approx([0.3, NAN, NAN], nan_ok=True)
    last = found.iloc[-1]
    assert (last["customers"], last["eligible"], last["at_risk"]) == (8, 4, 2)
    assert last["expected_silent"] == pytest.approx(np.nansum(RISK))
    assert last["revenue_at_risk"] == pytest.approx(table()["revenue_at_risk"].sum())
