"""Whether the data support a prediction at all: beyond what the best of several would by luck."""

from __future__ import annotations

from dataclasses import replace

from analytics.modelling.estimators import LADDER
from analytics.modelling.judging import Backtest
from analytics.modelling.metrics import interval
from analytics.modelling.resampling import CustomerDraws

#: The best of many models looks good by luck more often than one: a wider interval than elsewhere.
_LEVEL = 0.998
_DRAWS = 1_000
AVERAGE = LADDER[0].name


def believed(tested: Backtest, *, seed: int) -> tuple[Backtest, str]:
    """Return the backtest and, where no model tells leavers from stayers, the reason.

    Then the average of all takes the champion's place, so that nobody is shown a risk of their own.
    """
    if tested.champion != AVERAGE:
        predictions = tested.predictions
        draws = CustomerDraws.of(predictions["customer_key"].to_numpy(), seed=seed, draws=_DRAWS)
        silent = predictions["silent"].to_numpy()
        low, _ = interval(draws.auc(silent, predictions[tested.champion].to_numpy()), level=_LEVEL)
        if low > 0.5:
            return tested, ""
    best = tested.metrics[
        (tested.metrics["observation_date"] == "all") & (tested.metrics["slice"] == "all")
    ].nlargest(1, "auc")
    row = best.iloc[0]
    reason = (
        "These data do not support a prediction of who will go silent: on "
        f"{int(row['customers']):,} customer dates of the past, {int(row['positives']):,} of them "
        f"silent since, the best model put a leaver above a stayer in {row['auc']:.0%} of pairs "
        f"(95% interval {row['auc_low']:.0%} to {row['auc_high']:.0%}; 50% is chance). Everybody "
        "is given the average risk. More customers, a longer history or other events may help."
    )
    steps = tested.steps.assign(champion=tested.steps["model"] == AVERAGE)
    return replace(tested, champion=AVERAGE, verdict=reason, steps=steps), reason
