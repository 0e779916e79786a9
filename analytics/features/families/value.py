"""What the customer spends, in the events' own values."""

from __future__ import annotations

from analytics.features.families.accumulators import total, within
from analytics.features.record import Accumulator, Feature, Theme

_PAYING = "is_activity = 1 AND value_cents > 0"


def _cents(name: str, first: int, past: int) -> Accumulator:
    return total(name, f"{_PAYING} AND {within(first, past)}", "value_cents")


_90D, _PRIOR_90D, _180D = (
    _cents("value_cents_90d", 0, 90),
    _cents("value_cents_90d_prior", 90, 180),
    _cents("value_cents_180d", 0, 180),
)
_EVER = total("value_cents_ever", _PAYING, "value_cents")
_PAID_EVER = total("paid_events_ever", _PAYING)
_INVOICED_90D = total("invoiced_cents_90d", f"is_invoice = 1 AND {within(0, 90)}", "value_cents")

VALUE = (
    Feature(
        "value_180d",
        "money",
        180,
        Theme.VALUE,
        "Value of the meaningful events of the last 180 days.",
        "value_cents_180d / 100.0",
        (_180D,),
        shown_as="Bought for {value:,.0f} in 180 days.",
    ),
    Feature(
        "value_per_purchase",
        "money",
        None,
        Theme.VALUE,
        "Mean value of the meaningful events that carry one.",
        "value_cents_ever / 100.0 / NULLIF(paid_events_ever, 0)",
        (_EVER, _PAID_EVER),
        shown_as="{value:,.2f} a purchase on average.",
    ),
    Feature(
        "value_log_ratio_90d",
        "log ratio",
        180,
        Theme.VALUE,
        "Log of the value of the last 90 days against the 90 days before, both plus one.",
        "LN((value_cents_90d / 100.0 + 1) / (value_cents_90d_prior / 100.0 + 1))",
        (_90D, _PRIOR_90D),
        self_relative=True,
        shown_as="Spends less than in the quarter before.",
    ),
    Feature(
        "invoiced_90d",
        "money",
        90,
        Theme.VALUE,
        "Paid invoices of the last 90 days.",
        "invoiced_cents_90d / 100.0",
        (_INVOICED_90D,),
        shown_as="Paid {value:,.0f} on invoices in 90 days.",
    ),
)
