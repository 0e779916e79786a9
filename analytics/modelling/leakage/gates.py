"""Checks that the numbers do not flatter: a run with a failed leakage check is not published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from analytics.domain.words.counting import counted
from analytics.errors import ContractFailed
from analytics.features.registry import FEATURE_NAMES
from analytics.modelling.backtest import taught_on
from analytics.modelling.judging import Backtest
from analytics.modelling.leakage.single_column_gate import (
    GIVEAWAY_AUC,
    giveaways,
    single_column_powers,
)
from analytics.modelling.measuring.metrics import auc, interval
from analytics.modelling.measuring.resampling import CustomerDraws
from analytics.modelling.models.calibrated import fit_calibrated
from analytics.modelling.models.estimators import spec_of
from analytics.modelling.observing.observations import Observations
from analytics.modelling.observing.split import Split, split_at
from analytics.modelling.observing.stacked import STACKED_COLUMNS

#: A readable model, quick to fit again: if it finds a leak, any other would.
_PROBE = "logistic_regression"
SHUFFLES = 12
SHUFFLED_ROWS = 12_000
#: Shuffled labels may be off .50 by so much, or by so many standard errors of the shuffles.
SHUFFLED_TOLERANCE = 0.02
_STANDARD_ERRORS = 5.0
#: Gain of a random split over a test on later dates, whole 95% interval, that stops a run which
#: was brought a feature from outside.
RANDOM_SPLIT_GAIN = 0.15
#: A smaller gain comes of seasons and of young histories, and only asks for a look.
RANDOM_SPLIT_LOOK = 0.02
_PARTS = 2
_NOTHING = float("nan")
_OURS = frozenset((*FEATURE_NAMES, *STACKED_COLUMNS))


@dataclass(frozen=True)
class Gate:
    """One check; a row of the run table ``gates``.

    Parameters
    ----------
    passed
        None where it could not be made, for the reason that `meaning` gives: what cannot be
        measured accuses nobody.
    """

    gate: str
    label: str
    passed: bool | None
    found: float
    bound: float
    meaning: str


def leak_gates(observations: Observations, tested: Backtest, *, seed: int) -> list[Gate]:
    """Run every check that needs observations and a backtest only."""
    day = tested.test_days[-1]
    split = split_at(observations, day)
    assert split is not None, "a date that was tested was trained for"
    return [
        _embargo(tested),
        _single_column(observations, split, seed=seed),
        _shuffled(observations, split, day, seed=seed),
        _random_split(observations, tested, seed=seed),
    ]


def not_checked(gate: str, label: str, reason: str) -> Gate:
    """Return a check that could not be made; the reason begins after "because"."""
    return Gate(gate, label, None, _NOTHING, _NOTHING, f"Not checked, because {reason}.")


def gates_table(gates: Sequence[Gate]) -> pd.DataFrame:
    """Return the checks as rows of the run table ``gates``."""
    names = ["gate", "label", "passed", "found", "bound", "meaning"]
    rows = pd.DataFrame([asdict(gate) for gate in gates], columns=names)
    return rows.astype({"passed": "boolean"})


def refuse_failed(gates: Sequence[Gate]) -> None:
    """Refuse to go on where a check failed.

    Raises
    ------
    ContractFailed
        Rule ``leak_gate``: every failed check is named.
    """
    failed = [gate for gate in gates if gate.passed is False]
    if failed:
        said = " ".join(f"{gate.label}: {gate.meaning}" for gate in failed)
        raise ContractFailed(
            f"A run must pass every leakage check before its numbers are shown. Got {len(failed)} "
            f"failed. {said}",
            rule="leak_gate",
            got=", ".join(gate.gate for gate in failed),
        )


def _embargo(tested: Backtest) -> Gate:
    """Compare the last outcome that each test date's models were taught with that date."""
    by_day = tested.predictions.groupby("day")["learned_until"].max()
    ahead = float((by_day - by_day.index.to_numpy()).max())
    label = "No model was taught an outcome from after its test date"
    if not np.isfinite(ahead):
        return not_checked("embargo", label, "no test date is known")
    before = "by that date" if ahead == 0 else f"{counted(-ahead, 'day')} before it, or earlier"
    return Gate(
        "embargo",
        label,
        ahead <= 0,
        ahead,
        0.0,
        f"On each of {counted(len(by_day), 'test date')}, the last outcome taught or calibrated on "
        f"had ended {before}."
        if ahead <= 0
        else f"An outcome taught or calibrated on ended {counted(ahead, 'day')} after its test "
        "date.",
    )


