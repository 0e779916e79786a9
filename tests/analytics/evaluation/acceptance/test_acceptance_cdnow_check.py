"""The check of the simulated CDNOW measures what it says, with real customers and without."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from analytics.errors import BadInput, UsageError
from analytics.evaluation.acceptance import cdnow_check
from analytics.evaluation.acceptance.cdnow_check import cdnow_report
from analytics.evaluation.acceptance.cdnow_measures import measure_log, simulated_log
from analytics.evaluation.acceptance.purchase_facts import (
    CDNOW_DAYS,
    PurchaseLog,
    gaps,
    lorenz,
    purchase_summary,
    read_cdnow,
    repeat_spend,
    spend_by_customer,
    still_buying,
    top_fifth_share,
    weekday_shares,
)
from analytics.runs.acceptance_report import AcceptanceReport
from analytics.simulation.presets.purchase_preset import CDNOW
from analytics.simulation.purchases.purchase_log import PURCHASE_FILE, simulate_purchases

REAL = Path(__file__).parents[4].parent / "shared" / "data"
needs_real = pytest.mark.skipif(
    not REAL.is_dir(), reason="the public data sets are not beside the project"
)

#: Two customers: one buys on days 0 (twice), 14 and 300, the other once on day 3.
LOG = PurchaseLog.of(
    ["a", "b", "a", "a", "a"], [14, 3, 0, 0, 300], [5.0, 20.0, 1.0, 2.0, 8.0], date(1997, 1, 1)
)


def report(
    folder: Path | None, *, seeds: int = 2, customers: int | None = 3000
) -> AcceptanceReport:
    return cdnow_report(
        real_folder=folder, seeds=seeds, customers=customers, measured_at="2026-01-01T00:00:00Z",
        say=lambda _: None,
    )  # fmt: skip


@pytest.fixture(scope="module")
def beside_real() -> AcceptanceReport:
    return report(REAL)


@pytest.fixture(scope="module")
def alone() -> AcceptanceReport:
    return report(None)


def test_purchases_of_one_day_are_one(tmp_path: Path) -> None:
    assert LOG.amount.tolist() == [3.0, 5.0, 8.0, 20.0]
    assert LOG.customers == 2
    assert gaps(LOG).tolist() == [14, 286]


def test_a_summary_counts_weeks_up_to_the_last_day_of_the_calibration() -> None:
    seen = purchase_summary(LOG)
    assert seen.frequency.tolist() == [1, 0]
    assert seen.recency.tolist() == [2, 0]
    assert seen.age * 7 == pytest.approx([272, 269])


def test_facts_of_a_log_made_by_hand() -> None:
    times, spend = repeat_spend(LOG)
    assert (times.tolist(), spend.tolist()) == ([1], [5.0])
    assert spend_by_customer(LOG).tolist() == [8.0, 20.0]
    assert still_buying(LOG, periods=3, period_days=14).tolist() == [1.0, 0.5, 0.0]
    assert weekday_shares(LOG)[2] == 0.5  # days 0 and 14 are Wednesdays
    assert top_fifth_share(np.array([1.0, 1.0, 1.0, 1.0, 6.0])) == 0.6
    assert lorenz(np.array([1.0, 3.0]), np.array([0.0, 0.5, 1.0])).tolist() == [0, 0.75, 1]


def test_a_log_in_memory_is_the_one_that_is_written(tmp_path: Path) -> None:
    size = {"customers": 400, "days": CDNOW_DAYS, "seed": 3}
    simulate_purchases(CDNOW, source=tmp_path, truth=tmp_path / "t", end=CDNOW.end, **size)
    written, in_memory = read_cdnow(tmp_path / PURCHASE_FILE), simulated_log(CDNOW, **size)
    assert written.day.tolist() == in_memory.day.tolist()
    assert written.amount == pytest.approx(in_memory.amount)


def test_a_file_of_another_layout_is_refused(tmp_path: Path) -> None:
    (tmp_path / "CDNOW_sample.txt").write_text("who,when\na,1997-01-01\n")
    with pytest.raises(BadInput, match=r"CDNOW_sample\.txt must have the layout") as caught:
        report(tmp_path)
    assert caught.value.rule == "cdnow_layout"


@needs_real
def test_every_row_is_judged_beside_real_customers(beside_real: AcceptanceReport) -> None:
    assert beside_real.real_source
    checks = [one.check for one in beside_real.rows]
    assert len(checks) == len(set(checks)) == 31
    for row in beside_real.rows:
        assert row.passed is not None, row.check
        assert row.passed == (row.off_by == 0)
        assert all((row.label, row.meaning, row.target, row.source)), row.check


@needs_real
def test_the_real_customers_give_the_published_parameters(beside_real: AcceptanceReport) -> None:
    real = [one for one in beside_real.rows if one.check.startswith("real_")
            and not one.check.startswith("real_or")]  # fmt: skip
    assert len(real) == 9
    assert all(one.passed for one in real)


@needs_real
def test_gaps_do_not_tell_simulated_customers_from_real_ones(beside_real: AcceptanceReport) -> None:
    by_name = {one.check: one for one in beside_real.rows}
    assert 0.45 < (by_name["real_or_simulated_gaps_auc"].measured or 0) < 0.55
    assert by_name["train_simulated_test_real"].passed


@needs_real
def test_the_curves_stand_side_by_side(beside_real: AcceptanceReport) -> None:
    assert [one.name for one in beside_real.curves] == [
        "gaps", "retention", "concentration", "weekdays",
    ]  # fmt: skip
    for curve in beside_real.curves:
        assert len(curve.x) == len(curve.simulated) == len(curve.real) > 6
        assert np.abs(np.subtract(curve.simulated, curve.real)).max() < 0.08
    assert AcceptanceReport.from_json(beside_real.to_json()) == beside_real


def test_without_real_customers_their_rows_say_so(alone: AcceptanceReport) -> None:
    unjudged = {one.check for one in alone.rows if one.passed is None}
    assert len(alone.rows) == 31
    assert len(unjudged) == 12
    assert all("not at hand" in one.note for one in alone.rows if one.passed is None)
    assert alone.real_source == ""
    assert all(one.real == () and one.simulated for one in alone.curves)


def test_the_refit_finds_what_was_simulated(alone: AcceptanceReport) -> None:
    by_name = {one.check: one for one in alone.rows}
    assert by_name["refit_r"].measured == pytest.approx(0.243, rel=0.1)
    assert by_name["refit_alpha"].measured == pytest.approx(4.414, rel=0.2)
    assert by_name["refit_interval_coverage"].measured >= 0.75
    assert by_name["refit_r"].spread is not None


def test_another_shop_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def doubled(preset: object, *, customers: int, days: int, seed: int) -> PurchaseLog:
        other = replace(CDNOW, rate_weeks=2.2, value_scale=30.0)
        return simulated_log(other, customers=customers, days=days, seed=seed)

    monkeypatch.setattr(cdnow_check, "simulated_log", doubled)
    failed = {one.check for one in report(None, seeds=1).rows if one.passed is False}
    assert {"refit_alpha", "zero_repeaters", "mean_repeats", "mean_spend"} <= failed


def test_the_same_seeds_give_the_same_report(alone: AcceptanceReport) -> None:
    assert report(None) == alone


def test_measures_of_a_small_log_are_numbers() -> None:
    found = measure_log(simulated_log(CDNOW, customers=500, days=CDNOW_DAYS, seed=5))
    assert all(np.isfinite(one) for one in found.facts.values())
    assert found.curves["retention"][0] == 1


@pytest.mark.parametrize(
    ("seeds", "customers", "rule"), [(0, 3000, "seeds_enough"), (1, 10, "customers_enough")]
)
def test_too_little_to_measure_is_refused(seeds: int, customers: int, rule: str) -> None:
    with pytest.raises(UsageError, match=r"or more\. Got") as caught:
        report(None, seeds=seeds, customers=customers)
    assert caught.value.rule == rule
