"""The cuts that make the risk tiers of a run, and what they mean in words.

A tier serves a choice: whom does a team look at first? So two things are asked of the tiers
critical and high. They are **riskier than usual**: the usual cuts are multiples of the odds of the
base rate, and absolute. And they are **a workable part** of the scored customers: where the usual
cuts would name hardly anybody, because leaving is so common that no risk reaches them (a base rate
of 38% asks for 65%), or nearly everybody, the cuts move to the nearest risk that keeps the part
between 4% and 12%, and where no risk does, between 2% and 15%
(`analytics.modelling.tier_levels`). Customers whose tier is held by the rule of two low scores come
on top, up to 15% in all. But no cut of high lies at or below the base rate: where fewer are riskier
than usual, fewer are at risk, and where nobody is, nobody is called critical or high.

A tier by one score speaks of the risk alone, so that no number beside it denies it: by these cuts
nobody stands in a lower tier than a customer of lower risk. Held tiers (`scoring.steady_tiers`) are
the exception, by one tier and never below the base rate. Risks are compared as they are shown, in
whole percent and in tenths below ten. Only where more customers share one shown risk than the part
can hold does what is at stake decide among them. Within a tier, lists begin with the most revenue
at risk.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analytics.domain.customer.risk_tier import SCORED_TIERS, TIER_MEANINGS, RiskTier

#: Part of the scored customers that stands in the tiers critical and high by today's risk.
AT_RISK_SHARE = (0.04, 0.12)
#: Part of them in the tier critical alone.
CRITICAL_SHARE = (0.01, 0.04)
#: The part that a team can still work with, where too many share one risk for the one above.
WORKABLE_SHARE = (0.02, 0.15)
#: A customer moves down a tier only when the odds of the risk are below this share of its cut's, at
#: two scores running. Odds, because 85% of a cut of 90% would be another tier altogether.
DOWN_BELOW_ODDS = 0.8
#: No risk reaches it, not even one that is shown as 100%.
OUT_OF_REACH = 2.0

#: Odds of the base rate, lowest risk whatever the base rate, and where the factor ends.
_USUAL: Mapping[RiskTier, tuple[float, float, float]] = {
    RiskTier.CRITICAL: (6.0, 0.50, 0.85),
    RiskTier.HIGH: (3.0, 0.25, 0.70),
    RiskTier.MEDIUM: (1.5, 0.10, 0.50),
}
#: Odds of the base rate below which no cap brings a cut: high is always riskier than usual.
_LEAST_FACTOR: Mapping[RiskTier, float] = {RiskTier.CRITICAL: 3.0, RiskTier.HIGH: 1.5}
_TIMES: Mapping[float, str] = {6.0: "six times", 3.0: "three times", 1.5: "1.5 times"}
#: An interval over more tiers than this leaves a team without a word to work with.
_MOST_TIERS = 2
_NO_CRITICAL = "Nobody is called critical: too many share one risk."
#: Below it, screens show tenths of a percent.
TENTHS_BELOW = 0.0995


@dataclass(frozen=True)
class TierCuts:
    """Lowest shown risk of each tier, and how it came about.

    Parameters
    ----------
    base_rate
        Share of scored customers who went silent in the past.
    critical_stake, high_stake
        Where too many customers have exactly the shown risk of the cut: the value at stake from
        which they belong to the tier; 0 where all of them do.
    usual_share
        Part of the scored customers that the usual cut of high would have named; None where nobody
        was scored.
    at_risk_share, critical_share
        Part of the scored customers in critical and high, and in critical alone, by today's risk;
        None where the cuts were not learned from customers.
    riskier_share
        Part of the scored customers whose shown risk is above the base rate; None as before.
    claimed
        False where everybody has the same risk: then nobody is called critical or high.
    """

    base_rate: float
    critical: float
    high: float
    medium: float
    critical_stake: float = 0.0
    high_stake: float = 0.0
    usual_share: float | None = None
    claimed: bool = True
    at_risk_share: float | None = None
    critical_share: float | None = None
    riskier_share: float | None = None

    @classmethod
    def usual(cls, base_rate: float) -> TierCuts:
        """Return the cuts by the base rate alone: absolute, and relative to the usual odds.

        Both must be met, but no relative cut goes beyond a cap: where many go silent, a customer
        who is as likely to leave as to stay is never called low. Where the cap itself is near or
        below the base rate, high begins at 1.5 and critical at 3 times the usual odds. Odds, not
        probabilities, are multiplied; for low base rates the two are nearly the same.
        """
        cuts = {tier: as_shown(_usual_cut(base_rate, tier)[0]) for tier in _USUAL}
        return cls(base_rate, cuts[RiskTier.CRITICAL], cuts[RiskTier.HIGH], cuts[RiskTier.MEDIUM])

    @classmethod
    def unclaimed(cls, base_rate: float) -> TierCuts:
        """Return the cuts of a run that cannot tell one customer from another."""
        medium = cls.usual(base_rate).medium
        return cls(base_rate, OUT_OF_REACH, OUT_OF_REACH, medium, claimed=False)

    def lowest(self, tier: RiskTier) -> float:
        """Return the lowest shown risk of a scored tier."""
        return {
            RiskTier.CRITICAL: self.critical,
            RiskTier.HIGH: self.high,
            RiskTier.MEDIUM: self.medium,
        }.get(tier, 0.0)

    def floor(self, tier: RiskTier) -> str:
        """Return the lowest risk of a tier as screens show it; empty where it is not used."""
        lowest = self.lowest(tier)
        return "" if lowest == OUT_OF_REACH else percent(lowest)

    def stake(self, tier: RiskTier) -> float:
        """Return the value at stake that is asked of who has exactly the cut's risk."""
        return {RiskTier.CRITICAL: self.critical_stake, RiskTier.HIGH: self.high_stake}.get(
            tier, 0.0
        )

    def tier_of(self, churn_risk: float, at_stake: float = float("inf")) -> RiskTier:
        """Return the tier of one calibrated churn risk, for a value at stake."""
        shown = as_shown(churn_risk)
        return next(
            tier
            for tier in SCORED_TIERS
            if shown > self.lowest(tier)
            or (shown == self.lowest(tier) and at_stake >= self.stake(tier))
        )

    def is_unsure(self, low: float, high: float) -> bool:
        """Tell whether the honest answer is "not sure".

        It is where the interval of a churn risk spans more than two tiers, or holds both the usual
        risk and the cut of the high tier: such a customer may be like any other or in danger.

        Parameters
        ----------
        low, high
            Ends of the 80% interval, between 0 and 1.
        """
        lowest, highest = (SCORED_TIERS.index(self.tier_of(end)) for end in (low, high))
        begins = SCORED_TIERS.index(RiskTier.HIGH)
        holds_both = low <= self.base_rate and highest <= begins < lowest
        return lowest - highest + 1 > _MOST_TIERS or holds_both

    def holds_down_to(self, tier: RiskTier) -> float:
        """Return the risk below which, at two scores running, a customer leaves the tier."""
        return _times_odds(self.lowest(tier), DOWN_BELOW_ODDS)

    def meaning(self, tier: RiskTier) -> str:
        """Say what a tier means under these cuts, in one or two sentences."""
        if tier not in SCORED_TIERS:
            return TIER_MEANINGS[tier]
        if tier is RiskTier.CRITICAL and self.lowest(tier) == OUT_OF_REACH > self.high:
            return _NO_CRITICAL
        if self.lowest(tier) == OUT_OF_REACH and self.riskier_share == 0:
            return "Not used in this run: nobody's risk is above the usual."
        if self.lowest(tier) == OUT_OF_REACH:
            return "Not used in this run: too many customers have the same risk."
        if tier is RiskTier.LOW:
            return f"Churn risk below {percent(self.medium)}."
        cut = percent(self.lowest(tier))
        return (
            f"{_from(cut)}{self._shared(tier, cut)}; usual is "
            f"{percent(self.base_rate)}. A customer moves down only when below "
            f"{percent(self.holds_down_to(tier))} at two scores running, or below the usual risk; "
            "never is a tier held more than one above today's score, nor where critical and high "
            f"would come to more than {WORKABLE_SHARE[1]:.0%}."
        )

    def _shared(self, tier: RiskTier, cut: str) -> str:
        """Say which of those of exactly the cut's risk stand in the tier above, where some do."""
        if self.stake(tier):
            return f" (of those at {cut}, the ones with most at stake)"
        above = SCORED_TIERS[max(SCORED_TIERS.index(tier) - 1, 0)]
        if self.stake(above):
            return f", up to those at {percent(self.lowest(above))} with less at stake"
        return ""

    def how(self) -> str:
        """Say how the cuts of critical and high were made."""
        if not self.claimed:
            return "Everybody has the same risk, so nobody is called critical or high."
        if self.high == OUT_OF_REACH and self.riskier_share == 0:
            usual = percent(self.base_rate)
            return (
                f"Nobody's risk is above the usual {usual}, so nobody is called critical or high."
            )
        if self.high == OUT_OF_REACH:
            return (
                f"More than {WORKABLE_SHARE[1]:.0%} of the scored customers have the same highest "
                "risk and nothing at stake that would tell them apart, so nobody is called "
                "critical or high."
            )
        return f"{self._how_high()} {self._how_critical()}"

    def _how_high(self) -> str:
        usual = percent(self.usual(self.base_rate).high)
        why = _why_usual(self.base_rate, RiskTier.HIGH)
        if (percent(self.high), self.high_stake) == (usual, 0.0):
            return f"High begins at a risk of {usual}, {why}.{self._together()}"
        held = (
            "a part that a team can work with"
            if self.at_risk_share is None
            else f"{percent(self.at_risk_share)} of the scored customers"
        )
        return (
            f"High begins at a risk of {percent(self.high)}, so that critical and high together "
            f"hold {held}, the riskiest first"
            f"{_by_stake(self.high_stake)}.{self._few()} The usual cut would name "
            f"{percent(self.usual_share or 0.0)} of them; it is {usual}, {why}."
        )

    def _few(self) -> str:
        """Say that fewer than a workable part are riskier than usual, where it is so."""
        if self.riskier_share is None or self.riskier_share >= WORKABLE_SHARE[0]:
            return ""
        return f" No more have a risk above the usual {percent(self.base_rate)}."

    def _together(self) -> str:
        if self.at_risk_share is None:
            return ""
        share = percent(self.at_risk_share)
        return f" Critical and high together hold {share} of the scored customers."

    def _how_critical(self) -> str:
        if self.critical == OUT_OF_REACH:
            return _NO_CRITICAL
        usual = percent(self.usual(self.base_rate).critical)
        if (percent(self.critical), self.critical_stake) == (usual, 0.0):
            return f"Critical begins at {usual}, {_why_usual(self.base_rate, RiskTier.CRITICAL)}."
        riskiest = "" if self.critical_share is None else f" {percent(self.critical_share)}"
        return (
            f"Critical begins at {percent(self.critical)}, for the riskiest{riskiest}"
            f"{_by_stake(self.critical_stake)}."
        )


