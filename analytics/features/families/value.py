"""What the customer spends, in the events' own values.

The plan's price and the day the contract ends are no features: a source holds them as they are
today, so on a past observation date they would tell what came after it.
"""

from __future__ import annotations

from analytics.features.event_groups import INVOICE_GROUP
from analytics.features.families.accumulators import paid_cents, summed_cents
from analytics.features.record import PAID_ACTIVITY, Accumulator, Feature, Kind, Theme

_90D, _90D_PRIOR, _180D = paid_cents(0, 90), paid_cents(90, 180), paid_cents(0, 180)
_EVER = Accumulator("paid_cents_ever_sum", "SUM(paid_cents)", needs=(PAID_ACTIVITY,))
_PAID_EVER = Accumulator("paid_events_ever_sum", "SUM(paid)", needs=(PAID_ACTIVITY,))
_INVOICED, _INVOICED_PRIOR = (
    summed_cents(INVOICE_GROUP, 0, 90),
    summed_cents(INVOICE_GROUP, 90, 180),
)


def _log_ratio(recent: Accumulator, before: Accumulator) -> str:
    # Money given back may exceed what came in; it then counts as nothing.
    return (
        f"LN((GREATEST({recent.name}, 0) / 100.0 + 1) / (GREATEST({before.name}, 0) / 100.0 + 1))"
    )


VALUE = (
    Feature(
        "value_180d",
        "money",
        180,
        Theme.VALUE,
        Kind.SUM,
        "Amounts above zero of the meaningful events of the last 180 days.",
        "sum of amounts above zero in 180 days",
        f"{_180D.name} / 100.0",
        (_180D,),
        shown_as="Bought for {value:,.0f} in 180 days.",
    ),
    Feature(
        "value_per_purchase",
        "money",
        None,
        Theme.VALUE,
        Kind.RATE,
        "Mean amount of the meaningful events that carry one above zero.",
        "sum of amounts above zero on record / meaningful events with one",
        f"{_EVER.name} / 100.0 / NULLIF({_PAID_EVER.name}, 0)",
        (_EVER, _PAID_EVER),
        default=None,
        missing_when="the customer has bought nothing",
        shown_as="{value:,.2f} a purchase on average.",
    ),
    Feature(
        "value_log_ratio_90d",
        "log ratio",
        180,
        Theme.VALUE,
        Kind.CHANGE,
        "Log of the value of the last 90 days against the 90 days before, both plus one.",
        "ln((value in 90 days + 1) / (value in the 90 days before + 1))",
        _log_ratio(_90D, _90D_PRIOR),
        (_90D, _90D_PRIOR),
        self_relative=True,
        shown_as="Spends less than in the quarter before.",
    ),
    Feature(
        "invoiced_90d",
        "money",
        90,
        Theme.VALUE,
        Kind.SUM,
        "Paid invoices of the last 90 days.",
        "sum of paid invoices in 90 days",
        f"{_INVOICED.name} / 100.0",
        (_INVOICED,),
        shown_as="Paid {value:,.0f} on invoices in 90 days.",
    ),
    Feature(
        "invoiced_log_ratio_90d",
        "log ratio",
        180,
        Theme.VALUE,
        Kind.CHANGE,
        "Log of the invoices paid in the last 90 days against the 90 days before, both plus one.",
        "ln((paid in 90 days + 1) / (paid in the 90 days before + 1))",
        _log_ratio(_INVOICED, _INVOICED_PRIOR),
        (_INVOICED, _INVOICED_PRIOR),
        self_relative=True,
        shown_as="Pays less than in the quarter before.",
        speaks=False,
    ),
)
