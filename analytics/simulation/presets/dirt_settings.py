"""How dirty the files of a simulated company are: a rate for every fault."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from analytics.errors import UsageError
from analytics.simulation.presets.checks import is_share


@dataclass(frozen=True)
class Dirt:
    """Share of the rows, customers or the period that each fault touches.

    Parameters
    ----------
    duplicates
        Usage rows sent twice.
    late
        Usage rows received hours to ten days after they happened.
    wrong_zone
        Usage rows whose local time was written as if it were UTC.
    missing
        Customers without segment or region, and feature names lost, at random.
    missing_not_at_random
        Customers whose channel nobody noted: twice as likely for old customers as for new ones.
    drift_at
        Part of the period after which the tracker writes other column names and words; 0 for never.
    bots
        Accounts that are programs, per customer.
    test_accounts
        Accounts of the company's own testers, per customer.
    merged
        Customers who had two ids until somebody merged them.
    reopened
        Tickets that are opened again, at least; the frustrated reopen more.
    corrected
        Paid invoices of which a part is credited the next day.
    broken
        Rows that lost their customer, or whose time is nonsense.
    """

    duplicates: float = 0.01
    late: float = 0.02
    wrong_zone: float = 0.005
    missing: float = 0.01
    missing_not_at_random: float = 0.04
    drift_at: float = 0.6
    bots: float = 0.002
    test_accounts: float = 0.001
    merged: float = 0.005
    reopened: float = 0.06
    corrected: float = 0.003
    broken: float = 0.0002

    def __post_init__(self) -> None:
        """Refuse a share outside 0 to 1."""
        for declared in fields(self):
            is_share("the dirt", declared.name, getattr(self, declared.name))

    def with_rate(self, given: str) -> Dirt:
        """Return the dirt with one rate changed, given as NAME=SHARE.

        Raises
        ------
        UsageError
            The name is unknown, or the share is no number from 0 to 1.
        """
        name, _, text = given.partition("=")
        names = [declared.name for declared in fields(self)]
        if name not in names:
            raise UsageError(
                f"--dirt must be NAME=SHARE with one of {', '.join(names)}. Got {given!r}.",
                rule="dirt_known",
                got=given,
            )
        try:
            share = float(text)
        except ValueError:
            raise UsageError(
                f"{name} of the dirt must be a number between 0 and 1. Got {text!r}.",
                rule="share_in_range",
                got=text,
            ) from None
        return replace(self, **{name: share})


#: What `--clean` writes.
NO_DIRT = Dirt(**dict.fromkeys((declared.name for declared in fields(Dirt)), 0.0))
