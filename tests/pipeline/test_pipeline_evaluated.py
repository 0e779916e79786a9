"""A published simulated run held against its truth, as a user would."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analytics.cli import main
from analytics.errors import BadInput
from analytics.evaluation.published_run import evaluate
from analytics.evaluation.published_run.evaluate import Evaluation
from analytics.evaluation.published_run.find_truth import truth_of
from analytics.evaluation.truth import open_truth
from analytics.features.prepared import day_number
from analytics.runs.run_store import PublishedRun, RunStore
from tests.pipeline.command import call

Demo = tuple[Path, dict[str, Any]]


@pytest.fixture(scope="module")
def evaluated(demo: Demo) -> Iterator[None]:
    """Hold the run against its truth once, however often it is asked for."""
    whole = evaluate.evaluate
    found: dict[tuple[str, object], Evaluation] = {}

    def once(settings: Any, run: PublishedRun, truth: Any, say: Any) -> Evaluation:
        key = (run.run_id, truth)
        if key not in found:
            found[key] = whole(settings, run, truth, say)
        return found[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evaluate, "evaluate", once)
        yield


@pytest.fixture(scope="module")
def judged(demo: Demo, evaluated: None) -> dict[str, Any]:
    folder, run = demo
    said = call(folder, "simulate", "evaluate", run["run_id"], "--json")
    assert said.code == 0, said.err
    return said.json


def test_the_answer_has_every_promised_key(judged: dict[str, Any]) -> None:
    promised = {
        "label", "early_auc", "oracle_gap_closed", "lead_time_days", "frustration_spearman",
        "cause_macro_recall", "cause_kappa", "reason_top2", "policy_value_share",
        "suppressed_precision_at_5", "suppressed_times_counting_tickets", "suppressed",
    }  # fmt: skip
    assert promised <= set(judged)
    assert (judged["preset"], judged["build"]) == ("saas", "")
    assert {"precision", "recall", "kappa"} <= set(judged["label"])
    assert {"recency", "oracle", "champion"} <= set(judged["early_auc"])


def test_the_oracle_knows_more_than_any_record_tells(judged: dict[str, Any]) -> None:
    early = judged["early_auc"]
    assert early["positives"] > 20
    assert early["oracle"] > early["recency"] + 0.1
    assert early["oracle"] > early["champion"]
    closed = (early["champion"] - early["recency"]) / (early["oracle"] - early["recency"])
    assert judged["oracle_gap_closed"] == pytest.approx(closed)


def test_the_label_agrees_with_the_truth_far_beyond_chance(judged: dict[str, Any]) -> None:
    assert judged["label"]["kappa"] > 0.4
    assert judged["label"]["rows"] > 2000


def test_no_more_than_the_alerted_share_can_be_alerted_by_mistake(judged: dict[str, Any]) -> None:
    lead = judged["lead_time"]
    assert lead["leavers"] > 20
    assert 0 < lead["weekly_false_alert_share"] <= 0.06
    assert 0.2 < lead["alerted_share"] <= 1
    for one in judged["tested"]:
        assert 0 <= one["ece"] < 0.2
        assert one["lift_top_decile"] > 1
    assert 0.01 <= lead["weekly_alert_share"] <= 0.1
    ahead = judged["mean_days_ahead"]
    assert ahead == lead["mean_days_ahead"]
    assert ahead["champion"] > ahead["recency"] > ahead["random"] > 0
    assert judged["lead_time_days"] == lead["first_days_before_rule"]


def test_the_likely_cause_agrees_with_the_true_one_beyond_chance(judged: dict[str, Any]) -> None:
    assert judged["causes"]["customers"] > 10
    assert judged["cause_kappa"] > 0.1
    assert judged["cause_macro_recall"] > 1 / 4


def test_the_index_follows_latent_frustration(judged: dict[str, Any]) -> None:
    assert judged["frustration_spearman"] > 0.65


def test_the_best_plan_is_worth_most(judged: dict[str, Any]) -> None:
    policy = judged["policy"]
    assert policy["oracle"] > 0
    assert policy["oracle"] >= max(policy["plan"], policy["by_risk"])
    assert judged["policy_value_share"] == pytest.approx(policy["plan"] / policy["oracle"])


def test_lots_give_honest_intervals_and_picking_the_worst_does_not(judged: dict[str, Any]) -> None:
    drawn = [one for one in judged["effects"] if one["randomised"]]
    assert len(drawn) == 4
    assert sum(one["covers_truth"] for one in drawn) >= 3
    (picked,) = [one for one in judged["effects"] if not one["randomised"]]
    assert picked["measured"] < picked["true"] - 0.05
    assert not picked["covers_truth"]


def test_it_reads_as_a_table_too(demo: Demo, evaluated: None) -> None:
    said = call(demo[0], "simulate", "evaluate")
    assert said.code == 0
    assert "against its truth" in said.out
    assert "Lots drawn" in said.out


def test_the_truth_of_another_simulation_is_refused(demo: Demo, tmp_path: Path) -> None:
    folder, run = demo
    other = str(tmp_path / "other")
    with pytest.raises(SystemExit):
        main(["simulate", "--customers", "60", "--days", "120", "--seed", "9", "--out", other])
    said = call(folder, "simulate", "evaluate", run["run_id"], "--truth", other, "--json")
    assert said.code == 3
    assert said.json["error"]["rule"] == "truth_matches"


def test_a_folder_without_truth_is_refused(demo: Demo, tmp_path: Path) -> None:
    folder, run = demo
    said = call(folder, "simulate", "evaluate", run["run_id"], "--truth", str(tmp_path), "--json")
    assert said.code == 3
    assert said.json["error"]["rule"] == "truth_readable"


def test_a_run_on_real_data_has_no_truth(demo: Demo) -> None:
    run = RunStore(demo[0] / "data").run(demo[1]["run_id"])
    real = replace(run, summary=replace(run.summary, simulated=False))
    with pytest.raises(BadInput, match="Only a run on simulated data can be held against"):
        truth_of(real, None, workspace=demo[0])


def test_a_run_whose_data_are_gone_cannot_be_judged(demo: Demo, workspace: Path) -> None:
    shutil.rmtree(workspace / "data" / "landed")
    truth = str(demo[0] / "simulated")
    said = call(workspace, "simulate", "evaluate", demo[1]["run_id"], "--truth", truth, "--json")
    assert said.code == 3
    assert said.json["error"]["rule"] == "run_made_from"


def test_whoever_has_gone_by_a_day_is_known_and_strangers_never_are(demo: Demo) -> None:
    truth = open_truth(demo[0] / "simulated")
    gone = truth.customers[truth.customers["final_state"] == "gone_silently"]
    some = gone.index[0]
    day = gone["exit_day"].iloc[0]
    found = truth.silent_by([some, some, "A9999999"], pd.Series([day - 1, day, day]).to_numpy())
    assert found.tolist() == [False, True, False]


def test_a_week_is_known_once_it_has_ended(demo: Demo) -> None:
    truth = open_truth(demo[0] / "simulated")
    first = day_number(pd.Timestamp(truth.note["start"]).date())
    assert truth.week_known_on([first, first + 5, first + 6, first + 13]).tolist() == [-1, -1, 0, 1]
