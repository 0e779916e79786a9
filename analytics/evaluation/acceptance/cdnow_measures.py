"""Measures one log of CDNOW's kind, and sets a simulated one beside the real one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_limits

from analytics.evaluation.acceptance import purchase_facts
from analytics.evaluation.acceptance.purchase_facts import (
    CALIBRATION_DAYS,
    CDNOW_START,
    PurchaseLog,
)
from analytics.modelling.lifetime.bgnbd import BgNbd, fit_bgnbd
from analytics.modelling.lifetime.gamma_gamma import fit_gamma_gamma
from analytics.modelling.lifetime.regularity import wheat_morrison_k
from analytics.modelling.measuring.metrics import auc
from analytics.modelling.signed_log import SignedLog
from analytics.simulation.presets.purchase_preset import PurchasePreset
from analytics.simulation.purchases.purchase_story import live_chunks

Floats = npt.NDArray[np.float64]

#: Monday to Sunday of the published sample, by days with a purchase.
PUBLISHED_WEEKDAYS = (0.157, 0.156, 0.139, 0.144, 0.132, 0.131, 0.142)
GAP_BIN_DAYS, GAP_BINS = 14, 26
RETENTION_PERIODS = 16
LORENZ_SHARES = np.linspace(0, 1, 21)
_FIRST_FEW, _FOLDS = 3, 5


@dataclass(frozen=True)
class Measures:
    """Figures and curves of one log.

    Parameters
    ----------
    facts
        By the name of their check.
    curves
        ``gaps``, ``retention``, ``concentration`` and ``weekdays``.
    """

    facts: Mapping[str, float]
    curves: Mapping[str, Floats]
    model: BgNbd


def simulated_log(preset: PurchasePreset, *, customers: int, days: int, seed: int) -> PurchaseLog:
    """Simulate a log in memory: what `simulate_purchases` writes for a start on 1 January 1997."""
    weekday = CDNOW_START.weekday()
    parts = [
        purchases
        for _, purchases in live_chunks(
            preset, customers=customers, days=days, seed=seed, first_weekday=weekday
        )
    ]
    return PurchaseLog.of(
        np.concatenate([part.number for part in parts]),
        np.concatenate([part.day for part in parts]),
        np.concatenate([part.cents for part in parts]) / 100,
        CDNOW_START,
    )


def fitted(log: PurchaseLog) -> BgNbd:
    """Fit BG/NBD to the first 39 weeks."""
    seen = purchase_facts.purchase_summary(log)
    return fit_bgnbd(seen.frequency, seen.recency, seen.age)


def measure_log(log: PurchaseLog) -> Measures:
    """Measure everything that one log tells on its own."""
    repeats = purchase_facts.purchase_summary(log).frequency
    gap = purchase_facts.gaps(log)
    times, spend = purchase_facts.repeat_spend(log)
    value = fit_gamma_gamma(times, spend)
    spent = purchase_facts.spend_by_customer(log)
    weekdays = purchase_facts.weekday_shares(log)
    facts = {
        "zero_repeaters": float(np.mean(repeats == 0)),
        "mean_repeats": float(np.mean(repeats)),
        "gap_mean_days": float(np.mean(gap)),
        "gap_median_days": float(np.median(gap)),
        "gap_q90_days": float(np.quantile(gap, 0.9)),
        "gap_cv": float(np.std(gap) / np.mean(gap)),
        "regularity_k": wheat_morrison_k(log.customer, log.day),
        "top_fifth_spend": purchase_facts.top_fifth_share(spent),
        "gamma_gamma_p": value.p,
        "gamma_gamma_q": value.q,
        "gamma_gamma_gamma": value.gamma,
        "mean_spend": value.mean_spend,
        "spend_frequency_correlation": float(np.corrcoef(times, spend)[0, 1]),
        "weekday_difference": float(np.max(np.abs(weekdays - PUBLISHED_WEEKDAYS))),
    }
    bins = np.bincount(gap // GAP_BIN_DAYS, minlength=GAP_BINS)[:GAP_BINS]
    curves = {
        "gaps": bins / len(gap),
        "retention": purchase_facts.still_buying(log, periods=RETENTION_PERIODS),
        "concentration": purchase_facts.lorenz(spent, LORENZ_SHARES),
        "weekdays": weekdays,
    }
    return Measures(facts, curves, fitted(log))


def telling_apart(
    real: PurchaseLog, simulated: PurchaseLog, *, seed: int, by_spend: bool = True
) -> float:
    """Return the AUC, out of fold, of telling the customers of two logs apart; .5 is not at all.

    Boosting sees each customer's first gaps and, `by_spend`, the spend of the first purchases (a
    two-sample test).
    """
    rows = np.vstack([_first_few(real), _first_few(simulated)])
    which = np.repeat([0, 1], [real.customers, simulated.customers])
    rows = rows if by_spend else rows[:, :_FIRST_FEW]
    model = HistGradientBoostingClassifier(
        max_iter=50, learning_rate=0.1, max_leaf_nodes=15, random_state=seed
    )
    return auc(which, _out_of_fold(model, rows, which, seed))


def buys_again_auc(real: PurchaseLog, *, seed: int) -> float:
    """Return the AUC of "buys again in the next 39 weeks" on real customers, out of fold."""
    rows, again = _state_and_future(real)
    return auc(again, _out_of_fold(_buys_again_model(), rows, again, seed))


def buys_again_auc_from(simulated: PurchaseLog, real: PurchaseLog) -> float:
    """Return the same of a model that has seen simulated customers only."""
    model = _buys_again_model().fit(*_state_and_future(simulated))
    rows, again = _state_and_future(real)
    return auc(again, model.predict_proba(rows)[:, 1])


def _buys_again_model() -> Pipeline:
    return make_pipeline(SignedLog(), StandardScaler(), LogisticRegression())


def _out_of_fold(
    model: HistGradientBoostingClassifier | Pipeline,
    rows: Floats,
    target: npt.NDArray[np.int64],
    seed: int,
) -> Floats:
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=seed)
    # So little work is not worth threads, which would wait for each other on a busy machine.
    with threadpool_limits(1):
        found = cross_val_predict(model, rows, target, cv=folds, method="predict_proba")
    chance: Floats = found[:, 1]
    return chance


def _first_few(log: PurchaseLog) -> Floats:
    """Return the first gaps and spends of each customer; NaN where there are fewer."""
    first = log.first_row
    rank = np.arange(len(log.day)) - first[log.customer]
    found = np.full((log.customers, 2 * _FIRST_FEW), np.nan)
    spends = rank < _FIRST_FEW
    found[log.customer[spends], _FIRST_FEW + rank[spends]] = log.amount[spends]
    later = (rank > 0) & (rank <= _FIRST_FEW)
    found[log.customer[later], rank[later] - 1] = np.diff(log.day, prepend=0)[later]
    return found


def _state_and_future(log: PurchaseLog) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Return what is known of each customer after 39 weeks, and who buys in the 39 after them."""
    seen = purchase_facts.purchase_summary(log)
    spent = purchase_facts.spend_by_customer(log)
    silent = seen.age - seen.recency
    known = [seen.frequency, seen.recency, seen.age, silent, spent, spent / (seen.frequency + 1)]
    later = (log.day >= CALIBRATION_DAYS) & (log.day < 2 * CALIBRATION_DAYS)
    again = np.bincount(log.customer[later], minlength=log.customers) > 0
    return np.column_stack(known), again.astype(np.int64)
