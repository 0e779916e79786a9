"""`backtest --snapshot`: a table without times, judged by repeated cross-validation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analytics.cli.console import answer, table
from analytics.domain.words.counting import counted
from analytics.errors import UsageError

if TYPE_CHECKING:
    from analytics.modelling.one_table.cross_validation import SnapshotBacktest

_METRICS = (
    "auc",
    "auc_low",
    "auc_high",
    "brier",
    "brier_low",
    "brier_high",
    "average_precision",
    "average_precision_low",
    "average_precision_high",
    "log_loss",
    "ece",
    "lift_top_decile",
)
_IN_TEXT = tuple(
    metric for metric in _METRICS if not metric.startswith(("brier_", "average_precision_"))
)


def backtest_snapshot(
    files: Sequence[Path],
    label: str | None,
    *,
    positive: str | None,
    drop: Sequence[str],
    as_json: bool,
) -> None:
    """Cross-validate the models on snapshot files and print what was found.

    Raises
    ------
    UsageError
        The label is not named.
    BadInput, ContractFailed, InsufficientData
        The files cannot be read, give the label away or are too small.
    """
    from analytics.modelling.one_table.cross_validation import snapshot_backtest
    from analytics.modelling.one_table.file import read_snapshots
    from analytics.pipeline.run import SEED

    if label is None:
        raise UsageError(
            "--snapshot needs --label: the column that says who left. Got none.",
            rule="label_given",
        )
    found = snapshot_backtest(read_snapshots(files), label, positive=positive, drop=drop, seed=SEED)
    answer(as_answer(found), as_json=as_json, text=as_text(found))


def as_answer(found: SnapshotBacktest) -> dict[str, Any]:
    """Return the cross-validation with the keys of a backtest, and its kind."""
    from analytics.modelling.one_table.cross_validation import EVIDENCE
    from analytics.modelling.one_table.folds import FOLDS, REPEATS

    left = found.label.left
    return {
        "kind": "snapshot",
        "auc_pairs": "all",
        "evidence": EVIDENCE,
        "label": {"column": found.label.column, "positive": found.label.positive},
        "customers": len(left),
        "positives": int(left.sum()),
        "base_rate": float(left.mean()),
        "folds": FOLDS,
        "repeats": REPEATS,
        "origins": [],
        "models": {
            name: {metric: getattr(model, metric) for metric in _METRICS}
            for name, model in found.models.items()
        },
        "slices": {},
        "champion": found.champion,
        "verdict": found.verdict,
        "columns": list(found.columns),
        "dropped": [{"column": name, "reason": why} for name, why in found.dropped.items()],
        "gates": [
            {"gate": gate.name, "passed": gate.passed, "said": gate.said} for gate in found.gates
        ],
        "notes": list(found.notes),
        "warnings": list(found.warnings),
    }


def as_text(found: SnapshotBacktest) -> str:
    """Return the cross-validation as tables and sentences for a person."""
    result = as_answer(found)
    state = {True: "passed", False: "failed", None: "cannot be checked"}
    return "\n".join(
        [
            table(
                ("model", *_IN_TEXT),
                [
                    (name, *(values[metric] for metric in _IN_TEXT))
                    for name, values in result["models"].items()
                ],
                title=f"{counted(result['customers'], 'customer')}, {result['positives']:,} left "
                f"({found.label.column} = {found.label.positive}); out of fold, "
                f"{result['repeats']} times {result['folds']} folds, 95% intervals",
            ).rstrip("\n"),
            table(
                ("gate", "", "what was found"),
                [(gate["gate"], state[gate["passed"]], gate["said"]) for gate in result["gates"]],
            ).rstrip("\n"),
            table(
                ("column left out", "why"),
                [(dropped["column"], dropped["reason"]) for dropped in result["dropped"]],
            ).rstrip("\n"),
            *(f"Note: {note}" for note in result["notes"]),
            *(f"Worth a look: {warning}" for warning in result["warnings"]),
            f"Champion: {found.champion}. {found.verdict}",
            result["evidence"],
        ]
    )
