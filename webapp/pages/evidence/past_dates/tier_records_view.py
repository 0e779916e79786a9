"""What stood in each tier on past dates went on to do, and how the cuts were made."""

from __future__ import annotations

from typing import Any

from dash import html

from analytics.domain.customer.tier_rule import TierRecord, TierRule
from analytics.domain.numbers import formatting
from analytics.services.evidence.evidence_results import EvidenceResult
from webapp.components.badges import tier_badge
from webapp.components.panels import scrolling, table
from webapp.components.terms import column_term, page_term

_NUMBERS = (
    "tier_cut",
    "tier_past_customers",
    "tier_past_silent",
    "tier_seen_before",
    "tier_past_interval",
    "tier_past_of_all",
)
_CAPTION = "What became of each tier on past dates"


def tier_records_view(result: EvidenceResult) -> list[Any]:
    """Return the table of the tiers; nothing for a run of a version that kept none."""
    rule = result.stamp.tiers
    if rule is None:
        return []
    doubts = [doubt for doubt in (rule.doubt(), rule.order_doubt()) if doubt]
    return [
        html.P(rule.cuts.how(), className="prose"),
        *(html.P(doubt, className="finding") for doubt in doubts),
        scrolling(
            table(
                [column_term("risk_tier"), *(page_term(number) for number in _NUMBERS)],
                [_row(record, rule) for record in rule.records],
                numeric=range(1, len(_NUMBERS) + 1),
                caption=_CAPTION,
            ),
            _CAPTION,
        ),
        html.P(
            "By the same rule on each tested date, with what was known then, and by the score "
            "alone: no tier is held by the scores before.",
            className="quiet small",
        ),
    ]


def _row(one: TierRecord, rule: TierRule) -> list[Any]:
    ends = formatting.MISSING
    if one.low is not None and one.high is not None:
        ends = f"{formatting.share(one.low)} to {formatting.share(one.high)}"
    return [
        tier_badge(one.tier, rule.meaning(one.tier)),
        rule.cuts.floor(one.tier) or formatting.MISSING,
        formatting.count(one.customers),
        formatting.count(one.silent),
        formatting.share(one.share),
        ends,
        formatting.share(rule.base_rate),
    ]
