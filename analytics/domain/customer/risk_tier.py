"""Risk tiers, frustration bands and value bands in words."""

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

#: What a tier means in any run; `TierCuts.meaning` says it with the run's own figures.
TIER_MEANINGS: dict[RiskTier, str] = {
    RiskTier.CRITICAL: "The riskiest of those at risk; the cut is made for each run, and Evidence "
    "says how. As in every tier, a customer moves down only when well below its cut at two scores "
    "running.",
    RiskTier.HIGH: "Far riskier than usual, and few enough for a team to look at; the cut is made "
    "for each run, and Evidence says how.",
    RiskTier.MEDIUM: "Riskier than usual, below the high tier.",
    RiskTier.LOW: "Churn risk below the medium tier.",
    RiskTier.LAPSED: "Already silent for longer than the own rhythm explains, "
    "or than the profile allows.",
    RiskTier.INSUFFICIENT_CADENCE: "Too new or too rarely active for silence to mean anything.",
    RiskTier.ENDED: "Left with a record: cancelled, or closed for non-payment.",
}


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
#: The index from which a customer counts as frustrated, as it is written in sentences.
FRUSTRATED_FROM = f"{BAND_CUTS[FrustrationBand.FRUSTRATED]:.0f}"
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
