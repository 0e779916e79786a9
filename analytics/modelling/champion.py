"""Which model is believed: the simplest that nothing above it clearly beats."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.words.ladder_words import (
    MOST_AUC_LOST,
    MOST_BRIER_SHARE_LOST,
    SMALLEST_AUC_GAIN,
    SMALLEST_BRIER_SHARE,
)
from analytics.domain.words.model_names import model_label
from analytics.modelling.measuring.metrics import auc, brier, interval
from analytics.modelling.measuring.resampling import CustomerDraws

Floats = npt.NDArray[np.float64]

#: Exits, and customers who stayed, without which nothing is judged by exits.
FEWEST_EXITS = 30
_GAINS = ("auc", "brier", "exit")


@dataclass(frozen=True)
class _Gain:
    """How much better one model is than another, with the paired 95% interval."""

    value: float
    low: float
    high: float

    @property
    def surely(self) -> bool:
        return self.low > 0

    @property
    def surely_worse(self) -> bool:
        return self.high < 0

    def columns(self, name: str) -> dict[str, float]:
        return {
            f"{name}_gain": self.value,
            f"{name}_gain_low": self.low,
            f"{name}_gain_high": self.high,
        }


@dataclass(frozen=True)
class _Standing:
    """One model on the test dates: its figures, and those of every draw of the customers."""

    name: str
    auc: float
    brier: float
    exit_auc: float
    auc_draws: Floats
    brier_draws: Floats
    exit_draws: Floats

    def over(self, other: _Standing) -> tuple[_Gain, _Gain]:
        """Return the gains in AUC and Brier score over another model, for the same customers."""
        return (
            _Gain(self.auc - other.auc, *interval(self.auc_draws - other.auc_draws)),
            _Gain(other.brier - self.brier, *interval(other.brier_draws - self.brier_draws)),
        )

    def over_by_exits(self, other: _Standing) -> _Gain:
        """Return the gain in AUC by exits."""
        difference = self.exit_draws - other.exit_draws
        return _Gain(self.exit_auc - other.exit_auc, *interval(difference))


class _Judge:
    """Measures models on the same customers and the same draws of them."""

    def __init__(self, predictions: pd.DataFrame, seed: int) -> None:
        self._predictions = predictions
        self._draws = CustomerDraws.of(predictions["customer_key"].to_numpy(), seed=seed)
        known = predictions["exit"].notna().to_numpy() if "exit" in predictions else None
        self._known = np.zeros(len(predictions), dtype=bool) if known is None else known
        self._exit = predictions.get("exit", predictions["silent"]).to_numpy()[self._known]

    @property
    def knows_exits(self) -> bool:
        """Whether enough exits are known, and enough customers who stayed."""
        left = int(self._exit.sum())
        return min(left, len(self._exit) - left) >= FEWEST_EXITS

    def standing(self, name: str) -> _Standing:
        told = self._predictions
        predicted = told[name].to_numpy(dtype=np.float64)
        silent, day = told["silent"].to_numpy(), told["day"].to_numpy()
        error = (predicted - silent) ** 2
        exit_auc, exit_draws = float("nan"), np.empty(0)
        if self.knows_exits:
            rows = self._known
            of_exits = (self._exit.astype(np.int8), predicted[rows])
            exit_auc = auc(*of_exits, within=day[rows])
            exit_draws = self._draws.where(rows).auc(*of_exits, within=day[rows])
        return _Standing(
            name,
            auc(silent, predicted, within=day),
            brier(silent, predicted),
            exit_auc,
            self._draws.auc(silent, predicted, within=day),
            self._draws.ratio(error, np.ones_like(error)),
            exit_draws,
        )


def ladder_steps(
    predictions: pd.DataFrame, names: Sequence[str], *, seed: int, learn_exits: Collection[str] = ()
) -> pd.DataFrame:
    """Climb the ladder: return one row a model, columns of the run table ``ladder``.

    A rung is compared with the best below it, for the same customers, whole customers drawn with
    replacement. It is taken if the whole interval of its gain in AUC is above zero; or if it ranks
    no worse as far as can be told and the whole interval of its gain in Brier score is above zero.
    Two models that are nearly one differ surely, but by nothing: a gain must also be worth a more
    complicated model. Otherwise the simpler one stays.

    A model that learned from exits is judged by exits, where enough are known: it is taken if it
    surely ranks them better and, by the label, loses no more than `MOST_AUC_LOST` and
    `MOST_BRIER_SHARE_LOST` against the best that learned from the label; or by the label, if it
    surely ranks exits no worse.

    Parameters
    ----------
    predictions
        Of each test date; ``exit`` is 1 for who left within the weeks ahead, NaN where not known.
    learn_exits
        Names of the models that learned from exits.
    """
    judge = _Judge(predictions, seed)
    rows: list[dict[str, object]] = []
    best: _Standing | None = None
    best_by_label: _Standing | None = None
    for rung, name in enumerate(names, 1):
        here = judge.standing(name)
        row: dict[str, object] = {"rung": rung, "model": name, "label": model_label(name)}
        if best is None or best_by_label is None:
            rows.append(row | {"against": "", "taken": True})
            best = best_by_label = here
            continue
        ranks, says = here.over(best)
        taken = _better_by_label(ranks, says, best)
        row |= {"against": best.name, **ranks.columns("auc"), **says.columns("brier")}
        if name in learn_exits and judge.knows_exits:
            finds = here.over_by_exits(best)
            taken = (taken and not finds.surely_worse) or (
                _better(finds) and _keeps_to_label(here, best_by_label)
            )
            row |= finds.columns("exit")
        rows.append(row | {"taken": taken})
        best = here if taken else best
        best_by_label = here if taken and name not in learn_exits else best_by_label
    champion = best.name if best else ""
    gains = [f"{of}_gain{end}" for of in _GAINS for end in ("", "_low", "_high")]
    columns = ["rung", "model", "label", "against", *gains, "taken"]
    steps = pd.DataFrame(rows).reindex(columns=columns).astype(dict.fromkeys(gains, "float64"))
    return steps.assign(champion=steps["model"] == champion)


def champion_of(steps: pd.DataFrame) -> str:
    """Return the model at which the climb ended."""
    return str(steps.loc[steps["champion"], "model"].iloc[0])


def _better(gain: _Gain) -> bool:
    return gain.surely and gain.value >= SMALLEST_AUC_GAIN


def _better_by_label(ranks: _Gain, says: _Gain, best: _Standing) -> bool:
    return _better(ranks) or (
        says.surely and says.value >= SMALLEST_BRIER_SHARE * best.brier and not ranks.surely_worse
    )


def _keeps_to_label(here: _Standing, best: _Standing) -> bool:
    """Tell whether what is shown, the chance of silent churn, stays nearly as good."""
    return (
        here.auc >= best.auc - MOST_AUC_LOST
        and here.brier <= (1 + MOST_BRIER_SHARE_LOST) * best.brier
    )
