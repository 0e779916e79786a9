"""What changed in the contract and its payment."""

from __future__ import annotations

from analytics.features.event_groups import (
    DOWNGRADE_GROUP,
    INVOICE_GROUP,
    PAUSE_GROUP,
    PAYMENT_FAILED_GROUP,
    PRICE_INCREASE_GROUP,
    UPGRADE_GROUP,
    EventGroup,
)
from analytics.features.families.accumulators import counted, days_since
from analytics.features.record import Feature, Kind, Theme

_FAILED_180D, _PAID_180D = counted(PAYMENT_FAILED_GROUP, 0, 180), counted(INVOICE_GROUP, 0, 180)
_LAST_INVOICE = days_since(INVOICE_GROUP)


def _count(
    name: str, group: EventGroup, window: int, description: str, shown_as: str, *, speaks: bool
) -> Feature:
    accumulator = counted(group, 0, window)
    return Feature(
        name,
        "events",
        window,
        Theme.COMMERCIAL,
        Kind.COUNT,
        description,
        f"{description[0].lower()}{description[1:-1]}",
        f"CAST({accumulator.name} AS DOUBLE)",
        (accumulator,),
        shown_as=shown_as,
        speaks=speaks,
    )


COMMERCIAL = (
    _count(
        "plan_downgrades_90d",
        DOWNGRADE_GROUP,
        90,
        "Moves to a smaller plan in the last 90 days.",
        "Moved to a smaller plan.",
        speaks=True,
    ),
    _count(
        "plan_upgrades_90d",
        UPGRADE_GROUP,
        90,
        "Moves to a larger plan in the last 90 days.",
        "Moved to a larger plan.",
        speaks=False,
    ),
    _count(
        "price_increases_56d",
        PRICE_INCREASE_GROUP,
        56,
        "Price increases in the last 56 days.",
        "Had a price increase.",
        speaks=True,
    ),
    _count(
        "payments_failed_56d",
        PAYMENT_FAILED_GROUP,
        56,
        "Failed payments in the last 56 days.",
        "Failed payments in 56 days: {value:.0f}.",
        speaks=True,
    ),
    _count(
        "pauses_180d",
        PAUSE_GROUP,
        180,
        "Pauses of the plan in the last 180 days.",
        "Paused the plan lately.",
        speaks=False,
    ),
    Feature(
        "payments_failed_share_180d",
        "share",
        180,
        Theme.COMMERCIAL,
        Kind.SHARE,
        "Failed payments among all payments of the last 180 days.",
        "failed payments / (failed payments + paid invoices) in 180 days",
        f"CAST({_FAILED_180D.name} AS DOUBLE) / NULLIF({_FAILED_180D.name} + {_PAID_180D.name}, 0)",
        (_FAILED_180D, _PAID_180D),
        shown_as="{value:.0%} of the payments failed.",
        speaks=False,
    ),
    Feature(
        "days_since_last_invoice",
        "days",
        None,
        Theme.COMMERCIAL,
        Kind.TIME_SINCE,
        "Days from the last paid invoice to the observation date.",
        "observation date - day of the last paid invoice",
        f"CAST({_LAST_INVOICE.name} AS DOUBLE)",
        (_LAST_INVOICE,),
        default=None,
        missing_when="no invoice was ever paid",
        shown_as="The last invoice was paid {value:.0f} days ago.",
        speaks=False,
    ),
)
