"""Repeated cross-validation of a snapshot: evidence of a weaker kind than a test on later dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.words.counting import counted, verb_of
from analytics.domain.words.share_words import percent
from analytics.errors import ContractFailed, InsufficientData
from analytics.modelling.leakage.single_column_gate import (
    Leak,
    giveaways,
    refuse_leaks,
    single_column_powers,
)
from analytics.modelling.measuring.metrics import customer_draws, interval
from analytics.modelling.one_table.columns import TypedColumns, typed_columns
from analytics.modelling.one_table.file import SnapshotRows
from analytics.modelling.one_table.fitting import out_of_fold
from analytics.modelling.one_table.folds import FOLDS, REPEATS, Ints, equal_rows, repeated_folds
from analytics.modelling.one_table.label import SnapshotLabel, check_columns_named, label_of
from analytics.modelling.one_table.leakage_checks import (
    OneTableLeakageCheck,
    passed_gates,
    shuffled_auc,
    shuffled_label_gate,
)
from analytics.modelling.one_table.measures import Floats, SnapshotMetrics, measure_repeats
from analytics.modelling.one_table.snapshot_models import SNAPSHOT_LADDER, SnapshotModel

#: So many place an AUC within about .005; ten times as many would take ten times the minutes.
MAX_ROWS = 25_000
BASE_RATE = "base_rate"
#: A model that ranks fewer pairs rightly helps nobody, chance or not.
MIN_USEFUL_AUC = 0.55
EVIDENCE = (
    "Cross-validated on one snapshot: weaker evidence than a test on later dates, it says nothing "
    "about whether the columns were known before the customer left."
)
#: A column with some values of leavers only is worth a look, though it is not refused.
_WORTH_A_LOOK_SHARE = 0.03


@dataclass(frozen=True)
class SnapshotBacktest:
    """What the cross-validation found.

    Parameters
    ----------
    label
        Column and value that mean "left", customers, and how many of them left.
    columns
        Columns that the models saw.
    dropped
        Why each other column was left out.
    notes, warnings
        What was done with the table; what in it deserves a look.
    """

    label: SnapshotLabel
    columns: tuple[str, ...]
    dropped: dict[str, str]
    models: dict[str, SnapshotMetrics]
    champion: str
    verdict: str
    gates: tuple[OneTableLeakageCheck, ...]
    notes: tuple[str, ...]
    warnings: tuple[str, ...]


def snapshot_backtest(
    snapshot: SnapshotRows,
    label_column: str,
    *,
    positive: str | None = None,
    drop: Sequence[str] = (),
    seed: int,
    ladder: Sequence[SnapshotModel] = SNAPSHOT_LADDER,
) -> SnapshotBacktest:
    """Judge every model on customers that it has not seen, after the leak gates.

    Raises
    ------
    UsageError
        A column or value that is named is not there.
    ContractFailed
        The label is not of two values, a column gives it away, or no column is left.
    InsufficientData
        Too few customers, leavers or stayers.
    """
    rows, notes = _without_repeats(snapshot.rows)
    label = label_of(rows, label_column, positive=positive)
    check_columns_named(list(rows.columns), list(drop), "--drop")
    typed = _columns(rows[label.known], label_column, snapshot.keys, drop)
    label, typed, sampled = _drawn(label, typed, seed=seed)
    table = typed.table
    powers = single_column_powers(table, label.left, seed=seed)
    leaks = giveaways(powers)
    refuse_leaks(leaks, remedy=_remedy(leaks))

    group = equal_rows(table)
    _check_different(group, label.left)
    repeats = {BASE_RATE: np.full((1, len(group)), label.left.mean())}
    repeats |= _predict(table, label.left, group, ladder, seed=seed)
    draws = customer_draws(group, seed=seed)
    models = {name: measure_repeats(label.left, repeat, draws) for name, repeat in repeats.items()}
    champion = choose_snapshot_champion(models)
    by_name = {rung.name: rung for rung in ladder}
    tested = by_name.get(champion, ladder[-1])
    shuffled = shuffled_label_gate(shuffled_auc(table, label.left, group, tested, seed=seed))
    leavers = int(label.left.sum())
    copies = len(group) - len(np.unique(group))
    passed = passed_gates(len(table.columns), leavers, len(group) - leavers, copies)
    unknown = int(len(rows) - label.known.sum())
    return SnapshotBacktest(
        label=label,
        columns=tuple(map(str, table.columns)),
        dropped=typed.dropped,
        models=models,
        champion=champion,
        verdict=verdict_of_snapshot(models, champion, tested.label, label),
        gates=(passed[0], passed[1], shuffled, *passed[2:]),
        notes=(
            *([label.note] if label.note else []),
            *snapshot.notes,
            *notes,
            *(
                [
                    f"{unknown:,} of {counted(len(rows), 'row')} "
                    f"{verb_of(unknown, 'has', 'have')} no "
                    f"{label_column} and {verb_of(unknown)} left out."
                ]
                if unknown
                else []
            ),
            *sampled,
            *typed.notes,
        ),
        warnings=tuple(_worth_a_look(powers)),
    )


def _check_different(group: Ints, left: npt.NDArray[np.int8]) -> None:
    """Refuse columns in which too few customers differ: equal ones share a fold.

    Raises
    ------
    InsufficientData
        Rule ``enough_different_rows``.
    """
    first = np.unique(group, return_index=True)[1]
    leavers = int(left[first].sum())
    fewest = min(leavers, len(first) - leavers)
    if fewest < FOLDS:
        raise InsufficientData(
            f"A cross-validation in {FOLDS} parts needs at least {FOLDS} leavers and {FOLDS} "
            f"stayers who differ in some column. Got {len(first):,} different rows of "
            f"{len(group):,}, {leavers:,} of them first met with a leaver: add columns that tell "
            "customers apart.",
            rule="enough_different_rows",
            got=len(first),
        )


def choose_snapshot_champion(models: dict[str, SnapshotMetrics]) -> str:
    """Return the simplest model that none above it beats with the whole paired interval.

    The order of `models` is the order of the ladder, the base rate first. To beat the base rate is
    to claim that there is anything to tell at all: that takes a 99% interval, others 95%, and a
    ranking that is of any use.
    """
    champion, *others = models
    for name in others:
        gained = models[name].auc_draws - models[champion].auc_draws
        if champion == BASE_RATE:
            beaten = interval(gained, level=0.99)[0] > 0 and models[name].auc >= MIN_USEFUL_AUC
        else:
            beaten = interval(gained)[0] > 0
        if beaten:
            champion = name
    return champion


def verdict_of_snapshot(
    models: dict[str, SnapshotMetrics], champion: str, called: str, label: SnapshotLabel
) -> str:
    """Say in plain words how far the champion can be believed."""
    best = models[champion]
    tested = f"Tested {REPEATS} times on {FOLDS} parts of one snapshot"
    if champion == BASE_RATE:
        return (
            f"{tested}, no model told who left usefully better than chance: these columns "
            "cannot support a prediction."
        )
    said = (
        f"{tested}, the model ({called.lower()}) put a customer who left above one who stayed in "
        f"{best.auc:.1%} of pairs (95% interval {best.auc_low:.1%} to {best.auc_high:.1%}); of the "
        f"riskiest tenth, {max(len(label.left) // 10, 1):,} customers, "
        f"{percent(min(best.lift_top_decile * float(label.left.mean()), 1.0))} left, against "
        f"{percent(float(label.left.mean()))} of all"
    )
    single = models.get("best_single_column")
    if single is None or champion == "best_single_column":
        return f"{said}; no model clearly beat that one column."
    return f"{said}; the best single column alone reaches {single.auc:.1%}."


def _without_repeats(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Leave out rows that repeat another one whole, ids and label included."""
    text = rows.astype("string")
    repeated = text.duplicated().to_numpy()
    if not repeated.any() or len(rows.columns) < 2:
        return rows, []
    copies = int(repeated.sum())
    said = (
        f"{copies:,} of {counted(len(rows), 'row')} {verb_of(copies, 'repeats', 'repeat')} another "
        f"whole and {verb_of(copies)} left out."
    )
    return rows[~repeated].reset_index(drop=True), [said]


