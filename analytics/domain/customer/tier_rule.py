"""How the tiers of a run were cut, and what stood in them on past dates went on to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analytics.domain.customer.risk_tier import AT_RISK_TIERS, TIER_MEANINGS, RiskTier
from analytics.domain.customer.tier_cuts import TierCuts, percent

#: A share of fewer customers says more than they can.
_FEWEST_FOR_A_SHARE = 10


@dataclass(frozen=True)
class TierRecord:
    """What became of the customers whose score alone put them into a tier on past dates.

    Parameters
    ----------
    customers, silent
        Customer dates in the tier, and how many of them went silent within the horizon.
    low, high
        Ends of the 95% interval of the share, drawn by whole customers; None where there are none.
    """

    tier: RiskTier
    customers: int
    silent: int
    low: float | None
    high: float | None

    def seen(self) -> str:
        """Write the share with its count; below ten customers the count alone."""
        count = f"{self.silent:,} of {self.customers:,}"
        if self.share is None or self.customers < _FEWEST_FOR_A_SHARE:
            return count
        return f"{percent(self.share)} ({count})"

    @property
    def share(self) -> float | None:
        """Share of them who went silent; None where nobody stood there."""
        return self.silent / self.customers if self.customers else None

    def sentence(self, base_rate: float) -> str:
        """Say it with count, interval and base rate."""
        if self.share is None or self.low is None or self.high is None:
            return "On the past dates tested nobody stood in this tier."
        return (
            f"On past dates {self.silent:,} of {self.customers:,} such customers went silent, "
            f"{percent(self.share)} (95% interval {percent(self.low)} to {percent(self.high)}), "
            f"against {percent(base_rate)} of all."
        )


@dataclass(frozen=True)
class TierRule:
    """The cuts of a run, with the record of every scored tier.

    The record is made by the same rule on each tested date: with the risks that were said then, the
    base rate and the values that were known then, and nothing that came later but the outcome.

    Parameters
    ----------
    records
        The scored tiers, critical first; none in a run that tested nothing.
    dates
        How many past dates were tested.
    base_rate
        Share of all scored customers of those dates who went silent.
    at_risk
        Critical and high together.
    """

    cuts: TierCuts
    records: tuple[TierRecord, ...] = ()
    at_risk: TierRecord | None = None
    dates: int = 0
    base_rate: float = 0.0

    def meaning(self, tier: RiskTier) -> str:
        """Say what a tier means in this run, and what was seen of it."""
        record = self.record(tier)
        claimed = self.cuts.claimed or tier not in AT_RISK_TIERS
        if record is None or not claimed:
            return self.cuts.meaning(tier)
        return f"{self.cuts.meaning(tier)} {record.sentence(self.base_rate)}"

    def record(self, tier: RiskTier) -> TierRecord | None:
        """Return what was seen of a tier; None where nothing was tested."""
        return next((kept for kept in self.records if kept.tier == tier), None)

    def doubt(self) -> str:
        """Say that being at risk meant nothing in the past, where it was so; empty else."""
        found = self.at_risk
        claimed = self.cuts.claimed
        if not claimed or found is None or found.low is None or found.low > self.base_rate:
            return ""
        return (
            "Nobody can tell from the past that the tiers critical and high mean more than the "
            f"average: {found.silent:,} of {found.customers:,} went silent "
            f"(95% interval {percent(found.low)} to {percent(found.high or 0.0)}), against "
            f"{percent(self.base_rate)} of all."
        )

    def order_doubt(self) -> str:
        """Say that critical meant no more than high in the past, where it was so; empty else."""
        critical, high = (self.record(tier) for tier in AT_RISK_TIERS)
        if not self.cuts.claimed or critical is None or high is None:
            return ""
        if critical.share is None or high.share is None or critical.share > high.share:
            return ""
        return "On past dates critical customers left no more often than high ones."

    @classmethod
    def from_plain(cls, given: Mapping[str, Any] | None) -> TierRule | None:
        """Read the rule that a run kept; None for a run of a version that kept none."""
        if not given:
            return None
        at_risk = given["at_risk"]
        return cls(
            TierCuts(**given["cuts"]),
            tuple(_record(kept) for kept in given["records"]),
            _record(at_risk) if at_risk else None,
            given["dates"],
            given["base_rate"],
        )


def meanings_of(rule: TierRule | None) -> dict[str, str]:
    """Return what each tier means, by its name; without a rule, in general words."""
    if rule is None:
        return {str(tier): text for tier, text in TIER_MEANINGS.items()}
    return {str(tier): rule.meaning(tier) for tier in RiskTier}


def _record(given: Mapping[str, Any]) -> TierRecord:
    return TierRecord(**{**given, "tier": RiskTier(given["tier"])})
