"""BG/NBD: how often customers buy, and after which purchase they stop, from counts alone.

Fader, Hardie, Lee (2005), "Counting Your Customers" the Easy Way, Marketing Science 24(2). While a
customer is there, purchases come at a rate of their own, Gamma(r, alpha) among customers; after
every repeat purchase the customer stops for good with a probability of their own, Beta(a, b).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import betaln, digamma, expit, gammaln, hyp2f1

from analytics.errors import InsufficientData
from analytics.modelling.lifetime.maximum_likelihood import Interval, intervals_of, likeliest
from analytics.modelling.lifetime.purchase_summary import PurchaseSummary

Floats = npt.NDArray[np.float64]

#: Where the closed forms have a removable hole, they are taken this far beside it.
_BESIDE = 1e-6
_SERIES_TERMS = 400


@dataclass(frozen=True)
class BgNbd:
    """A fitted model; times are in the unit of the data it was fitted to.

    Parameters
    ----------
    r, alpha
        Shape and rate of the customers' purchase rates.
    a, b
        Of the chance to stop after a repeat purchase.
    log_likelihood
        At these parameters; NaN where they were given, not fitted.
    intervals
        95% interval of each parameter; from 0 to infinity where the data do not tell.
    """

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float = float("nan")
    intervals: tuple[tuple[str, Interval], ...] = ()

    @property
    def parameters(self) -> dict[str, float]:
        """The four by name."""
        return {"r": self.r, "alpha": self.alpha, "a": self.a, "b": self.b}

    def interval(self, name: str) -> Interval:
        """Return the 95% interval of a parameter."""
        return dict(self.intervals)[name]

    def probability_alive(
        self, frequency: npt.ArrayLike, recency: npt.ArrayLike, age: npt.ArrayLike
    ) -> Floats:
        """Return the chance that a customer has not stopped yet.

        One who never bought again has had no chance to stop and gets 1: this is no churn score,
        `probability_of_no_event` is.
        """
        _, silent, stopped = self._log_parts(PurchaseSummary.of(frequency, recency, age))
        alive: Floats = expit(silent - stopped)
        return alive

    def probability_of_no_event(
        self,
        frequency: npt.ArrayLike,
        recency: npt.ArrayLike,
        age: npt.ArrayLike,
        horizon: npt.ArrayLike,
    ) -> Floats:
        """Return the chance that nothing is bought over the next `horizon`.

        A customer can stop only at a purchase, so this is the likelihood of the same purchases seen
        for longer, divided by that of what was seen (both from equation 6 of the paper).
        """
        seen = PurchaseSummary.of(frequency, recency, age)
        ahead = _horizon(horizon)
        _, silent, stopped = self._log_parts(seen)
        _, still_silent, _ = self._log_parts(seen.aged_by(ahead))
        before, after = np.logaddexp(silent, stopped), np.logaddexp(still_silent, stopped)
        chance: Floats = np.exp(np.minimum(after - before, 0.0))
        return chance

    def expected_purchases(
        self,
        frequency: npt.ArrayLike,
        recency: npt.ArrayLike,
        age: npt.ArrayLike,
        horizon: npt.ArrayLike,
    ) -> Floats:
        """Return the mean number of purchases over the next `horizon`.

        Equation 10 of the paper, its hypergeometric function turned by Euler's transformation so
        that the arguments stay small however much a customer bought.
        """
        seen = PurchaseSummary.of(frequency, recency, age)
        ahead = _horizon(horizon)
        a = self.a + _BESIDE if abs(self.a - 1.0) < _BESIDE else self.a
        top = a + self.b + seen.frequency - 1.0
        top = np.where(np.abs(top) < _BESIDE, _BESIDE, top)
        rate = self.alpha + seen.age
        part = ahead / (rate + ahead)
        shrunk = _hypergeometric(a + self.b - 1.0 - self.r, a - 1.0, top, part)
        if_alive = top / (a - 1.0) * (1.0 - (1.0 - part) ** (a - 1.0) * shrunk)
        expected: Floats = np.maximum(if_alive, 0.0) * self.probability_alive(
            seen.frequency, seen.recency, seen.age
        )
        return expected

    def _log_parts(self, seen: PurchaseSummary) -> tuple[Floats, Floats, Floats]:
        """Return the shared factor, and those of being silent since and of having stopped."""
        x = seen.frequency
        shared = (
            gammaln(self.r + x) - gammaln(self.r) + self.r * np.log(self.alpha)
            + betaln(self.a, self.b + x) - betaln(self.a, self.b)
        )  # fmt: skip
        silent = -(self.r + x) * np.log(self.alpha + seen.age)
        bought = x > 0
        stopped = np.where(
            bought,
            np.log(self.a)
            - np.log(self.b + np.where(bought, x, 1.0) - 1.0)
            - (self.r + x) * np.log(self.alpha + seen.recency),
            -np.inf,
        )
        return shared, silent, stopped


def fit_bgnbd(
    frequency: npt.ArrayLike,
    recency: npt.ArrayLike,
    age: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
) -> BgNbd:
    """Fit the model by maximum likelihood.

    Parameters
    ----------
    frequency
        Repeat purchases.
    recency
        Time from the first to the last purchase; 0 without a repeat.
    age
        Time from the first purchase to the end of the data.
    weights
        Customers that a row stands for; 1 without.

    Raises
    ------
    InsufficientData
        Nobody, nobody who bought again, or numbers that no customer can have.
    """
    seen = PurchaseSummary.of(frequency, recency, age, weights).grouped()
    repeats = float(seen.weight @ seen.frequency)
    if not repeats:
        raise InsufficientData(
            "BG/NBD needs a customer who bought again. Got none.", rule="repeaters_present", got=0
        )
    seen_for = float(seen.weight @ seen.age)
    start = np.log(np.array([0.5, 0.5 * seen_for / repeats, 1.0, 2.0]))
    logs, cost = likeliest(lambda logs: _cost(logs, seen), start)
    r, alpha, a, b = (float(parameter) for parameter in np.exp(logs))
    intervals = intervals_of(logs, lambda logs: _cost(logs, seen), seen.customers)
    named = tuple(zip(("r", "alpha", "a", "b"), intervals, strict=True))
    return BgNbd(r, alpha, a, b, -cost * seen.customers, named)


def _cost(logs: Floats, seen: PurchaseSummary) -> tuple[float, Floats]:
    """Return the mean negative log-likelihood and its slopes along the logs of the parameters."""
    r, alpha, a, b = np.exp(logs)
    model, x, weight = BgNbd(r, alpha, a, b), seen.frequency, seen.weight / seen.customers
    shared, silent, stopped = model._log_parts(seen)
    both = np.logaddexp(silent, stopped)
    gone = np.exp(stopped - both)
    aged, since = alpha + seen.age, alpha + seen.recency
    slope_r = (
        digamma(r + x) - digamma(r) + np.log(alpha)
        - (1 - gone) * np.log(aged) - gone * np.log(since)
    )  # fmt: skip
    slope_alpha = r / alpha - (r + x) * ((1 - gone) / aged + gone / since)
    slope_a = digamma(a + b) - digamma(a + b + x) + gone / a
    slope_b = digamma(a + b) - digamma(a + b + x) + digamma(b + x) - digamma(b)
    slope_b -= gone / np.where(x > 0, b + x - 1.0, 1.0)
    slopes = np.array([slope_r @ weight, slope_alpha @ weight, slope_a @ weight, slope_b @ weight])
    return -float((shared + both) @ weight), -slopes * np.exp(logs)


def _hypergeometric(first: float, second: float, lower: Floats, at: Floats) -> Floats:
    """Return Gauss' function; scipy 1.17 has no value for some `lower` above 100 near 1.

    There the plain series is short: each term is a fraction of the one before.
    """
    value: Floats = np.asarray(hyp2f1(first, second, lower, at))
    holes = ~np.isfinite(value)
    if not holes.any():
        return value
    below, z = (np.broadcast_to(bound, value.shape)[holes] for bound in (lower, at))
    term, total = np.ones(len(z)), np.ones(len(z))
    for n in range(_SERIES_TERMS):
        term = term * (first + n) * (second + n) / (below + n) * z / (n + 1)
        total = total + term
    value = value.copy()
    value[holes] = total
    return value


def _horizon(horizon: npt.ArrayLike) -> Floats:
    ahead = np.asarray(horizon, dtype=np.float64)
    if not np.all(ahead >= 0):
        raise InsufficientData(
            f"A horizon must be 0 or longer. Got {float(np.min(ahead)):g}.",
            rule="horizon_not_negative",
            got=float(np.min(ahead)),
        )
    return ahead
