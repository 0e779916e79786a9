"""The rule of the ladder, and in words what decided at each of its rungs."""

from __future__ import annotations

from enum import StrEnum

#: Least gain that is worth a more complicated model: in AUC, or as a share of the Brier score.
SMALLEST_AUC_GAIN = 0.002
SMALLEST_BRIER_SHARE = 0.005
#: What a model that finds exits better may lose by the label: in AUC, and as a share of the score.
MOST_AUC_LOST = 0.02
MOST_BRIER_SHARE_LOST = 0.05


class Decided(StrEnum):
    """What a rung was taken for."""

    AUC = "AUC"
    BRIER = "Brier score"
    EXITS = "ranking of exits"
    NOTHING = ""


def decided_by(
    taken: bool,
    auc_gain: float | None,
    auc_gain_low: float | None,
    exit_gain: float | None = None,
    exit_gain_low: float | None = None,
) -> Decided:
    """Return what a rung was taken for: its ranking, exits, or else its probabilities.

    Parameters
    ----------
    taken
        Whether it beat the best below it.
    auc_gain, auc_gain_low
        Its gain in AUC and the lower end of its interval; None at the foot of the ladder.
    exit_gain, exit_gain_low
        The same by exits; None where it was judged by the label alone.
    """
    if not taken or auc_gain is None or auc_gain_low is None:
        return Decided.NOTHING
    if auc_gain_low > 0 and auc_gain >= SMALLEST_AUC_GAIN:
        return Decided.AUC
    if exit_gain is None or exit_gain_low is None:
        return Decided.BRIER
    finds = exit_gain_low > 0 and exit_gain >= SMALLEST_AUC_GAIN
    return Decided.EXITS if finds else Decided.BRIER


def result_words(decided: Decided) -> str:
    """Say whether a rung was adopted, and for what."""
    return f"adopted for its {decided.value}" if decided else "not adopted"


RULE = (
    "A model is adopted over the best below it if it ranks better, with the whole 95% interval of "
    f"its gain in AUC above zero and a gain of at least {SMALLEST_AUC_GAIN:.3f}; or else, if it "
    "ranks no worse as far as can be told, by its Brier score, with the whole interval of that "
    f"gain above zero and a gain of at least {SMALLEST_BRIER_SHARE:.1%} of the score. A model that "
    "learned from exits is adopted if it ranks exits surely better and loses, by the label, at "
    f"most {MOST_AUC_LOST:.2f} of AUC and {MOST_BRIER_SHARE_LOST:.0%} of the Brier score. An exit "
    "is no activity for eight weeks, or for the own horizon if that is longer; it is looked for in "
    "the eight weeks after each test date, or in as many as are known by now, from four on."
)