def _by_stake(stake: float) -> str:
    return " and, where too many have one risk, those with most at stake" if stake else ""


def as_shown(risk: float) -> float:
    """Return a risk as screens show it: in whole percent, and in tenths of one below ten."""
    steps = 1000 if risk < TENTHS_BELOW else 100
    return round(steps * risk) / steps


def _why_usual(base_rate: float, tier: RiskTier) -> str:
    """Say what bound the usual cut of a tier: its odds, the lowest or the highest it may be."""
    rate = f" ({percent(base_rate)} of the scored go silent)" if tier is RiskTier.HIGH else ""
    usual = f"the usual odds{rate}"
    factor, _, cap = _USUAL[tier]
    times = _TIMES[factor]
    would = f"{times} {usual} would be {percent(_times_odds(base_rate, factor))}"
    return {
        "odds": f"which is {times} {usual}",
        "lowest": f"the least that is called {tier}: {would}",
        "cap": f"the highest cut that {tier} may have here: {would}",
        "least odds": f"which is {_TIMES[_LEAST_FACTOR.get(tier, 1.5)]} {usual}, because "
        f"{percent(cap)} is too near to the usual risk",
    }[_usual_cut(base_rate, tier)[1]]


def _usual_cut(base_rate: float, tier: RiskTier) -> tuple[float, str]:
    """Return the usual cut of a tier, and what bound it: its odds, or a bound in words."""
    factor, lowest, cap = _USUAL[tier]
    by_odds = _times_odds(base_rate, factor)
    if as_shown(by_odds) < lowest:
        return lowest, "lowest"
    if as_shown(by_odds) <= cap:
        return by_odds, "odds"
    nearest = _times_odds(base_rate, _LEAST_FACTOR.get(tier, 0.0))
    return (nearest, "least odds") if as_shown(nearest) > cap else (cap, "cap")


def _times_odds(probability: float, factor: float) -> float:
    """Return the probability whose odds are `factor` times those of `probability`."""
    return factor * probability / (1 + (factor - 1) * probability)


def percent(value: float) -> str:
    """Write a share as screens show it."""
    hundredths = 100 * value
    return f"{hundredths:.1f}%" if 0 < hundredths < 9.95 else f"{hundredths:.0f}%"


def _from(cut: str) -> str:
    """Say where a tier begins; nobody has a risk of 100% or more."""
    return "Churn risk that rounds to 100%" if cut == "100%" else f"Churn risk of {cut} or more"
