"""Plain rules that need no model, with what each was worth on past dates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash.development.base_component import Component

from analytics.domain import formatting
from analytics.domain.counting import counted
from analytics.domain.evidence_tables import PlainRule
from analytics.domain.measures import Interval
from analytics.domain.share_words import FEW, CountedShare
from analytics.services.evidence_results import EvidenceResult
from webapp.components.panels import scrolling, table
from webapp.components.states import nothing_here
from webapp.components.terms import defined
from webapp.pages.evidence.wording import finding, ratio

NOVELTY_RULE = "isolation_forest"
NO_RULES = "This run kept no plain rules."


def rules_view(result: EvidenceResult) -> list[Any]:
    """Return which rule told most, then all of them in a table."""
    rules = result.of(PlainRule)
    if not rules:
        return [nothing_here(NO_RULES)]
    return [finding(rules_words(rules)), scrolling(_table(rules), "Plain rules")]


def rules_words(rules: Sequence[PlainRule]) -> str:
    """Say which rule told most, how surely, and for how many it holds today."""
    # The flag of novelty is judged on the test dates only, so that its lift is no rival of theirs.
    measured = [
        one
        for one in rules
        if one.lift is not None and one.rule != NOVELTY_RULE and one.tested >= FEW
    ]
    if not measured:
        return "Too few went silent in the past to say what a plain rule is worth."
    best = max(measured, key=lambda one: one.lift or 0.0)
    share = CountedShare.counted(best.went_silent, best.tested, base_rate=best.base_rate)
    said = (
        f"“{best.label}” told most: {share.counts} customers for whom it held went silent "
        f"({share.figures}), a lift of {formatting.number(best.lift, 1)}"
    )
    if best.lift_low is not None and best.lift_high is not None:
        said += f" (95% interval {best.lift_low:.1f} to {best.lift_high:.1f})"
        if best.lift_low <= 1:
            said += ", which chance explains: no rule is known to be worth anything"
    today = counted(best.customers_now, "customer", "customers")
    return f"{said}. It holds for {today} today."


def _table(rules: Sequence[PlainRule]) -> Component:
    head = (
        "Rule",
        defined("Customers today", "Scored customers for whom it holds as of the data."),
        defined("Tested", "Customer dates in the past for which it held."),
        "Went silent",
        "Share silent",
        defined("Share of all", "Of all scored customers on the same dates."),
        defined("Lift", "Share silent divided by the share of all; 1 says nothing."),
    )
    rows = [_row(one) for one in rules]
    return table(
        head, rows, numeric=range(1, len(head)), caption="Plain rules", class_name="compact"
    )


def _row(one: PlainRule) -> list[Any]:
    low, high = one.lift_low, one.lift_high
    known = one.lift is not None and low is not None and high is not None
    lift = Interval(one.lift, low, high) if known else None  # type: ignore[arg-type]
    return [
        one.label,
        formatting.count(one.customers_now),
        formatting.count(one.tested),
        formatting.count(one.went_silent),
        formatting.share(one.share_silent),
        formatting.share(one.base_rate),
        ratio(lift),
    ]
