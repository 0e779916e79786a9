"""What changed since the last run: model, ranking, tiers, and the spread of risks and features."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import spearmanr

from analytics.domain.customer.risk_tier import SCORED_TIERS
from analytics.domain.run_tables import CUSTOMERS
from analytics.domain.tables.evidence_tables import BacktestScore
from analytics.domain.tables.feature_catalogue import FeatureCatalogue, population_stability
from analytics.modelling.models.estimators import spec_of
from analytics.runs.run_files import read_catalogue
from analytics.runs.run_store import PublishedRun, RunStore

Comparison = dict[str, Any]

#: From here on a stability index is a change to look at.
MOVED_FROM = 0.1
#: Share of the smaller run's scored customers who must be in both: fewer are another business.
_COMMON_SHARE = 0.5
_MOST_FEATURES = 10
_COMPARED = ["customer_id", "churn_risk", "risk_tier"]
_TENTH = 0.9
_DIGITS = 4


def last_run(store: RunStore, run_id: str, profile: str, *, simulated: bool) -> PublishedRun | None:
    """Return the newest other run of the profile; None for the first.

    A run on simulated data is never compared with one on real data.
    """
    others = (published for published in store.runs() if published.run_id != run_id)
    alike = (other for other in others if other.summary.simulated == simulated)
    return next((run for run in alike if run.summary.profile == profile), None)


def compare_with(
    former: PublishedRun,
    customers: pd.DataFrame,
    metrics: pd.DataFrame,
    catalogue: FeatureCatalogue,
    *,
    champion: str,
) -> Comparison | None:
    """Compare a run that is about to be published with a former one.

    None where the former run's tables cannot be read, or fewer than half of the smaller run's
    scored customers have a risk in both: that is another business, not another date.

    Parameters
    ----------
    customers, metrics
        Rows of the run tables ``customers`` and ``backtest``.
    """
    try:
        before = pd.read_parquet(former.folder / CUSTOMERS.file, columns=_COMPARED)
        tested_before = pd.read_parquet(former.folder / BacktestScore.table.file)
    except (OSError, ValueError, KeyError):
        return None
    now = customers[_COMPARED]
    both = before.merge(now, on="customer_id", suffixes=("_before", "_now"))
    both = both.dropna(subset=["churn_risk_before", "churn_risk_now"])
    scored = min(before["churn_risk"].count(), now["churn_risk"].count())
    if len(both) < max(2, _COMMON_SHARE * scored):
        return None
    found: Comparison = {
        "run_id": former.run_id,
        "as_of": former.summary.as_of[:10],
        "model_before": former.summary.champion_label,
        "model_now": spec_of(champion).label,
        "auc_before": _auc(tested_before, former.summary.champion),
        "auc_now": _auc(metrics, champion),
        "customers_in_both": len(both),
        **_ranking(both),
        "tier_changed_share": _tier_changed(both),
        "risk_stability_index": population_stability(
            _spread(before["churn_risk"]), _spread(now["churn_risk"])
        ),
        "features_that_moved": _moved(read_catalogue(former.folder), catalogue),
    }
    same_model = former.summary.champion == champion
    rounded = {
        name: round(value, _DIGITS) if isinstance(value, float) else value
        for name, value in found.items()
    }
    return {"sentence": _in_words(found, same_model), **rounded}


def _ranking(both: pd.DataFrame) -> dict[str, float | None]:
    """Return how alike the two rankings are, over all and in the riskiest tenth."""
    before, now = (both[f"churn_risk_{when}"].to_numpy() for when in ("before", "now"))
    varied = np.ptp(before) > 0 and np.ptp(now) > 0
    top_before, top_now = before >= np.quantile(before, _TENTH), now >= np.quantile(now, _TENTH)
    return {
        "rank_correlation": float(spearmanr(before, now).statistic) if varied else None,
        "riskiest_tenth_in_common": float(
            (top_before & top_now).sum() / (top_before | top_now).sum()
        ),
    }


def _tier_changed(both: pd.DataFrame) -> float:
    tiers = [str(scored_tier) for scored_tier in SCORED_TIERS]
    scored = both["risk_tier_before"].isin(tiers) & both["risk_tier_now"].isin(tiers)
    changed = both.loc[scored, "risk_tier_before"] != both.loc[scored, "risk_tier_now"]
    return float(changed.mean()) if len(changed) else 0.0


def _auc(metrics: pd.DataFrame, model: str) -> float | None:
    rows = metrics[
        (metrics["observation_date"] == "all")
        & (metrics["slice"] == "all")
        & (metrics["model"] == model)
    ]
    return float(rows["auc"].iloc[0]) if len(rows) else None


def _spread(values: pd.Series) -> tuple[float, ...]:
    there = values.dropna().to_numpy(dtype=np.float64)
    if not len(there):
        return ()
    return tuple(np.percentile(there, np.linspace(0, 100, 201), method="lower").tolist())


def _moved(before: FeatureCatalogue | None, now: FeatureCatalogue) -> list[dict[str, str | float]]:
    """Return the features whose spread moved, the most moved first."""
    if before is None:
        return []
    spreads = {entry.name: entry.spread for entry in before.entries}
    found = [
        (entry.name, population_stability(spreads.get(entry.name, ()), entry.spread))
        for entry in now.entries
    ]
    moved = [(name, index) for name, index in found if index is not None and index >= MOVED_FROM]
    first = sorted(moved, key=lambda one: -one[1])[:_MOST_FEATURES]
    return [{"feature": name, "stability_index": round(index, 3)} for name, index in first]


def _in_words(found: Comparison, same_model: bool) -> str:
    model = (
        f"The model is still {found['model_now'].lower()}"
        if same_model
        else f"The model is now {found['model_now'].lower()}, "
        f"no longer {found['model_before'].lower()}"
    )
    return (
        f"Compared with the run as of {found['as_of']}: {model[0].lower()}{model[1:]}; "
        f"{found['riskiest_tenth_in_common']:.0%} of those in the riskiest tenth then or now are "
        f"in both, and {found['tier_changed_share']:.0%} of the scored customers changed tier."
    )