def _columns(
    rows: pd.DataFrame, label_column: str, keys: Sequence[str], drop: Sequence[str]
) -> TypedColumns:
    """Return what the models may see, in the order of the file."""
    out = {label_column: "the label", **dict.fromkeys(keys, "joins the files")}
    out |= dict.fromkeys(
        (dropped_column for dropped_column in drop if dropped_column != label_column),
        "left out on demand",
    )
    typed = typed_columns(rows.drop(columns=list(out)).reset_index(drop=True))
    typed.dropped = {**out, **typed.dropped}
    if not len(typed.table.columns):
        reasons = "; ".join(f"{name}: {why}" for name, why in typed.dropped.items())
        raise ContractFailed(
            f"At least one column must be left to predict from. Got none: {reasons}.",
            rule="columns_left",
            got=reasons,
        )
    return typed


def _drawn(
    label: SnapshotLabel, typed: TypedColumns, *, seed: int
) -> tuple[SnapshotLabel, TypedColumns, list[str]]:
    """Put the customers into an order that means nothing, and leave out more than need be."""
    total = len(label.left)
    order = np.random.default_rng(seed).permutation(total)[:MAX_ROWS]
    table = typed.table.iloc[order].reset_index(drop=True)
    drawn = replace(label, left=label.left[order])
    said = f"{MAX_ROWS:,} of {total:,} customers, drawn at random, were used to save time."
    return drawn, replace(typed, table=table), [said] if total > MAX_ROWS else []


def _remedy(leaks: Sequence[Leak]) -> str:
    options = " ".join(
        f"--drop '{leak.column}'" if " " in leak.column else f"--drop {leak.column}"
        for leak in leaks
    )
    return f"Leave them out: {options}."


def _predict(
    table: pd.DataFrame,
    left: npt.NDArray[np.int8],
    group: Ints,
    ladder: Sequence[SnapshotModel],
    *,
    seed: int,
) -> dict[str, Floats]:
    """Return the out-of-fold probabilities of each model, shape (repeats, customers)."""
    folds = list(repeated_folds(left, group, seed=seed))
    return {
        model.name: np.stack(
            [
                out_of_fold(table, left, fold, model, seed=seed + repeat)
                for repeat, fold in enumerate(folds)
            ]
        )
        for model in ladder
    }


def _worth_a_look(powers: Sequence[Leak]) -> list[str]:
    return [
        f"{power.sentence}: check that {power.column} was known before the customer left."
        for power in powers
        if power.told_leavers >= _WORTH_A_LOOK_SHARE or power.auc >= 0.9
    ]