def _single_column(observations: Observations, split: Split, *, seed: int) -> Gate:
    """Look for a feature that alone nearly gives the outcome away."""
    rows = observations.where(split.train | split.calibrate)
    powers = single_column_powers(rows.table, rows.silent, seed=seed, within=rows.day)
    # A feature of ours has passed the gate of truncation: where it ranks nearly all, the customers
    # are easy to tell apart, and no secret got out.
    leaks = [giveaway for giveaway in giveaways(powers) if giveaway.column not in _OURS]
    ranked = [power for power in powers if np.isfinite(power.auc)]
    names = ", ".join(leak.column for leak in leaks)
    label = "No feature brought from outside gives the outcome away"
    if not ranked:
        return not_checked(
            "single_feature", label, "on no date did some customers go silent and some stay"
        )
    strongest = max(ranked, key=lambda one: one.auc)
    return Gate(
        "single_feature",
        label,
        not leaks,
        strongest.auc,
        GIVEAWAY_AUC,
        f"Got {names}, which only customers who left, or only those who stayed, have so."
        if leaks
        else f"The strongest of all, {strongest.column}, ranks {strongest.auc:.0%} of pairs right. "
        "A feature of the product's own is not stopped by this: it is built from earlier events "
        "only, which the check of what came later holds it to.",
    )


def _shuffled(observations: Observations, split: Split, day: int, *, seed: int) -> Gate:
    """Hand the outcomes of each date round among its customers, then train and test as ever."""
    rng = np.random.default_rng(seed)
    tested = observations.day == day
    label = "Outcomes that mean nothing cannot be predicted"
    gone, all_tested = int(observations.silent[tested].sum()), int(tested.sum())
    if not 0 < gone < all_tested:
        return not_checked(
            "shuffled_labels",
            label,
            f"{gone:,} of the {all_tested:,} customers tested on the latest date went silent, and "
            "without some of either kind nothing can be ranked",
        )
    found = []
    for _ in range(SHUFFLES):
        mixed = observations.shuffled(rng)
        train, calibrate = taught_on(mixed, split)
        test = mixed.where(tested)
        model = fit_calibrated(
            spec_of(_PROBE),
            train.of_fewer_customers(SHUFFLED_ROWS),
            calibrate.of_fewer_customers(SHUFFLED_ROWS),
            seed=seed,
        )
        found.append(auc(test.silent, model.raw_log_odds(test.table)))
    mean = float(np.mean(found))
    spread = float(np.std(found, ddof=1) / np.sqrt(SHUFFLES))
    bound = max(SHUFFLED_TOLERANCE, _STANDARD_ERRORS * spread)
    return Gate(
        "shuffled_labels",
        label,
        bool(mean - 0.5 <= bound),
        mean,
        0.5 + bound,
        f"With shuffled outcomes, {SHUFFLES} times over, the model ranks {mean:.1%} of pairs right "
        f"on average; 50% is chance, and {100 * bound:.0f} points above it would stop the run.",
    )


def _asks(gain: float, *, surely: bool, brought: bool) -> str:
    if gain <= RANDOM_SPLIT_LOOK:
        return "That is hardly a gain, as it should be."
    if surely and not brought:
        return (
            "The older dates teach little about these: a season, or a young history. It is no "
            "leak, for every feature is the product's own and is built from earlier events only."
        )
    return (
        "A season, or a history still young on the older dates, gives such a gain too; surely "
        f"above {RANDOM_SPLIT_GAIN:.2f}, something of the future would be among the features."
    )


def _random_split(observations: Observations, tested: Backtest, *, seed: int) -> Gate:
    """Compare a test on other customers of the same dates with the test on later dates."""
    rows = observations.where(np.isin(observations.day, tested.test_days))
    half = np.random.default_rng(seed).permutation(int(rows.customer_key.max()) + 1) % _PARTS
    score = np.full(len(rows), np.nan)
    for part in range(_PARTS):
        other = half[rows.customer_key] != part
        if min(rows.silent[other].sum(), (1 - rows.silent[other]).sum()) < 1:
            continue
        model = fit_calibrated(spec_of(_PROBE), rows.where(other), rows.where(other), seed=seed)
        score[~other] = model.predict(rows.table[~other])
    random = pd.DataFrame({"day": rows.day, "customer_key": rows.customer_key, "score": score})
    both = tested.predictions.merge(random, on=["day", "customer_key"]).dropna(subset="score")
    silent, day = both["silent"].to_numpy(), both["day"].to_numpy()
    draws = CustomerDraws.of(both["customer_key"].to_numpy(), seed=seed)
    later, now = both[_PROBE].to_numpy(), both["score"].to_numpy()
    low, _ = interval(draws.auc(silent, now, within=day) - draws.auc(silent, later, within=day))
    gain = auc(silent, now, within=day) - auc(silent, later, within=day)
    surely = bool(low > RANDOM_SPLIT_GAIN)
    # As with a single column: what has passed the gate of truncation holds no secret, so that a
    # gain without a feature from outside tells of the business and not of a leak.
    brought = not _OURS.issuperset(observations.table.columns)
    label = "A random split is not much better than later dates"
    if not np.isfinite(gain) or not np.isfinite(low):
        return not_checked(
            "random_split",
            label,
            "on no test date were there customers of both kinds in both halves",
        )
    return Gate(
        "random_split",
        label,
        not (surely and brought),
        gain,
        RANDOM_SPLIT_GAIN,
        f"Tested on other customers of the same dates instead of on later dates, the AUC changes "
        f"by {gain:+.3f} (95% interval from {low:+.3f}). "
        f"{_asks(gain, surely=surely, brought=brought)}",
    )
