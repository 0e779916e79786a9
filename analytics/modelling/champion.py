"""Which model is believed: the simplest that nothing above it clearly beats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.words.ladder_words import SMALLEST_AUC_GAIN, SMALLEST_BRIER_SHARE
from analytics.modelling.measuring.metrics import auc, brier, interval
from analytics.modelling.measuring.resampling import CustomerDraws
from analytics.modelling.models.estimators import LADDER

Floats = npt.NDArray[np.float64]

_LABELS = {rung.name: rung.label for rung in LADDER}


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


@dataclass(frozen=True)
class _Standing:
    """One model on the test dates: its figures, and those of every draw of the customers."""

    name: str
    auc: float
    brier: float
    auc_draws: Floats
    brier_draws: Floats

    def over(self, other: _Standing) -> tuple[_Gain, _Gain]:
        """Return the gains in AUC and Brier score over another model, for the same customers."""
        return (
            _Gain(self.auc - other.auc, *interval(self.auc_draws - other.auc_draws)),
            _Gain(other.brier - self.brier, *interval(other.brier_draws - self.brier_draws)),
        )


def ladder_steps(predictions: pd.DataFrame, names: Sequence[str], *, seed: int) -> pd.DataFrame:
    """Climb the ladder: return one row a model, columns of the run table ``ladder``.

    A rung is compared with the best below it, for the same customers, whole customers drawn with
    replacement. It is taken if the whole interval of its gain in AUC is above zero; or if it ranks
    no worse as far as can be told and the whole interval of its gain in Brier score is above zero.
    Two models that are nearly one differ surely, but by nothing: a gain must also be worth a more
    complicated model. Otherwise the simpler one stays.
    """
    draws = CustomerDraws.of(predictions["customer_key"].to_numpy(), seed=seed)
    silent, day = predictions["silent"].to_numpy(), predictions["day"].to_numpy()
    rows: list[dict[str, object]] = []
    best: _Standing | None = None
    for rung, name in enumerate(names, 1):
        here = _standing(name, silent, predictions[name].to_numpy(dtype=np.float64), day, draws)
        row: dict[str, object] = {"rung": rung, "model": name, "label": _LABELS.get(name, name)}
        if best is None:
            rows.append(row | {"against": "", "taken": True})
            best = here
            continue
        ranks, says = here.over(best)
        taken = (ranks.surely and ranks.value >= SMALLEST_AUC_GAIN) or (
            says.surely
            and says.value >= SMALLEST_BRIER_SHARE * best.brier
            and not ranks.surely_worse
        )
        rows.append(
            row
            | {"against": best.name, "taken": taken}
            | {"auc_gain": ranks.value, "auc_gain_low": ranks.low, "auc_gain_high": ranks.high}
            | {"brier_gain": says.value, "brier_gain_low": says.low, "brier_gain_high": says.high}
        )
        best = here if taken else best
    champion = best.name if best else ""
    gains = [f"{of}_gain{end}" for of in ("auc", "brier") for end in ("", "_low", "_high")]
    columns = ["rung", "model", "label", "against", *gains, "taken"]
    steps = pd.DataFrame(rows).reindex(columns=columns).astype(dict.fromkeys(gains, "float64"))
    return steps.assign(champion=steps["model"] == champion)


def champion_of(steps: pd.DataFrame) -> str:
    """Return the model at which the climb ended."""
    return str(steps.loc[steps["champion"], "model"].iloc[0])


def _standing(
    name: str,
    silent: npt.NDArray[np.int8],
    said: Floats,
    day: npt.NDArray[np.int64],
    draws: CustomerDraws,
) -> _Standing:
    error = (said - silent) ** 2
    return _Standing(
        name,
        auc(silent, said, within=day),
        brier(silent, said),
        draws.auc(silent, said, within=day),
        draws.ratio(error, np.ones_like(error)),
    )
