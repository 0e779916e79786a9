from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analytics.domain.numbers.measures import MEASURES, Interval
from analytics.domain.run_tables import RUN_ROWS
from analytics.domain.tables.evidence_tables import (
    EVIDENCE_ROWS,
    LadderStep,
    LeakageCheck,
    PlainRule,
)
from analytics.domain.tables.flag_tables import AlertLeadTime, CapacityPoint, PastMonth
from analytics.domain.tables.frustration_tables import FRUSTRATION_ROWS
from analytics.domain.tables.value_tables import PastRevenue
from analytics.services.analytics_service import AnalyticsService
from analytics.services.evidence.evidence_results import EvidenceResult
from analytics.services.evidence.frustration_evidence import FrustrationEvidence
from analytics.services.evidence.lost_customers import PastLosses
from tests.webapp.component_text import ids_of, links_of, of_class, parts_of, text_of
from tests.webapp.pages.evidence.evidence_page import render_evidence, with_rows
from webapp.pages.evidence.layout import layout
from webapp.pages.evidence.models.capacity_view import capacity_words
from webapp.pages.evidence.models.comparison_view import comparison_view
from webapp.pages.evidence.models.gates_view import gates_words
from webapp.pages.evidence.models.ladder_view import ladder_words
from webapp.pages.evidence.models.rules_view import rules_words
from webapp.pages.evidence.models.slices_view import slices_words
from webapp.pages.evidence.past_dates.lead_time_view import lead_time_words
from webapp.pages.evidence.past_dates.past_losses_view import past_losses_words
from webapp.pages.evidence.past_dates.past_months_view import past_months_words
from webapp.pages.evidence.past_dates.past_revenue_view import bias_words, past_revenue_words
from webapp.pages.evidence.past_dates.said_seen_view import drift_words
from webapp.pages.evidence.sections import FRUSTRATION, JUDGED, SECTIONS, TESTED
from webapp.pages.evidence.verdict_view import NO_PREDICTION
from webapp.pages.evidence.wording import gain

PARTS = [one.name for one in (*TESTED, *JUDGED, *FRUSTRATION)]


@pytest.fixture(scope="module")
def evidence(web_service: AnalyticsService) -> EvidenceResult:
    return web_service.evidence()


@pytest.fixture(scope="module")
def bare(evidence: EvidenceResult) -> EvidenceResult:
    """What a run of a former version gives: none of the tables that it did not keep."""
    return replace(
        evidence,
        scores=(),
        by_date=(),
        calibration=(),
        trend=(),
        rows={},
        losses=PastLosses(0, 0, 0, 0.0, ()),
        frustration=FrustrationEvidence(),
    )


def test_the_verdict_says_what_is_predicted_as_of_when_and_how_it_was_tested(
    evidence: EvidenceResult,
) -> None:
    shown = text_of(render_evidence(evidence)["verdict"])
    assert evidence.stamp.verdict in shown
    assert "no meaningful activity" in shown
    assert "31 Mar 2026" in shown
    assert f"{len(evidence.by_date)} test dates" in shown
    assert NO_PREDICTION not in shown


def test_the_tiers_of_past_dates_stand_beside_where_they_begin_today(
    evidence: EvidenceResult,
) -> None:
    rule = evidence.stamp.tiers
    assert rule is not None
    high, critical = rule.records[1], replace(rule.records[0], silent=1)
    told = "On past dates critical customers left no more often than high ones."
    assert told not in text_of(render_evidence(evidence)["months"])
    stamp = replace(evidence.stamp, tiers=replace(rule, records=(critical, high)))
    shown = text_of(render_evidence(replace(evidence, stamp=stamp))["months"])
    assert "Begins today at" in shown
    assert told in shown


