"""Which model is believed, and how far: the simplest that nothing above it clearly beats."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analytics.modelling.estimators import LADDER, spec_of
from analytics.modelling.metrics import bootstrap_auc, customer_draws, interval


def choose_champion(predictions: pd.DataFrame, names: Sequence[str], *, seed: int) -> str:
    """Climb the ladder: a rung is taken only if it ranks better, whole interval above zero.

    The interval is of the paired difference in AUC, drawn by whole customers.
    """
    draws = customer_draws(predictions["customer_key"].to_numpy(), seed=seed)
    silent = predictions["silent"].to_numpy()
    champion = names[0]
    best = bootstrap_auc(silent, predictions[champion].to_numpy(), draws)
    for name in names[1:]:
        challenger = bootstrap_auc(silent, predictions[name].to_numpy(), draws)
        if interval(challenger - best)[0] > 0:
            champion, best = name, challenger
    return champion


def verdict_of(metrics: pd.DataFrame, champion: str, dates: int) -> str:
    """Say in one plain sentence how far the champion can be believed."""
    overall = metrics[(metrics["observation_date"] == "all") & (metrics["slice"] == "all")]
    rows = overall.set_index("model")
    best, simple = rows.loc[champion], rows.loc[LADDER[0].name]
    when = "one past date" if dates == 1 else f"{dates} past dates"
    ranked = (
        f"Tested on {when} with what was known then, the model ({spec_of(champion).label.lower()}) "
        f"put a customer who went silent above one who stayed in {best['auc']:.0%} of pairs "
        f"(95% interval {best['auc_low']:.0%} to {best['auc_high']:.0%})"
    )
    if champion == LADDER[0].name:
        return f"{ranked}; no model beat counting the days of silence."
    return (
        f"{ranked}, against {simple['auc']:.0%} by counting days of silence; "
        f"the riskiest tenth went silent {best['lift_top_decile']:.1f} times as often as all."
    )
