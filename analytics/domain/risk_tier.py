"""Risk tiers and frustration bands, and the cuts that make them."""

from __future__ import annotations

from enum import StrEnum


class RiskTier(StrEnum):
    """How likely a customer is to go silent, in words a team can work with."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    LAPSED = "lapsed"
    INSUFFICIENT_CADENCE = "insufficient_cadence"
    ENDED = "ended"

    @property
    def label(self) -> str:
        """The tier as shown on a screen."""
        return self.value.replace("_", " ").capitalize()


#: Customers in these tiers are counted "at risk".
AT_RISK_TIERS: tuple[RiskTier, ...] = (RiskTier.CRITICAL, RiskTier.HIGH)
#: Tiers that carry a churn risk.
SCORED_TIERS: tuple[RiskTier, ...] = (
    RiskTier.CRITICAL,
    RiskTier.HIGH,
    RiskTier.MEDIUM,
    RiskTier.LOW,
)

#: Contact can wake a sleeper, and the assumed save rates do not know it: low risks are left alone.
CONTACTED_TIERS: tuple[RiskTier, ...] = (RiskTier.CRITICAL, RiskTier.HIGH, RiskTier.MEDIUM)

TIER_MEANINGS: dict[RiskTier, str] = {
    RiskTier.CRITICAL: "Churn risk of at least 50% and six times the usual odds; "
    "85% is always enough. As in every tier, a customer moves down only when below 85% of its cut "
    "at two scores running.",
    RiskTier.HIGH: "Churn risk of at least 25% and three times the usual odds; "
    "70% is always enough.",
    RiskTier.MEDIUM: "Churn risk of at least 10% and 1.5 times the usual odds; "
    "50% is always enough.",
    RiskTier.LOW: "Churn risk below the medium tier.",
    RiskTier.LAPSED: "Already silent for longer than the own rhythm explains, "
    "or than the profile allows.",
    RiskTier.INSUFFICIENT_CADENCE: "Too new or too rarely active for silence to mean anything.",
    RiskTier.ENDED: "Left with a record: cancelled, or closed for non-payment.",
}


#: A customer moves down a tier only when below this share of its cut at two scores running.
DOWN_BELOW = 0.85


def tier_cuts(base_rate: float) -> dict[RiskTier, float]:
    """Return the lowest risk of each tier: absolute, and relative to the usual odds.

    Both must be met, but no relative cut goes beyond a cap: where many go silent, a customer who is
    as likely to leave as to stay is never called low. Odds, not probabilities, are multiplied; for
    low base rates the two are nearly the same.

    Parameters
    ----------
    base_rate
        Share of eligible customers who went silent in the past, between 0 and 1.
    """
    return {
        RiskTier.CRITICAL: max(0.50, min(_times_odds(base_rate, 6.0), 0.85)),
        RiskTier.HIGH: max(0.25, min(_times_odds(base_rate, 3.0), 0.70)),
        RiskTier.MEDIUM: max(0.10, min(_times_odds(base_rate, 1.5), 0.50)),
        RiskTier.LOW: 0.0,
    }


def _times_odds(probability: float, factor: float) -> float:
    """Return the probability whose odds are `factor` times those of `probability`."""
    return factor * probability / (1 + (factor - 1) * probability)


def tier_of(churn_risk: float, base_rate: float) -> RiskTier:
    """Return the tier of one calibrated churn risk."""
    cuts = tier_cuts(base_rate)
    return next(tier for tier in SCORED_TIERS if churn_risk >= cuts[tier])


#: An interval over more tiers than this leaves a team without a word to work with.
_MOST_TIERS = 2


def is_unsure(low: float, high: float, base_rate: float) -> bool:
    """Tell whether the honest answer is "not sure".

    It is where the interval of a churn risk spans more than two tiers, or holds both the usual risk
    and the cut of the high tier: such a customer may be like any other or in danger.

    Parameters
    ----------
    low, high
        Ends of the 80% interval, between 0 and 1.
    """
    lowest, highest = tier_of(low, base_rate), tier_of(high, base_rate)
    spanned = SCORED_TIERS.index(lowest) - SCORED_TIERS.index(highest) + 1
    holds_both = low <= base_rate and high >= tier_cuts(base_rate)[RiskTier.HIGH]
    return spanned > _MOST_TIERS or holds_both


class FrustrationBand(StrEnum):
    """The frustration index in words."""

    CALM = "calm"
    IRRITATED = "irritated"
    FRUSTRATED = "frustrated"
    CRITICAL = "critical"

    @property
    def label(self) -> str:
        """The band as shown on a screen."""
        return self.value.capitalize()


#: Lowest index of each band, in index points from 0 to 100.
BAND_CUTS: dict[FrustrationBand, float] = {
    FrustrationBand.CRITICAL: 65.0,
    FrustrationBand.FRUSTRATED: 40.0,
    FrustrationBand.IRRITATED: 20.0,
    FrustrationBand.CALM: 0.0,
}
FRUSTRATED_BANDS: tuple[FrustrationBand, ...] = (
    FrustrationBand.FRUSTRATED,
    FrustrationBand.CRITICAL,
)


class ValueBand(StrEnum):
    """Where a customer stands among all by the value of the next twelve months."""

    HIGH = "high"
    MIDDLE = "middle"
    LOW = "low"

    @property
    def label(self) -> str:
        """The band as shown on a screen."""
        return self.value.capitalize()
