from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from analytics.domain.tables.feature_catalogue import CATALOGUE_FILE
from analytics.runs.run_files import write_catalogue
from analytics.runs.run_store import RunStore
from analytics.services.analytics_service import AnalyticsService
from analytics.services.evidence.features import FeaturesResult, features
from analytics.settings import Settings
from tests.sample_catalogue import sample_catalogue
from tests.sample_run import AS_OF, publish_sample_run, write_sample_run
from tests.webapp.component_text import text_of
from webapp.pages.evidence.models.features_view import OLD_RUN, features_view


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> FeaturesResult:
    run = publish_sample_run(tmp_path_factory.mktemp("features"))
    found = features(run, None)
    assert found is not None
    return found


def test_every_feature_is_shown_with_meaning_formula_and_window(result: FeaturesResult) -> None:
    shown = text_of(features_view(result))
    for one in result.lines:
        assert one.entry.name.replace("_", " ") in shown
        assert one.entry.description in shown
        assert one.entry.formula.replace(" * ", " × ").replace("- ", "− ") in shown
    assert "all history" in shown
    assert "28 days" in shown


def test_what_the_source_cannot_tell_is_said_to_be_absent_not_zero(result: FeaturesResult) -> None:
    shown = text_of(features_view(result))
    assert "are absent, not zero" in shown
    assert "last survey score" in shown.split("would tell them:")[1].split(".")[0]


def test_the_strongest_come_first_with_their_interval_and_date(result: FeaturesResult) -> None:
    shown = text_of(features_view(result))
    best = max(
        (one.entry for one in result.lines if one.entry.auc is not None),
        key=lambda one: abs(one.auc - 0.5),
    )
    head = shown.split("all of them by theme")[0]
    assert head.index("The 10 that tell most") < head.index(best.name.replace("_", " "), 900)
    assert "31 Jan 2026" in shown
    assert f"{best.auc_low:.2f} to {best.auc_high:.2f}" in shown


def test_drift_is_told_against_the_former_run(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    former = publish_sample_run(tmp_path, run_id="a", as_of=AS_OF.replace(day=1))

    def moved(folder: Path) -> None:
        write_sample_run(folder, run_id="b")
        write_catalogue(folder, sample_catalogue(400, shift=1.0))

    now = store.publish("b", moved)
    found = features(now, former)
    assert found is not None
    assert found.since == "2026-03-01"
    told = [one.drift for one in found.lines if one.entry.supported]
    assert min(drift for drift in told if drift is not None) > 0.25
    assert "Changed much since the run of 1 Mar 2026" in text_of(features_view(found))
    same = features(now, now)
    assert same is not None
    assert "None has changed much" in text_of(features_view(same))


def test_a_run_of_a_former_version_says_so(tmp_path: Path) -> None:
    store = RunStore(tmp_path)

    def without(folder: Path) -> None:
        write_sample_run(folder, run_id="old")
        (folder / CATALOGUE_FILE).unlink()

    assert features(store.publish("old", without), None) is None
    assert OLD_RUN in text_of(features_view(None))
    service = AnalyticsService(Settings.load(workspace=tmp_path.parent))
    service.close()


def test_too_few_leavers_are_said_not_to_tell(result: FeaturesResult) -> None:
    lines = tuple(
        replace(one, entry=replace(one.entry, auc=None, silent_share_low=None))
        for one in result.lines
    )
    assert "Too few customers went silent" in text_of(features_view(replace(result, lines=lines)))
