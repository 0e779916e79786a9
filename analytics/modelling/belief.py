"""Whether the data support a prediction at all: beyond what the best of several would by luck."""

from __future__ import annotations

from dataclasses import replace

from analytics.modelling.judging import Backtest
from analytics.modelling.measuring.metrics import auc, interval
from analytics.modelling.measuring.resampling import CustomerDraws
from analytics.modelling.models.estimators import AVERAGE

#: The best of many models looks good by luck more often than one: a wider interval than elsewhere.
_LEVEL = 0.998
_DRAWS = 1_000


def believed(tested: Backtest, *, seed: int) -> tuple[Backtest, str]:
    """Return the backtest and, where no model tells leavers from stayers, the reason.

    Then the average of all takes the champion's place, so that nobody is shown a risk of their own.
    """
    predictions = tested.predictions
    silent, day = predictions["silent"].to_numpy(), predictions["day"].to_numpy()
    draws = CustomerDraws.of(predictions["customer_key"].to_numpy(), seed=seed, draws=_DRAWS)
    name = tested.champion if tested.champion != AVERAGE else _best_ranking(tested)
    low, high = interval(draws.auc(silent, predictions[name].to_numpy(), within=day), level=_LEVEL)
    if tested.champion != AVERAGE and low > 0.5:
        return tested, ""
    ranked = auc(silent, predictions[name].to_numpy(), within=day)
    reason = (
        "These data do not support a prediction of who will go silent: on "
        f"{len(silent):,} customer dates of the past, {int(silent.sum()):,} of them "
        "silent since, the best model put a leaver above a stayer of the same date in "
        f"{ranked:.0%} of pairs ({_LEVEL:.1%} interval {low:.0%} to {high:.0%}, wide because it is "
        f"the best of {len(tested.steps)}; 50% is chance). Everybody "
        "is given the average risk. More customers, a longer history or other events may help."
    )
    steps = tested.steps.assign(champion=tested.steps["model"] == AVERAGE)
    return replace(tested, champion=AVERAGE, verdict=reason, steps=steps), reason


def _best_ranking(tested: Backtest) -> str:
    """Return the rung that ranks best over all dates, beaten or not."""
    names = [str(name) for name in tested.steps["model"]]
    return max(names, key=lambda name: float(tested.of(name)["auc"]))
