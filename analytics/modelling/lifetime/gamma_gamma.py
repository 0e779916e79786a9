"""Gamma-gamma: how much customers spend a purchase, and how far one's own few purchases tell.

Fader, Hardie, Lee (2005), RFM and CLV, Journal of Marketing Research 42(4). Spend a purchase is
Gamma(p, nu) around a customer's own level, and nu is Gamma(q, gamma) among customers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import digamma, gammaln

from analytics.errors import InsufficientData
from analytics.modelling.lifetime.maximum_likelihood import Interval, intervals_of, likeliest

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class GammaGamma:
    """A fitted model; `gamma` is in the unit of the spend.

    Parameters
    ----------
    log_likelihood
        At these parameters; NaN where they were given, not fitted.
    intervals
        95% interval of each parameter; from 0 to infinity where the data do not tell.
    """

    p: float
    q: float
    gamma: float
    log_likelihood: float = float("nan")
    intervals: tuple[tuple[str, Interval], ...] = ()

    @property
    def parameters(self) -> dict[str, float]:
        """The three by name."""
        return {"p": self.p, "q": self.q, "gamma": self.gamma}

    @property
    def mean_spend(self) -> float:
        """Mean spend a purchase among all customers; infinite where q is 1 or less."""
        return self.p * self.gamma / (self.q - 1) if self.q > 1 else float("inf")

    def interval(self, name: str) -> Interval:
        """Return the 95% interval of a parameter."""
        return dict(self.intervals)[name]

    def expected_spend(self, purchases: npt.ArrayLike, mean_spend: npt.ArrayLike) -> Floats:
        """Return what each customer spends a purchase in the long run, given those seen.

        The posterior mean: all customers' mean for one without purchases, the own mean for one
        with very many.
        """
        x, mean = np.asarray(purchases, np.float64), np.asarray(mean_spend, np.float64)
        expected: Floats = self.p * (self.gamma + x * mean) / (self.p * x + self.q - 1)
        return expected


def fit_gamma_gamma(purchases: npt.ArrayLike, mean_spend: npt.ArrayLike) -> GammaGamma:
    """Fit the model by maximum likelihood.

    Parameters
    ----------
    purchases
        How many purchases each mean is of; 1 or more.
    mean_spend
        Mean spend a purchase of each customer; above 0.

    Raises
    ------
    InsufficientData
        Nobody, nobody with a second purchase, or numbers that no customer can have.
    """
    x, mean = np.broadcast_arrays(
        np.asarray(purchases, dtype=np.float64), np.asarray(mean_spend, dtype=np.float64)
    )
    _must(x.size > 0, "Gamma-gamma needs a customer. Got none.", "customers_present")
    _must(
        bool(np.all(np.isfinite(x) & (x >= 1))),
        f"purchases must be 1 or more. Got {np.min(x, initial=1):g}.", "purchases_positive",
    )  # fmt: skip
    _must(
        bool(np.all(np.isfinite(mean) & (mean > 0))),
        f"mean_spend must be above 0. Got {np.min(mean, initial=1):g}.", "spend_positive",
    )  # fmt: skip
    _must(
        bool(np.max(x) > 1),
        "Gamma-gamma needs a customer with two purchases. Got none.", "repeaters_present",
    )  # fmt: skip
    unit = float(np.mean(mean))
    scaled = mean / unit
    logs, cost = likeliest(lambda logs: _cost(logs, x, scaled), np.log(np.array([4.0, 4.0, 0.75])))
    p, q, gamma = (float(parameter) for parameter in np.exp(logs))
    intervals = intervals_of(logs, lambda logs: _cost(logs, x, scaled), x.size)
    low, high = intervals[2]
    intervals[2] = (low * unit, high * unit)
    log_likelihood = -cost * x.size - x.size * float(np.log(unit))
    named = tuple(zip(("p", "q", "gamma"), intervals, strict=True))
    return GammaGamma(p, q, gamma * unit, log_likelihood, named)


def _cost(logs: Floats, x: Floats, mean: Floats) -> tuple[float, Floats]:
    """Return the mean negative log-likelihood and its slopes along the logs of the parameters."""
    p, q, gamma = np.exp(logs)
    total, shape = gamma + x * mean, p * x
    likelihood = (
        gammaln(shape + q) - gammaln(shape) - gammaln(q) + q * np.log(gamma)
        + shape * np.log(x * mean) - np.log(mean) - (shape + q) * np.log(total)
    )  # fmt: skip
    slopes = np.array(
        [
            np.mean(x * (digamma(shape + q) - digamma(shape) + np.log(x * mean) - np.log(total))),
            np.mean(digamma(shape + q) - digamma(q) + np.log(gamma) - np.log(total)),
            np.mean(q / gamma - (shape + q) / total),
        ]
    )
    return -float(np.mean(likelihood)), -slopes * np.exp(logs)


def _must(holds: bool, message: str, rule: str) -> None:
    if not holds:
        raise InsufficientData(message, rule=rule)
