"""The rule of the ladder, and in words what decided at each of its rungs."""

from __future__ import annotations

from enum import StrEnum

#: Least gain that is worth a more complicated model: in AUC, or as a share of the Brier score.
SMALLEST_AUC_GAIN = 0.002
SMALLEST_BRIER_SHARE = 0.005


class Decided(StrEnum):
    """What a rung was taken for."""

    AUC = "AUC"
    BRIER = "Brier score"
    NOTHING = ""


def decided_by(taken: bool, auc_gain: float | None, auc_gain_low: float | None) -> Decided:
    """Return what a rung was taken for: its ranking, or else its probabilities.

    Parameters
    ----------
    taken
        Whether it beat the best below it.
    auc_gain, auc_gain_low
        Its gain in AUC and the lower end of its interval; None at the foot of the ladder.
    """
    if not taken or auc_gain is None or auc_gain_low is None:
        return Decided.NOTHING
    ranks = auc_gain_low > 0 and auc_gain >= SMALLEST_AUC_GAIN
    return Decided.AUC if ranks else Decided.BRIER


def result_words(decided: Decided) -> str:
    """Say whether a rung was adopted, and for what."""
    return f"adopted for its {decided.value}" if decided else "not adopted"


RULE = (
    "A model is adopted over the best below it if it ranks better, with the whole 95% interval of "
    f"its gain in AUC above zero and a gain of at least {SMALLEST_AUC_GAIN:.3f}; or else, if it "
    "ranks no worse as far as can be told, by its Brier score, with the whole interval of that "
    f"gain above zero and a gain of at least {SMALLEST_BRIER_SHARE:.1%} of the score."
)
