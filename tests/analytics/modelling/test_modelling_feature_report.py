from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from analytics.features.outcomes.labels import Outcome
from analytics.features.registry import FEATURE_NAMES, FEATURES
from analytics.features.rhythm import Rhythm
from analytics.modelling.feature_report import LEAST_OF_EACH, feature_report
from analytics.modelling.observing.observations import Snapshot
from tests.analytics.modelling.model_world import feature_table

ROWS = 400


def snapshot(day: date, *, silent: int, seed: int = 1) -> Snapshot:
    """`silent` customers went silent: those whose days of silence are longest, mostly."""
    rng = np.random.default_rng(seed)
    table = feature_table(ROWS, rng)
    flat = np.ones(ROWS)
    order = np.argsort(-table["days_since_last_activity"].to_numpy() + rng.normal(0, 9, ROWS))
    outcome = np.full(ROWS, Outcome.RETAINED, dtype=np.int8)
    outcome[order[:silent]] = Outcome.SILENT
    yes = flat.astype(bool)
    rhythm = Rhythm(flat * 28, yes, flat, ~yes)
    return Snapshot(day, table, rhythm, ~yes, yes, outcome, flat, np.empty((ROWS, 0)))


NOW, BEFORE, LONG_AGO = (
    snapshot(date(2025, month, 1), silent=silent, seed=month)
    for month, silent in ((6, 0), (5, 5), (4, 60))
)


def entry(name: str, **more: object):  # type: ignore[no-untyped-def]
    chosen = {"absent": (), "used": FEATURE_NAMES, "counted_by": "DuckDB", **more}
    found = feature_report([NOW, BEFORE, LONG_AGO], FEATURES, **chosen)  # type: ignore[arg-type]
    return found, next(one for one in found.entries if one.name == name)


def test_coverage_is_that_of_the_latest_date() -> None:
    found, one = entry("last_survey_score")
    assert found.customers == ROWS
    assert one.coverage == NOW.features["last_survey_score"].notna().mean()
    assert 0.2 < one.coverage < 0.4


def test_the_relation_is_taken_where_enough_are_known_to_have_gone_silent() -> None:
    assert LEAST_OF_EACH > 5
    found, one = entry("days_since_last_activity")
    assert (found.related_on, found.observations, found.silent) == ("2025-04-01", ROWS, 60)
    silent = LONG_AGO.outcome == Outcome.SILENT
    days = LONG_AGO.features["days_since_last_activity"]
    assert one.auc == pytest.approx(roc_auc_score(silent, days))
    assert one.auc_low < one.auc < one.auc_high
    assert one.silent_share_low < 0.05 < 0.3 < one.silent_share_high


def test_the_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    """An AUC of 0.5 exactly, over many worlds: 95% intervals miss it in about one of twenty."""
    missed = 0
    for seed in range(200):
        world = snapshot(date(2025, 4, 1), silent=60, seed=seed)
        found = feature_report([world], FEATURES[:3], absent=(), used=(), counted_by="").entries[1]
        assert found.name == "silence_over_usual_gap"
        missed += not found.auc_low <= 0.5 <= found.auc_high  # type: ignore[operator]
    assert 2 <= missed <= 22


def test_an_absent_feature_says_so_and_nothing_else() -> None:
    _, one = entry("contacts_28d", absent={"contacts_28d"})
    assert not one.supported
    assert not one.used
    assert one.auc is None


def test_a_feature_that_does_not_vary_tells_nothing() -> None:
    flat = replace(LONG_AGO, features=LONG_AGO.features.assign(contacts_28d=0.0))
    found = feature_report([flat], FEATURES, absent=(), used=(), counted_by="")
    assert next(one for one in found.entries if one.name == "contacts_28d").auc is None


def test_without_a_date_on_which_enough_went_silent_there_is_no_relation() -> None:
    found = feature_report([NOW, BEFORE], FEATURES, absent=(), used=(), counted_by="")
    assert (found.related_on, found.observations, found.silent) == ("", 0, 0)
    assert all(one.auc is None for one in found.entries)


def test_the_spread_holds_the_percentiles() -> None:
    _, one = entry("tenure_days")
    values = NOW.features["tenure_days"]
    assert len(one.spread) == 201
    assert one.spread[0] == pytest.approx(values.min(), rel=1e-5)
    assert one.spread[-1] == pytest.approx(values.max(), rel=1e-5)