def test_alert_precision_stands_in_the_verdict_where_the_run_kept_it(
    evidence: EvidenceResult,
) -> None:
    known = replace(evidence.stamp, alert_words="Of 200 flagged, 62 went silent (31%, …)")
    shown = text_of(render_evidence(replace(evidence, stamp=known))["verdict"])
    assert "How often a flag was right Of 200 flagged, 62 went silent (31%, …)." in shown
    without = replace(evidence.stamp, alert_words="")
    shown = text_of(render_evidence(replace(evidence, stamp=without))["verdict"])
    assert "How often a flag was right" not in shown


def test_data_that_cannot_support_a_prediction_are_said_so_first(
    evidence: EvidenceResult,
) -> None:
    claim = replace(evidence.claim, supported=False, no_prediction_reason="Outcomes are noise.")
    shown = text_of(render_evidence(replace(evidence, claim=claim))["verdict"])
    assert shown.startswith(NO_PREDICTION)
    assert "Outcomes are noise." in shown


@pytest.mark.parametrize("part", PARTS)
def test_each_part_says_what_it_found_before_it_draws(evidence: EvidenceResult, part: str) -> None:
    shown = render_evidence(evidence)[part]
    assert of_class(shown[0], "finding"), part
    kinds = [type(one).__name__ for one in parts_of(shown)]
    assert "Graph" in kinds or "Table" in kinds or "Ul" in kinds


@pytest.mark.parametrize("part", PARTS)
def test_every_chart_has_a_table_twin_and_titles_on_both_axes(
    evidence: EvidenceResult, part: str
) -> None:
    shown = render_evidence(evidence)[part]
    graphs = [one for one in parts_of(shown) if type(one).__name__ == "Graph"]
    assert len(of_class(shown, "twin")) == len(graphs)
    for graph in graphs:
        layout_of = graph.figure["layout"]
        named = layout_of["yaxis"].get("type") == "category" or "title" in layout_of["yaxis"]
        assert layout_of["xaxis"]["title"]["text"]
        assert named


@pytest.mark.parametrize("part", PARTS)
def test_a_run_without_a_table_says_so_in_its_place(bare: EvidenceResult, part: str) -> None:
    shown = render_evidence(bare)[part]
    assert of_class(shown, "nothing"), part
    assert not of_class(shown, "finding")


def test_every_evidence_table_is_shown_by_a_part() -> None:
    """Nothing is measured, kept and checked for nobody to see."""
    shown = {row for one in SECTIONS for row in one.reads}
    assert {*EVIDENCE_ROWS, *FRUSTRATION_ROWS} <= shown
    assert shown <= set(RUN_ROWS)


def test_money_said_and_lost_is_told_with_its_bias_and_how_often_the_interval_held(
    evidence: EvidenceResult,
) -> None:
    dates = [one for one in evidence.of(PastRevenue) if one.kind == "all"]
    assert past_revenue_words(dates, "EUR") == (
        "On 5 past dates we predicted that €60.0k would be lost; value of €62.0k was: we "
        "predicted 3.2% too little. The 80% interval held it on 4 of 5."
    )
    shown = text_of(render_evidence(evidence)["revenue"])
    assert "assumed" in shown
    assert shown.index("Critical") < shown.index("Low") < shown.index("Large")
    assert "(80%; 80% would be right)" in shown


def test_bias_is_said_in_words_on_either_side() -> None:
    assert bias_words(110.0, 100.0) == "we predicted 10% too much"
    assert bias_words(90.0, 100.0) == "we predicted 10% too little"
    assert bias_words(100.2, 100.0) == "what was predicted"
    assert bias_words(5.0, 0.0) == "all of it too much"


def test_models_stand_beside_their_baselines(evidence: EvidenceResult) -> None:
    ladder = text_of(render_evidence(evidence)["ladder"])
    models = [one for one in evidence.scores if one.slice in ("all", "recently_active")]
    assert len({score.model for score in models}) > 1
    assert all(score.label in ladder for score in models)
    assert ladder.count("shown") == 2


def test_the_winner_is_named_with_its_gain_and_what_it_beat(evidence: EvidenceResult) -> None:
    said = "".join(ladder_words(evidence))
    assert said.startswith("Random Forest is in use.")
    assert "Logistic Regression: AUC +0.020, 95% interval +0.008 to +0.032" in said
    assert "The one larger model, Gradient Boosting, did not beat it, so it stays." in said
    assert "80% of pairs (95% interval 77% to 83%); days of silence alone in 68%" in said


