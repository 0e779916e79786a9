"""What an ingest takes the place of, and when that is too much to do without being told to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from analytics.errors import BadInput, ContractFailed
from analytics.etl.landing.landed import LandingReport, current_folder, report_at

#: A new landing with less than this share of the events, customers or days of the old one stops.
SMALLEST_SHARE = 0.5
_DAY_S = 86_400


@dataclass(frozen=True)
class Replacement:
    """The landing that goes, beside the one that comes.

    Parameters
    ----------
    losses
        What the new landing has much less of, in words; empty where it may simply take over.
    """

    former: LandingReport
    now: LandingReport
    losses: tuple[str, ...] = ()

    def in_words(self) -> str:
        """Return what goes and what comes."""
        return f"Replaces {_size(self.former)} by {_size(self.now)}."

    def as_dict(self) -> dict[str, object]:
        """Return the former landing for ``--json``."""
        return {
            "landing_id": self.former.landing_id,
            "mapping": self.former.mapping,
            "simulated": self.former.simulated,
            "events": self.former.events,
            "customers": self.former.customers,
            "first_event_at": self.former.first_event_at,
            "last_event_at": self.former.last_event_at,
            "losses": list(self.losses),
        }

    def check(self) -> None:
        """Stop where much would be lost.

        Raises
        ------
        ContractFailed
            The new landing has less than half of something, or lacks a source (rule
            ``replaces_less``).
        """
        if self.losses:
            raise ContractFailed(
                "What has landed is only replaced by much less when told so: use --replace, or "
                f"--append to add to it. {self.in_words()} Got {', '.join(self.losses)}.",
                rule="replaces_less",
                got=", ".join(self.losses),
            )


def replacement(data_folder: Path, now: LandingReport) -> Replacement | None:
    """Return what a new landing takes the place of; None where nothing readable had landed.

    Made-up data may go without a word: only what is lost of real data counts.
    """
    try:
        folder = current_folder(data_folder)
        former = None if folder is None else report_at(folder)
    except BadInput:
        return None
    if former is None or former.landing_id == now.landing_id:
        return None
    return Replacement(former, now, () if former.simulated else _losses(former, now))


def _losses(former: LandingReport, now: LandingReport) -> tuple[str, ...]:
    if now.simulated:
        return ("simulated data for real ones",)
    found = [
        f"{new:,} {what} for {old:,}"
        for what, old, new in (
            ("events", former.events, now.events),
            ("customers", former.customers, now.customers),
            ("days", _days(former), _days(now)),
        )
        if new < old * SMALLEST_SHARE
    ]
    return (
        *found,
        *(
            f"no rows of source {missing_source}"
            for missing_source in _missing_sources(former, now)
        ),
    )


def _missing_sources(former: LandingReport, now: LandingReport) -> list[str]:
    """Return sources that gave rows before and give none now, where the mapping is the same."""
    if former.mapping != now.mapping:
        return []
    return sorted(_giving(former) - _giving(now))


def _giving(report: LandingReport) -> set[str]:
    return {
        place.partition("/")[0] for place, counts in report.sources.items() if counts["accepted"]
    }


def _days(report: LandingReport) -> int:
    """Return the days from the first to the last event, both counted."""
    first, last = (
        datetime.fromisoformat(moment) for moment in (report.first_event_at, report.last_event_at)
    )
    return int((last - first).total_seconds() // _DAY_S) + 1


def _size(report: LandingReport) -> str:
    kind = "simulated " if report.simulated else ""
    return (
        f"{report.events:,} {kind}events of {report.customers:,} customers "
        f"({report.first_day} to {report.last_day}, {report.source})"
    )
