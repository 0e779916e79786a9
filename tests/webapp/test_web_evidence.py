from __future__ import annotations

from dataclasses import replace

import pytest

from analytics.domain.measures import MEASURES
from analytics.services.analytics_service import AnalyticsService
from analytics.services.evidence_results import EvidenceResult
from tests.webapp.component_text import text_of
from webapp.pages.evidence.render import render_evidence


@pytest.fixture(scope="module")
def evidence(web_service: AnalyticsService) -> EvidenceResult:
    return web_service.evidence()


def test_models_stand_beside_their_baselines(evidence: EvidenceResult) -> None:
    scores = text_of(render_evidence(evidence)["scores"])
    assert len({score.model for score in evidence.scores}) > 1
    assert all(score.label in scores for score in evidence.scores)
    assert scores.count("shown") == len({score.slice for score in evidence.scores})


def test_the_best_model_comes_first(evidence: EvidenceResult) -> None:
    scores = text_of(render_evidence(evidence)["scores"])
    overall = [one for one in evidence.scores if one.slice == evidence.scores[0].slice]
    best = max(overall, key=lambda one: one.auc.value)
    assert all(scores.index(best.label) <= scores.index(one.label) for one in overall)


def test_data_quality_counts_and_rules_are_shown(evidence: EvidenceResult) -> None:
    quality = {"accepted": 990, "read": 1_000, "rejected": 10, "rules": {"time_readable": 10}}
    shown = text_of(render_evidence(replace(evidence, data_quality=quality))["quality"])
    assert shown.index("Read") < shown.index("Accepted")
    assert "Time readable" in shown
    assert "1,000" in shown


def test_a_run_without_a_backtest_says_so(evidence: EvidenceResult) -> None:
    shown = render_evidence(replace(evidence, scores=(), calibration=()))
    assert "No backtest" in text_of(shown["scores"])
    assert shown["calibration"]["data"] == []


def test_the_glossary_defines_every_measure(evidence: EvidenceResult) -> None:
    glossary = text_of(render_evidence(evidence)["glossary"])
    shown = [one for one in MEASURES if one.name not in {"revenue_variance", "revenue_shock"}]
    assert all(one.meaning in glossary for one in shown)