def test_larger_models_are_counted_and_told_apart_whatever_their_names_hold(
    evidence: EvidenceResult,
) -> None:
    """Names hold commas and "and": joined by more of them nobody could read them."""
    champion = next(one for one in evidence.of(LadderStep) if one.champion)
    names = ("Frequency and age, by date", "Recency, age and gaps", "Trees and rhythm")
    larger = [
        replace(champion, champion=False, taken=False, label=name, rung=champion.rung + place)
        for place, name in enumerate(names, start=1)
    ]
    below = [one for one in evidence.of(LadderStep) if one.rung <= champion.rung]
    said = "".join(ladder_words(with_rows(evidence, LadderStep, (*below, *larger))))
    assert (
        "None of the 3 larger models (Frequency and age, by date; Recency, age and gaps; Trees and "
        "rhythm) beat it, so it stays."
    ) in said


def test_a_winner_by_its_probabilities_is_said_to_have_won_by_them(
    evidence: EvidenceResult,
) -> None:
    """The case of the issue: AUC −0.007 (−0.033 to 0.020), and taken."""
    decided = {"auc_gain": -0.007, "auc_gain_low": -0.033, "auc_gain_high": 0.02}
    steps = tuple(
        replace(one, **decided, brier_gain=0.0123, brier_gain_low=0.004, brier_gain_high=0.02)
        if one.champion
        else one
        for one in evidence.of(LadderStep)
    )
    said = "".join(ladder_words(with_rows(evidence, LadderStep, steps)))
    assert "Brier score better by +0.0123, 95% interval +0.0040 to +0.0200" in said
    assert "it ranks no worse as far as can be told (AUC −0.007" in said
    assert "ranks better than" not in said
    shown = text_of(render_evidence(with_rows(evidence, LadderStep, steps))["ladder"])
    assert "adopted for its Brier score" in shown


def test_when_the_simplest_wins_the_page_says_so(evidence: EvidenceResult) -> None:
    first, second = (
        LadderStep(rung, model, label, against, *[gain] * 9, one, one)
        for rung, model, label, against, gain, one in (
            (1, "recency", "Days silent alone", "", None, True),
            (2, "logistic_regression", "Logistic Regression", "recency", -0.01, False),
        )
    )
    said = "".join(ladder_words(with_rows(evidence, LadderStep, (first, second))))
    assert "The simplest model, Days silent alone, is in use" in said
    assert "the simplest wins" in said


def test_past_months_add_up_and_stand_beside_silence(evidence: EvidenceResult) -> None:
    months = evidence.of(PastMonth)
    said = past_months_words(months)
    assert f"we flagged {sum(one.flagged for one in months)} customers" in said
    assert f"{sum(one.caught for one in months)} of them went silent" in said
    assert said.endswith(f"would have caught {sum(one.caught_by_silence or 0 for one in months)}.")


def test_past_months_in_which_nobody_was_flagged_divide_by_nothing(
    evidence: EvidenceResult,
) -> None:
    one = replace(evidence.of(PastMonth)[0], flagged=0, caught=0, missed=3, false_alarms=0)
    assert past_months_words([one]) == "On 1 past date nobody was flagged; 3 customers left."


def test_a_history_too_short_for_the_lost_does_not_say_that_nobody_went_silent(
    evidence: EvidenceResult,
) -> None:
    """ "Nobody went silent in the tested weeks" stood there where thousands had."""
    ways = tuple(replace(one, leavers=0, weeks=26) for one in evidence.of(AlertLeadTime))
    short = replace(with_rows(evidence, AlertLeadTime, ways), losses=PastLosses(0, 0, 0, 0.0, ()))
    latest = max(evidence.of(PastMonth), key=lambda one: one.observation_date)
    for part in ("losses", "lead_time"):
        said = text_of(render_evidence(short)[part])
        assert "Nobody went silent" not in said
        assert "scored in the 26 past weeks of this run, none is known" in said
        assert f"{latest.went_silent:,} of {latest.scored:,} went silent" in said
    free = with_rows(short, PastMonth, [replace(latest, went_silent=0)])
    assert "too short" not in text_of(render_evidence(free)["losses"])


