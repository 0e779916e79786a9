"""How frustrated the customer is."""

from __future__ import annotations

from analytics.domain.customer.risk_tier import BAND_CUTS, FRUSTRATED_FROM
from analytics.domain.tables.column import Unit
from analytics.domain.tables.run_row import RunRow, column

_CUTS = ", ".join(f"{cut:.0f}" for cut in sorted(BAND_CUTS.values()) if cut)


class FrustrationColumns(RunRow):
    """How frustrated the customer is."""

    frustration_index: float | None = column(
        Unit.INDEX,
        "Frustration index",
        "0 to 100, from errors, failures, returns, tickets and bad answers, recent ones weighing "
        "more; by amount and, where use meets them, per use. Evidence tells which weights are in "
        "use.",
        formula="100 * (1 - exp(-sum of weighted channels / scale))",
        window="half after 21 to 45 days",
        source="your events and published weights",
        higher_is="bad",
        assumption=True,
    )
    frustration_band: str = column(
        Unit.TEXT,
        "Frustration",
        "The frustration index in words.",
        formula=f"cuts of the index at {_CUTS}",
        window="now",
        source="a rule of ours",
        lookup=True,
    )
    frustration_stale: bool | None = column(
        Unit.FLAG,
        "Frustration is stale",
        "Fewer than 3 active days in 28: the index tells of the last activity, not of today. It "
        "fades by half in 21 to 45 days, never faster.",
        formula="active days in 28 days < 3",
        window="28 days",
        source="a rule of ours",
    )
    contacts_90d: int | None = column(
        Unit.COUNT,
        "Contacts, 90 d",
        "Tickets, complaints and requests in 90 days.",
        formula="number of tickets, complaints and requests",
        window="90 days",
        source="your events",
    )
    suppressed_frustration: bool = column(
        Unit.FLAG,
        "Frustrated but silent",
        f"Still a customer, frustration index of at least {FRUSTRATED_FROM}, and no ticket, "
        "complaint or request in 90 days.",
        formula=f"still a customer, index >= {FRUSTRATED_FROM} and no contact",
        window="90 days",
        source="a rule of ours",
        higher_is="bad",
    )
