"""How many stand in each tier and in each state, and what became of such tiers in the past."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from analytics.domain.customer.filter import CustomerFilter
from analytics.domain.customer.risk_tier import SCORED_TIERS, RiskTier
from analytics.domain.customer.state import CustomerState
from analytics.domain.customer.tier_rule import TierRule
from analytics.domain.numbers import formatting
from analytics.services.results import OverviewResult
from webapp import address
from webapp.components.badges import tier_word
from webapp.components.bar_table import BarRow, bar_table
from webapp.components.terms import column_term, defined, page_term, term

#: States that the tiers above name already.
_TOLD_BY_TIER = frozenset({CustomerState.UNCLEAR, CustomerState.ENDED})


def tiers_view(result: OverviewResult, chosen: CustomerFilter) -> Any:
    """Return the tiers as bars that filter, and how their cuts were made."""
    bars = [
        BarRow(
            tier_word(row.key),
            row.totals.customers,
            (
                formatting.count(row.totals.customers),
                formatting.money(row.totals.revenue_at_risk.value, result.stamp.currency)
                if row.key in SCORED_TIERS
                else formatting.MISSING,
                _went_silent(result.stamp.tiers, row.key),
            ),
            href=address.link("/", address.with_choice(chosen, tier=row.key)),
            style=f"bar-{row.key}",
            chosen=chosen.tier == (row.key,),
        )
        for row in result.tiers
    ]
    head = (
        column_term("risk_tier"),
        term("customers"),
        term("revenue_at_risk", "Revenue"),
        page_term("tier_seen_before"),
    )
    shown = bar_table(head, bars, caption="Customers by risk tier")
    return [shown, _how_cut(result.stamp.tiers)]


def _went_silent(rule: TierRule | None, tier: str) -> Any:
    """Return which of a tier went silent on past dates, with the rest on hover."""
    record = rule.record(RiskTier(tier)) if rule and tier in set(RiskTier) else None
    if rule is None or record is None or record.share is None:
        return formatting.MISSING
    return defined(record.seen(), record.sentence(rule.base_rate))


def _how_cut(rule: TierRule | None) -> Component | None:
    """Say how the cuts were made, and what all did in the past."""
    if rule is None:
        return None
    of_all = (
        f" Of all scored customers {formatting.share(rule.base_rate)} went silent on the past "
        "dates tested."
        if rule.dates
        else ""
    )
    said = f"{rule.cuts.how()}{of_all} {rule.order_doubt()}".strip()
    return html.P(said, className="quiet small how-cut")


def states_view(result: OverviewResult, chosen: CustomerFilter) -> Any:
    """Return the states that tell of a change; nothing for a run of a version without them."""
    known = [row for row in result.states if row.totals.customers and row.key not in _TOLD_BY_TIER]
    if not known:
        return None
    bars = [
        BarRow(
            row.label,
            row.totals.customers,
            (
                formatting.count(row.totals.customers),
                formatting.money(row.totals.revenue_at_risk.value, result.stamp.currency),
            ),
            href=address.link("/", address.with_choice(chosen, state=row.key)),
            style=f"bar-state-{row.key}",
            chosen=chosen.state == (row.key,),
        )
        for row in known
    ]
    head = (column_term("customer_state"), term("customers"), term("revenue_at_risk", "Revenue"))
    return bar_table(head, bars, caption="Customers by state")
