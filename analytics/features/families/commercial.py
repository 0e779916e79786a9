"""What changed in the contract."""

from __future__ import annotations

from analytics.features.families.accumulators import total, within
from analytics.features.record import Feature, Theme

_DOWN = total("plan_downgrades_90d_sum", f"is_downgrade = 1 AND {within(0, 90)}")
_PRICE = total("price_increases_56d_sum", f"is_price_increase = 1 AND {within(0, 56)}")
_FAILED = total("payments_failed_56d_sum", f"is_payment_failed = 1 AND {within(0, 56)}")

COMMERCIAL = (
    Feature(
        "plan_downgrades_90d",
        "events",
        90,
        Theme.COMMERCIAL,
        "Moves to a smaller plan in the last 90 days.",
        "CAST(plan_downgrades_90d_sum AS DOUBLE)",
        (_DOWN,),
        shown_as="Moved to a smaller plan.",
    ),
    Feature(
        "price_increases_56d",
        "events",
        56,
        Theme.COMMERCIAL,
        "Price increases in the last 56 days.",
        "CAST(price_increases_56d_sum AS DOUBLE)",
        (_PRICE,),
        shown_as="Had a price increase.",
    ),
    Feature(
        "payments_failed_56d",
        "events",
        56,
        Theme.COMMERCIAL,
        "Failed payments in the last 56 days.",
        "CAST(payments_failed_56d_sum AS DOUBLE)",
        (_FAILED,),
        shown_as="Failed payments in 56 days: {value:.0f}.",
    ),
)
