"""What the evidence page says of the frustration index."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analytics.services.analytics_service import AnalyticsService
from analytics.services.evidence.frustration_evidence import FrustrationEvidence
from tests.webapp.component_text import links_of, text_of
from webapp.pages.evidence.frustration.checks_view import (
    CUSTOMER_DATES,
    checks_words,
    frustration_checks_view,
)
from webapp.pages.evidence.frustration.suppressed_view import suppressed_view, suppressed_words
from webapp.pages.evidence.frustration.weights_view import (
    frustration_weights_view,
    weights_words,
)
from webapp.pages.evidence.wording import minus


@pytest.fixture(scope="module")
def found(web_service: AnalyticsService) -> FrustrationEvidence:
    return web_service.evidence().frustration


def test_the_checks_say_how_many_came_out_as_hoped_of_those_that_could(
    found: FrustrationEvidence,
) -> None:
    assert checks_words(found).startswith("1 of the 3 checks that these data allow")


def test_nothing_beyond_rfm_is_said_to_be_nothing_with_its_interval(
    found: FrustrationEvidence,
) -> None:
    words = checks_words(found)
    assert "does not surely tell anything of who goes silent" in words
    assert "95% interval −0.004 to +0.006" in words


def test_the_weaker_of_the_gains_makes_the_headline(found: FrustrationEvidence) -> None:
    of_name = {one.check_name: one for one in found.checks}
    sure = replace(of_name["gain_rfm_early"], found=0.02, found_low=0.01, found_high=0.03)
    unsure = replace(
        sure, check_name="gain_recency_early", found=0.001, found_low=-0.002, found_high=0.004
    )
    everybody = replace(unsure, check_name="gain_recency_all", found_low=-0.5)
    for checks in ((sure, unsure, everybody), (unsure, sure)):
        words = checks_words(replace(found, checks=checks))
        assert (
            "recently active customers, beyond days of silence, it does not surely tell anything"
            in words
        )
        assert "AUC +0.001" in words
    both = (sure, replace(unsure, found_low=0.0005))
    assert "beyond days of silence, it tells more" in checks_words(replace(found, checks=both))


def test_what_each_check_was_measured_on_is_told_apart(found: FrustrationEvidence) -> None:
    assert "on customers as of the data" in CUSTOMER_DATES
    assert CUSTOMER_DATES in str(frustration_checks_view(found))


def test_whose_index_is_stale_is_counted(found: FrustrationEvidence) -> None:
    assert found.stale_customers > 0
    assert "the index is stale" in checks_words(found)
    assert "stale" not in checks_words(replace(found, stale_customers=0))


def test_each_check_stands_with_what_was_hoped_for_and_what_it_means(
    found: FrustrationEvidence,
) -> None:
    shown = text_of(frustration_checks_view(found))
    for one in found.checks:
        assert one.label in shown
        assert one.meaning in shown
        assert minus(one.hoped_for) in shown
    assert "Cannot tell" in shown
    assert "Weaker" in shown


def test_the_weights_in_use_are_named_and_why(found: FrustrationEvidence) -> None:
    words = "".join(weights_words(found))
    assert words.startswith("Expert weights are in use")
    assert "did not surely rank better" in words
    assert "of pairs; activity alone in 66%" in words


def test_fitted_weights_that_surely_win_are_said_to_be_in_use(found: FrustrationEvidence) -> None:
    won = tuple(replace(one, in_use=one.ranking == "fitted_weights") for one in found.judged)
    words = "".join(weights_words(replace(found, judged=won)))
    assert words.startswith("Fitted weights are in use")
    assert "surely ranked better" in words


def test_without_anything_said_the_expert_weights_are_exactly_in_use(
    found: FrustrationEvidence,
) -> None:
    silent = replace(found, judged=())
    assert "exactly as published" in "".join(weights_words(silent))
    assert "What could" not in text_of(frustration_weights_view(silent))


def test_every_weight_stands_beside_its_expert_weight(found: FrustrationEvidence) -> None:
    shown = text_of(frustration_weights_view(found))
    for one in found.weights:
        assert one.label.capitalize() in shown
    assert "Half-life" in shown


def test_the_silent_frustrated_can_be_opened_and_saved(found: FrustrationEvidence) -> None:
    links = links_of(suppressed_view(found))
    assert "/customers?suppressed=1" in links
    assert "/export/customers.csv?suppressed=1" in links


def test_what_became_of_them_is_compared_with_the_calm_who_say_nothing(
    found: FrustrationEvidence,
) -> None:
    of_name = {one.group_name: one for one in found.groups}
    silent, calm = of_name["suppressed"], of_name["calm_silent"]
    words = suppressed_words(silent, calm)
    assert "30% spoke up within 28 days (14%)" in words
    unsure = replace(silent, silent_low=0.0)
    assert "not surely different" in suppressed_words(unsure, calm)
    unknown = replace(silent, spoke_share=None, silent_share=None)
    assert "cannot be told yet" in suppressed_words(unknown, calm)


def test_negative_numbers_have_a_true_minus_and_dates_keep_their_dashes() -> None:
    assert minus("-0.30 or less, on 2026-04-20 (-1) odd-even") == (
        "−0.30 or less, on 2026-04-20 (−1) odd-even"
    )


def test_data_without_friction_say_that_nobody_has_an_index(found: FrustrationEvidence) -> None:
    unknown = replace(
        found.checks[2], check_name="gain_rfm_all", found=None, outcome="cannot_tell",
        meaning="Nobody has an index.",
    )  # fmt: skip
    words = checks_words(replace(found, checks=(unknown,)))
    assert words.startswith("These data say nothing about whether")
    assert "Nobody has an index" in words


def test_a_run_of_a_former_version_says_that_it_kept_nothing() -> None:
    nothing = FrustrationEvidence()
    for view in (frustration_checks_view, frustration_weights_view):
        assert "This run kept n" in text_of(view(nothing))
    assert "nobody can be found who is frustrated and says nothing" in text_of(
        suppressed_view(nothing)
    )
