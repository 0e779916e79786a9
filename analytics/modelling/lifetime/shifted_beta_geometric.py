"""Shifted beta-geometric: how many are left after each renewal, when loyalty differs.

Fader, Hardie (2007), How to Project Customer Retention, Journal of Interactive Marketing 21(1).
Every customer leaves at each renewal with a chance of their own, Beta(alpha, beta) among customers;
those who leave easily go first, so that retention rises although nobody changes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import betaln, digamma

from analytics.errors import InsufficientData
from analytics.modelling.lifetime.maximum_likelihood import Interval, intervals_of, likeliest

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class ShiftedBetaGeometric:
    """A fitted model.

    Parameters
    ----------
    log_likelihood
        At these parameters; NaN where they were given, not fitted.
    intervals
        95% interval of each parameter; from 0 to infinity where the data do not tell.
    """

    alpha: float
    beta: float
    log_likelihood: float = float("nan")
    intervals: tuple[tuple[str, Interval], ...] = ()

    def survival(self, periods: npt.ArrayLike) -> Floats:
        """Return the share still there after so many periods.

        S(t) = B(alpha, beta + t) / B(alpha, beta).
        """
        t = np.asarray(periods, dtype=np.float64)
        share: Floats = np.exp(betaln(self.alpha, self.beta + t) - betaln(self.alpha, self.beta))
        return share

    def retention(self, periods: npt.ArrayLike) -> Floats:
        """Return the share of those there before a period who stay in it; it rises."""
        t = np.asarray(periods, dtype=np.float64)
        share: Floats = (self.beta + t - 1) / (self.alpha + self.beta + t - 1)
        return share

    def interval(self, name: str) -> Interval:
        """Return the 95% interval of a parameter."""
        return dict(self.intervals)[name]


def fit_shifted_beta_geometric(survivors: npt.ArrayLike) -> ShiftedBetaGeometric:
    """Fit the model by maximum likelihood.

    Parameters
    ----------
    survivors
        Customers at the start, then those still there after each period; never more than before.

    Raises
    ------
    InsufficientData
        No period, nobody who left or stayed, or counts that rise or are negative.
    """
    left = np.asarray(survivors, dtype=np.float64)
    _must(
        left.ndim == 1 and left.size >= 3, "survivors must cover two periods", left.size - 1,
        "periods_present",
    )  # fmt: skip
    _must(
        bool(np.all(np.isfinite(left) & (left >= 0))), "survivors must be 0 or more",
        float(left.min()), "survivors_not_negative",
    )  # fmt: skip
    lost = -np.diff(left)
    _must(bool(np.all(lost >= 0)), "survivors must not rise", -float(lost.min()), "survivors_fall")
    _must(bool(lost.sum() > 0), "survivors must fall", 0, "leavers_present")
    logs, cost = likeliest(lambda logs: _cost(logs, lost, left[-1]), np.zeros(2))
    alpha, beta = (float(parameter) for parameter in np.exp(logs))
    intervals = intervals_of(logs, lambda logs: _cost(logs, lost, left[-1]), float(left[0]))
    named = tuple(zip(("alpha", "beta"), intervals, strict=True))
    return ShiftedBetaGeometric(alpha, beta, -cost * float(left[0]), named)


def _cost(logs: Floats, lost: Floats, stayed: float) -> tuple[float, Floats]:
    """Return the mean negative log-likelihood and its slopes along the logs of the parameters."""
    alpha, beta = np.exp(logs)
    t = np.arange(1, len(lost) + 1)
    customers, end = lost.sum() + stayed, beta + len(lost)
    base = betaln(alpha, beta)
    likelihood = lost @ (betaln(alpha + 1, beta + t - 1) - base)
    likelihood += stayed * (betaln(alpha, end) - base)
    both = digamma(alpha + beta)
    slope_alpha = lost @ (digamma(alpha + 1) - digamma(alpha) - digamma(alpha + beta + t) + both)
    slope_alpha += stayed * (both - digamma(alpha + end))
    slope_beta = lost @ (
        digamma(beta + t - 1) - digamma(beta) - digamma(alpha + beta + t) + both
    )  # fmt: skip
    slope_beta += stayed * (digamma(end) - digamma(beta) - digamma(alpha + end) + both)
    slopes = np.array([slope_alpha * alpha, slope_beta * beta])
    return -float(likelihood) / customers, -slopes / customers


def _must(holds: bool, rule: str, got: object, name: str) -> None:
    if not holds:
        said = f"{got:g}" if isinstance(got, float) else str(got)
        raise InsufficientData(f"{rule[:1].upper()}{rule[1:]}. Got {said}.", rule=name, got=got)