def test_lead_time_is_told_against_the_rule_and_the_last_activity(
    evidence: EvidenceResult,
) -> None:
    said = "".join(lead_time_words(evidence.of(AlertLeadTime)))
    assert (
        "Of 214 customers who went silent, 141 (66%, 95% interval 59% to 72%; 55% at random)"
        in said
    )
    assert "at least 33 days before the rule (middle half: 15 to 58 days)" in said
    assert "5 days before their last activity" in said
    assert "118 alerted, half of them at least 16 days before the rule" in said


def test_days_ahead_per_leaver_stand_beside_luck_and_the_precision(
    evidence: EvidenceResult,
) -> None:
    ways = evidence.of(AlertLeadTime)
    said = "".join(lead_time_words(ways))
    assert (
        "the first alert of the last 56 days came a mean of 21.5 days before the rule (95% "
        "interval 19.0 to 24.0), one who was missed counting 0; 14.0 by days of silence and 7.8 "
        "at random. 31% of a week's alerts went silent within their horizon."
    ) in said
    assert "a lottery scores high there" in said
    former = [replace(way, mean_days_ahead=None) for way in ways]
    assert "missed counting 0" not in "".join(lead_time_words(former))


def test_an_alert_after_the_last_activity_is_not_called_early(evidence: EvidenceResult) -> None:
    late = replace(evidence.of(AlertLeadTime)[0], days_before_last_activity=-3.0)
    assert "3 days after their last activity" in "".join(lead_time_words([late]))


def test_losses_are_counted_whole_and_lead_to_the_customers(evidence: EvidenceResult) -> None:
    losses = evidence.losses
    assert losses.customers == 60
    assert len(losses.rows) == 50
    values = [one.value_at_stake or 0.0 for one in losses.rows]
    assert values == sorted(values, reverse=True)
    said = past_losses_words(losses)
    assert said == (
        "Of 60 lost customers 10 were under an alert before they stopped (17%, 95% interval 9.3% "
        "to 28%), 10 more only after it, and 40 under none that lasted until their 30th day of "
        "silence."
    )
    links = links_of(render_evidence(evidence)["losses"])
    assert links[0] == "/customers/C00000"
    assert len(links) == 50


def test_a_share_that_moves_by_chance_is_not_called_drift(evidence: EvidenceResult) -> None:
    first = evidence.by_date[0]
    low = replace(first, customers=1_000, positives=50)
    near = replace(first, observation_date=date(2026, 2, 1), customers=1_000, positives=60)
    far = replace(near, positives=120)
    assert "no more movement than chance" in drift_words([low, near])
    assert "moved by more than chance" in drift_words([low, far])


def test_a_group_with_too_few_leavers_is_named_and_not_measured(evidence: EvidenceResult) -> None:
    own = [one for one in evidence.scores if one.is_champion]
    assert "Too few went silent to say anything for “Region: APAC”." in "".join(slices_words(own))
    assert "too few" in text_of(render_evidence(evidence)["slices"])


def test_a_group_no_better_than_chance_is_named(evidence: EvidenceResult) -> None:
    own = [one for one in evidence.scores if one.is_champion and one.auc is not None]
    weak = replace(own[-1], auc=Interval(0.55, 0.48, 0.62))
    assert "no better than chance for" in "".join(slices_words([*own[:-1], weak]))


def test_the_best_number_of_contacts_is_named_with_what_it_reaches(
    evidence: EvidenceResult,
) -> None:
    own = [one for one in evidence.of(CapacityPoint) if one.policy == "champion"]
    best = max(own, key=lambda one: one.net_value or 0.0)
    said = "".join(capacity_words(evidence.of(CapacityPoint), "EUR"))
    assert f"Contacting the {best.contacted} customers of highest risk" in said
    assert "by days of silence" in said
    assert "at random" in said


