"""What a run says of itself: the totals, the dates, the champion, the warnings."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, tzinfo
from typing import Any

from analytics.domain.customer.tier_rule import TierRule
from analytics.domain.event_log.local_days import zone_info
from analytics.domain.numbers.measures import Interval


@dataclass(frozen=True)
class RunSummary:
    """Kept as `summary.json` in the run's folder; money in `currency`, times in ISO form.

    Parameters
    ----------
    as_of
        Data as of: only what was known by then is in the run. The last second of a day of `zone`,
        written with the zone's offset from UTC, so that it begins with that day.
    zone
        Time zone whose days the run counts; UTC in runs of older versions.
    simulated
        True where the data come from our simulator; every page says so.
    base_rate
        Share of scored customers who went silent in the past; the tiers are relative to it.
    shock_sd
        Standard deviation of the shared log-odds error between test origins.
    totals
        Every measure of `analytics.domain.numbers.measures` over all customers, by name.
    champion
        Name of the model whose probabilities are shown.
    verdict
        One plain sentence on how far the model can be believed, from the backtest.
    data_quality
        read, accepted, rejected, duplicates, and the count of each rule.
    assumptions
        Sentences naming everything assumed and not measured.
    alert_precision
        Of the customers whom past tests flagged (tiers critical and high), the share who went
        silent: `value`, its 95% interval `low` to `high`, `flagged` and test `dates`; None where
        nobody was flagged.
    comparison
        What changed since the last run with the same profile; None for the first.
    supports_prediction, no_prediction_reason
        False where no model tells leavers from stayers, and why; everybody has the average risk.
    rules
        Plain rules in words with the lift they had, for the runs that support no prediction.
    meaningful_events
        Event types that the profile counts as activity; empty in runs of older versions.
    tiers
        How the tiers were cut, and what became of who stood in them on past dates; None for a run
        of a version that kept neither.
    """

    run_id: str
    as_of: str
    published_at: str
    profile: str
    profile_title: str
    currency: str
    simulated: bool
    source: str
    gap_days: int
    base_rate: float
    shock_sd: float
    holdout_share: float
    capacity_minutes_per_week: float
    totals: dict[str, float]
    revenue_at_risk: Interval
    champion: str
    champion_label: str
    verdict: str
    tier_counts: dict[str, int]
    data_quality: dict[str, Any]
    warnings: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    versions: dict[str, str] = field(default_factory=dict)
    alert_precision: dict[str, float] | None = None
    comparison: dict[str, Any] | None = None
    supports_prediction: bool = True
    no_prediction_reason: str = ""
    rules: tuple[str, ...] = ()
    meaningful_events: tuple[str, ...] = ()
    tiers: TierRule | None = None
    zone: str = "UTC"

    @property
    def as_of_time(self) -> datetime:
        """The data-as-of date as a time, with the offset of the run's zone."""
        return datetime.fromisoformat(self.as_of)

    @property
    def as_of_day(self) -> date:
        """The data-as-of day in the run's zone."""
        return self.as_of_time.date()

    @property
    def zone_info(self) -> tzinfo:
        """The zone of the run's days, in which its times are shown."""
        return zone_info(self.zone)

    def to_json(self) -> str:
        """Write the summary as sorted JSON."""
        return json.dumps(asdict(self), indent=2, sort_keys=True) + "\n"

    @classmethod
    def from_json(cls, text: str) -> RunSummary:
        """Read a summary written by `to_json`."""
        given = json.loads(text)
        given["revenue_at_risk"] = Interval(**given["revenue_at_risk"])
        given["warnings"] = tuple(given["warnings"])
        given["assumptions"] = tuple(given["assumptions"])
        given["rules"] = tuple(given.get("rules", ()))
        given["meaningful_events"] = tuple(given.get("meaningful_events", ()))
        given["tiers"] = TierRule.from_plain(given.get("tiers"))
        return cls(**given)

    def command_line_keys(self) -> dict[str, Any]:
        """Return what `run --json` promises to scripts."""
        return {
            "run_id": self.run_id,
            "as_of": self.as_of,
            "zone": self.zone,
            "customers": int(self.totals["customers"]),
            "eligible": int(self.totals["eligible"]),
            "at_risk": int(self.totals["at_risk"]),
            "revenue_at_risk": asdict(self.revenue_at_risk),
            "exposure": self.totals["exposure"],
            "champion": self.champion,
            "warnings": list(self.warnings),
            "verdict": self.verdict,
            "simulated": self.simulated,
            "tier_counts": self.tier_counts,
            "tiers": asdict(self.tiers) if self.tiers else None,
        }