def test_value_is_named_where_choosing_by_it_pays_more(evidence: EvidenceResult) -> None:
    richer = [
        replace(one, net_value=9_000.0) if one.policy == "value_at_risk" else one
        for one in evidence.of(CapacityPoint)
    ]
    assert "risk times value would have paid more: €9.00k" in "".join(capacity_words(richer, "EUR"))
    assert "paid more" not in "".join(capacity_words(evidence.of(CapacityPoint), "EUR"))


def test_a_small_gain_shows_its_side_of_zero() -> None:
    assert gain(0.0002) == "+0.0002"
    assert gain(0.00002) == "+0.00002"
    assert gain(-0.02) == "−0.020"
    assert gain(0.0) == "±0.000"


def test_contacts_that_never_pay_are_said_not_to(evidence: EvidenceResult) -> None:
    losing = [replace(one, net_value=-5.0) for one in evidence.of(CapacityPoint)]
    assert "no number of contacts" in "".join(capacity_words(losing, "EUR"))


def test_the_rule_that_told_most_is_named_with_its_lift(evidence: EvidenceResult) -> None:
    said = rules_words(evidence.of(PlainRule))
    assert said.startswith("“No activity for 14 days” told most: 50 of 260 customers")
    assert "(19%, 95% interval 15% to 24%; base rate 8.0%), a lift of 2.4" in said
    assert "a lift of 2.4 (95% interval 1.9 to 3.0)" in said
    unknown = [replace(one, lift=None) for one in evidence.of(PlainRule)]
    assert rules_words(unknown).startswith("Too few went silent")


def test_a_failed_check_is_named() -> None:
    gates = [
        LeakageCheck("one", "First check", True, 0.5, 0.6, "What was done."),
        LeakageCheck("two", "Second check", False, 0.7, 0.6, "What was done."),
    ]
    assert gates_words(gates) == "1 of 2 checks passed. Not passed: Second check."
    assert gates_words(gates[:1]) == "The one check passed."
    unknown = LeakageCheck(
        "three", "Third check", None, None, None, "Not checked, because nobody left."
    )
    assert gates_words([gates[0], unknown]) == (
        "1 of 2 checks passed. Could not be made: Third check."
    )


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        (None, "no former run"),
        ("AUC rose by 0.01.", "AUC rose by 0.01."),
        ({"sentence": "Little changed.", "auc_before": 0.79}, "Auc before"),
        ({"drift": [{"feature": "gap", "psi": 0.31}]}, "0.310"),
        (("One.", "Two."), "Two."),
    ],
)
def test_the_comparison_with_the_last_run_is_shown_as_it_was_kept(kept: object, words: str) -> None:
    assert words in text_of(comparison_view(kept))


def test_the_contents_lead_to_every_part_of_the_page() -> None:
    page = layout()
    places = {str(one) for one in ids_of(page)}
    led = [one[1:] for one in links_of(page) if one.startswith("#")]
    assert {one.anchor for one in SECTIONS if one.short} < set(led) <= places
    assert {one.slot for one in SECTIONS} <= places


def test_data_quality_counts_and_rules_are_shown(evidence: EvidenceResult) -> None:
    quality = {"accepted": 990, "read": 1_000, "rejected": 10, "rules": {"time_readable": 10}}
    shown = text_of(render_evidence(replace(evidence, data_quality=quality))["quality"])
    assert shown.index("Read") < shown.index("Accepted")
    assert "Time readable" in shown
    assert "1,000" in shown


def test_the_glossary_defines_every_measure(evidence: EvidenceResult) -> None:
    glossary = text_of(render_evidence(evidence)["glossary"])
    shown = [one for one in MEASURES if one.name not in {"revenue_variance", "revenue_shock"}]
    assert all(one.meaning in glossary for one in shown)
